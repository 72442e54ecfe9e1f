//! The scanner: every place where a sentence might end, and the reason for what was decided.

use std::collections::BTreeSet;

use super::evidence::Evidence;
use super::table::Table;
use super::{Options, Quotes};
use crate::model::Script;

/// A quotation longer than this (bytes) is cut even with [`Quotes::Keep`]: a mark that was never
/// closed must not swallow a chapter.
pub const LONGEST_QUOTATION: usize = 1500;

/// What was decided at a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Byte offset in the block's text: where the next sentence would begin (before white space).
    pub at: usize,
    /// Whether a sentence ends here.
    pub boundary: bool,
    /// Why.
    pub reason: Reason,
}

/// Why a sentence ends at a place, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A final mark, and what follows can begin a sentence.
    FinalMark,
    /// A final mark of a script without spaces.
    WideMark,
    /// A small letter or a mark that continues follows.
    Continues,
    /// The word before the stop is an abbreviation that ends no sentence.
    Abbreviation,
    /// An abbreviation before its number.
    BeforeNumber,
    /// An abbreviation, but the next word begins sentences.
    AbbreviationAtEnd,
    /// An initial of a name.
    Initial,
    /// An ordinal number.
    Ordinal,
    /// A number or letter that opens the sentence: a list, a label.
    Enumeration,
    /// A mark in brackets of its own: `(!)`.
    Aside,
    /// Inside a quotation that is kept whole.
    InsideQuotation,
    /// No space after the stop, but a small letter before it and a capital after it.
    MissingSpace,
}

impl Reason {
    /// A short stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::FinalMark => "final-mark",
            Self::WideMark => "wide-mark",
            Self::Continues => "continues",
            Self::Abbreviation => "abbreviation",
            Self::BeforeNumber => "before-number",
            Self::AbbreviationAtEnd => "abbreviation-at-end",
            Self::Initial => "initial",
            Self::Ordinal => "ordinal",
            Self::Enumeration => "enumeration",
            Self::Aside => "aside",
            Self::InsideQuotation => "inside-quotation",
            Self::MissingSpace => "missing-space",
        }
    }
}

/// Decides the candidates of one text after the other.
#[derive(Debug)]
pub struct Scanner<'t> {
    table: &'t Table,
    evidence: Evidence,
    quotes: Quotes,
    own: BTreeSet<String>,
}

impl<'t> Scanner<'t> {
    /// A scanner with a language's table, a document's evidence and a user's options.
    pub fn new(table: &'t Table, evidence: Evidence, options: &Options) -> Self {
        let own = options.abbreviations.iter().map(|a| a.trim_end_matches('.').to_lowercase()).collect();
        Self { table, evidence, quotes: options.quotes, own }
    }

    /// The decisions at all candidates of a block's text, in order. Time linear in the text.
    pub fn decisions(&self, text: &str) -> Vec<Decision> {
        let kept = if self.quotes == Quotes::Keep { quotations(text) } else { Vec::new() };
        let mut kept = kept.iter().peekable();
        let mut out = Vec::new();
        let mut at = 0;
        let mut sentence = 0;
        while let Some(found) = text[at..].find(|c| self.is_final(c)) {
            let mark_at = at + found;
            let mark = Marks::read(text, mark_at, |c| self.is_final(c));
            at = mark.end;
            if at >= text.len() {
                break;
            }
            let Some((mut boundary, mut reason)) = self.decide(text, sentence, &mark) else { continue };
            while kept.next_if(|q| q.1 <= mark_at).is_some() {}
            if boundary && kept.peek().is_some_and(|q| q.0 < mark_at && at < q.1) {
                (boundary, reason) = (false, Reason::InsideQuotation);
            }
            out.push(Decision { at, boundary, reason });
            if boundary {
                sentence = at;
            }
        }
        out
    }

    fn is_final(&self, c: char) -> bool {
        matches!(
            c,
            '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '\u{37e}' // Greek question mark
            | '。' | '！' | '？' | '｡' | '．'
            | '।' | '॥' | '؟' | '۔' | '։' | '።' | '፧'
        ) || self.table.extra_marks.contains(&c)
    }

    fn decide(&self, text: &str, sentence: usize, marks: &Marks) -> Option<(bool, Reason)> {
        let next = Next::read(text, marks.end);
        if marks.wide {
            // What closes stands behind the mark already; a dash or a comma goes on.
            let goes_on = next
                .first
                .is_some_and(|c| matches!(c, '，' | '、' | '；' | '：' | '—' | '…' | '）' | '」' | '』'));
            return Some(if goes_on { (false, Reason::Continues) } else { (true, Reason::WideMark) });
        }
        if !next.spaced {
            return self.missing_space(text, sentence, marks, &next);
        }
        let first = next.first?;
        if text[..marks.start].ends_with(['(', '[']) && marks.closers.starts_with([')', ']']) {
            return Some((false, Reason::Aside));
        }
        if first.is_lowercase() || matches!(first, ',' | ';' | ':' | '.' | '!' | '?' | '…') {
            return Some((false, Reason::Continues));
        }
        if marks.single_stop {
            return Some(self.after_stop(text, sentence, marks, &next));
        }
        Some((true, Reason::FinalMark))
    }

