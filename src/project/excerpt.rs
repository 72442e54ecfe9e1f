//! Points at a place in a text file: line, column and the line itself with carets below.

use std::ops::Range;
use std::path::Path;

use unicode_width::UnicodeWidthChar;

use crate::{Error, ErrorKind, Place, Warning};

/// Characters of a line that are shown before and after the place; the rest is cut.
const CONTEXT: usize = 60;

/// A text file and where it lies, for messages about places in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourceText<'t> {
    /// The file.
    pub(crate) path: &'t Path,
    /// Its text.
    pub(crate) text: &'t str,
}

impl SourceText<'_> {
    /// An error about the bytes of `span`.
    pub(crate) fn error(self, kind: ErrorKind, span: Range<usize>, message: impl Into<String>) -> Error {
        self.locate(Error::new(kind, message), span)
    }

    /// Adds file, place and excerpt to an error.
    pub(crate) fn locate(self, error: Error, span: Range<usize>) -> Error {
        error.in_file(self.path).at(Place::of_offset(self.text, span.start)).excerpt(excerpt(self.text, span))
    }

    /// A warning about the bytes of `span`.
    pub(crate) fn warning(
        self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Warning {
        Warning::new(code, message).in_file(self.path).at(self.place(&span))
    }

    /// Line and column of a span's start.
    pub(crate) fn place(self, span: &Range<usize>) -> Place {
        Place::of_offset(self.text, span.start)
    }
}

/// The line in which `span` (bytes) begins, with its number, and carets below the span.
pub(crate) fn excerpt(text: &str, span: Range<usize>) -> String {
    let start = floor_boundary(text, span.start);
    let end = floor_boundary(text, span.end.max(start));
    let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let line = text[line_start..line_end].trim_end_matches('\r');
    let number = text[..start].matches('\n').count() + 1;

    let before: Vec<char> = text[line_start..start].trim_end_matches('\r').chars().collect();
    let marked = text[start..end.min(line_start + line.len()).max(start)].chars().count();
    let shown_from = before.len().saturating_sub(CONTEXT);
    let marked = marked.min(CONTEXT);
    let shown: Vec<char> =
        line.chars().skip(shown_from).take(before.len() - shown_from + marked + CONTEXT).collect();
    let head = if shown_from > 0 { "…" } else { "" };
    let tail = if shown_from + shown.len() < line.chars().count() { "…" } else { "" };

    // Tabs stay tabs below, so that the carets stand right whatever their width is.
    let below = |c: &char| if *c == '\t' { "\t".to_owned() } else { " ".repeat(width(*c)) };
    let indent: String =
        head.chars().chain(before.iter().skip(shown_from).copied()).map(|c| below(&c)).collect();
    let carets: usize = shown.iter().skip(before.len() - shown_from).take(marked).map(|c| width(*c)).sum();
    let body: String =
        shown.iter().map(|&c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect();

    let gutter = number.to_string();
    let blank = " ".repeat(gutter.len());
    format!("{gutter} | {head}{body}{tail}\n{blank} | {indent}{}", "^".repeat(carets.max(1)))
}

/// Columns of a character on a terminal; a control character is shown as one.
fn width(c: char) -> usize {
    if c.is_control() { 1 } else { c.width().unwrap_or(0) }
}

/// The last character boundary at or before `offset`.
fn floor_boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn carets_stand_below_the_span() {
        let text = "[work]\n\ttïtle = 3\r\nx = 1\n";
        let at = text.find('3').unwrap();
        assert_eq!(excerpt(text, at..at + 1), "2 | \ttïtle = 3\n  | \t        ^");
        let wide = "名 = 12";
        assert_eq!(excerpt(wide, 6..8), "1 | 名 = 12\n  |      ^^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}WRONG{}", "x".repeat(500), "y".repeat(500));
        let shown = excerpt(&text, 500..505);
        let (line, carets) = shown.split_once('\n').unwrap();
        assert!(line.chars().count() < 140 && line.contains("WRONG"));
        let at = line.chars().position(|c| c == 'W').unwrap();
        assert_eq!(carets.chars().position(|c| c == '^').unwrap(), at);
        assert_eq!(carets.matches('^').count(), 5);
    }

    #[test]
    fn the_end_of_the_text_and_what_lies_past_it_are_places_too() {
        assert_eq!(excerpt("a = '", 5..5), "1 | a = '\n  |      ^");
        assert_eq!(excerpt("a\n", 99..120), "2 | \n  | ^");
        assert_eq!(excerpt("", 0..0), "1 | \n  | ^");
    }

    proptest! {
        #[test]
        fn no_text_and_no_span_make_it_panic(text in "[\\PC\r\n\t]{0,40}", a in 0usize..60, b in 0usize..60) {
            prop_assert!(excerpt(&text, a..b).contains('^'));
        }
    }
}
