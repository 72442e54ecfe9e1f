//! Language tables: abbreviations, months, words that open sentences. They are plain text files
//! beside this one (`lang/*.txt`, see `lang/README.md`), part of the program, read once.
//!
//! The scanner asks two questions of them: how a word before a stop may be abbreviated
//! ([`Language::classes_of`]) and whether a capitalised word after it shows a new sentence
//! ([`Language::is_starter`]).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::marks::{LEAD_BYTES, is_word};
use super::words::{Hash, KeyMap, KeySet, key};

/// How a word is used as an abbreviation; several may hold (`г.` after a number is a year, before a
/// name a town).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u8);

impl Classes {
    /// Before a name; never the end of a sentence (`Mr.`).
    pub(super) const TITLE: Self = Self(1);
    /// Always inside a sentence (`e.g.`).
    pub(super) const INSIDE: Self = Self(2);
    /// An abbreviation before a number, an ordinary word otherwise (`No.`, `art.`).
    pub(super) const NUMBER: Self = Self(4);
    /// Ends a sentence only before a word that opens sentences (`Co.`, `p.`).
    pub(super) const MIDDLE: Self = Self(8);
    /// May end a sentence before any capital (`etc.`).
    pub(super) const END: Self = Self(16);
    /// A unit or year after a number, where it may end a sentence (`5 ft.`, `1924 г.`).
    pub(super) const UNIT: Self = Self(32);

    /// Whether one of the classes of `other` is among these.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the word is no abbreviation.
    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }

    /// The classes that apply where a number stands before the word, or follows it, or not.
    pub(super) fn applying(self, follows_number: bool, before_number: bool) -> Self {
        let mut classes = self.0;
        if !follows_number {
            classes &= !Self::UNIT.0;
        }
        if !before_number {
            classes &= !Self::NUMBER.0;
        }
        Self(classes)
    }

    fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Added to the key of an abbreviation that is written with a capital in the table and then
/// recognised with a capital only (`Gen`, not `gen`).
const CAPITAL: u64 = 0x5851_f42d_4c95_7f2d;

/// When a number with a stop is an ordinal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ordinals {
    /// Never (`May 5. He`).
    #[default]
    No,
    /// Before lower case and month names, which the general rules know (`3. října`).
    Yes,
    /// Before capitalised nouns too (`der 2. Weltkrieg`).
    Nouns,
}

/// What is known of one language.
#[derive(Debug, Clone, Default)]
pub(super) struct Language {
    abbreviations: KeyMap<Classes>,
    starters: KeySet,
    months: KeySet,
    before_ordinals: KeySet,
    openers: KeySet,
    reporting: KeySet,
    /// When a number with a stop is an ordinal.
    pub(super) ordinals: Ordinals,
    /// Whether `;` is a question mark (Greek).
    pub(super) semicolon_asks: bool,
    /// Whether `:` is a full stop (Armenian typed on a Latin keyboard), and `.` a pause.
    pub(super) colon_stops: bool,
    /// Whether words without a vowel are ordinary words (`krk`, `prst`).
    pub(super) vowelless_words: bool,
}

macro_rules! tables {
    ($($code:literal)+) => {
        const SOURCES: &[(&str, &str)] = &[$(($code, include_str!(concat!("lang/", $code, ".txt"))),)+];
    };
}

tables!("ar" "bg" "ca" "cs" "da" "de" "el" "en" "es" "et" "fa" "fi" "fr" "he" "hi" "hr" "hu" "hy" "it" "ja" "kk"
    "ko" "lt" "lv" "ml" "mr" "nb" "nl" "pl" "pt" "ro" "ru" "sk" "sl" "sr" "sv" "tr" "uk" "ur" "zh");

/// What holds in every language: abbreviations that are international.
const COMMON: &str = include_str!("lang/common.txt");

static LANGUAGES: LazyLock<HashMap<&'static str, Language>> = LazyLock::new(|| {
    SOURCES
        .iter()
        .map(|&(code, source)| {
            let mut language = Language::default();
            language.read(COMMON);
            language.read(source);
            (code, language)
        })
        .collect()
});

