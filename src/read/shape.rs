//! What the look of a line or paragraph says: how it begins and ends, whether it is in capitals.
//!
//! Only a bounded piece of each end is looked at, so that a line of any length costs the same.

/// How much of a text's beginning or end is looked at, in bytes.
const NEAR: usize = 400;

/// The beginning of `text`, at most [`NEAR`] bytes.
pub(crate) fn head(text: &str) -> &str {
    prefix(text, NEAR)
}

/// The end of `text`, at most [`NEAR`] bytes.
pub(crate) fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(NEAR);
    (from..text.len()).find_map(|at| text.get(at..)).unwrap_or_default()
}

/// The first `bytes` bytes of `text`, or up to three fewer so as not to cut a character.
pub(crate) fn prefix(text: &str, bytes: usize) -> &str {
    (0..=bytes.min(text.len())).rev().find_map(|at| text.get(..at)).unwrap_or_default()
}

/// Whether `text` is at most `columns` characters long (wide ones count two).
pub(crate) fn is_within(text: &str, columns: usize) -> bool {
    use unicode_width::UnicodeWidthChar;
    let mut left = columns;
    text.chars().all(|c| match left.checked_sub(c.width().unwrap_or(0)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    })
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '}' | '*' | '_' | '’' | '”' | '“' | '»' | '«' | '›' | '‹')
        || matches!(c, '」' | '』' | '）' | '】' | '》' | '〉' | '〕')
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '(' | '[' | '{' | '*' | '_' | '‘' | '“' | '„' | '‚' | '”' | '«' | '»' | '‹' | '›'
    ) || matches!(c, '「' | '『' | '（' | '【' | '《' | '〈' | '¿' | '¡')
}

/// The last character that is neither closing mark nor part of a note mark such as `[12]`.
fn last_mark(text: &str) -> Option<char> {
    let mut end = tail(text).trim_end();
    loop {
        let inner = end.trim_end_matches(is_closing).trim_end();
        if end.ends_with(']') {
            let digits = inner.trim_end_matches(|c: char| c.is_ascii_digit());
            if digits.len() < inner.len() && digits.ends_with('[') {
                end = digits[..digits.len() - 1].trim_end();
                continue;
            }
        }
        return inner.chars().next_back();
    }
}

/// Whether the text ends as a sentence does: with a stop, a question or exclamation mark, an
/// ellipsis or a colon, in any script, closing quotation marks aside.
pub(crate) fn ends_sentence(text: &str) -> bool {
    last_mark(text).is_some_and(|c| {
        matches!(c, '.' | '!' | '?' | '…' | ':' | '‽' | '。' | '！' | '？' | '：' | '．' | '｡' | '।' | '॥')
            || matches!(c, '؟' | '۔' | '։' | '՜' | '՞' | '።' | '⁈' | '⁉' | '‼')
    })
}

/// Whether the text ends with a mark that joins it to what follows: comma, semicolon, dash, hyphen.
pub(crate) fn ends_open(text: &str) -> bool {
    last_mark(text).is_some_and(|c| {
        matches!(c, ',' | ';' | '-' | '–' | '—' | '‐' | '，' | '；' | '、' | '،' | '؛' | '\u{ad}' | '¬')
    })
}

/// The first character that is no opening mark.
pub(crate) fn first_letter(text: &str) -> Option<char> {
    head(text).chars().find(|c| !is_opening(*c) && !c.is_whitespace())
}

/// Whether the text starts with a capital; `None` where its first character has no case.
pub(crate) fn starts_upper(text: &str) -> Option<bool> {
    let c = first_letter(text)?;
    if c.is_uppercase() {
        Some(true)
    } else if c.is_lowercase() {
        Some(false)
    } else {
        None
    }
}

/// Whether the text starts as a sentence can: not in the middle of one.
pub(crate) fn starts_sentence(text: &str) -> bool {
    starts_upper(text) != Some(false)
}

/// Whether all letters with case are capitals, two at least.
pub(crate) fn is_capitals(text: &str) -> bool {
    let mut upper = 0;
    for c in head(text).chars() {
        if c.is_lowercase() {
            return false;
        }
        upper += usize::from(c.is_uppercase());
    }
    upper >= 2
}

