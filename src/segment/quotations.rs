//! The policy `quotes = keep`: no boundary inside a quotation or bracket.
//!
//! Bounded, so that a mark that is never closed, or closed pages later, swallows nothing.

use super::marks::is_word;
use super::words::{char_at, skip_space};
use super::{Decision, Reason};

/// The longest quotation that is kept whole, in bytes.
const LONGEST: usize = 4096;

/// Stands for a straight single mark between spaces, which is no apostrophe.
const ALONE: char = '\u{e000}';

/// How many open marks are remembered; deeper nesting than this is an accident of the text.
const DEEPEST: usize = 8;

/// Unsets the boundaries inside closed quotations and brackets.
pub(super) fn keep_whole(text: &str, decisions: &mut [Decision]) {
    let mut spans = pairs(text);
    spans.sort_unstable();
    let mut reach = 0;
    let mut next = spans.iter().peekable();
    for decision in decisions.iter_mut().filter(|decision| decision.boundary) {
        while let Some(&(_, close)) = next.next_if(|&&(open, _)| open < decision.at) {
            reach = reach.max(close);
        }
        if decision.at <= reach {
            decision.boundary = false;
            decision.reason = Reason::InsideQuotation;
        }
    }
}

/// Pairs of opening and closing marks: the byte of each mark.
fn pairs(text: &str) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, mut c)) = chars.next() {
        if matches!(c, '\'' | '`') && chars.next_if(|&(_, next)| next == c).is_some() {
            c = '"';
        }
        let (end, after) = chars.peek().copied().unwrap_or((text.len(), ' '));
        if c == '\'' && is_alone(before, after) {
            c = ALONE;
        }
        let closed = closed_by(c, &open, before, after);
        if let Some(index) = closed {
            let (_, start) = open[index];
            open.truncate(index);
            if at - start <= LONGEST {
                pairs.push((start, at));
            }
        } else if opens(c, before, after) && !is_before_punctuation(text, end) {
            if open.len() == DEEPEST {
                open.remove(0);
            }
            open.push((c, at));
        }
        before = c;
    }
    pairs
}

/// The open mark that `c` closes, as an index into `open`.
fn closed_by(c: char, open: &[(char, usize)], before: char, after: char) -> Option<usize> {
    let openers: &[char] = match c {
        '"' if is_word(before) && is_word(after) => return None,
        '"' => &['"'],
        '”' => &['“', '„', '”'],
        '“' => &['„', '‟'],
        '»' => &['«'],
        '«' => &['»'],
        '›' => &['‹'],
        '‹' => &['›'],
        ALONE => &[ALONE],
        '’' | '\'' | '‘' | '`' if before.is_whitespace() || is_word(after) => return None,
        '’' => &['‘', '‚', '`'],
        '‘' => &['‚'],
        '\'' => &['\'', '`', '‘', ALONE],
        '`' => &['`'],
        ')' => &['('],
        ']' => &['['],
        '}' => &['{'],
        '）' => &['（'],
        '」' => &['「'],
        '』' => &['『'],
        '》' => &['《'],
        '】' => &['【'],
        _ => return None,
    };
    open.iter().rposition(|(opener, _)| openers.contains(opener))
}

fn is_alone(before: char, after: char) -> bool {
    before.is_whitespace() && after.is_whitespace()
}

/// Whether punctuation follows, with or without a space: then the mark before it closes something that was
/// opened elsewhere.
fn is_before_punctuation(text: &str, at: usize) -> bool {
    let next = skip_space(text, at);
    next > at && next - at < 8 && matches!(char_at(text, next), Some(',' | '.' | ';' | ':' | '(' | ')'))
}

fn opens(c: char, before: char, after: char) -> bool {
    match c {
        '\'' | '‘' | '`' | '‚' => !is_word(before) && !after.is_whitespace() && !after.is_numeric(),
        '"' if is_word(before) && is_word(after) => false,
        ALONE | '"' | '“' | '„' | '‟' | '«' | '»' | '‹' | '›' | '”' => true,
        '(' | '[' | '{' | '（' | '「' | '『' | '《' | '【' => true,
        _ => false,
    }
}
