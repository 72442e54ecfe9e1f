//! The scanner: one pass over a block's text from mark to mark.
//!
//! Linear in the length of the text, whatever it holds: marks are found by a table of bytes, each
//! mark looks ahead no further than to the next word and back no further than a fixed reach, and
//! nothing recurs.

use super::marks::{Mark, mark_of};
use super::rules::{Rules, Sentence};
use super::site::Site;
use super::words::{char_at, skip_space_back};
use super::{Colon, Decision, Quotes, Reason, enumeration, pins, quotations};
use crate::model::Span;

/// All candidates of a text, decided, in order.
pub(super) fn scan(text: &str, rules: &Rules, pins: &pins::Pins) -> Vec<Decision> {
    let items = enumeration::items(text, |word| rules.takes_number(word)).unwrap_or_default();
    let mut decisions = marks(text, rules, &items);
    if !items.is_empty() {
        let ends: Vec<usize> = items.into_iter().map(|item| skip_space_back(text, item)).collect();
        pins::set(&mut decisions, &ends, Reason::ListItem);
    }
    if rules.options.quotes == Quotes::Keep {
        quotations::keep_whole(text, &mut decisions);
    }
    pins.apply(text, &mut decisions);
    decisions
}

fn marks(text: &str, rules: &Rules, items: &[usize]) -> Vec<Decision> {
    let mut items = items.iter().copied().peekable();
    let bytes = text.as_bytes();
    let table = rules.language.candidate_bytes(rules.options.colon == Colon::Speech);
    let mut decisions = Vec::new();
    let mut sentence = Sentence::default();
    let mut straight = Straight::default();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|&b| table[usize::from(b)]))
    {
        at += found;
        let Some(c) = char_at(text, at) else { break };
        let Some(mark) = kind(c, rules) else {
            at += c.len_utf8();
            continue;
        };
        let site = Site::read(text, at, mark, &mut |quote| straight.closes(bytes, quote));
        at = site.mark_end;
        while let Some(item) = items.next_if(|&item| item <= site.start) {
            sentence = Sentence::from(item);
        }
        sentence.read_to(text, site.start);
        let Some((boundary, reason)) = rules.decide(text, &sentence, &site) else { continue };
        decisions.push(Decision {
            mark: Span::new(site.start, site.mark_end),
            at: site.close,
            boundary,
            reason,
        });
        if boundary {
            sentence = Sentence::from(site.close);
        }
    }
    decisions
}

/// What the character is in this language.
fn kind(c: char, rules: &Rules) -> Option<Mark> {
    match c {
        ';' => rules.language.semicolon_asks.then_some(Mark::Strong),
        ':' if rules.language.colon_stops => Some(Mark::Full),
        ':' => (rules.options.colon == Colon::Speech).then_some(Mark::Colon),
        _ => mark_of(c),
    }
}

/// Counts straight quotation marks, so that one standing alone is known to open or to close.
#[derive(Default)]
struct Straight {
    counted: usize,
    /// Whether a double mark is open: `"`, `''`, or two low commas.
    double: bool,
    /// Whether a single mark is open; only one between spaces opens, for the others are mostly apostrophes.
    single: bool,
}

impl Straight {
    /// Whether the mark at byte `at` closes; asked with growing offsets.
    fn closes(&mut self, bytes: &[u8], at: usize) -> bool {
        while self.counted < at {
            let here = self.counted;
            let next = bytes.get(here + 1).copied().unwrap_or(b' ');
            self.counted += 1;
            match bytes.get(here) {
                Some(b'"') => self.double = !self.double,
                Some(b',') if next == b',' => {
                    self.counted += 1;
                    self.double = true;
                }
                Some(&byte @ (b'\'' | b'`')) if next == byte => {
                    self.counted += 1;
                    self.double = !self.double;
                }
                Some(b'\'') if is_alone(bytes, here) => self.single = !self.single,
                Some(b'\'') if !next.is_ascii_alphanumeric() => self.single = false,
                _ => {}
            }
        }
        let is_single = bytes.get(at) == Some(&b'\'') && bytes.get(at + 1) != Some(&b'\'');
        if is_single { self.single && is_alone(bytes, at) } else { self.double }
    }
}

/// Whether white space stands on both sides of a byte.
fn is_alone(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| bytes.get(at)).is_none_or(u8::is_ascii_whitespace);
    before && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace)
}
