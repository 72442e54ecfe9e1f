//! A candidate place as it is read from the text: the mark, what closes after it, what opens next.
//!
//! Everything here is layout, the same in all languages; what it means is decided in `rules`.

use super::marks::{
    Mark, faces_right, is_bullet, is_closing_bracket, is_continuing, is_dash, is_invisible, is_note_mark,
    is_opening_bracket, is_quote, is_small, is_wide, is_word, mark_of,
};
use super::words::{char_at, char_before, skip_space, word_end};

/// What the text goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// Nothing.
    End,
    /// A lower-case letter.
    Lower,
    /// A capital.
    Upper,
    /// A digit.
    Digit,
    /// A letter of a script without cases.
    Caseless,
    /// Another mark that may end a sentence.
    Mark,
    /// Anything else.
    Symbol,
}

/// A candidate place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site {
    /// The mark's first byte.
    pub(super) start: usize,
    /// One past the mark.
    pub(super) mark_end: usize,
    /// One past what closes after it: where a sentence would end.
    pub(super) close: usize,
    /// The next byte that is not white space.
    pub(super) next: usize,
    /// The first byte after opening marks and dashes: the next word.
    pub(super) head_at: usize,
    /// What sort of mark.
    pub(super) mark: Mark,
    /// What sort of character stands at `head_at`.
    pub(super) head: Head,
    /// Whether a quotation mark closes after the mark.
    pub(super) quote: bool,
    /// Whether a bracket does.
    pub(super) bracket: bool,
    /// Whether a quotation mark or bracket opens next.
    pub(super) opens: bool,
    /// Whether a dash comes next.
    pub(super) dash: bool,
}

impl Site {
    /// Whether white space follows.
    pub(super) fn has_gap(&self) -> bool {
        self.next > self.close
    }

    /// Reads the site of the mark at `start`; `straight_open` tells whether a straight quotation mark
    /// that stands alone at the given byte closes.
    pub(super) fn read(text: &str, start: usize, first: Mark, closes: &mut dyn FnMut(usize) -> bool) -> Self {
        let (mark_end, mark) = read_mark(text, start, first);
        let mut site = Self {
            start,
            mark_end,
            close: mark_end,
            next: mark_end,
            head_at: mark_end,
            mark,
            head: Head::End,
            quote: false,
            bracket: false,
            opens: false,
            dash: false,
        };
        site.read_closing(text, closes);
        site.next = skip_space(text, site.close);
        site.read_opening(text);
        site
    }

    /// Closing marks and note marks, attached or (as French and old prints have them) after a space.
    fn read_closing(&mut self, text: &str, closes: &mut dyn FnMut(usize) -> bool) {
        while let Some(c) = char_at(text, self.close) {
            let after = self.close + c.len_utf8();
            if is_closing_bracket(c) {
                self.bracket = true;
                self.close = after;
            } else if is_quote(c) && self.quote_closes(text, c, after) {
                self.quote = true;
                self.close = after;
            } else if is_invisible(c)
                || (is_note_mark(c) || c == '_') && !char_at(text, after).is_some_and(is_word)
                || is_note_mark(c) && c > '\u{7f}'
            {
                self.close = after;
            } else if let Some(end) = bracketed_note(text, self.close, c, false) {
                self.close = end;
            } else if let Some(end) = self.plain_note(text, c) {
                self.close = end;
            } else if let Some(end) = self.spaced_closing(text, c, closes) {
                self.close = end;
            } else {
                return;
            }
        }
    }

    /// Whether the quotation mark `c` right after the mark closes: what follows it is not a word, or
    /// the mark does not face one.
    fn quote_closes(&self, text: &str, c: char, after: usize) -> bool {
        match char_at(text, after) {
            Some(next) if is_word(next) => {
                let is_suffix = matches!(c, '\'' | '’') && next.is_lowercase() && self.mark == Mark::Dot;
                !faces_right(c) && !is_suffix
            }
            Some(next) if self.mark == Mark::Full || is_wide(next) => !faces_right(c),
            _ => true,
        }
    }

    /// The number of a note printed as plain digits: `war.3 The`, `war.”12 The`.
    fn plain_note(&self, text: &str, c: char) -> Option<usize> {
        if !c.is_ascii_digit() || self.mark == Mark::Ellipsis {
            return None;
        }
        let end = word_end(text, self.close);
        let digits =
            text.get(self.close..end).is_some_and(|d| d.len() <= 3 && d.bytes().all(|b| b.is_ascii_digit()));
        let before: Vec<char> = text.get(..self.start)?.chars().rev().take(4).collect();
        let after_word = before.len() == 4 && before.iter().all(|c| c.is_lowercase());
        let at = skip_space(text, end);
        let opens = char_at(text, at).is_none_or(|next| next.is_uppercase() || is_quote(next));
        (digits && (after_word || self.quote) && (at > end || at == text.len()) && opens).then_some(end)
    }

