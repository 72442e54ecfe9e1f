//! Dictionaries of dictd: an index of places in a file of articles.
//!
//! A line of the index is a headword, a tab, the place and the length of its article, both in a notation of
//! base 64. FreeDict's articles begin with the headword, its pronunciation and grammar; the next line,
//! or each line with a number, has its renderings, and other lines explain.

use std::collections::BTreeSet;
use std::path::Path;

use super::clean::{expressions, headword};
use super::{DictionaryEntry, Found, part};
use crate::Result;

/// Reads `STEM.index` and `STEM.dict` or `STEM.dict.dz`.
pub(super) fn read(stem: &Path) -> Result<Found> {
    let (index, articles) = (part(stem, &["index"])?, part(stem, &["dict", "dict.dz"])?);
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for (number, line) in (1..).zip(index.split(|&byte| byte == b'\n')) {
        let line = String::from_utf8_lossy(line);
        let mut columns = line.trim_end().split('\t');
        let Some(word) = columns.next().filter(|word| !word.is_empty()) else { continue };
        // Entries about the dictionary itself; one article may have several headwords.
        if word.starts_with("00database") || word.starts_with("00-database") {
            continue;
        }
        let place = columns.next().and_then(number_of).zip(columns.next().and_then(number_of));
        if place.is_some_and(|place| !seen.insert(place)) {
            continue;
        }
        let article = place.and_then(|(at, length)| articles.get(at..at.checked_add(length)?));
        let entries = article.map(|article| entries(&String::from_utf8_lossy(article)));
        found.add(number, &line, entries);
    }
    Ok(found)
}

/// The entries of an article.
pub(super) fn entries(article: &str) -> Vec<DictionaryEntry> {
    let mut lines = article.lines().map(str::trim).filter(|line| !line.is_empty());
    let Some(word) = lines.next().and_then(headword) else { return Vec::new() };
    let mut out = Vec::new();
    for (k, line) in lines.enumerate() {
        let numbered = line.split_once(['.', ')']).filter(|(n, _)| n.bytes().all(|b| b.is_ascii_digit()));
        let renderings = match numbered {
            Some((_, rest)) => rest,
            None if k == 0 => line,
            None => continue,
        };
        out.extend(expressions(renderings).into_iter().map(|rendering| (word.clone(), rendering, None)));
    }
    out
}

/// A number in dictd's base 64.
fn number_of(text: &str) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0usize, |number, byte| {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        number.checked_mul(64)?.checked_add(usize::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_index() {
        assert_eq!((number_of("C1"), number_of("BW"), number_of("A")), (Some(181), Some(86), Some(0)));
        assert_eq!((number_of(""), number_of("?"), number_of("////////////////")), (None, None, None));
    }

    #[test]
    fn renderings_are_told_from_explanations() {
        let article = "Abwind /ˈapvɪnt/ <n, masc>\n1. courant descendant, vent rabattant 2.\nMeteorologie:\n2. décadence\nübertragen";
        let pairs: Vec<String> = entries(article).into_iter().map(|entry| entry.1).collect();
        assert_eq!(pairs, ["courant descendant", "vent rabattant 2", "décadence"]);
        assert_eq!(entries("house\nHaus\nGebäude zum Wohnen")[0], ("house".into(), "Haus".into(), None));
    }
}
