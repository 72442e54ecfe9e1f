//! Regular ways in which one word is written: rules that a language's pack switches on by their name
//! ([`super::pack::Pack::rules`]), and two that hold wherever the letters are found.

use super::classify::Verdict;
use super::marks::{are_other_characters, differing_marks, is_latin_or_cyrillic, points_contradict};
use super::pack::{Marking, Pack};
use super::slips::Suspect;
use super::token::is_editors_bracket;
use crate::model::{Confidence, VariantClass};

/// Two forms with one key: what makes them look different.
pub(super) fn same_key(na: &str, nb: &str, pack: &Pack) -> Verdict {
    use VariantClass as C;
    let without = |s: &str, drop: fn(char) -> bool| s.chars().filter(|&c| !drop(c)).collect::<String>();
    if without(na, is_editors_bracket) == without(nb, is_editors_bracket) {
        return Verdict::new(C::Editorial, "editorial.brackets");
    }
    let apostrophe = |c: char| c == '\'';
    if without(na, apostrophe) == without(nb, apostrophe) {
        return Verdict::new(C::Punctuation, "punctuation.apostrophe");
    }
    if are_other_characters(na, nb) {
        return Verdict::new(C::Unclassified, "unclassified.other-character");
    }
    if points_contradict(na, nb) {
        return Verdict::new(C::Unclassified, "unclassified.points");
    }
    let words = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (wa, wb) = (words(na), words(nb));
    let mut doubtful = false;
    for (x, y) in wa.iter().zip(&wb).filter(|_| wa.len() == wb.len()) {
        if !is_latin_or_cyrillic(x) {
            continue;
        }
        for (at, p, q) in differing_marks(x, y).unwrap_or_default() {
            match pack.marking([x, y], at, [&p, &q]) {
                Marking::OtherWord => {
                    return Verdict::new(C::Unclassified, format!("unclassified.mark:{p}/{q}"));
                }
                Marking::Unknown => doubtful = true,
                Marking::SameWord => {}
            }
        }
    }
    if doubtful {
        return Verdict { confidence: Confidence::new(0.6), ..Verdict::new(C::Graphic, "graphic.mark") };
    }
    Verdict::new(C::Graphic, "graphic.letter-form")
}

/// A long s that was read as an f.
pub(super) fn long_s(na: &str, nb: &str) -> Option<Verdict> {
    let misread = |right: &str, wrong: &str| {
        right.contains('ſ')
            && right.chars().count() == wrong.chars().count()
            && right.chars().zip(wrong.chars()).all(|(x, y)| x == y || x == 'ſ' && matches!(y, 'f' | 's'))
            && right.chars().zip(wrong.chars()).any(|(x, y)| x == 'ſ' && y == 'f')
    };
    let suspect = match (misread(na, nb), misread(nb, na)) {
        (true, false) => Suspect::B,
        (false, true) => Suspect::A,
        _ => return None,
    };
    Some(Verdict {
        suspect: Some(suspect),
        confidence: Confidence::new(0.95),
        ..Verdict::new(VariantClass::ScanError, "scan-error.long-s")
    })
}

/// Letters that an apostrophe stands for, at most.
const LEFT_OUT: usize = 3;

/// A form in which an apostrophe stands for letters of the other (`cou'd`, `tho'`, `o'er`, `'tis`).
pub(super) fn shortened(na: &str, nb: &str) -> Option<Verdict> {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let shortens = |short: &str, long: &str| {
        let Some((head, tail)) = short.split_once('\'') else { return false };
        let (head, tail, long) = (letters(head), letters(tail), letters(long));
        // `'s` is a genitive as well.
        let left = long.chars().count().saturating_sub(head.chars().count() + tail.chars().count());
        short.matches('\'').count() == 1
            && (tail != "s" || head.is_empty())
            && (1..=LEFT_OUT).contains(&left)
            && head.len() + tail.len() <= long.len()
            && long.starts_with(&head)
            && long.ends_with(&tail)
    };
    let found = !nb.contains('\'') && shortens(na, nb) || !na.contains('\'') && shortens(nb, na);
    found.then(|| Verdict::new(VariantClass::Abbreviation, "abbreviation.apostrophe"))
}

