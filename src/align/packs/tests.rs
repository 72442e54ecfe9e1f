use std::collections::BTreeMap;

use super::*;

/// What all packs may have in the binary, in bytes.
const MOST_BYTES: usize = 8 << 20;

fn words_of(entry: &Entry) -> Vec<Word> {
    coding::decode(entry.bytes)
}

#[test]
fn every_pack_is_read() {
    let mut most = 0;
    for entry in &PACKS {
        let words = words_of(entry);
        assert!(words.len() > 3_000, "{}: {} words", entry.lang, words.len());
        assert!(words.is_sorted_by(|x, y| x.text < y.text), "{}", entry.lang);
        assert!(words.iter().all(|word| !word.concepts.is_empty()), "{}", entry.lang);
        most += entry.bytes.len();
    }
    assert!(most <= MOST_BYTES, "{most} bytes");
    assert!(PACKS.is_sorted_by(|x, y| x.lang < y.lang));
}

#[test]
fn words_of_any_two_languages_meet_alike_in_both_directions() {
    let first: BTreeMap<&str, Vec<Word>> = PACKS.iter().map(|entry| (entry.lang, words_of(entry))).collect();
    let types = |lang: &str| -> Vec<Type<'_>> {
        first[lang].iter().step_by(7).map(|word| Type { forms: vec![&word.text], count: 1.0 }).collect()
    };
    let langs: Vec<&str> = languages().collect();
    for (k, x) in langs.iter().enumerate() {
        let y = langs[(k + 5) % langs.len()];
        let (lang_x, lang_y) = (Lang::new(x), Lang::new(y));
        let (a, b) = (types(x), types(y));
        let there = met((&a, &lang_x), (&b, &lang_y), 0.03);
        let mut back: Vec<(u32, u32)> =
            met((&b, &lang_y), (&a, &lang_x), 0.03).iter().map(|met| (met.b, met.a)).collect();
        back.sort_unstable();
        assert!(there.len() > 100, "{x}–{y}: {}", there.len());
        let same: Vec<(u32, u32)> = there.iter().map(|met| (met.a, met.b)).collect();
        assert_eq!(same, back, "{x}–{y}");
        assert!(there.iter().all(|met| met.share > 0.0 && met.share <= 1.001));
    }
}

#[cfg(feature = "packs")]
#[test]
fn words_meet_their_renderings() {
    let cases = [
        ("de", "haus berg wasser könig", "fr", "maison montagne eau roi"),
        ("zh", "水 山 王 马", "en", "water mountain king horse"),
        ("ru", "вода дом царь война", "es", "agua casa rey guerra"),
        ("ar", "ملك بيت", "hu", "király ház"),
        ("vi", "nước nhà vua", "ko", "물 집 왕"),
    ];
    for (x, left, y, right) in cases {
        let of = |text: &str, lang: &str| words(text, lang);
        let (a, b) = (of(left, x), of(right, y));
        let a: Vec<Type<'_>> = a.iter().map(|word| Type { forms: vec![word], count: 1.0 }).collect();
        let b: Vec<Type<'_>> = b.iter().map(|word| Type { forms: vec![word], count: 1.0 }).collect();
        let met = met((&a, &Lang::new(x)), (&b, &Lang::new(y)), 0.03);
        for k in 0..b.len().min(a.len()) as u32 {
            let best = met.iter().filter(|met| met.b == k).max_by(|p, q| p.share.total_cmp(&q.share));
            assert!(best.is_some_and(|best| best.share > 0.1), "{x}–{y}: {:?} {met:?}", b[k as usize].forms);
        }
    }
}

#[test]
fn what_has_no_pack_meets_nothing() {
    let types = [Type { forms: vec!["haus"], count: 1.0 }];
    for (a, b) in [("de", "de"), ("de", "und"), ("xx", "de")] {
        assert!(met((&types, &Lang::new(a)), (&types, &Lang::new(b)), 0.03).is_empty());
        assert_eq!(between(&Lang::new(a), &Lang::new(b)), None);
        assert_eq!(fingerprint(&Lang::new(a), &Lang::new(b)), None);
    }
}
