//! The rules of the full stop, the one mark that is mostly ambiguous: what the word before it may be, and
//! what the word after it shows.

use super::Reason;
use super::language::{Classes, Ordinals};
use super::marks::{is_quote, is_wide, is_word};
use super::rules::{Rules, Sentence, Verdict};
use super::site::{Head, Site};
use super::words::{
    char_at, char_before, is_number, is_roman, is_vowelless, key, skip_space_back, token_start, word_end,
};

/// The longest opening phrase, in bytes, that an abbreviation may close (`At 5 a.m. Mr. Smith`).
const OPENING_PHRASE: usize = 60;

/// From this length on, in letters, a word is no abbreviation.
const LONG_WORD: usize = 7;

/// The word before a full stop, and the whole token that it ends.
struct Before<'t> {
    /// The token: `U.S.S.R`, `J.-P`, `l’on`; empty where no letter or digit stands there.
    token: &'t str,
    /// Its first byte.
    start: usize,
    /// Whether the sentence begins with it.
    opens_sentence: bool,
}

impl Rules<'_> {
    /// Decides a full stop.
    pub(super) fn full_stop(&self, text: &str, sentence: &Sentence, site: &Site) -> Verdict {
        if !site.has_gap() {
            return if site.head == Head::Lower {
                (false, Reason::InsideToken)
            } else {
                self.without_space(text, site, Reason::FullStop)
            };
        }
        let end = skip_space_back(text, site.start);
        let start = token_start(text, end);
        let before = Before {
            token: text.get(start..end).unwrap_or_default(),
            start,
            opens_sentence: sentence.first_word.is_none_or(|first| first >= start),
        };
        if site.head == Head::Lower {
            return self.before_lower_case(text, site, &before);
        }
        if self.language.colon_stops && site.opens {
            // The Armenian point introduces speech like a colon.
            return (false, Reason::PunctuationFollows);
        }
        if before.token.is_empty() || site.quote {
            return (true, Reason::FullStop);
        }
        if before.opens_sentence && is_enumerator(before.token) {
            return (false, Reason::Enumerator);
        }
        if is_number(before.token) {
            return self.after_number(text, site, &before);
        }
        if is_roman(before.token) && before.token.len() > 1 {
            return self.after_roman(text, site);
        }
        if let Some(verdict) = self.after_abbreviation(text, sentence, site, &before) {
            return verdict;
        }
        (true, Reason::FullStop)
    }

    /// Lower case after a full stop mostly means that the stop is an abbreviation's, or a speck; but
    /// after a bracket, a long word, or one that the document knows without a stop, it is the capital
    /// that is missing.
    fn before_lower_case(&self, text: &str, site: &Site, before: &Before) -> Verdict {
        let continues = (false, Reason::LowerFollows);
        let is_attached = char_before(text, site.start).is_some_and(|c| !c.is_whitespace());
        if site.quote || site.bracket || site.dash || !is_attached {
            return continues;
        }
        if before.token.is_empty() {
            let closes_bracket = char_before(text, site.start) == Some(')')
                && char_before(text, site.start - 1).is_some_and(is_word);
            return if closes_bracket { (true, Reason::MissingCapital) } else { continues };
        }
        let word = key(before.token);
        let letters = before.token.chars().count();
        let is_plain = before.token.chars().skip(1).all(char::is_lowercase)
            && (letters >= 4 && self.evidence.knows_bare(word) || letters >= LONG_WORD)
            && !self.evidence.knows_continuing(word)
            && self.classes_of(before.token).is_none();
        if is_plain { (true, Reason::MissingCapital) } else { continues }
    }

    /// `15. November`, `der 2. Weltkrieg`, `im Jahre 1914. Der`.
    fn after_number(&self, text: &str, site: &Site, before: &Before) -> Verdict {
        if site.head == Head::Digit && matches!(self.primary.as_str(), "zh" | "ja") {
            // A decimal number broken at a line end.
            return (false, Reason::InsideToken);
        }
        let ordinals = self.language.ordinals;
        let end = skip_space_back(text, before.start);
        let previous = text.get(token_start(text, end)..end).unwrap_or_default();
        let is_cited = previous.is_empty() && self.ends_in_abbreviation_of_number(text, end);
        if ordinals == Ordinals::No || site.opens || is_cited {
            return (true, Reason::FullStop);
        }
        if site.dash && site.head == Head::Digit {
            return (false, Reason::Ordinal);
        }
        let head = key(site.head_word(text));
        if self.language.is_month(head) {
            return (false, Reason::Ordinal);
        }
        let is_small = before.token.len() <= 2 || before.token.len() <= 3 && ordinals == Ordinals::Nouns;
        if !is_small || site.head != Head::Upper {
            let listed = is_small && site.head == Head::Symbol;
            return (!listed, if listed { Reason::Ordinal } else { Reason::FullStop });
        }
        if self.language.comes_before_ordinals(key(previous)) {
            return (false, Reason::Ordinal);
        }
        if self.language.is_starter(head) {
            return (true, Reason::Starter);
        }
        if ordinals == Ordinals::Nouns { (false, Reason::Ordinal) } else { (true, Reason::FullStop) }
    }

    /// Whether a number at `end` is one of a citation (`Anm. 3.`), not an ordinal.
    fn ends_in_abbreviation_of_number(&self, text: &str, end: usize) -> bool {
        let Some(stop) = end.checked_sub(1).filter(|_| char_before(text, end) == Some('.')) else {
            return false;
        };
        text.get(token_start(text, stop)..stop).is_some_and(|token| self.takes_number(token))
    }

    /// `Friedrich II. von`, `Ludwig XIV. Er`.
    fn after_roman(&self, text: &str, site: &Site) -> Verdict {
        if self.language.ordinals == Ordinals::No {
            return (true, Reason::FullStop);
        }
        let head = key(site.head_word(text));
        if self.language.is_starter(head) { (true, Reason::Starter) } else { (false, Reason::Ordinal) }
    }

    /// The verdict if the word before the stop is, or may be, an abbreviation or an initial.
    fn after_abbreviation(
        &self,
        text: &str,
        sentence: &Sentence,
        site: &Site,
        before: &Before,
    ) -> Option<Verdict> {
        let token = before.token;
        let head = site.head_word(text);
        let letters = token.chars().count();
        if letters == 1 && token.starts_with(char::is_uppercase) && is_initial_ahead(text, site) {
            return Some((false, Reason::Initial));
        }
        if letters <= 4 && self.goes_on_as_abbreviation(text, before, site) {
            return Some((false, Reason::InsideAbbreviation));
        }
        let mut classes = self.classes_of(token);
        let mut reason = Reason::Abbreviation;
        if let Some(joined) = self.joined_classes(text, before).filter(|_| letters <= 4) {
            classes = joined;
        }
        let numeral = site.head == Head::Digit || is_roman(head) && head.len() > 1;
        classes = classes.applying(follows_number(text, before), numeral);
        let initial = is_initial(token);
        if classes.is_none() && initial {
            return Some(self.after_initial(text, site, before));
        }
        if classes.is_none() {
            let last = token.rsplit(['.', '-']).next().unwrap_or(token);
            if is_acronym(token) {
                classes = Classes::MIDDLE;
            } else if letters == 1 && !self.evidence.knows_bare(key(token))
                || self.evidence.knows_abbreviation(key(token)) && letters <= 8
            {
                classes = Classes::MIDDLE;
                reason = Reason::LearnedAbbreviation;
                if letters == 1 {
                    reason = Reason::Abbreviation;
                }
            } else if !self.language.vowelless_words
                && is_vowelless(last)
                && !self.evidence.knows_bare(key(last))
            {
                classes = Classes::MIDDLE;
            } else {
                return None;
            }
        }
        Some(self.by_class(text, sentence, site, classes, reason))
    }

    fn by_class(
        &self,
        text: &str,
        sentence: &Sentence,
        site: &Site,
        classes: Classes,
        reason: Reason,
    ) -> Verdict {
        let head = site.head_word(text);
        let numeral = site.head == Head::Digit || is_roman(head);
        if classes.has(Classes::UNIT) {
            let is_measure = self.language.ordinals == Ordinals::Nouns && !self.starts(text, site, key(head));
            return self.may_end(text, sentence, site, head, site.head != Head::Digit && !is_measure);
        }
        if classes.has(Classes::INSIDE) {
            return (false, Reason::Abbreviation);
        }
        let word = key(head);
        let upper = matches!(site.head, Head::Upper | Head::Caseless);
        if classes.has(Classes::TITLE) && !classes.has(Classes::MIDDLE) {
            return (false, Reason::Title);
        }
        if numeral && (classes.has(Classes::NUMBER) || classes.has(Classes::MIDDLE)) && !site.dash {
            return (false, Reason::BeforeNumber);
        }
        if classes.has(Classes::END) {
            return self.may_end(text, sentence, site, head, true);
        }
        if classes.has(Classes::MIDDLE) {
            if site.head == Head::Upper && self.starts(text, site, word) && !is_initial_ahead(text, site) {
                return (true, Reason::Starter);
            }
            if upper
                && !self.opens_with_phrase(text, sentence, site)
                && self.evidence.knows_lower(word)
                && !site.opens
            {
                return (true, Reason::KnownLower);
            }
            if site.opens && site.quote {
                return (true, Reason::AbbreviationEnds);
            }
            return (false, if classes.has(Classes::TITLE) { Reason::Title } else { reason });
        }
        (true, Reason::FullStop)
    }

    /// After an abbreviation that may end a sentence.
    fn may_end(&self, text: &str, sentence: &Sentence, site: &Site, head: &str, ends: bool) -> Verdict {
        if !ends {
            return (false, Reason::BeforeNumber);
        }
        let starts = self.starts(text, site, key(head));
        if site.head == Head::Upper && !starts && self.opens_with_phrase(text, sentence, site) {
            return (false, Reason::OpeningPhrase);
        }
        (true, if starts { Reason::Starter } else { Reason::AbbreviationEnds })
    }

    /// Whether the word at the head opens sentences: one of the table, or an article or pronoun cut
    /// short by an apostrophe (`L’`, `C’`).
    fn starts(&self, text: &str, site: &Site, word: u64) -> bool {
        if self.language.is_starter(word) {
            return true;
        }
        let head = site.head_word(text);
        let after = site.head_at + head.len();
        head.chars().count() <= 2
            && matches!(char_at(text, after), Some('\'' | '’'))
            && char_at(text, after + char_at(text, after).map_or(1, char::len_utf8))
                .is_some_and(char::is_lowercase)
    }

    /// Whether the sentence so far is one short adverbial phrase.
    fn opens_with_phrase(&self, text: &str, sentence: &Sentence, site: &Site) -> bool {
        let from = sentence.first_word.unwrap_or(site.start);
        if site.start.saturating_sub(from) > OPENING_PHRASE {
            return false;
        }
        let so_far = text.get(from..site.start).unwrap_or_default();
        let from = so_far.rfind(": ").or_else(|| so_far.rfind("; ")).map_or(0, |at| at + 1);
        let phrase = so_far[from..].trim_start_matches(|c: char| !is_word(c));
        let word = phrase.get(..word_end(phrase, 0)).unwrap_or_default();
        self.language.opens_phrase(key(word))
    }

    /// A single capital: `L. D. Trotsky`, but `compelled to say B. But`.
    fn after_initial(&self, text: &str, site: &Site, before: &Before) -> Verdict {
        let initial = (false, Reason::Initial);
        if !matches!(site.head, Head::Upper) || is_initial_ahead(text, site) {
            return if matches!(site.head, Head::Upper | Head::Caseless | Head::Digit) {
                initial
            } else {
                (true, Reason::FullStop)
            };
        }
        let head = site.head_word(text);
        let word = key(head);
        if self.starts(text, site, word) && !self.language.classes_of(head).has(Classes::TITLE) {
            return (true, Reason::Starter);
        }
        // A name may be an ordinary word as well (`W. Black`), so here lower case is evidence only
        // where the initial is no part of a name.
        let end = skip_space_back(text, before.start);
        let previous = text.get(token_start(text, end)..end).unwrap_or_default();
        let in_name =
            previous.starts_with(char::is_uppercase) || previous.is_empty() || before.token.len() > 1;
        if !in_name && before.token != "I" && self.evidence.knows_lower(word) {
            return (true, Reason::KnownLower);
        }
        initial
    }

    /// Whether the abbreviation has a further part: `z. B.`, `т. Е.`
    fn goes_on_as_abbreviation(&self, text: &str, before: &Before, site: &Site) -> bool {
        if site.close > site.mark_end || site.opens || site.dash {
            return false;
        }
        let head = site.head_word(text);
        let end = site.head_at + head.len();
        head.chars().count() <= 4
            && char_at(text, end) == Some('.')
            && text.get(before.start..end).is_some_and(|joined| !self.classes_of(joined).is_none())
    }

    /// The classes of an abbreviation written in parts, of which the token is the last: `u. s. w`.
    fn joined_classes(&self, text: &str, before: &Before) -> Option<Classes> {
        let end = before.start + before.token.len();
        let mut start = before.start;
        let mut found = None;
        for _ in 0..3 {
            let stop = skip_space_back(text, start);
            if char_before(text, stop) != Some('.') {
                break;
            }
            let previous = token_start(text, stop - 1);
            if previous == stop - 1 || stop - previous > 16 {
                break;
            }
            start = previous;
            let classes = self.classes_of(text.get(start..end)?);
            if !classes.is_none() {
                found = Some(classes);
            }
        }
        found
    }
}