    /// A closing mark or note mark after a space.
    fn spaced_closing(
        &mut self,
        text: &str,
        c: char,
        closes: &mut dyn FnMut(usize) -> bool,
    ) -> Option<usize> {
        if !c.is_whitespace() {
            return None;
        }
        let at = skip_space(text, self.close);
        let next = char_at(text, at)?;
        let mut after = at + next.len_utf8();
        if is_closing_bracket(next) {
            self.bracket = true;
            return Some(after);
        }
        if next == '[' {
            return bracketed_note(text, at, next, true).or_else(|| omission(text, at));
        }
        let is_doubled = matches!(next, '\'' | '`') && char_at(text, after) == Some(next);
        if is_doubled {
            after += 1;
        }
        let is_alone = char_at(text, after).is_none_or(|c| {
            !is_word(c) && !is_quote(c) && mark_of(c).is_none_or(|m| m == Mark::Dot) || is_invisible(c)
        });
        let is_closer = match next {
            '»' | '›' | '”' => true,
            '"' => closes(at),
            '\'' => closes(at) || char_at(text, skip_space(text, after)) == Some(','),
            '`' => is_doubled && closes(at),
            _ => false,
        };
        if is_alone && is_closer && !char_at(text, after).is_some_and(is_opening_bracket) {
            self.quote = true;
            return Some(after);
        }
        None
    }

    /// Opening marks, dashes and bullets, and what comes after them.
    fn read_opening(&mut self, text: &str) {
        let mut at = self.next;
        while let Some(c) = char_at(text, at) {
            if is_opening_bracket(c) || is_quote(c) {
                self.opens = true;
            } else if is_dash(c) {
                self.dash = true;
            } else if c == ',' && at == self.next && self.is_low_quote(text) {
                self.opens = true;
                at += 1;
            } else if !is_bullet(c) && !is_invisible(c) && !matches!(c, '*' | '_' | '#' | '§' | '†' | '№')
            {
                break;
            }
            at = skip_space(text, at + c.len_utf8());
        }
        self.head_at = at;
        self.head = match char_at(text, at) {
            None => Head::End,
            Some(c) if is_small(c) => Head::Lower,
            Some(c) if c.is_uppercase() => Head::Upper,
            Some(c) if c.is_numeric() => Head::Digit,
            Some(c) if c.is_alphabetic() => Head::Caseless,
            Some(c) if mark_of(c).is_some() => Head::Mark,
            Some(_) => Head::Symbol,
        };
    }

    /// Whether punctuation follows that continues the sentence.
    pub(super) fn is_followed_by_punctuation(&self, text: &str) -> bool {
        // Two commas are a typewriter's opening quotation mark.
        char_at(text, self.next).is_some_and(|c| is_continuing(c) || mark_of(c).is_some())
            && !self.is_low_quote(text)
    }

    fn is_low_quote(&self, text: &str) -> bool {
        self.has_gap() && text.get(self.next..).is_some_and(|rest| rest.starts_with(",,"))
    }

    /// The word at the head: letters and digits.
    pub(super) fn head_word<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.head_at..word_end(text, self.head_at)).unwrap_or_default()
    }
}

/// How far the mark reaches: `?!`, `...`, `. . .`, `! ! !`, and what it is as a whole.
fn read_mark(text: &str, start: usize, first: Mark) -> (usize, Mark) {
    let mut end = start + char_at(text, start).map_or(1, char::len_utf8);
    let mut mark = first;
    if first == Mark::Colon {
        return (end, mark);
    }
    loop {
        let at = match char_at(text, end) {
            Some(c) if c.is_whitespace() => skip_space(text, end),
            _ => end,
        };
        let Some((c, next)) = char_at(text, at).and_then(|c| Some((c, mark_of(c)?))) else { break };
        if at > end {
            // A spaced mark belongs to the one before only in a row of dots or of strong marks, and
            // only if nothing is attached to it (`. .NET`).
            let is_row = match next {
                Mark::Dot => true,
                Mark::Strong => mark == Mark::Strong,
                Mark::Ellipsis => mark != Mark::Full,
                Mark::Full | Mark::Colon => false,
            };
            let is_attached = char_at(text, at + c.len_utf8()).is_some_and(is_word);
            if !is_row || is_attached {
                break;
            }
        }
        mark = match (mark, next) {
            (Mark::Strong, _) | (_, Mark::Strong) => Mark::Strong,
            (Mark::Full, _) | (_, Mark::Full) => Mark::Full,
            _ => Mark::Ellipsis,
        };
        end = at + c.len_utf8();
    }
    (end, mark)
}

/// A note mark in brackets: `[12]`, `[a]`, `[note 3]`, `(3)`, `(*)`.
fn bracketed_note(text: &str, at: usize, c: char, digits_only: bool) -> Option<usize> {
    let close = match c {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let body = text.get(at + 1..)?;
    let length = body.char_indices().take(12).find(|&(_, c)| c == close).map(|(length, _)| length)?;
    let inside = body.get(..length)?;
    let is_digits =
        inside.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | ',' | '–' | '-' | ' '));
    let is_note = !inside.is_empty()
        && inside.chars().next().is_some_and(|c| is_word(c) || is_note_mark(c))
        && (is_digits && (c == '[' || inside.len() <= 3)
            || c == '['
                && !digits_only
                && inside.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '.')
                && length <= 8);
    is_note.then_some(at + 1 + length + 1)
}

/// Words left out after a sentence: `[...]`.
fn omission(text: &str, at: usize) -> Option<usize> {
    let body = text.get(at + 1..)?;
    let dots = body.bytes().take(8).take_while(|&b| b == b'.').count();
    let dots = if body.starts_with('…') { '…'.len_utf8() } else { dots };
    (dots > 1 && body.get(dots..)?.starts_with(']')).then_some(at + 1 + dots + 1)
}

/// Whether the mark stands in brackets of its own: `[...]`, `(!)`.
pub(super) fn is_bracketed(text: &str, site: &Site) -> bool {
    site.bracket && char_before(text, site.start).is_some_and(is_opening_bracket)
}
