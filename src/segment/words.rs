//! Words as the tables know them: a key that ignores case, and what stands left and right of a mark.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::marks::{is_dash, is_invisible, is_wide, is_word};

/// How far the scanner looks back for the word before a stop, in bytes. A bound keeps it linear on
/// any input; no abbreviation is longer.
const REACH: usize = 64;

/// The key of a word in a table: a 64-bit hash of its lower-case letters (FNV-1a, finished so that all
/// bits depend on all). Two words of one document share a key about once in 10^13.
pub(super) fn key(word: &str) -> u64 {
    let mut hash = Hash::default();
    for c in word.chars() {
        hash.add(c);
    }
    hash.finish()
}

/// The key being built, letter by letter.
#[derive(Clone, Copy)]
pub(super) struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Adds a letter, whatever its case.
    pub(super) fn add(&mut self, c: char) {
        match c {
            _ if c.is_ascii() => self.add_u32(u32::from(c.to_ascii_lowercase() as u8)),
            // The common case of the general rule below, much faster.
            'а'..='я' => self.add_u32(c as u32),
            'А'..='Я' => self.add_u32(c as u32 + 32),
            _ => c.to_lowercase().for_each(|c| self.add_u32(c as u32)),
        }
    }

    fn add_u32(&mut self, value: u32) {
        self.0 = (self.0 ^ u64::from(value)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// The key.
    pub(super) fn finish(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    }
}

/// A map by key.
pub(super) type KeyMap<T> = HashMap<u64, T, BuildHasherDefault<KeyHasher>>;

/// A set of keys.
pub(super) type KeySet = HashSet<u64, BuildHasherDefault<KeyHasher>>;

/// The hasher of keys, which are hashes already.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 << 8) | u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// The first character at byte `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(&byte) if byte.is_ascii() => Some(char::from(byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// The last character before byte `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The first byte at or after `at` that is not white space.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\t' | b'\r') => at += 1,
            Some(byte) if byte.is_ascii() => return at,
            None => return at,
            Some(_) => match char_at(text, at) {
                Some(c) if c.is_whitespace() => at += c.len_utf8(),
                _ => return at,
            },
        }
    }
}

/// One past the last byte before `at` that is not white space, looking back no further than [`REACH`].
pub(super) fn skip_space_back(text: &str, at: usize) -> usize {
    let mut end = at;
    while let Some(c) = char_before(text, end) {
        if !(c.is_whitespace() || is_invisible(c)) || at - end > REACH {
            break;
        }
        end -= c.len_utf8();
    }
    end
}

/// Where the word that starts at `at` ends: letters, digits and their marks.
pub(super) fn word_end(text: &str, at: usize) -> usize {
    let mut end = at;
    for c in text.get(at..).unwrap_or_default().chars().take(REACH) {
        if !is_word(c) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// Where the token that ends at `end` begins: letters and digits, joined by hyphens, apostrophes and
/// inner dots, within [`REACH`]; a change between a script with spaces and one without ends it. An empty range where something else stands there.
pub(super) fn token_start(text: &str, end: usize) -> usize {
    let mut start = end;
    let mut joined = end;
    while let Some(c) = char_before(text, joined) {
        if end - joined > REACH {
            break;
        }
        if start < end && is_wide(c) != char_at(text, start).is_some_and(is_wide) {
            break;
        }
        joined -= c.len_utf8();
        if is_word(c) || joined + c.len_utf8() == end && matches!(c, '°' | 'º' | 'ª') {
            start = joined;
        } else if start == end
            || !(is_dash(c) && c < '‒' || matches!(c, '.' | '\'' | '’' | '&' | '/' | '°' | 'º' | 'ª'))
        {
            break;
        }
    }
    start
}

/// Whether the letters are a Roman numeral in capitals.
pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 8
        && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
}

/// Whether the token is a number: digits with inner separators.
pub(super) fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric())
        && word
            .chars()
            .all(|c| c.is_numeric() || matches!(c, '.' | ',' | '/' | '-' | '–' | '\'' | '°' | 'º' | 'ª'))
}

/// Whether the word has letters and none of them is a vowel: an abbreviation in the alphabets of
/// Europe, whatever the language (`pp`, `vgl`, `стр`).
pub(super) fn is_vowelless(word: &str) -> bool {
    let mut letters = 0;
    for c in word.chars() {
        let is_consonant = matches!(c, 'a'..='z' | 'A'..='Z' | 'а'..='я' | 'А'..='Я')
            && !matches!(
                c.to_lowercase().next().unwrap_or(c),
                'a' | 'e'
                    | 'i'
                    | 'o'
                    | 'u'
                    | 'y'
                    | 'w'
                    | 'а'
                    | 'е'
                    | 'и'
                    | 'о'
                    | 'у'
                    | 'ы'
                    | 'э'
                    | 'ю'
                    | 'я'
                    | 'й'
            );
        if !is_consonant {
            return false;
        }
        letters += 1;
    }
    (2..=4).contains(&letters) && word.chars().skip(1).any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_ignore_case_in_every_script() {
        assert_eq!(key("Стр"), key("стр"));
        assert_eq!(key("ÉD"), key("éd"));
        assert_ne!(key("ed"), key("de"));
    }

    #[test]
    fn tokens_keep_their_inner_marks() {
        let text = "in the U.S.S.R";
        assert_eq!(&text[token_start(text, text.len())..], "U.S.S.R");
        let text = "(J.-P";
        assert_eq!(&text[token_start(text, text.len())..], "J.-P");
        let text = "all’on";
        assert_eq!(&text[token_start(text, text.len())..], "all’on");
        assert_eq!(token_start("end)", 4), 4);
        assert_eq!(token_start("", 0), 0);
    }

    #[test]
    fn kinds_of_words() {
        assert!(is_roman("XXIV") && !is_roman("Xi") && !is_roman(""));
        assert!(is_number("1.026") && is_number("1898") && !is_number("v1"));
        assert!(is_vowelless("pp") && is_vowelless("стр") && !is_vowelless("war") && !is_vowelless("GPU"));
    }
}
