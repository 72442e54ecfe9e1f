//! The rules: a site in, a decision and its reason out.
//!
//! The order is that of certainty: what the layout excludes, then what the mark is, and for the
//! ambiguous full stop what the word before it may be and what the word after it shows.

use super::Reason;
use super::evidence::Evidence;
use super::language::{Classes, Language, OwnAbbreviations};
use super::marks::{Mark, is_wide, is_word};
use super::options::{Colon, Dashes, Ellipsis, Options};
use super::site::{Head, Site, is_bracketed};
use super::speech;
use super::words::{char_at, char_before, is_roman, key, skip_space, token_start, word_end};
use crate::model::Lang;

/// A verdict: boundary or not, and why.
pub(super) type Verdict = (bool, Reason);

/// All that decisions depend on besides the text.
pub(super) struct Rules<'a> {
    pub(super) language: &'static Language,
    pub(super) own: OwnAbbreviations,
    pub(super) options: &'a Options,
    pub(super) evidence: &'a Evidence,
    /// The primary language subtag.
    pub(super) primary: String,
}

/// The sentence so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sentence {
    /// How far it has been looked at.
    seen: usize,
    /// The first letter or digit in it.
    pub(super) first_word: Option<usize>,
}

impl Sentence {
    /// A sentence that begins at byte `start`.
    pub(super) fn from(start: usize) -> Self {
        Self { seen: start, first_word: None }
    }

    /// Takes note of the text up to byte `end`; each byte is looked at once at most.
    pub(super) fn read_to(&mut self, text: &str, end: usize) {
        if self.first_word.is_none() {
            let from = self.seen;
            let unseen = text.get(from..end).unwrap_or_default();
            self.first_word = unseen.char_indices().find(|&(_, c)| is_word(c)).map(|(at, _)| from + at);
            self.seen = self.seen.max(end);
        }
    }
}

impl<'a> Rules<'a> {
    /// The rules of a language with a person's options and a document's evidence.
    pub(super) fn new(lang: &Lang, options: &'a Options, evidence: &'a Evidence) -> Self {
        let primary = lang.primary();
        let language = Language::of(&primary);
        Self { language, own: OwnAbbreviations::new(&options.abbreviations), options, evidence, primary }
    }

    /// Whether a word before a number belongs to it (`vol. 2`).
    pub(super) fn takes_number(&self, word: &str) -> bool {
        let classes = self.classes_of(word);
        classes.has(Classes::NUMBER) || classes.has(Classes::MIDDLE)
    }

    /// Decides a site in `text`; the sentence so far begins at `sentence`. `None` at the end of the text,
    /// where there is nothing to decide.
    pub(super) fn decide(&self, text: &str, sentence: &Sentence, site: &Site) -> Option<Verdict> {
        if site.head == Head::End && site.head_at >= text.len() && site.next >= text.len() {
            return None;
        }
        if site.mark == Mark::Colon {
            return self.colon(site);
        }
        if sentence.first_word.is_none() {
            return Some((false, Reason::Leading));
        }
        if site.is_followed_by_punctuation(text) {
            return Some((false, Reason::PunctuationFollows));
        }
        if is_bracketed(text, site) {
            let omission = site.mark == Mark::Ellipsis;
            return Some((false, if omission { Reason::Omission } else { Reason::InsideToken }));
        }
        if site.dash && site.head == Head::Upper && self.options.dashes == Dashes::Keep {
            return Some((false, Reason::DialogueDash));
        }
        Some(match site.mark {
            Mark::Dot => self.full_stop(text, sentence, site),
            Mark::Strong => self.strong(text, site),
            Mark::Ellipsis => self.ellipsis(text, site),
            Mark::Full => self.unambiguous(text, site),
            Mark::Colon => return None,
        })
    }

    fn colon(&self, site: &Site) -> Option<Verdict> {
        let speech = (site.opens || site.dash) && matches!(site.head, Head::Upper | Head::Caseless);
        (self.options.colon == Colon::Speech && speech && site.has_gap())
            .then_some((true, Reason::ColonSpeech))
    }

    /// Ideographic full stop, danda and their like.
    fn unambiguous(&self, text: &str, site: &Site) -> Verdict {
        if let Some(reason) = speech::continues(text, site, &self.primary) {
            return (false, reason);
        }
        if site.head == Head::Lower && !site.has_gap() {
            return (false, Reason::InsideToken);
        }
        (true, Reason::FullStop)
    }