/// Whether the token numbers an item: `1`, `12`, `IV`, `b`.
fn is_enumerator(token: &str) -> bool {
    let mut chars = token.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => c.is_alphanumeric(),
        _ => {
            let is_section = token.contains('.') && token.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            is_roman(token) || is_section || token.len() <= 4 && token.bytes().all(|b| b.is_ascii_digit())
        }
    }
}

/// Whether the token is an initial or several joined: `L`, `J.-P`, `L.D`; or a letter of a caseless
/// script.
fn is_initial(token: &str) -> bool {
    token.split(['.', '-']).filter(|part| !part.is_empty()).all(|part| {
        let mut letters = part.chars().filter(|c| c.is_alphanumeric());
        letters.next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase() && !is_wide(c))
            && letters.next().is_none()
    }) && token.split(['.', '-']).filter(|part| !part.is_empty()).count() <= 3
        && (token.chars().count() == 1
            || token.contains('-')
            || token.chars().any(|c| !c.is_alphanumeric() && c != '.'))
}

/// Whether the token is made of short parts with stops between: `U.S.S.R`, `Ph.D`, `e.g`.
fn is_acronym(token: &str) -> bool {
    token.contains('.')
        && token.split('.').all(|part| part.chars().count() <= 3 && part.chars().all(|c| c.is_alphabetic()))
}

/// Whether an initial comes next, so that the head is not a word.
fn is_initial_ahead(text: &str, site: &Site) -> bool {
    let head = site.head_word(text);
    let mut chars = head.chars();
    let single = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    let after = site.head_at + head.len();
    single && matches!(char_at(text, after), Some('.' | '-')) && !site.opens
}

/// Whether a number stands before the token, or the token begins with one (`5ft`).
fn follows_number(text: &str, before: &Before) -> bool {
    before.token.starts_with(|c: char| c.is_numeric())
        || char_before(text, skip_space_back(text, before.start))
            .is_some_and(|c| c.is_numeric() || is_quote(c))
}
