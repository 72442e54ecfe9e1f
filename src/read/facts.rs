//! What the rules that name blocks ask about them: does it look like a heading, a name, a division?

use std::collections::BTreeSet;

use super::draft::{Draft, Shape};
use super::{shape, words};
use crate::model::Script;

/// A heading is at most this wide, in columns.
pub(crate) const WIDEST_HEADING: usize = 110;

/// What the rules ask about the blocks of a part.
pub(crate) struct Facts<'t> {
    text: &'t str,
    /// What the format showed, one for each block.
    pub(crate) drafts: &'t [Draft],
    /// How many blank lines stand between two paragraphs as a rule.
    pub(crate) usual_gap: usize,
}

impl<'t> Facts<'t> {
    pub(crate) fn new(text: &'t str, drafts: &'t [Draft]) -> Self {
        let mut gaps: Vec<usize> = drafts.iter().skip(1).map(|draft| draft.gap).collect();
        gaps.sort_unstable();
        let usual_gap = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
        Self { text, drafts, usual_gap }
    }

    /// The text of a block.
    pub(crate) fn text(&self, at: usize) -> &'t str {
        self.drafts.get(at).map_or("", |draft| &self.text[draft.span.range()])
    }

    /// Whether a block looks like a heading by itself.
    pub(crate) fn is_heading_like(&self, at: usize) -> bool {
        let Some(draft) = self.drafts.get(at) else { return false };
        let text = self.text(at);
        match draft.shape {
            Shape::Heading(_) => true,
            Shape::Open if draft.alone || draft.strong || draft.centred => {
                let ended = shape::ends_sentence(text) && !(draft.strong || draft.centred);
                // `2. A heavy progressive income tax.` is an item, `II.` and `Chapter II.` are titles.
                let titled = || {
                    shape::is_capitals(text)
                        || is_numeral(text)
                        || self.is_division(at) && !words::is_numbered(text)
                };
                is_short_title(text) && (!ended || titled())
            }
            _ => false,
        }
    }

    /// Whether a block may be a line of a title page.
    pub(crate) fn is_title_like(&self, at: usize) -> bool {
        let Some(draft) = self.drafts.get(at) else { return false };
        let text = self.text(at);
        // `Londres:`, `and`, `1869.` stand alone on title pages.
        let scrap = draft.alone && text.split_whitespace().count() <= 2 && !text.starts_with(['–', '—', '-']);
        self.is_heading_like(at)
            || (scrap && shape::is_within(text, WIDEST_HEADING) && !words::note_number(text))
            || (draft.titled
                && draft.shape == Shape::Open
                && is_short_title(text)
                && !shape::ends_sentence(text))
    }

    /// Whether a block is a short line that ends like a title, whatever its format says of it.
    pub(crate) fn is_brief(&self, at: usize) -> bool {
        let text = self.text(at);
        self.drafts.get(at).is_some_and(|draft| draft.shape == Shape::Open)
            && shape::is_within(text, 60)
            && is_short_title(text)
            && !shape::ends_sentence(text)
    }

    /// Whether a block names a division of the text: `Preface`, `CHAPTER I`, `IV. Position …`.
    pub(crate) fn is_division(&self, at: usize) -> bool {
        let text = self.text(at);
        if !shape::is_within(text, WIDEST_HEADING) || (has_initials(text) && self.is_name(at)) {
            return false;
        }
        let lowered = words::lowered(text);
        words::is_division(&lowered)
            || is_han_division(&lowered)
            || words::is_numbered(text)
            || is_numeral(text)
    }

    /// Whether a block is somebody's name: it looks like one, and the text does not use its words
    /// as common words.
    pub(crate) fn is_name(&self, at: usize) -> bool {
        /// Enough text to meet the common words of a title.
        const SAMPLE: usize = 200_000;
        let own = self.text(at);
        if !shape::is_within(own, 60) || !looks_like_name(own) {
            return false;
        }
        let names: BTreeSet<String> = own
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() > 3 && word.starts_with(char::is_uppercase))
            .map(str::to_lowercase)
            .collect();
        let sample = shape::prefix(self.text, SAMPLE);
        !sample.split(|c: char| !c.is_alphabetic()).any(|word| names.contains(word))
    }
}

/// Whether a line begins with the initials of a name and not with a number: `V. I. Lenin`, `K. Marx`.
/// A single `I.`, `V.` or `X.` is more often a number.
fn has_initials(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let initial = |word: &&&str| {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.as_str() == "."
    };
    match words.iter().take_while(initial).count() {
        0 => false,
        1 => !matches!(words.first(), Some(&("I." | "V." | "X."))) && words.len() <= 3,
        count => words.len() > count && words.len() <= count + 3,
    }
}

/// Nothing but the number of a division: `IV.`, `12.`.
fn is_numeral(text: &str) -> bool {
    let number = text.trim_end_matches('.');
    let roman = number.bytes().all(|b| b"IVXLC".contains(&b));
    (1..=7).contains(&number.len())
        && (roman || number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// `第一章`, `第二部分 …`.
fn is_han_division(lowered: &str) -> bool {
    lowered.strip_prefix('第').is_some_and(|rest| {
        rest.chars()
            .take(6)
            .any(|c| matches!(c, '章' | '节' | '節' | '部' | '卷' | '篇' | '回' | '編' | '编'))
    })
}

/// Short, begins like a title, and does not run on.
fn is_short_title(text: &str) -> bool {
    shape::is_within(text, WIDEST_HEADING)
        && !shape::ends_open(text)
        && (shape::starts_upper(text) != Some(false) || words::is_numbered(text))
        && !text.starts_with(['-', '–', '—', '―'])
        && text.chars().any(char::is_alphanumeric)
        && !words::note_number(text)
}

/// Whether a line looks like the name of one or several persons.
fn looks_like_name(text: &str) -> bool {
    const JOINERS: [&str; 28] = [
        "and", "und", "et", "y", "e", "i", "и", "en", "och", "&", "von", "van", "der", "den", "de", "del",
        "della", "da", "di", "du", "la", "le", "zu", "ten", "ter", "af", "фон", "де",
    ];
    let text = text.trim().trim_end_matches(['.', ',']);
    if text.chars().any(Script::is_wide_context) {
        return text.contains(['·', '・', '•']) && text.chars().count() <= 20;
    }
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '/').collect();
    let is_word = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c))
    };
    let named = words.iter().filter(|word| is_word(word)).count();
    let first = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    (2..=7).contains(&words.len())
        && named >= 2
        && words.iter().all(|word| is_word(word) || JOINERS.contains(&word.to_lowercase().as_str()))
        && words.last().is_some_and(is_word)
        && !words::NO_NAMES.contains(&first.as_str())
        && !words
            .iter()
            .any(|word| words::NO_NAMES.contains(&word.to_lowercase().as_str()) && !JOINERS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for text in [
            "Leon Trotsky",
            "Karl Marx and Frederick Engels",
            "Karl Marx/Friedrich Engels",
            "KARL MARX",
            "Л. Троцкий",
            "列夫·托洛茨基",
            "Ludwig van Beethoven",
        ] {
            assert!(looks_like_name(text), "{text}");
        }
        for text in [
            "The Second World War",
            "Вторая мировая война",
            "La Seconde Guerre mondiale",
            "CANDIDE",
            "第二次世界大战",
        ] {
            assert!(!looks_like_name(text), "{text}");
        }
    }
}