    /// A single full stop before something that could begin a sentence.
    fn after_stop(&self, text: &str, sentence: usize, marks: &Marks, next: &Next<'_>) -> (bool, Reason) {
        let head = &text[sentence..marks.start];
        let word = last_word(head);
        let lower = word.to_lowercase();
        let opens_sentence =
            head.trim_start().trim_start_matches(['(', '[', '"', '“', '«', '„', '‘', '*']).len()
                == word.len();
        let starts_sentences = self.starts_sentences(next);
        let next_is_number = next.first.is_some_and(char::is_numeric);
        if word.is_empty() || !marks.closers.is_empty() && !self.is_known(&lower) {
            return (true, Reason::FinalMark);
        }
        if word.chars().all(char::is_numeric) {
            return self.after_number(word, opens_sentence, next, starts_sentences, next_is_number);
        }
        let mut letters = word.chars();
        if letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() {
            if opens_sentence {
                return (false, Reason::Enumeration);
            }
            return if starts_sentences { (true, Reason::FinalMark) } else { (false, Reason::Initial) };
        }
        if self.own.contains(&lower) || self.table.never_final.contains(&lower) {
            return (false, Reason::Abbreviation);
        }
        if self.table.before_number.contains(&lower) {
            let numbered =
                next_is_number || next.word.chars().all(|c| "IVXLC".contains(c)) && !next.word.is_empty();
            return if numbered { (false, Reason::BeforeNumber) } else { (true, Reason::AbbreviationAtEnd) };
        }
        let roman = word.chars().all(|c| "IVXLC".contains(c));
        if opens_sentence && (roman || word.chars().count() >= 4 && word.chars().all(char::is_uppercase)) {
            return (false, Reason::Enumeration);
        }
        if self.table.may_be_final.contains(&lower) || word.contains('.') || self.evidence.abbreviates(&lower)
        {
            return if starts_sentences {
                (true, Reason::AbbreviationAtEnd)
            } else {
                (false, Reason::Abbreviation)
            };
        }
        (true, Reason::FinalMark)
    }

    fn after_number(
        &self,
        word: &str,
        opens: bool,
        next: &Next<'_>,
        starts: bool,
        next_is_number: bool,
    ) -> (bool, Reason) {
        if opens && word.len() <= 3 {
            return (false, Reason::Enumeration);
        }
        if self.table.ordinals {
            let month = self.table.months.contains(&next.word.to_lowercase());
            if month || word.len() <= 2 && !starts && !next_is_number {
                return (false, Reason::Ordinal);
            }
        }
        (true, Reason::FinalMark)
    }

    fn is_known(&self, lower: &str) -> bool {
        self.table.never_final.contains(lower)
            || self.table.before_number.contains(lower)
            || self.own.contains(lower)
    }

    /// Whether a capital here is that of a sentence: the word occurs small elsewhere, or often opens
    /// sentences, or stands behind a quotation mark or a dash that opens.
    fn starts_sentences(&self, next: &Next<'_>) -> bool {
        let lower = next.word.to_lowercase();
        self.table.openers.contains(&lower) || self.evidence.occurs_small(&lower) || next.opened
    }

    /// `war.The`: a scanner or a typist dropped the space.
    fn missing_space(
        &self,
        text: &str,
        sentence: usize,
        marks: &Marks,
        next: &Next<'_>,
    ) -> Option<(bool, Reason)> {
        let word = last_word(&text[sentence..marks.start]);
        let small = |c: char| c.is_lowercase();
        let fits = marks.closers.is_empty()
            && marks.single
            && word.chars().count() >= 3
            && word.chars().rev().take(2).all(small)
            && !word.contains('.')
            && next.first.is_some_and(char::is_uppercase)
            && next.word.chars().skip(1).all(small)
            && next.word.chars().count() >= 2
            && self.starts_sentences(next);
        fits.then_some((true, Reason::MissingSpace))
    }
}

/// A run of final marks with what closes behind it.
struct Marks<'t> {
    start: usize,
    end: usize,
    closers: &'t str,
    /// One mark of any kind.
    single: bool,
    /// One full stop.
    single_stop: bool,
    /// A mark of a script that is written without spaces.
    wide: bool,
}

impl<'t> Marks<'t> {
    fn read(text: &'t str, start: usize, is_final: impl Fn(char) -> bool) -> Self {
        let run: usize = text[start..].chars().take_while(|&c| is_final(c)).map(char::len_utf8).sum();
        let marks = &text[start..start + run];
        let wide = marks.chars().any(|c| matches!(c, '。' | '！' | '？' | '｡' | '．'));
        // An ellipsis in Chinese text (……) is final as well where text goes on behind it.
        let ellipsis_in_wide = marks.starts_with('…')
            && text[..start].chars().next_back().is_some_and(|c| Script::of(c) == Script::Unspaced);
        let end = closers(text, start + run);
        Self {
            start,
            end,
            closers: &text[start + run..end],
            single: marks.chars().count() == 1,
            single_stop: marks == ".",
            wide: wide || ellipsis_in_wide && marks.chars().count() > 1,
        }
    }
}

