//! Enumerations run on inside one paragraph: `1. Peace. 2. Land. 3. Bread.`, `a) … b) …`, `• … • …`.
//!
//! Only a block that opens with the first item counts, and each item must carry the next number in
//! the same form, so that a number in running prose is never taken for one.

use super::marks::{is_bullet, is_quote, mark_of};
use super::words::{char_at, char_before, skip_space, skip_space_back, token_start};

/// An item's number.
#[derive(Clone, Copy)]
enum Number {
    Arabic(u32),
    Letter(char),
}

impl Number {
    fn next(self) -> Option<Self> {
        match self {
            Self::Arabic(n) => Some(Self::Arabic(n.checked_add(1)?)),
            Self::Letter(c @ ('a'..='y' | 'A'..='Y')) => Some(Self::Letter(char::from(c as u8 + 1))),
            Self::Letter(_) => None,
        }
    }
}

/// How the items of one enumeration look.
struct Form {
    bullet: Option<char>,
    number: Option<Number>,
    suffix: &'static str,
}

impl Form {
    /// The form of the item at the head of the text, if there is one.
    fn of(text: &str) -> Option<Self> {
        let start = skip_space(text, 0);
        let bullet = char_at(text, start).filter(|&c| is_bullet(c));
        let at = skip_space(text, start + bullet.map_or(0, char::len_utf8));
        let rest = text.get(at..)?;
        let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let (number, length) = if (1..=3).contains(&digits) {
            (Some(Number::Arabic(rest[..digits].parse().ok()?)), digits)
        } else {
            match rest.chars().next() {
                Some(c) if c.is_ascii_alphabetic() => (Some(Number::Letter(c)), 1),
                _ => (None, 0),
            }
        };
        let tail = rest.get(length..)?;
        let suffix =
            [".)", ")", "."].into_iter().find(|&suffix| tail.starts_with(suffix) && number.is_some());
        match (suffix, bullet) {
            (Some(suffix), _) if tail[suffix.len()..].starts_with(char::is_whitespace) => {
                Some(Self { bullet, number, suffix })
            }
            (_, Some(_)) => Some(Self { bullet, number: None, suffix: "" }),
            _ => None,
        }
    }

    /// What the next item looks like at its beginning.
    fn needle(&self) -> Option<String> {
        Some(match (self.number, self.bullet) {
            (Some(Number::Arabic(n)), _) => format!("{n}{}", self.suffix),
            (Some(Number::Letter(c)), _) => format!("{c}{}", self.suffix),
            (None, Some(bullet)) => bullet.to_string(),
            (None, None) => return None,
        })
    }
}

/// The first bytes of the items after the first; `None` if the text does not open with an item.
/// `takes_number` tells whether a word before a number belongs to it (`vol. 2.`).
pub(super) fn items(text: &str, takes_number: impl Fn(&str) -> bool) -> Option<Vec<usize>> {
    let mut form = Form::of(text)?;
    let mut items = Vec::new();
    let first = skip_space(text, 0);
    let mut from = first + char_at(text, first).map_or(1, char::len_utf8);
    'items: loop {
        if let Some(number) = form.number {
            match number.next() {
                Some(next) => form.number = Some(next),
                None => break,
            }
        }
        let needle = form.needle()?;
        while let Some(found) = text.get(from..).and_then(|rest| rest.find(&needle)) {
            let at = from + found;
            from = at + needle.len();
            if let Some(start) = item_start(text, at, &needle, &form, &takes_number) {
                items.push(start);
                continue 'items;
            }
        }
        break;
    }
    Some(items)
}

/// Where the item whose number stands at `at` begins (at its bullet), if it is one.
fn item_start(
    text: &str,
    at: usize,
    needle: &str,
    form: &Form,
    takes_number: &impl Fn(&str) -> bool,
) -> Option<usize> {
    let start = match (form.bullet, form.number) {
        (Some(bullet), Some(_)) => {
            let end = skip_space_back(text, at);
            (char_before(text, end)? == bullet).then(|| end - bullet.len_utf8())?
        }
        _ => at,
    };
    let end = skip_space_back(text, start);
    if end == start {
        return None;
    }
    let after = at + needle.len();
    let next = skip_space(text, after);
    if form.number.is_some() {
        let previous = text.get(token_start(text, end.saturating_sub(1))..end)?;
        let opens =
            char_at(text, next).is_some_and(|c| c.is_alphabetic() && !c.is_lowercase() || is_quote(c));
        let closed = char_before(text, end).is_some_and(|c| mark_of(c).is_some() || matches!(c, ';' | ','));
        let fits = if closed { char_at(text, next).is_some_and(|c| !c.is_numeric()) } else { opens };
        if next == after || !fits || takes_number(previous.trim_end_matches('.')) {
            return None;
        }
    }
    Some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let starts = items(text, |word| word == "vol").unwrap_or_default();
        let mut from = 0;
        let mut pieces = Vec::new();
        for start in starts.into_iter().chain([text.len()]) {
            pieces.push(text[from..start].trim());
            from = start;
        }
        pieces
    }

    #[test]
    fn items_follow_in_order_and_form() {
        assert_eq!(cut("1. Peace 2. Land 3. Bread"), ["1. Peace", "2. Land", "3. Bread"]);
        assert_eq!(cut("a) Peace; b) Land"), ["a) Peace;", "b) Land"]);
        assert_eq!(cut("• 9. Peace • 10. Land"), ["• 9. Peace", "• 10. Land"]);
        assert_eq!(cut("• peace • land"), ["• peace", "• land"]);
        assert_eq!(cut("1. See vol. 2. The rest is 3 pages"), ["1. See vol. 2. The rest is 3 pages"]);
        assert_eq!(cut("1. In 2.5 parts and 3. more"), ["1. In 2.5 parts and 3. more"]);
        assert_eq!(cut("We want 1. Peace 2. Land").len(), 1);
        assert_eq!(cut("").len(), 1);
    }
}