/// `boys'` against `boy's`: of one or of several.
pub(super) fn possessive(na: &str, nb: &str) -> Option<Verdict> {
    let one_and_many = |one: &str, many: &str| {
        let stems = (one.strip_suffix("'s"), many.strip_suffix("s'"));
        matches!(stems, (Some(x), Some(y)) if !x.is_empty() && x == y)
    };
    (one_and_many(na, nb) || one_and_many(nb, na))
        .then(|| Verdict::new(VariantClass::Inflection, "inflection.possessive"))
}

/// The rules that the pack of a language has switched on.
pub(super) fn by_pack(na: &str, nb: &str, pack: &Pack) -> Option<Verdict> {
    let spelling = |rule: String| Some(Verdict::new(VariantClass::Spelling, rule));
    if let Some((x, y)) = pack.digraph(na, nb) {
        return spelling(format!("spelling.digraph:{x}/{y}"));
    }
    if pack.spelled(na, nb) {
        return spelling("spelling.known".to_owned());
    }
    let has = |rule: &str| pack.rules.iter().any(|r| r == rule);
    if has("doubling") && (doubles(na, nb) || doubles(nb, na)) {
        return spelling("spelling.doubling".to_owned());
    }
    if has("final-e") && (adds_final_e(na, nb, pack) || adds_final_e(nb, na, pack)) {
        return spelling("spelling.final-e".to_owned());
    }
    None
}

/// Endings before which a consonant is doubled or not.
const BEHIND_DOUBLED: [&str; 12] =
    ["ed", "ing", "er", "ers", "or", "ors", "est", "ings", "able", "ist", "ist's", "ous"];

/// Whether one form has the consonant before its ending twice, the other once (`travelled`, `traveled`).
fn doubles(long: &str, short: &str) -> bool {
    BEHIND_DOUBLED.iter().any(|ending| {
        let stems = long.strip_suffix(ending).zip(short.strip_suffix(ending));
        stems.is_some_and(|(x, y)| {
            let last = y.chars().next_back().filter(|c| !"aeiou".contains(*c));
            // In words of one syllable it makes another: `planned`, `planed`.
            let mut vowels: Vec<bool> = y.chars().map(|c| "aeiouy".contains(c)).collect();
            vowels.dedup();
            let syllables = vowels.into_iter().filter(|&vowel| vowel).count();
            syllables >= 2 && last.is_some_and(|c| x.strip_suffix(c) == Some(y))
        })
    })
}

