//! Numbers, in figures and in words.

use std::collections::BTreeMap;

use super::{Evidence, Place, Verdict};
use crate::align::numerals;
use crate::collate::pack::Pack;
use crate::collate::token::{TokenKind, normal_form, scan};
use crate::model::{EvidenceKind, Lang};

/// What the numbers say of which only one reading has them; `langs` are those of the editions and of the
/// translation.
pub(super) fn evidence(place: &Place<'_>, langs: (&Lang, &Lang)) -> Option<Evidence> {
    let (a, b) = (numbers(&place.variant.a.text, langs.0), numbers(&place.variant.b.text, langs.0));
    // A number that stands elsewhere in the sentence too proves nothing.
    let around = [&place.context.0, &place.context.1].map(|text| numbers(text, langs.0));
    let there = numbers(place.text, langs.1);
    let only = |one: &Numbers, other: &Numbers| -> Vec<u64> {
        let is_own = |n: &&u64| !other.contains_key(n) && around.iter().all(|known| !known.contains_key(n));
        one.keys().filter(is_own).filter(|n| there.contains_key(n)).copied().collect()
    };
    let (verdict, kept) = match (only(&a, &b), only(&b, &a)) {
        (kept, lost) if !kept.is_empty() && lost.is_empty() => (Verdict::First, kept),
        (lost, kept) if lost.is_empty() && !kept.is_empty() => (Verdict::Second, kept),
        _ => return None,
    };
    let shown = |n: &u64| match there.get(n) {
        Some(word) if *word != n.to_string() => format!("{n} (“{word}”)"),
        _ => n.to_string(),
    };
    let shown: Vec<String> = kept.iter().map(shown).collect();
    let explanation = format!("the translation has the number {} of this edition", shown.join(", "));
    Some(Evidence { kind: EvidenceKind::Number, verdict, explanation })
}

/// Numbers with the word by which each is said first.
type Numbers = BTreeMap<u64, String>;

/// The whole numbers of a passage, from 2 on.
fn numbers(text: &str, lang: &Lang) -> Numbers {
    let pack = Pack::of(lang);
    let mut found = Numbers::new();
    for raw in scan(text).filter(|raw| raw.kind != TokenKind::Mark) {
        let word = normal_form(&text[raw.range.clone()]);
        let mut add = |n: u64| {
            found.entry(n).or_insert_with(|| text[raw.range.clone()].to_owned());
        };
        if raw.kind == TokenKind::Number {
            // `10-го`, `252-254`, `1,000`: the figures, with the separators of thousands.
            let plain = word.replace([',', '.', '\u{a0}', '\u{202f}'], "");
            let figures = plain.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
            figures.filter_map(|run| run.parse::<u64>().ok()).for_each(add);
        } else if let Some(value) = pack.number(&word).or_else(|| inflected(pack, &word)) {
            // One is more often an article than a number.
            if value >= 2.0 && value.fract() == 0.0 && value < 1e15 {
                add(value as u64);
            }
        }
    }
    if lang.is_unspaced() {
        // Where no space divides words, the number itself is shown.
        numerals(text).into_iter().for_each(|n| {
            found.entry(n).or_insert_with(|| n.to_string());
        });
    }
    found
}

/// Russian numerals change their soft end: `десять`, `десяти`.
fn inflected(pack: &Pack, word: &str) -> Option<f64> {
    pack.numbers.iter().find_map(|(form, value)| {
        let stem = form.strip_suffix('ь').filter(|stem| stem.chars().count() >= 3)?;
        let rest = word.strip_prefix(stem)?;
        matches!(rest, "и" | "ью" | "ти" | "ми").then_some(*value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_figures_and_words() {
        let of = |text: &str, lang: &str| numbers(text, &Lang::new(lang)).into_keys().collect::<Vec<_>>();
        assert_eq!(of("signed ten months before, on the 15th of one November 1939", "en"), [10, 15, 1939]);
        assert_eq!(of("signé sept mois avant", "fr"), [7]);
        assert_eq!(of("за семь месяцев, десяти дней", "ru"), [7, 10]);
        assert_eq!(of("七个月前，十五日，一九四〇年，1939年", "zh"), [7, 15, 1939, 1940]);
        assert!(of("the house of one man", "en").is_empty());
    }
}