static DEFAULT: LazyLock<Language> = LazyLock::new(|| {
    let mut language = Language::default();
    language.read(COMMON);
    language
});

impl Language {
    /// The table of a language by its primary subtag; the common one for a language without a table.
    pub(super) fn of(primary: &str) -> &'static Self {
        let code = match primary {
            "no" | "nn" => "nb",
            "iw" => "he",
            "be" => "ru",
            "grc" => "el",
            "bs" | "sh" => "hr",
            "mk" => "sr",
            "gl" => "pt",
            "nds" | "lb" | "gsw" => "de",
            "af" => "nl",
            "mo" => "ro",
            "yue" | "wuu" | "lzh" => "zh",
            other => other,
        };
        LANGUAGES.get(code).unwrap_or(&DEFAULT)
    }

    /// Adds the lines of a table. Lines are `name: words`; `#` opens a remark. A line that is not
    /// understood is passed over here and refused by the test below.
    fn read(&mut self, source: &str) {
        for line in source.lines() {
            let _ = self.read_line(line);
        }
    }

    fn read_line(&mut self, line: &str) -> Result<(), String> {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            return Ok(());
        }
        let (name, rest) = line.split_once(':').ok_or_else(|| line.to_owned())?;
        let words = rest.split_whitespace();
        let class = match name {
            "title" => Classes::TITLE,
            "inside" => Classes::INSIDE,
            "number" => Classes::NUMBER,
            "middle" => Classes::MIDDLE,
            "end" => Classes::END,
            "unit" => Classes::UNIT,
            "starter" | "month" | "before-ordinal" | "opener" | "reporting" => {
                let set = match name {
                    "starter" => &mut self.starters,
                    "month" => &mut self.months,
                    "before-ordinal" => &mut self.before_ordinals,
                    "opener" => &mut self.openers,
                    _ => &mut self.reporting,
                };
                set.extend(words.map(key));
                return Ok(());
            }
            "ordinals" => {
                self.ordinals = match rest.trim() {
                    "yes" => Ordinals::Yes,
                    "nouns" => Ordinals::Nouns,
                    _ => return Err(line.to_owned()),
                };
                return Ok(());
            }
            "flags" => {
                for flag in words {
                    match flag {
                        "semicolon-asks" => self.semicolon_asks = true,
                        "colon-stops" => self.colon_stops = true,
                        "vowelless-words" => self.vowelless_words = true,
                        _ => return Err(line.to_owned()),
                    }
                }
                return Ok(());
            }
            _ => return Err(line.to_owned()),
        };
        words.for_each(|word| insert(&mut self.abbreviations, word, class));
        Ok(())
    }

    /// How `word` (without its last stop) may be an abbreviation.
    pub(super) fn classes_of(&self, word: &str) -> Classes {
        look_up(&self.abbreviations, word)
    }

    /// Whether the word, capitalised, is more likely the first of a sentence than a name.
    pub(super) fn is_starter(&self, key: u64) -> bool {
        self.starters.contains(&key)
    }

    /// Whether the text, in a script without spaces, begins with a word of two or three characters that
    /// opens sentences.
    pub(super) fn starts_with_starter(&self, text: &str) -> bool {
        let mut hash = Hash::default();
        text.chars().take(3).enumerate().any(|(index, c)| {
            hash.add(c);
            index > 0 && self.starters.contains(&hash.finish())
        })
    }

    /// Whether the word is the name of a month.
    pub(super) fn is_month(&self, key: u64) -> bool {
        self.months.contains(&key)
    }

    /// Whether a number after the word is rather an ordinal (`am 3. Oktober`).
    pub(super) fn comes_before_ordinals(&self, key: u64) -> bool {
        self.before_ordinals.contains(&key)
    }

    /// Whether the word opens an adverbial phrase (`At 5 a.m.`).
    pub(super) fn opens_phrase(&self, key: u64) -> bool {
        self.openers.contains(&key)
    }

    /// Whether the word reports speech (`said`).
    pub(super) fn reports(&self, key: u64) -> bool {
        self.reporting.contains(&key)
    }

    /// Which bytes may begin a mark in this language.
    pub(super) fn candidate_bytes(&self, colon: bool) -> [bool; 256] {
        let mut table = [false; 256];
        let ascii = [
            (b'.', true),
            (b'!', true),
            (b'?', true),
            (b';', self.semicolon_asks),
            (b':', colon || self.colon_stops),
        ];
        for (byte, is_candidate) in ascii {
            table[usize::from(byte)] = is_candidate;
        }
        for byte in LEAD_BYTES {
            table[usize::from(byte)] = true;
        }
        table
    }
}