    fn strong(&self, text: &str, site: &Site) -> Verdict {
        let wide = char_before(text, site.mark_end).is_some_and(is_wide)
            || char_at(text, site.next).is_some_and(is_wide);
        if wide || self.primary == "zh" || self.primary == "ja" {
            if let Some(reason) = speech::continues(text, site, &self.primary) {
                return (false, reason);
            }
            if wide {
                return (true, Reason::StrongMark);
            }
        }
        match site.head {
            Head::Lower => (false, Reason::LowerFollows),
            _ if !site.has_gap() => self.without_space(text, site, Reason::StrongMark),
            Head::Upper if site.quote && !site.opens && self.is_reported(text, site) => {
                (false, Reason::Reporting)
            }
            _ => (true, Reason::StrongMark),
        }
    }

    /// `“Are you ready?” John asked.`
    fn is_reported(&self, text: &str, site: &Site) -> bool {
        let head = site.head_word(text);
        if self.language.is_starter(key(head)) {
            return false;
        }
        let mut at = site.head_at + head.len();
        for _ in 0..2 {
            let next = skip_space(text, at);
            let end = word_end(text, next);
            let word = text.get(next..end).unwrap_or_default();
            if self.language.reports(key(word)) {
                return true;
            }
            if !word.starts_with(char::is_uppercase) {
                return false;
            }
            at = end;
        }
        false
    }

    fn ellipsis(&self, text: &str, site: &Site) -> Verdict {
        let ends = (true, Reason::EllipsisEnds);
        let inside = (false, Reason::EllipsisInside);
        if self.options.ellipsis == Ellipsis::Never {
            return inside;
        }
        if site.head == Head::Lower {
            return (false, Reason::LowerFollows);
        }
        if !site.has_gap() {
            // Without spaces and capitals, only the words that follow can show a new sentence.
            let starts = self.language.starts_with_starter(text.get(site.head_at..).unwrap_or_default());
            return if site.head == Head::Caseless && starts { ends } else { inside };
        }
        if self.options.ellipsis == Ellipsis::Always {
            return ends;
        }
        match site.head {
            Head::Upper => {
                let head = site.head_word(text);
                let key = key(head);
                if head == "I" && self.primary == "en" {
                    inside
                } else if self.language.is_starter(key) {
                    ends
                } else if self.evidence.knows_name(key) && !site.quote && !site.dash && !site.opens {
                    inside
                } else {
                    ends
                }
            }
            Head::Digit => inside,
            _ => ends,
        }
    }

    /// A mark with nothing between it and the next word: a lost space, or no boundary.
    pub(super) fn without_space(&self, text: &str, site: &Site, reason: Reason) -> Verdict {
        let before = text.get(token_start(text, site.start)..site.start).unwrap_or_default();
        if site.head == Head::Caseless && before.chars().count() > 1 && reason == Reason::StrongMark {
            return (true, Reason::MissingSpace);
        }
        let is_word_before = before.chars().filter(|c| c.is_lowercase()).count() >= 3
            && before.chars().skip(1).all(|c| c.is_lowercase() || matches!(c, '-' | '’' | '\''));
        let is_year = before.len() >= 3 && before.bytes().all(|b| b.is_ascii_digit());
        let is_word_before = is_word_before || is_year && head_is_word(text, site);
        let closed = site.quote || site.bracket || site.close > site.mark_end;
        let head = site.head_word(text);
        let is_sentence_like =
            head.chars().skip(1).all(|c| c.is_lowercase() || c.is_numeric()) || is_roman(head);
        let address = text.get(site.head_at + head.len()..).is_some_and(|rest| {
            rest.starts_with(['@', '.', '/', ':', '_'])
                && !rest[1..].starts_with([' ', '\n'])
                && rest.len() > 1
        });
        let known = self.classes_of(before);
        if site.head == Head::Upper
            && !site.dash
            && (is_word_before && known.is_none() || closed && !before.is_empty())
            && is_sentence_like
            && !address
        {
            (true, Reason::MissingSpace)
        } else {
            (false, Reason::InsideToken)
        }
    }

    /// The classes of a token: as a whole, or of what stands after its last apostrophe or hyphen.
    pub(super) fn classes_of(&self, token: &str) -> Classes {
        let own = self.own.classes_of(token);
        if !own.is_none() {
            return own;
        }
        let whole = self.language.classes_of(token);
        if !whole.is_none() {
            return whole;
        }
        match token.rsplit(['\'', '’', '-', '/']).next() {
            Some(last) if last.len() < token.len() && last.len() > 1 => self.language.classes_of(last),
            _ => whole,
        }
    }
}

/// Whether the head is a capitalised word of some length.
fn head_is_word(text: &str, site: &Site) -> bool {
    let head = site.head_word(text);
    head.chars().count() >= 3 && head.chars().skip(1).all(char::is_lowercase)
}
