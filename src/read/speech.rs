//! Speeches: paragraphs that open with the name of who speaks.
//!
//! `QUESTION:` is known by its word. Any other `NAME:` counts when it comes again and looks like a
//! name; what a paragraph happens to begin with (`For example:`) does not come again as others do.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Shape};
use super::{shape, words};
use crate::model::{Block, BlockKind, Part, Script, Span};

/// A name longer than this many characters is a clause.
const LONGEST_NAME: usize = 40;

/// What may be the label of a speech, at the beginning of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label<'t> {
    /// Bytes of name and mark, without the white space after it.
    pub(crate) end: usize,
    /// The name without mark.
    pub(crate) name: &'t str,
    /// Whether the name is a word for a speaker in some language.
    known: bool,
    /// Whether the mark is a full stop, which proves less than a colon.
    stop: bool,
    /// Whether nothing follows it.
    empty: bool,
}

impl Label<'_> {
    fn key(&self) -> String {
        self.name.to_lowercase()
    }

    /// Single letters (`Q.`) are known only together with each other.
    fn is_letter(&self) -> bool {
        self.name.chars().count() == 1 && self.name.chars().all(|c| Script::of(c) == Script::Spaced)
    }

    /// Whether the label needs no other one to be believed.
    fn is_certain(&self) -> bool {
        self.known && !self.is_letter() && (!self.stop || shape::is_capitals(self.name))
    }
}

/// The name in a label without marks around it: `HAMLET` of `HAMLET.`, `(NORA):`.
pub(crate) fn bare_name(label: &str) -> &str {
    label.trim().trim_matches(|c: char| c.is_whitespace() || ".:,;()[]_*—–-".contains(c))
}

/// The label at the beginning of `text` if it is a known word for a speaker.
pub(crate) fn known_label(text: &str) -> Option<Label<'_>> {
    label(text).filter(Label::is_certain)
}

/// The label that `text` may begin with.
fn label(text: &str) -> Option<Label<'_>> {
    let head = shape::head(text);
    if head.starts_with('_') {
        return emphasised_label(head);
    }
    let first = head.chars().next().filter(|c| c.is_alphabetic() && !c.is_lowercase())?;
    let (at, mark) = head.char_indices().take(LONGEST_NAME + 6).find(|(at, c)| match c {
        ':' | '：' | '\n' => true,
        // The stop of an abbreviation (`Mr. Smith:`) is no mark.
        '.' => is_stop_label(head, *at),
        _ => false,
    })?;
    let name = head[..at].trim_end();
    let end = at + mark.len_utf8();
    let after = head[end..].chars().next();
    let parted = after
        .is_none_or(|c| c.is_whitespace() || Script::is_wide_context(c) || "\"“„«—–".contains(c))
        || Script::is_wide_context(mark);
    if mark == '\n' || !parted || !is_name(name) {
        return None;
    }
    let lowered = name.to_lowercase();
    if words::NO_SPEAKERS.contains(&lowered.as_str())
        || words::begins_with(&words::lowered(head), words::EDITORS)
    {
        return None;
    }
    // Numerals are divisions: `II.` opens no speech.
    let roman = first.is_ascii() && name.bytes().all(|b| b"IVXLCDM".contains(&b));
    if roman && name.len() > 1 {
        return None;
    }
    let known = words::SPEAKERS.contains(&lowered.as_str());
    Some(Label { end, name, known, stop: mark == '.', empty: head[end..].trim().is_empty() })
}

/// Whether the full stop at `at` ends a name: not that of a title (`MRS.` of `MRS. LINDE.`), of an
/// abbreviation (`CHAP. II.`) or of a month.
fn is_stop_label(head: &str, at: usize) -> bool {
    let name = &head[..at];
    let single = name.chars().count() == 1;
    let lowered = name.to_lowercase();
    if words::SPEAKERS.contains(&lowered.as_str()) {
        return true;
    }
    let (title, bare) = match name.split_once('.') {
        Some((title, bare)) => (title.to_lowercase(), bare.trim_start()),
        None => (String::new(), name),
    };
    let titled = title.is_empty() || words::TITLES.contains(&title.as_str());
    let last = bare.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let abbreviated = words::TITLES.contains(&last.as_str()) || words::ABBREVIATIONS.contains(&last.as_str());
    !single
        && shape::is_capitals(bare)
        && !bare.contains('.')
        && titled
        && !abbreviated
        && !words::is_month(&lowered)
}

/// A name between underscores at the beginning of a paragraph: `_Mag._ Text`.
fn emphasised_label(head: &str) -> Option<Label<'_>> {
    let inner = head.strip_prefix('_')?;
    let close = inner.char_indices().take(LONGEST_NAME + 4).find(|(_, c)| *c == '_')?.0;
    let name = inner[..close].trim_end_matches(['.', ':', ',']).trim_end();
    let marked = inner[..close].ends_with(['.', ':']) || inner[close + 1..].starts_with(['.', ':']);
    let end = close + 2 + usize::from(inner[close + 1..].starts_with(['.', ':']));
    let capital = name.starts_with(char::is_uppercase);
    (marked && capital && is_name(name)).then(|| Label {
        end,
        name,
        known: words::SPEAKERS.contains(&name.to_lowercase().as_str()),
        stop: true,
        empty: head[end..].trim().is_empty(),
    })
}