/// The project's own abbreviations.
#[derive(Debug, Default)]
pub(super) struct OwnAbbreviations(KeyMap<Classes>);

impl OwnAbbreviations {
    /// From the words as a person wrote them, with or without stop.
    pub(super) fn new(words: &[String]) -> Self {
        let mut table = KeyMap::default();
        for word in words {
            insert(&mut table, word.trim().trim_end_matches('.'), Classes::MIDDLE);
        }
        Self(table)
    }

    /// As [`Language::classes_of`].
    pub(super) fn classes_of(&self, word: &str) -> Classes {
        if self.0.is_empty() { Classes::default() } else { look_up(&self.0, word) }
    }
}

fn insert(table: &mut KeyMap<Classes>, word: &str, class: Classes) {
    if word.is_empty() {
        return;
    }
    let (key, is_capitalised) = abbreviation_key(word);
    let entry = table.entry(if is_capitalised { key ^ CAPITAL } else { key }).or_default();
    *entry = entry.union(class);
}

fn look_up(table: &KeyMap<Classes>, word: &str) -> Classes {
    let (key, is_capitalised) = abbreviation_key(word);
    let any_case = table.get(&key).copied().unwrap_or_default();
    if !is_capitalised {
        return any_case;
    }
    // A single capital is an initial unless the table has the very capital.
    let is_letter = word.chars().nth(1).is_none();
    let any_case = if is_letter { Classes::default() } else { any_case };
    any_case.union(table.get(&(key ^ CAPITAL)).copied().unwrap_or_default())
}

/// The key of an abbreviation's letters, digits and inner stops, white space left out (`z. B` and
/// `z.B` are one), and whether it begins with a capital.
fn abbreviation_key(word: &str) -> (u64, bool) {
    let mut hash = Hash::default();
    word.chars()
        .filter(|&c| is_word(c) || matches!(c, '.' | '-' | '/' | '&' | '"' | '״' | '°'))
        .for_each(|c| hash.add(c));
    (hash.finish(), word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_table_is_understood() {
        for (code, source) in SOURCES.iter().chain(&[("common", COMMON)]) {
            let mut language = Language::default();
            for line in source.lines() {
                assert_eq!(language.read_line(line), Ok(()), "lang/{code}.txt");
            }
            assert_ne!(language.candidate_bytes(false), [false; 256]);
        }
    }

    #[test]
    fn capitals_and_spaces_in_abbreviations() {
        let en = Language::of("en");
        assert!(en.classes_of("Gen").has(Classes::TITLE));
        assert!(en.classes_of("gen").is_none());
        assert!(en.classes_of("Etc").has(Classes::END) && en.classes_of("etc").has(Classes::END));
        let de = Language::of("de");
        assert_eq!(de.classes_of("z. B"), de.classes_of("z.B"));
        assert!(Language::of("tlh").classes_of("Dr").has(Classes::TITLE));
    }

    #[test]
    fn own_abbreviations_may_carry_their_stop() {
        let own = OwnAbbreviations::new(&["Gosizd.".to_owned(), String::new()]);
        assert!(own.classes_of("Gosizd").has(Classes::MIDDLE));
        assert!(own.classes_of("gosizd").is_none());
        assert!(own.classes_of("").is_none());
    }
}
