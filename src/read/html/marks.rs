//! Marks of notes inside a line of text: which elements are such, and where they lead.

use super::hints::{self, MarkClass};
use super::tokens::Tag;

/// No mark of a note is longer than this, in characters.
const LONGEST: usize = 6;
/// So much of the source behind a tag is looked at.
const NEAR: usize = 400;

/// A mark that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The name of the place that it leads to, without the name of the file.
    pub(super) target: Option<String>,
    /// Whether the page says that a note is there.
    pub(super) certain: bool,
}

/// Whether the inline element that `tag` opens is the mark of a note or the way back from one;
/// `class` is what its classes say, `written` the block's text before it.
pub(super) fn mark(source: &str, tag: &Tag, class: MarkClass, written: &str) -> Option<Mark> {
    let inside = content(source, tag);
    let target =
        inside.target.as_deref().and_then(|href| href.rsplit_once('#')).map(|(_, name)| name.to_owned());
    let shown = inside.shown.trim();
    match class {
        MarkClass::Back => return Some(Mark { target: None, certain: false }),
        MarkClass::Note if is_sign(shown) || shown.is_empty() => return Some(Mark { target, certain: true }),
        _ => {}
    }
    if tag.name != "sup" && tag.name != "a" {
        return None;
    }
    if matches!(shown.trim_end_matches('\u{fe0e}'), "↩" | "↑" | "⤴" | "⏎" | "▲" | "^") && target.is_some()
    {
        return Some(Mark { target: None, certain: false });
    }
    if !is_sign(shown) || written.trim().is_empty() {
        return None;
    }
    let leads_to_note = target.as_deref().is_some_and(hints::is_note_name);
    if tag.name == "sup" {
        let fits = match target {
            Some(_) => true,
            // `m²` and `10³` have exponents; marks stand behind words, years, stops.
            None => ends_as_before_mark(written),
        };
        return fits.then_some(Mark { certain: leads_to_note, target });
    }
    let attached = written.ends_with(|c: char| !c.is_whitespace());
    let dressed = shown.starts_with(['[', '(']) || !shown.bytes().all(|b| b.is_ascii_digit());
    (leads_to_note && (attached || dressed) && !is_back(target.as_deref()))
        .then_some(Mark { target, certain: true })
}

/// Whether the name of a place is that of a mark, to which notes lead back.
fn is_back(name: Option<&str>) -> bool {
    name.is_some_and(|name| name.to_ascii_lowercase().contains("ref"))
}

/// A number, a letter, or a sign such as `*`, in brackets or not.
fn is_sign(shown: &str) -> bool {
    let inner = shown.trim_matches(|c: char| "[](){}".contains(c) || c.is_whitespace());
    let digits = inner.bytes().all(|b| b.is_ascii_digit());
    let letter = inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic);
    let sign = inner.chars().all(|c| "*†‡§¶#‖0123456789".contains(c));
    let roman = inner.bytes().all(|b| b"ivx".contains(&b));
    let numbered = inner.len() <= 4
        && inner.ends_with(|c: char| c.is_ascii_lowercase())
        && inner[..inner.len() - 1].bytes().all(|b| b.is_ascii_digit());
    !inner.is_empty() && shown.chars().count() <= LONGEST && (digits || letter || sign || roman || numbered)
}

/// Whether a raised number behind this text is a mark: a word, a stop, a bracket, a year is there.
fn ends_as_before_mark(written: &str) -> bool {
    let word: Vec<char> = written.chars().rev().take_while(|c| c.is_alphanumeric()).take(5).collect();
    match word.first() {
        None => written.ends_with(|c: char| !c.is_whitespace() && !"=+−×/^".contains(c)),
        Some(c) if c.is_numeric() => word.len() == 4 && word.iter().all(char::is_ascii_digit),
        Some(_) => word.len() >= 3,
    }
}

struct Content {
    shown: String,
    target: Option<String>,
}

/// What the element shows, tags left out, and where its link leads.
fn content(source: &str, tag: &Tag) -> Content {
    let mut target = tag.get("href").map(str::to_owned);
    let start = tag.span.end.min(source.len());
    let near = super::super::shape::prefix(&source[start..], NEAR);
    let close = format!("</{}", tag.name);
    let end = near.char_indices().find(|&(at, c)| {
        c == '<' && near.get(at..at + close.len()).is_some_and(|own| own.eq_ignore_ascii_case(&close))
    });
    let Some((end, _)) = end else { return Content { shown: String::new() + "\u{fffd}\u{fffd}", target } };
    let inner = &near[..end];
    let mut shown = String::new();
    let mut rest = inner;
    while let Some(open) = rest.find('<') {
        shown.push_str(&rest[..open]);
        let close = rest[open..].find('>').map_or(rest.len(), |at| open + at + 1);
        if target.is_none()
            && let Some(super::tokens::Token::Start(link)) =
                super::tokens::Tokens::new(&rest[open..close]).next()
        {
            target = link.get("href").map(str::to_owned);
        }
        rest = &rest[close..];
    }
    shown.push_str(rest);
    Content { shown: shown.replace("&nbsp;", " ").replace("&#160;", " "), target }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::{Token, Tokens};
    use super::*;

    fn is_mark(source: &str, written: &str) -> bool {
        let Some(Token::Start(tag)) = Tokens::new(source).next() else { panic!("{source}") };
        mark(source, &tag, hints::Hints::of(&tag).mark, written).is_some()
    }

    #[test]
    fn marks_and_what_looks_like_them() {
        assert!(is_mark("<sup><a href='#n2'>2</a></sup>", "in 1848"));
        assert!(is_mark("<sup>3</sup>", "in 1850."));
        assert!(is_mark("<a href='x.html#note-4' epub:type='noteref'>4</a>", "read it"));
        assert!(is_mark("<a href='#fnref1' class='footnote-back'>↩︎</a>", "1849."));
        assert!(is_mark("<a href='#n12'>[12]</a>", "the town "));
        assert!(!is_mark("<sup>3</sup>", "10") && !is_mark("<sup>2</sup>", "5 m"));
        assert!(!is_mark("<sup>st</sup>", "the 1") && !is_mark("<a href='#c1'>1</a>", "see "));
        assert!(!is_mark("<a href='#n1'>the first note of all</a>", "see "));
    }
}
