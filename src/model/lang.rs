//! Language tags (BCP 47) and what the engines need to know of a script.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language tag such as `en`, `de-1901` or `zh-Hant`; `und` when unknown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lang(String);

impl Lang {
    /// A tag as written; white space around it is dropped, nothing else is checked.
    pub fn new(tag: impl AsRef<str>) -> Self {
        Self(tag.as_ref().trim().to_owned())
    }

    /// The tag for "not determined".
    pub fn und() -> Self {
        Self("und".to_owned())
    }

    /// The tag as given.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary subtag in lower case: `zh` of `zh-Hant-TW`.
    pub fn primary(&self) -> String {
        self.0.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
    }

    /// Whether two tags name the same language, regions and scripts aside.
    pub fn same_language(&self, other: &Self) -> bool {
        self.primary() == other.primary()
    }

    /// Whether words are written without spaces between them (Chinese, Japanese, Thai, Lao, Khmer, Burmese).
    pub fn is_unspaced(&self) -> bool {
        matches!(self.primary().as_str(), "zh" | "ja" | "th" | "lo" | "km" | "my" | "yue" | "wuu" | "lzh")
    }

    /// Whether the tag's usual script runs from right to left.
    pub fn is_right_to_left(&self) -> bool {
        matches!(
            self.primary().as_str(),
            "ar" | "fa" | "he" | "iw" | "ur" | "yi" | "ps" | "sd" | "ug" | "ckb" | "dv" | "syr"
        )
    }
}

impl Default for Lang {
    fn default() -> Self {
        Self::und()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Lang {
    fn from(tag: &str) -> Self {
        Self::new(tag)
    }
}

/// How the characters of a text join to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Words stand between spaces.
    Spaced,
    /// Each character may be a word (Han, Kana; also Thai and its neighbours).
    Unspaced,
}

impl Script {
    /// The class of one character: Han, Kana, Bopomofo, Thai, Lao, Khmer and Myanmar are unspaced.
    pub fn of(c: char) -> Self {
        match c as u32 {
            0x0E00..=0x0EFF                       // Thai, Lao
            | 0x1000..=0x109F | 0x1780..=0x17FF   // Myanmar, Khmer
            | 0x2E80..=0x2FDF                     // CJK radicals
            | 0x3005..=0x3007 | 0x3021..=0x3029
            | 0x3040..=0x312F                     // Kana, Bopomofo
            | 0x31A0..=0x31BF | 0x31F0..=0x31FF
            | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
            | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
            | 0x20000..=0x3FFFF => Self::Unspaced,
            _ => Self::Spaced,
        }
    }

    /// Whether `c` is written without spaces around it even as punctuation: the unspaced scripts
    /// and the full-width and ideographic marks that go with them.
    pub fn is_wide_context(c: char) -> bool {
        Self::of(c) == Self::Unspaced || matches!(c as u32, 0x3000..=0x303F | 0xFF00..=0xFFEF)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primary_subtag_ignores_case_and_what_follows() {
        assert_eq!(Lang::new("zh-Hant").primary(), "zh");
        assert!(Lang::new("EN-gb").same_language(&Lang::new("en")));
        assert!(Lang::new("ja").is_unspaced() && !Lang::new("ko").is_unspaced());
    }

    #[test]
    fn scripts_of_characters() {
        assert_eq!(Script::of('戰'), Script::Unspaced);
        assert_eq!(Script::of('ж'), Script::Spaced);
        assert_eq!(Script::of('한'), Script::Spaced);
        assert!(Script::is_wide_context('。'));
    }
}