/// Names that stand alone on a line before what they say, as plays print them, are joined to it: a
/// name in capitals, or between signs of emphasis, that comes again before other text.
pub(crate) fn join_names(text: &str, drafts: &[Draft]) -> Option<Vec<Draft>> {
    let speaks = |draft: &Draft| {
        matches!(draft.shape, Shape::Open | Shape::Verse | Shape::Quotation | Shape::Prose)
            && draft.label.is_none()
    };
    let names: Vec<Option<&str>> = drafts.iter().map(|draft| name_alone(text, draft)).collect();
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        let Some(name) = name else { continue };
        let followed = drafts.get(at + 1).is_some_and(speaks) && names.get(at + 1) == Some(&None);
        let count = counts.entry(name).or_default();
        count[0] += 1;
        count[1] += usize::from(followed);
    }
    counts.retain(|_, [all, followed]| *followed >= 2 && *followed * 3 >= *all * 2);
    if counts.len() < 2 {
        return None;
    }
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut label: Option<Span> = None;
    for (draft, name) in drafts.iter().zip(&names) {
        let is_name = name.is_some_and(|name| counts.contains_key(name));
        match label.take() {
            Some(label) if !is_name && speaks(draft) => {
                let span = Span::new(label.start, draft.span.end);
                out.push(Draft { span, label: Some(label), alone: false, ..draft.clone() });
                continue;
            }
            Some(label) => out.push(Draft { label: Some(label), ..Draft::shaped(label, Shape::Prose) }),
            None => {}
        }
        if is_name {
            label = Some(draft.span);
        } else {
            out.push(draft.clone());
        }
    }
    out.extend(label.map(|label| Draft { label: Some(label), ..Draft::shaped(label, Shape::Prose) }));
    Some(out)
}

/// The name that a block is, with its mark: `DALAND.`, `_Gudfinna._`.
fn name_alone<'t>(text: &'t str, draft: &Draft) -> Option<&'t str> {
    let own = &text[draft.span.range()];
    if !matches!(draft.shape, Shape::Open | Shape::Heading(_))
        || own.len() > 2 * LONGEST_NAME
        || own.contains('\n')
    {
        return None;
    }
    let emphasised = own.starts_with('_') && own.trim_end_matches(['.', ':']).ends_with('_');
    let marked = own.trim_end_matches(['_', '*']).ends_with(['.', ':']);
    let name = bare_name(own);
    let lowered = name.to_lowercase();
    let fits = marked && (emphasised || shape::is_capitals(name)) && is_name(name);
    let known = words::is_division(&lowered)
        || words::is_month(&lowered)
        || words::NO_SPEAKERS.contains(&lowered.as_str());
    let numeral = name.bytes().all(|b| b"IVXLCDM. ".contains(&b));
    (fits && !known && !numeral).then_some(name)
}

fn is_name(name: &str) -> bool {
    let count = name.chars().count();
    if count == 0 || count > LONGEST_NAME {
        return false;
    }
    if name.chars().any(Script::is_wide_context) {
        return count <= 8 && name.chars().all(|c| c.is_alphanumeric() || c == '·');
    }
    let of_name = |c: char| c.is_alphabetic() || c.is_whitespace() || ".-'’·".contains(c);
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    name.chars().all(of_name) && words.len() <= 4 && words.iter().all(capital)
        || words::SPEAKERS.contains(&name.to_lowercase().as_str())
}

