//! Where the words of a text stand: words and numbers with their bytes and their folded form, and
//! runs of scripts that are written without spaces.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::align::tokens::{Folding, folded_as};
use crate::model::Script;

/// A word where it stands, or a run of characters of an unspaced script that is still to be cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
    /// Its folded form: compatibility forms, case and diacritics apart.
    pub(super) key: String,
    /// Whether it is a run of an unspaced script.
    pub(super) unspaced: bool,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
    /// As it is written in lower case, where that is not the key: with its accents.
    pub(super) written: Option<String>,
}

/// What a character is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Number,
    Unspaced,
    /// Katakana spells foreign words: a run of it is one word.
    Katakana,
    None,
}

impl Class {
    fn of(c: char) -> Self {
        let unspaced = Script::of(c) == Script::Unspaced;
        match c {
            '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => Self::Katakana,
            _ if unspaced && (c.is_alphanumeric() || is_combining_mark(c)) => Self::Unspaced,
            _ if unspaced => Self::None,
            _ if c.is_numeric() => Self::Number,
            '\u{ad}' => Self::Letter,
            _ if c.is_alphabetic() || is_combining_mark(c) => Self::Letter,
            _ => Self::None,
        }
    }
}

/// The words of a text in order. An apostrophe or hyphen parts words (`l’armée`, `anglo-saxon`): what
/// belongs together is found by what it is rendered as.
pub(super) fn scan(text: &str, folding: Folding) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let class = Class::of(c);
        if class == Class::None {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let after = at + next.len_utf8();
            let same = Class::of(next) == class
                || class == Class::Katakana && is_combining_mark(next)
                || class == Class::Number && matches!(next, '.' | ',') && digit_follows(text, after);
            if !same {
                break;
            }
            end = after;
            chars.next();
        }
        let raw = &text[start..end];
        let key = match class {
            Class::Number => raw.chars().filter(|c| c.is_numeric()).collect(),
            // The marks on kana and the tones of Thai are no ornaments.
            Class::Unspaced | Class::Katakana => raw.nfkc().collect(),
            _ => folded_as(raw, folding),
        };
        if key.chars().any(char::is_alphanumeric) {
            let is_plain = class != Class::Letter || raw.is_ascii();
            let written = (!is_plain).then(|| {
                raw.nfkc().filter(|&c| c != '\u{ad}').flat_map(char::to_lowercase).collect::<String>()
            });
            pieces.push(Piece {
                span: start..end,
                unspaced: class == Class::Unspaced,
                capital: c.is_uppercase(),
                written: written.filter(|written| *written != key),
                key,
            });
        }
    }
    pieces
}

fn digit_follows(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        scan(text, Folding::Plain).into_iter().map(|p| p.key).collect()
    }

    #[test]
    fn words_stand_where_they_are_written() {
        let text = "L’Armée rouge, 1.500 tanks – ça!";
        let pieces = scan(text, Folding::Plain);
        let shown: Vec<&str> = pieces.iter().map(|p| &text[p.span.clone()]).collect();
        assert_eq!(shown, ["L", "Armée", "rouge", "1.500", "tanks", "ça"]);
        assert_eq!(keys(text), ["l", "armee", "rouge", "1500", "tanks", "ca"]);
    }

    #[test]
    fn unspaced_scripts_are_runs_and_katakana_is_a_word() {
        assert_eq!(keys("战争不可避免。"), ["战争不可避免"]);
        assert_eq!(keys("東京タワーへ1939年"), ["東京", "タワー", "へ", "1939", "年"]);
        assert!(keys("— … !").is_empty());
    }
}
