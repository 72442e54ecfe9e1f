//! Marks on letters, script by script: which belong to the word and which are points set aside.
//!
//! Vowel signs of Indic and South-East Asian scripts are letters. Hebrew, Arabic and Syriac points and Greek
//! breathings are written or left out at will: where one side has none they tell nothing, where both have
//! them they do. In Latin and Cyrillic the language says which marks make another word ([`Pack::marks`]).
//! Han characters have several forms each (`lang/han.txt`).
//!
//! [`Pack::marks`]: super::pack::Pack::marks

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a character leaves no ink: joiners, direction marks, zero-width spaces, soft hyphens.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// Whether a combining mark is a letter of its word: the vowel signs, finals and tones of the scripts that
/// descend from Brahmi. Not so the Vedic accents, and the dot of borrowed sounds, which many leave out.
pub(super) fn is_letter_mark(mark: char, base: Option<char>) -> bool {
    match mark {
        '\u{951}'..='\u{954}' | '\u{1cd0}'..='\u{1cff}' => false,
        '\u{93c}' => !matches!(base, Some('क' | 'ख' | 'ग' | 'ज' | 'फ')),
        '\u{900}'..='\u{109f}'
        | '\u{1700}'..='\u{17ff}'
        | '\u{1900}'..='\u{1aaf}'
        | '\u{1b00}'..='\u{1c4f}'
        | '\u{a800}'..='\u{a82f}'
        | '\u{a880}'..='\u{a8ff}'
        | '\u{a926}'..='\u{a9ff}'
        | '\u{aa00}'..='\u{aaff}'
        | '\u{abe0}'..='\u{abff}'
        | '\u{11000}'..='\u{11fff}' => true,
        // Voicing marks of Kana.
        '\u{3099}' | '\u{309a}' => true,
        _ => false,
    }
}

/// The letter that is written for several forms of it: final and lunate sigma, Arabic alef, ya and kaf, the
/// forms of Han characters.
pub(super) fn plain_letter(c: char) -> char {
    match c {
        'ς' | 'ϲ' => 'σ',
        'ϐ' => 'β',
        'ϑ' => 'θ',
        'ϕ' => 'φ',
        'ϰ' => 'κ',
        'ϱ' => 'ρ',
        // Alef wasla; alef maqsura and the Persian ya; the Persian kaf; two Urdu forms of ha.
        '\u{671}' => '\u{627}',
        '\u{649}' | '\u{6cc}' => '\u{64a}',
        '\u{6a9}' => '\u{643}',
        '\u{6be}' | '\u{6c1}' => '\u{647}',
        c if is_han(c) => HAN.get(&c).map_or(c, |form| form.0),
        c => c,
    }
}

fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// For each form of a Han character the one it is compared by, and the number of the character in print of
/// which it is a form.
static HAN: LazyLock<FxHashMap<char, (char, u32)>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    let mut group = 0;
    for line in include_str!("lang/han.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut groups = line.split(' ');
        let Some(common) = groups.next().and_then(|first| first.chars().next()) else { continue };
        for members in groups {
            group += 1;
            forms.extend(members.chars().map(|form| (form, (common, group))));
        }
    }
    forms
});

/// Whether two words with the same keys have two characters that are simplified to one, but are two
/// (`發`, `髮`).
pub(super) fn are_other_characters(a: &str, b: &str) -> bool {
    let group = |c: char| HAN.get(&c).map(|form| form.1);
    a.chars().zip(b.chars()).any(|(x, y)| match (group(x), group(y)) {
        (Some(p), Some(q)) => p != q && x != y,
        _ => false,
    })
}

/// A letter with the marks on it.
type Cluster = (char, String);

fn clusters(word: &str) -> Vec<Cluster> {
    let mut out: Vec<Cluster> = Vec::new();
    for c in word.nfd().filter(|&c| !is_invisible(c)) {
        match out.last_mut() {
            Some(last) if is_combining_mark(c) => last.1.push(c),
            _ => out.push((c, String::new())),
        }
    }
    out
}

/// Letters with other marks in one word than in the other, as `ö/o`, with the index of the letter; `None`
/// where the letters themselves are not the same.
pub(super) fn differing_marks(a: &str, b: &str) -> Option<Vec<(usize, String, String)>> {
    let (ca, cb) = (clusters(a), clusters(b));
    if ca.len() != cb.len() || ca.iter().zip(&cb).any(|(x, y)| x.0 != y.0) {
        return None;
    }
    let whole = |cluster: &Cluster| std::iter::once(cluster.0).chain(cluster.1.chars()).nfc().collect();
    let differing = ca.iter().zip(&cb).enumerate().filter(|(_, (x, y))| x.1 != y.1);
    Some(differing.map(|(index, (x, y))| (index, whole(x), whole(y))).collect())
}

/// Points of Hebrew, Arabic and Syriac, and Greek breathings, that contradict each other: both sides have
/// some on a letter, and not the same. What only one side writes contradicts nothing.
pub(super) fn points_contradict(a: &str, b: &str) -> bool {
    let (ca, cb) = (clusters(a), clusters(b));
    let points = |cluster: &Cluster| -> String {
        let counts = |mark: &char| match *mark {
            // Vowels and the dots of shin and sin; accents of the Masora are left aside, so is what only
            // doubles a consonant.
            '\u{5b0}'..='\u{5bb}' | '\u{5c1}' | '\u{5c2}' | '\u{5c7}' => true,
            '\u{64b}'..='\u{650}' | '\u{652}' | '\u{730}'..='\u{74a}' => true,
            '\u{313}' | '\u{314}' => true,
            _ => false,
        };
        cluster.1.chars().filter(counts).collect()
    };
    ca.len() == cb.len()
        && ca.iter().zip(&cb).any(|(x, y)| {
            let (x, y) = (points(x), points(y));
            !x.is_empty() && !y.is_empty() && x != y
        })
}

/// Whether all letters of a word are of Latin or Cyrillic script.
pub(super) fn is_latin_or_cyrillic(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(|c| matches!(c as u32, 0x41..=0x24F | 0x400..=0x52F | 0x1E00..=0x1EFF))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_differ_are_named_with_their_letters() {
        let found = |a, b| differing_marks(a, b).unwrap();
        assert_eq!(found("könnte", "konnte"), [(1, "ö".to_owned(), "o".to_owned())]);
        assert_eq!(found("мой", "мои"), [(2, "й".to_owned(), "и".to_owned())]);
        assert!(differing_marks("mæl", "mael").is_none());
    }

    #[test]
    fn points_contradict_only_where_both_sides_have_them() {
        assert!(points_contradict("كَتَبَ", "كُتُب"));
        assert!(!points_contradict("كَتَبَ", "كتب"));
        assert!(points_contradict("ἐν", "ἑν"));
        assert!(!points_contradict("ἀνήρ", "ανηρ"));
        assert!(points_contradict("מֶלֶךְ", "מָלַךְ"));
    }

    #[test]
    fn forms_of_one_character_meet_and_two_characters_stay_two() {
        for form in ['众', '眾', '衆'] {
            assert_eq!(plain_letter(form), '众');
        }
        assert!(!are_other_characters("眾", "衆") && !are_other_characters("發", "发"));
        assert!(are_other_characters("發", "髮"));
        assert_eq!(plain_letter('人'), '人');
    }
}