/// Whether the longer form has an `e` behind its consonant that is not heard. A single vowel and a single
/// consonant before it make another word of it (`plan`, `plane`), and so it may be behind `s`, `th`, `st`.
fn adds_final_e(long: &str, short: &str, pack: &Pack) -> bool {
    let Some(stem) = long.strip_suffix('e') else { return false };
    // A consonant doubled before it (`sonne`, `towne`) belongs to the same habit.
    let doubled = || {
        let last = stem.chars().next_back()?;
        stem.strip_suffix(last).filter(|rest| rest.ends_with(last))
    };
    let same = stem == short || doubled() == Some(short);
    let vowel = |c: char| "aeiouy".contains(c);
    let mut back = stem.chars().rev();
    let (Some(last), Some(before)) = (back.next(), back.next()) else { return false };
    let third = back.next();
    let heard = vowel(last) || last == 's' || matches!((before, last), ('t', 'h') | ('s', 't' | 'h'));
    let long_vowel = vowel(before) && third.is_some_and(vowel);
    let cluster = !vowel(before);
    // `w` behind a vowel is half a vowel: `owne`, `knowe`.
    same && !heard
        && (cluster || long_vowel)
        && !pack.distinct.iter().any(|(x, y)| [x, y] == [long, short] || [x, y] == [short, long])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    fn pack(lang: &str) -> &'static Pack {
        Pack::of(&Lang::new(lang))
    }

    fn rule(lang: &str, a: &str, b: &str) -> Option<String> {
        by_pack(a, b, pack(lang)).map(|verdict| verdict.rule)
    }

    #[test]
    fn old_and_other_spellings_by_rule() {
        for (a, b) in [("traveled", "travelled"), ("worshipping", "worshiping"), ("jeweller", "jeweler")] {
            assert_eq!(rule("en", a, b).as_deref(), Some("spelling.doubling"), "{a} {b}");
        }
        for (a, b) in
            [("booke", "book"), ("faire", "fair"), ("olde", "old"), ("selfe", "self"), ("sonne", "son")]
        {
            assert_eq!(rule("en", a, b).as_deref(), Some("spelling.final-e"), "{a} {b}");
        }
        for (a, b) in [("hee", "he"), ("goe", "go"), ("bee", "be")] {
            assert_eq!(rule("en", a, b).as_deref(), Some("spelling.known"), "{a} {b}");
        }
        for (a, b) in [
            ("plane", "plan"),
            ("bathe", "bath"),
            ("here", "her"),
            ("tense", "tens"),
            ("singe", "sing"),
            ("planned", "planed"),
            ("booke", "boo"),
        ] {
            assert_eq!(rule("en", a, b), None, "{a} {b}");
        }
        assert_eq!(rule("de", "ueber", "über").as_deref(), Some("spelling.digraph:ue/ü"));
        assert_eq!(rule("de", "mauer", "maür").as_deref(), Some("spelling.digraph:ue/ü"));
        assert_eq!(rule("en", "ueber", "über"), None);
    }

    #[test]
    fn apostrophes_stand_for_letters() {
        for (a, b) in
            [("cou'd", "could"), ("tho'", "though"), ("th'", "the"), ("'tis", "it is"), ("lov'd", "loved")]
        {
            assert!(shortened(a, b).is_some() && shortened(b, a).is_some(), "{a} {b}");
        }
        for (a, b) in [("he's", "hers"), ("boy's", "boys"), ("we're", "were"), ("o'", "over")] {
            let found = shortened(a, b).is_some();
            assert_eq!(found, a == "o'", "{a} {b}");
        }
        assert!(possessive("boys'", "boy's").is_some() && possessive("boys'", "boys").is_none());
    }

    #[test]
    fn a_long_s_read_as_f() {
        assert_eq!(long_s("waſſerfall", "wafferfall").unwrap().suspect, Some(Suspect::B));
        assert!(long_s("iſt", "ist").is_none());
        assert!(long_s("auf", "aus").is_none());
    }

    #[test]
    fn marks_make_another_word_where_the_language_says_so() {
        let class = |lang: &str, a: &str, b: &str| {
            let verdict = same_key(a, b, pack(lang));
            (verdict.class, verdict.confidence.value() == 1.0)
        };
        use VariantClass as C;
        for (lang, a, b) in [
            ("de", "konnte", "könnte"),
            ("ru", "мой", "мои"),
            ("es", "hablo", "habló"),
            ("fr", "tue", "tué"),
            ("fr", "ou", "où"),
            ("vi", "ma", "má"),
            ("zh", "發", "髮"),
            ("ar", "كَتَبَ", "كُتُب"),
            ("el", "ἐν", "ἑν"),
        ] {
            assert_eq!(class(lang, a, b).0, C::Unclassified, "{lang} {a} {b}");
        }
        for (lang, a, b) in [
            ("en", "régime", "regime"),
            ("fr", "événement", "évènement"),
            ("ru", "еще", "ещё"),
            ("es", "fué", "fue"),
            ("la", "bonā", "bona"),
            ("ar", "كَتَبَ", "كتب"),
            ("el", "ἄνθρωπος", "άνθρωπος"),
            ("he", "מֶלֶךְ", "מלך"),
            ("zh", "眾", "衆"),
        ] {
            assert_eq!(class(lang, a, b), (C::Graphic, true), "{lang} {a} {b}");
        }
        assert_eq!(class("und", "kova", "kóva"), (C::Graphic, false));
        assert_eq!(class("en", "[w]ord", "word").0, C::Editorial);
        assert_eq!(class("en", "boys'", "boys").0, C::Punctuation);
    }
}