/// Marks the speeches of all parts together: a name that comes once in each of two instalments
/// comes twice. Only paragraphs become speeches.
pub(crate) fn mark(parts: &mut [Part]) {
    let (texts, mut blocks): (Vec<&str>, Vec<&mut Vec<Block>>) =
        parts.iter_mut().map(|Part { text, blocks, .. }| (text.as_str(), blocks)).unzip();
    let mut labels: Vec<(usize, usize, Label<'_>)> = Vec::new();
    for (part, (text, blocks)) in texts.iter().zip(&blocks).enumerate() {
        for (at, block) in blocks.iter().enumerate() {
            if (may_speak(block) || block.label.is_some()) && !block.span.is_empty() {
                labels.extend(label(&text[block.span.range()]).map(|label| (part, at, label)));
            }
        }
    }
    let accepted = accepted_names(labels.iter().map(|(_, _, label)| label));
    for (part, at, label) in labels {
        let Some(block) = blocks.get_mut(part).and_then(|blocks| blocks.get_mut(at)) else { continue };
        if may_speak(block) && (label.is_certain() || accepted.contains(&label.key())) {
            block.kind = BlockKind::Speech;
            block.level = 0;
            block.label = Some(Span::new(block.span.start, block.span.start + label.end));
            block.speaker = Some(label.name.to_owned());
        }
    }
}

fn may_speak(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
}

/// The names, lowered, that are believed because they come again.
fn accepted_names<'l>(labels: impl Iterator<Item = &'l Label<'l>>) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut in_capitals: BTreeSet<String> = BTreeSet::new();
    let mut certain = BTreeSet::new();
    for label in labels {
        if label.is_certain() {
            certain.insert(label.key());
        } else if !(label.stop && label.empty) {
            *counts.entry(label.key()).or_default() += 1;
            let unspaced = Script::of(label.name.chars().next().unwrap_or(' ')) == Script::Unspaced;
            if unspaced || shape::is_capitals(label.name) {
                in_capitals.insert(label.key());
            }
        }
    }
    let letters = |key: &String| key.chars().count() == 1;
    let asks = ["q", "в", "п", "f"].iter().any(|letter| counts.contains_key(*letter));
    let recurring: BTreeSet<String> = counts
        .into_iter()
        .filter(|(key, count)| if key.chars().count() == 1 { asks } else { *count >= 2 })
        .map(|(key, _)| key)
        .collect();
    let speakers = recurring.len() + certain.len();
    recurring
        .into_iter()
        .filter(|key| {
            // A dialogue has two speakers at least; one recurring word may be a habit of the author's.
            if letters(key) { speakers >= 2 } else { speakers >= 2 || in_capitals.contains(key) }
        })
        .collect()
}

/// Lets the later paragraphs of a turn carry its speaker. A heading ends the turn; what does not
/// belong to the text (notes, furniture) neither ends it nor belongs to it.
pub(crate) fn carry(parts: &mut [Part]) {
    let mut speaker: Option<String> = None;
    for block in parts.iter_mut().flat_map(|part| &mut part.blocks) {
        match block.kind {
            BlockKind::Speech => speaker.clone_from(&block.speaker),
            BlockKind::Heading => speaker = None,
            BlockKind::Note | BlockKind::Furniture | BlockKind::FrontMatter | BlockKind::Stage => {}
            _ => block.speaker.clone_from(&speaker),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(paragraphs: &[&str]) -> Part {
        let mut part = Part::default();
        for paragraph in paragraphs {
            let start = part.text.len();
            part.text.push_str(paragraph);
            part.blocks.push(Block { span: Span::new(start, part.text.len()), ..Block::default() });
            part.text.push_str("\n\n");
        }
        part
    }

    fn speakers(paragraphs: &[&str]) -> Vec<Option<String>> {
        let mut parts = [part(paragraphs)];
        mark(&mut parts);
        carry(&mut parts);
        parts[0].blocks.iter().map(|block| block.speaker.clone()).collect()
    }

    #[test]
    fn known_labels_in_many_languages() {
        for (text, name, end) in [
            ("QUESTION: What?", "QUESTION", 9),
            ("RÉPONSE\u{a0}: Oui.", "RÉPONSE", 11),
            ("ВОПРОС. Что?", "ВОПРОС", 13),
            ("问：什么？", "问", 6),
            ("Frage: Wie?", "Frage", 6),
        ] {
            let label = known_label(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((label.name, label.end), (name, end));
        }
        for text in [
            "Note: this",
            "EDITORS NOTE: One",
            "question: x",
            "A. Feudal",
            "Answer the question: yes",
            "II. So",
        ] {
            assert_eq!(known_label(text), None, "{text}");
        }
    }

    #[test]
    fn names_count_when_they_come_again() {
        let klyman = Some("KLYMAN".to_owned());
        let trotsky = Some("Mr. Trotsky".to_owned());
        assert_eq!(
            speakers(&["KLYMAN: One?", "Mr. Trotsky: Two.", "More.", "KLYMAN: Three?", "Mr. Trotsky: Four."]),
            [klyman.clone(), trotsky.clone(), trotsky.clone(), klyman, trotsky]
        );
        assert_eq!(speakers(&["Example: One.", "Text.", "Example: Two."]), [None, None, None]);
        assert_eq!(speakers(&["Once: One.", "Text."]), [None, None]);
        assert_eq!(speakers(&["A. Feudal Socialism is", "B. Petty-bourgeois"]), [None, None]);
        assert_eq!(speakers(&["Q. Who?", "A. I."]), [Some("Q".to_owned()), Some("A".to_owned())]);
        let han = speakers(&["托洛茨基：一。", "克莱曼：二。", "托洛茨基：三。", "克莱曼：四。"]);
        assert!(han.iter().all(Option::is_some));
    }

    #[test]
    fn a_heading_ends_the_turn_and_a_note_does_not() {
        let mut parts = [part(&["ANSWER: Yes.", "1 A note.", "More.", "A Heading", "Other."])];
        parts[0].blocks[1].kind = BlockKind::Note;
        parts[0].blocks[3].kind = BlockKind::Heading;
        mark(&mut parts);
        carry(&mut parts);
        let with: Vec<bool> = parts[0].blocks.iter().map(|block| block.speaker.is_some()).collect();
        assert_eq!(with, [true, false, true, false, false]);
    }
}
