//! How names sound: consonant skeletons of romanised words, and how much two of them resemble.
//!
//! Transliterations between scripts keep the consonants and little else (Hitler, Гитлер, 希特勒), and
//! even those only by class: p and b, t and d, l and r change places.

use crate::align::translation::params::sound::{ALIKE, KEY};
use any_ascii::any_ascii;

/// The class of a consonant; vowels and semivowels have none.
fn class(c: u8) -> Option<u8> {
    Some(match c {
        b'p' | b'b' | b'f' | b'v' => b'P',
        b't' | b'd' => b'T',
        b's' | b'z' | b'c' | b'j' | b'x' => b'S',
        b'k' | b'g' | b'q' | b'h' => b'K',
        b'l' | b'r' => b'L',
        b'm' => b'M',
        b'n' => b'N',
        _ => return None,
    })
}

/// The keys under which a word in Latin letters is looked for: the classes of its first consonants,
/// repetitions dropped. An h is heard at the beginning at most (Hitler, Гитлер; Abraham, Авраам), a j
/// is a consonant here and a vowel there (Jacob, ヤコブ), so that a word may have up to four keys.
pub(crate) fn keys(latin: &str) -> Vec<String> {
    let bytes = latin.as_bytes();
    let mut keys: Vec<String> = Vec::with_capacity(4);
    for (heard_h, heard_j) in [(true, true), (false, true), (true, false), (false, false)] {
        let mut key = String::with_capacity(KEY);
        for (k, &c) in bytes.iter().enumerate() {
            let next = bytes.get(k + 1).copied().unwrap_or(0);
            let class = match c {
                b'h' if k > 0 || !heard_h => None,
                b'j' if !heard_j => None,
                b'c' if !matches!(next, b'e' | b'i' | b'y') => Some(b'K'),
                _ => class(c),
            };
            match class {
                Some(class) if !key.ends_with(char::from(class)) => key.push(char::from(class)),
                _ => {}
            }
            if key.len() == KEY {
                break;
            }
        }
        if key.len() >= 2 && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// 1 less the weighted edit distance of two words over the length of the longer, in letters.
pub(crate) fn similarity(a: &str, b: &str) -> f32 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut row: Vec<f32> = (0..=b.len()).map(|j| j as f32).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1) as f32;
        for (j, &y) in b.iter().enumerate() {
            let cost = match (class(x), class(y)) {
                _ if x == y => 0.0,
                (Some(p), Some(q)) if p == q => 0.25,
                (None, None) => 0.4,
                _ => 1.0,
            };
            let best = (diagonal + cost).min(row[j] + 1.0).min(row[j + 1] + 1.0);
            diagonal = row[j + 1];
            row[j + 1] = best;
        }
    }
    1.0 - row[b.len()] / a.len().max(b.len()).max(1) as f32
}

/// Whether two words in any script may be one name: their romanised forms share a key and sound alike,
/// one ending aside.
pub(crate) fn names_alike(a: &str, b: &str) -> bool {
    let latin = |word: &str| -> String {
        let latin = any_ascii(word).to_ascii_lowercase();
        latin.chars().filter(char::is_ascii_alphabetic).collect()
    };
    let (a, b) = (latin(a), latin(b));
    // A w is a v elsewhere, or a vowel (Walter, Вальтер; Washington, Вашингтон; Wilson, Уилсон).
    let voiced = |word: &str| word.replace('w', "v");
    is_one_name(&a, &b) || is_one_name(&voiced(&a), &voiced(&b))
}

fn is_one_name(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    // An ending of up to three letters is no part of the name (Кривицкого).
    if short.len() < 3 || long.len() > short.len() + 3 {
        return false;
    }
    let mut cuts = short.len().saturating_sub(1).max(3)..=long.len();
    let keys_b = keys(long);
    keys(short).iter().any(|key| keys_b.contains(key))
        && cuts.any(|cut| similarity(short, &long[..cut]) >= ALIKE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_join_transliterations() {
        for (one, other) in [
            ("hitler", "gitler"),
            ("abraham", "aburahamu"),
            ("abraham", "avraam"),
            ("david", "dabide"),
            ("jacob", "yakobu"),
            ("stalin", "stalinym"),
        ] {
            let (one, other) = (keys(one), keys(other));
            assert!(one.iter().any(|key| other.contains(key)), "{one:?} {other:?}");
        }
        assert!(keys("a").is_empty() && keys("io").is_empty());
    }

    #[test]
    fn names_in_other_scripts_and_forms() {
        for (a, b) in [
            ("Krivitsky", "Кривицкого"),
            ("Walter", "Вальтер"),
            ("Palestine", "Palästina"),
            ("Molotov", "Молотовым"),
            ("Hitler", "Гитлеру"),
        ] {
            assert!(names_alike(a, b), "{a} {b}");
        }
        for (a, b) in
            [("Walter", "Krivitsky"), ("Egypt", "Эфиопия"), ("India", "Indochina"), ("Finns", "France")]
        {
            assert!(!names_alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn similar_sounds() {
        assert!(similarity("hitler", "gitler") > 0.9);
        assert!(similarity("hitler", "stalin") < 0.6);
        assert!(similarity("", "") > 0.99);
    }
}