/// The end of the closing marks and note marks that stand at `at`.
fn closers(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { return at };
        let closes = matches!(
            c,
            '”' | '’'
                | '"'
                | '\''
                | '»'
                | '›'
                | ')'
                | ']'
                | '}'
                | '」'
                | '』'
                | '）'
                | '】'
                | '》'
                | '〉'
                | '〗'
                | '＂'
                | '*'
                | '†'
                | '‡'
                | '¹'
                | '²'
                | '³'
                | '⁰'
                | '⁴'..='⁹'
        ) || matches!(c, '“' | '‘') && !rest[c.len_utf8()..].starts_with(char::is_alphanumeric);
        if closes {
            at += c.len_utf8();
        } else if let Some(len) = note_mark(rest).or_else(|| spaced_closer(rest)) {
            at += len;
        } else {
            return at;
        }
    }
}

/// `[12]` or `(3)` directly behind a mark.
fn note_mark(rest: &str) -> Option<usize> {
    let close = match rest.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let digits = rest[1..].bytes().take(4).take_while(u8::is_ascii_digit).count();
    ((1..=3).contains(&digits) && rest[1 + digits..].starts_with(close)).then_some(digits + 2)
}

/// ` »` after the mark, as French sets it.
fn spaced_closer(rest: &str) -> Option<usize> {
    let space = rest.chars().next().filter(|c| c.is_whitespace())?;
    let tail = &rest[space.len_utf8()..];
    let ends = |len: usize| {
        tail[len..]
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ')' | ';' | '!' | '?'))
    };
    (tail.starts_with('»') && ends('»'.len_utf8())).then_some(space.len_utf8() + '»'.len_utf8())
}

/// What follows a candidate.
struct Next<'t> {
    /// Whether white space stands between.
    spaced: bool,
    /// Whether something opens before the first letter: a quotation mark, a bracket, a dash.
    opened: bool,
    /// The first character that opens nothing.
    first: Option<char>,
    /// The word that begins with it.
    word: &'t str,
}

impl<'t> Next<'t> {
    fn read(text: &'t str, at: usize) -> Self {
        let rest = &text[at..];
        let trimmed = rest.trim_start();
        let opens = |c: char| {
            matches!(
                c,
                '“' | '”'
                    | '‘'
                    | '"'
                    | '\''
                    | '«'
                    | '‹'
                    | '„'
                    | '‚'
                    | '('
                    | '['
                    | '{'
                    | '—'
                    | '–'
                    | '-'
                    | '¿'
                    | '¡'
                    | '*'
                    | '_'
                    | '「'
                    | '『'
                    | '（'
                    | '《'
            ) || c.is_whitespace()
        };
        // Bounded, so that a page of dashes costs no more than its length.
        let skipped: usize = trimmed.chars().take(8).take_while(|&c| opens(c)).map(char::len_utf8).sum();
        let body = &trimmed[skipped..];
        let len: usize = body
            .chars()
            .take(40)
            .take_while(|c| c.is_alphanumeric() || matches!(c, '’' | '\''))
            .map(char::len_utf8)
            .sum();
        Self {
            spaced: trimmed.len() < rest.len(),
            opened: skipped > 0,
            first: body.chars().next(),
            word: &body[..len],
        }
    }
}

/// The word at the end of `head`, inner stops included (`U.S`, `z. B` counts as `z.b`). At most 40
/// bytes are looked at.
fn last_word(head: &str) -> &str {
    let mut from = head.len().saturating_sub(40);
    while !head.is_char_boundary(from) {
        from += 1;
    }
    let window = &head[from..];
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '&');
    let start =
        window.char_indices().rev().take_while(|&(_, c)| inside(c)).last().map_or(window.len(), |(i, _)| i);
    window[start..].trim_start_matches(['.', '\'', '’'])
}

/// Spans of quotations (from their opening to their closing mark, bytes) that close soon enough.
fn quotations(text: &str) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (i, c) in text.char_indices() {
        match open {
            Some((start, close)) if c == close || close == '“' && c == '”' => {
                spans.push((start, i + c.len_utf8()));
                open = None;
            }
            Some((start, _)) if i - start > LONGEST_QUOTATION => open = None,
            Some(_) => {}
            None => {
                let close = match c {
                    '“' => '”',
                    '„' => '“',
                    '«' => '»',
                    '"' => '"',
                    '「' => '」',
                    '『' => '』',
                    '‘' => '’',
                    '(' => ')',
                    '[' => ']',
                    _ => continue,
                };
                open = Some((i, close));
            }
        }
    }
    spans
}