/// Whether a few short lines are a signature or an address rather than verse: nearly all of their
/// words begin with a capital (`Fraternally yours, / Albert Smith, / Secretary`).
pub(crate) fn is_signature(lines: &[&str]) -> bool {
    /// No signature has more lines.
    const LONGEST: usize = 8;
    if lines.len() > LONGEST {
        return false;
    }
    let words = lines.iter().flat_map(|line| head(line).split(|c: char| !c.is_alphanumeric()));
    let (mut all, mut upper) = (0, 0);
    for first in words.filter_map(|word| word.chars().next()) {
        all += usize::from(first.is_alphanumeric());
        upper += usize::from(first.is_uppercase() || first.is_numeric());
    }
    let opens = |line: &&str| starts_upper(line) != Some(false);
    all >= 3 && upper * 10 >= all * 7 && lines.iter().all(opens)
}

/// Whether there is no letter and no digit in the text: an ornament, a rule, a row of stars.
pub(crate) fn is_ornament(text: &str) -> bool {
    text.len() <= NEAR && !text.chars().any(char::is_alphanumeric)
}

/// Whether the text, brackets aside, is a number that may stand for a page: `12`, `- 12 -`,
/// `[Pg 12]`, `p. 12`, `— 12 —`.
pub(crate) fn page_number(text: &str) -> Option<PageNumber> {
    if text.len() > 32 {
        return None;
    }
    let lower = text.to_lowercase();
    let outer = lower.trim();
    let inner = outer.trim_matches(|c: char| c.is_whitespace() || "-–—[]{}()|·•~*_/".contains(c));
    let dressed = inner.len() < outer.len() && !outer.starts_with('(');
    let words = ["pg.", "pg", "page", "seite", "стр.", "с.", "pág.", "pag.", "str.", "s.", "p.", "第"];
    let word = words.iter().find_map(|word| inner.strip_prefix(word));
    let digits = word.unwrap_or(inner).trim().trim_end_matches(['页', '頁', '.']).trim_end();
    let bare = digits == inner;
    let number =
        (digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())??;
    // `[12]` is as likely a note as a page, and `12.` a numbered heading.
    let certain = word.is_some() || (dressed && bare && !outer.starts_with('['));
    (certain || (bare && !dressed)).then_some(PageNumber { number, certain })
}

/// A number that may stand for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageNumber {
    /// The number.
    pub(crate) number: usize,
    /// Whether its dress (`- 12 -`, `p. 12`) leaves no doubt.
    pub(crate) certain: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_sentences_in_several_scripts() {
        for text in ["so.", "Wirklich?“", "« Oui ! »", "战争。", "да…", "it is so.[12]", "(end.)"]
        {
            assert!(ends_sentence(text), "{text}");
        }
        for text in ["The Soviet-Finnish War", "paper,", "战争", "com-", "[12]"] {
            assert!(!ends_sentence(text), "{text}");
        }
        assert!(ends_open("on paper,”") && ends_open("com-") && !ends_open("end"));
    }

    #[test]
    fn capitals_and_beginnings() {
        assert!(is_capitals("CHAPTER I.") && is_capitals("ВОПРОС") && !is_capitals("A. The"));
        assert!(!is_capitals("战争"));
        assert_eq!(starts_upper("“Do you"), Some(true));
        assert_eq!(starts_upper("战争"), None);
        assert!(starts_sentence("12 men") && !starts_sentence("pletely"));
    }

    #[test]
    fn signatures_are_no_verse() {
        assert!(is_signature(&["Fraternally yours,", "Albert Smith,", "Secretary, Communist League."]));
        assert!(!is_signature(&["Tyger Tyger, burning bright,", "In the forests of the night;"]));
        assert!(!is_signature(&["Fest gemauert in der Erden", "Steht die Form, aus Lehm gebrannt."]));
    }

    #[test]
    fn page_numbers() {
        let number = |text| page_number(text).map(|page| (page.number, page.certain));
        assert_eq!(number("12"), Some((12, false)));
        assert_eq!(number("- 12 -"), Some((12, true)));
        assert_eq!(number("[Pg 9]"), Some((9, true)));
        assert_eq!(number("Seite 7"), Some((7, true)));
        assert_eq!((number("[12]"), number("12."), number("1917 was"), number("")), (None, None, None, None));
    }

    #[test]
    fn long_texts_are_looked_at_near_their_ends_only() {
        let long = format!("{}.", "ж".repeat(100_000));
        assert!(head(&long).len() <= NEAR && tail(&long).len() <= NEAR);
        assert!(ends_sentence(&long) && !is_within(&long, 80));
    }
}
