//! What words are, and what a difference between them is called: places at which editions were once classed
//! wrongly, each named after its case, and a pair of words for each script that is another word, and one that
//! is not.

// Helpers of tests may fail loudly.
#![allow(clippy::unwrap_used)]

use hexapla::collate::{Options, collate};
use hexapla::model::{Layer, Text, VariantClass as C};
use hexapla::session::{self, FileOptions};

fn loaded(siglum: &str, lang: &str, text: &str) -> Text {
    let options = FileOptions { lang: Some(lang.into()), ..FileOptions::default() };
    session::load_bytes(text.as_bytes(), None, siglum, &options).unwrap().value
}

/// The readings of an entry, and the classes and rules of those that are not the lemma.
type Found = (Vec<String>, Vec<(C, String)>);

/// What differs between texts: the readings of each entry with the classes and rules of all but the lemma.
fn differences(lang: &str, texts: &[&str]) -> Vec<Found> {
    let sigla = ["a", "b", "c", "d"];
    let texts: Vec<Text> = texts.iter().zip(sigla).map(|(text, siglum)| loaded(siglum, lang, text)).collect();
    let found = collate(&texts, &Options { base: Some("a".into()), ..Options::default() }).unwrap().value;
    let entries = found.entries().iter();
    entries
        .map(|entry| {
            let readings = entry.readings.iter();
            let words = readings.clone().map(|reading| reading.text.clone()).collect();
            let judged = readings.filter_map(|reading| reading.judgement.as_ref());
            (words, judged.map(|j| (j.class, j.rule.clone())).collect())
        })
        .collect()
}

/// The class and the rule of the only difference between two texts.
fn only(lang: &str, a: &str, b: &str) -> (C, String) {
    let found = differences(lang, &[a, b]);
    assert_eq!(found.len(), 1, "{a} | {b}: {found:?}");
    found[0].1[0].clone()
}

/// The classes of all differences.
fn classes(lang: &str, texts: &[&str]) -> Vec<C> {
    differences(lang, texts).into_iter().flat_map(|(_, judged)| judged).map(|(class, _)| class).collect()
}

#[test]
fn another_word_and_the_same_in_each_script() {
    let other = [
        ("sa", "बालकः गच्छति", "बालिका गच्छति"),
        ("hi", "उसने कहा कि वह", "उसने कहा की वह"),
        ("ta", "கமல் வந்தான்", "கமலி வந்தான்"),
        ("th", "ไม้", "ไม"),
        ("ar", "قرأ كتب الرجل", "قرأ كاتب الرجل"),
        ("ar", "هذا كَتَبَ هنا", "هذا كُتُب هنا"),
        ("he", "בא מלך אחד", "בא מלכה אחד"),
        ("he", "בא מֶלֶךְ אחד", "בא מָלַךְ אחד"),
        ("grc", "ὁ λόγος ἦν", "ὁ νόμος ἦν"),
        ("grc", "λέγει ἐν αὐτῷ", "λέγει ἑν αὐτῷ"),
        ("vi", "con ma đi", "con má đi"),
        ("zh", "他發了", "他髮了"),
        ("am", "ትልቅ ሀገር ነው", "ትልቅ ነገር ነው"),
        ("de", "er konnte gehen", "er könnte gehen"),
        ("ru", "это мой дом", "это мои дом"),
        ("es", "yo hablo bien", "yo habló bien"),
        ("fr", "il se tue hier", "il se tué hier"),
    ];
    for (lang, a, b) in other {
        let found = classes(lang, &[a, b]);
        assert!(found.iter().any(|class| class.layer() == Layer::Substantive), "{lang} {a} {b}: {found:?}");
    }
    let same = [
        ("hi", "यह ज़रूर है", "यह जरूर है"),
        ("th", "ทำ", "ท\u{e4d}\u{e32}"),
        ("ar", "هذا كَتَبَ هنا", "هذا كتب هنا"),
        ("ar", "قال أحمد لنا", "قال احمد لنا"),
        ("he", "בא מֶלֶךְ אחד", "בא מלך אחד"),
        ("el", "ὁ ἄνθρωπος ἦν", "ὁ άνθρωπος ἦν"),
        ("vi", "con m\u{e1} đi", "con ma\u{301} đi"),
        ("zh", "大眾人", "大众人"),
        ("hy", "եւ մարդ", "և մարդ"),
        ("ru", "он еще дома", "он ещё дома"),
        ("en", "the old régime fell", "the old regime fell"),
    ];
    for (lang, a, b) in same {
        let found = classes(lang, &[a, b]);
        assert!(found.iter().all(|&class| class == C::Graphic), "{lang} {a} {b}: {found:?}");
    }
}

#[test]
fn vowel_signs_stripped() {
    let found = classes("sa", &["स बालकः गृहं गच्छति", "स बालिका गृहे गच्छतः"]);
    assert!(!found.is_empty() && found.iter().all(|class| class.layer() == Layer::Substantive), "{found:?}");
}

#[test]
fn final_sigma() {
    let found = classes("grc", &["λογος προς σωσας τους", "λογοσ προσ σωσασ τουσ", "λογοϲ προϲ ϲωϲαϲ τουϲ"]);
    assert!(!found.is_empty() && found.iter().all(|&class| class == C::Graphic), "{found:?}");
}

#[test]
fn han_variants() {
    let texts = [
        "與大比丘眾千二百五十人俱舍衛國",
        "与大比丘众千二百五十人俱舍卫国",
        "與大比丘衆千二百五十人倶舍衞國",
    ];
    let found = classes("zh", &texts);
    assert!(!found.is_empty() && found.iter().all(|&class| class == C::Graphic), "{found:?}");
}

#[test]
fn invisible_characters() {
    let texts = [
        "I think—that he came.",
        "I think\u{2060}—that he came.",
        "I think\u{200b}—that he came.",
        "\u{200e}I think—that he came.\u{200f}\u{feff}",
    ];
    assert!(differences("en", &texts).is_empty(), "{:?}", differences("en", &texts));
}

#[test]
fn apostrophe_split_off() {
    let found = differences(
        "en",
        &[
            "So true; tho' he cou'd, th' army and the boys' book",
            "So true; though he could, the army and the boy's book",
        ],
    );
    let classed: Vec<(&str, C)> =
        found.iter().map(|(words, judged)| (words[0].as_str(), judged[0].0)).collect();
    assert_eq!(
        classed,
        [
            ("tho'", C::Abbreviation),
            ("cou'd", C::Abbreviation),
            ("th'", C::Abbreviation),
            ("boys'", C::Inflection)
        ]
    );
}

#[test]
fn ampersand_lost() {
    assert_eq!(classes("la", &["habuit noticiam & dixit", "habuit noticiam dixit"]), [C::Omission]);
}

#[test]
fn footnote_marks_glued() {
    let found = classes(
        "en",
        &[
            "She stood on tiptoe[1] and peeped. It was idea[4] of him, but labelled¹ so.",
            "She stood on tiptoe and peeped. It was idea of him, but labelled so.",
        ],
    );
    assert_eq!(found, [C::Editorial; 3]);
}

#[test]
fn emphasis_marks() {
    let found = classes(
        "en",
        &[
            "It was a _dark_ and =stormy= night, and _very_ wet.",
            "It was a dark and stormy night, and very wet.",
        ],
    );
    assert_eq!(found, [C::Typography; 3]);
}

#[test]
fn editors_brackets() {
    assert_eq!(only("en", "the f‹ir›st man came", "the first man came").0, C::Editorial);
    assert_eq!(only("en", "he sayd [sic] so", "he sayd so").0, C::Editorial);
}

#[test]
fn lacuna_marks() {
    let found = differences(
        "en",
        &["the quick brown fox jumps over the lazy dog", "the quick [...] jumps over the lazy dog"],
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, [(C::Editorial, "editorial.gap".to_owned())]);
}

#[test]
fn double_oblique_hyphen() {
    let found = classes(
        "de",
        &["der Frau das ver⸗\nſprochene zu überliefern.", "der Frau das versprochene zu überliefern."],
    );
    assert_eq!(found, [C::Graphic]);
}

#[test]
fn early_modern_final_e() {
    let found = classes(
        "en",
        &[
            "The booke of the kinge, hee doth goe and bee, selfe same yeere, olde towne",
            "The book of the king, he doth go and be, self same year, old town",
        ],
    );
    assert_eq!(found, [C::Spelling; 9]);
}

#[test]
fn spellings_by_rule() {
    for (lang, a, b, rule) in [
        ("en", "he traveled far", "he travelled far", "spelling.doubling"),
        ("en", "a faire day", "a fair day", "spelling.final-e"),
        ("de", "Ueber das Meer", "Über das Meer", "spelling.digraph:ue/ü"),
        ("de", "die Maedchen kamen", "die Mädchen kamen", "spelling.digraph:ae/ä"),
    ] {
        assert_eq!(only(lang, a, b), (C::Spelling, rule.to_owned()), "{a} | {b}");
    }
    assert_eq!(classes("en", &["The theater center and", "The theatre centre and"]), [C::Spelling; 2]);
    for (a, b) in [("a plane thing", "a plan thing"), ("he could sing well", "he could singe well")] {
        assert_ne!(only("en", a, b).0, C::Spelling, "{a} | {b}");
    }
}

#[test]
fn long_s_read_as_f() {
    let found = classes("de", &["Das iſt ein beſonderer Waſſerfall", "Das ift ein befonderer Wafferfall"]);
    assert_eq!(found, [C::ScanError; 3]);
}

#[test]
fn abbreviations_old_print() {
    let found = differences(
        "en",
        &[
            "Messrs. Brown, Wm. Pitt, Thos. Paine, Esq., Sept. 3d, ye olde yt, wch",
            "Messieurs Brown, William Pitt, Thomas Paine, Esquire, September 3rd, the old that, which",
        ],
    );
    let words = found.iter().filter(|(words, _)| words[0].starts_with(char::is_alphanumeric));
    for (words, judged) in words {
        let expected = if words[0] == "olde" { C::Spelling } else { C::Abbreviation };
        assert_eq!(judged[0].0, expected, "{words:?} {judged:?}");
    }
}

#[test]
fn numbers_same_value() {
    for (a, b, class) in [
        ("a 1/2 pound", "a ½ pound", C::Numeral),
        ("the 19th century", "the nineteenth century", C::Numeral),
        ("the 3rd day", "the third day", C::Numeral),
        ("with 1,000 men", "with 1000 men", C::Numeral),
        ("with 10,500 horses", "with 10.500 horses", C::Numeral),
        ("in 1939-40 there", "in 1939–40 there", C::Punctuation),
        ("a 3,14 metre", "a 3.14 metre", C::Numeral),
        ("of ninety-five men", "of ninety-nine men", C::Number),
        ("the 3d day", "the 3rd day", C::Abbreviation),
        ("the 4th day", "the 5th day", C::Number),
    ] {
        assert_eq!(only("en", a, b).0, class, "{a} | {b}");
    }
    assert_eq!(only("en", "with 10,500 horses", "with 10.500 horses").1, "numeral.separators");
    assert!(!classes("en", &["it is 12 per cent here", "it is 12% here"]).contains(&C::Omission));
}

#[test]
fn scan_error_in_manuscripts() {
    let a = "In that land stood a man with his hand on the stand and many can name the land and the man and his hand for \
             the sand of the strand and the band of many a man can stand on that sand and strand with the band.";
    let p = "In that lond stood a mon with his hond on the stond and mony con name the land and the man and his hand for \
             the sond of the strond and the bond of many a man can stand on that sand and strand with the band.";
    let found = classes("enm", &[a, p]);
    assert!(!found.contains(&C::ScanError), "{found:?}");
}

#[test]
fn language_guessed_refuses() {
    let load = |siglum, text: &str| {
        session::load_bytes(text.as_bytes(), None, siglum, &FileOptions::default()).unwrap().value
    };
    let texts =
        [load("a", "The quick brown fox saw a wombat."), load("b", "The quick brown fox saw a koala.")];
    let found = collate(&texts, &Options::default()).unwrap().value;
    assert_eq!(found.entries().len(), 1);
}

#[test]
fn hyphen_at_line_end() {
    let found =
        classes("en", &["He stood upon the pier-heads of it.", "He stood upon the pier-\nheads of it."]);
    assert!(found.iter().all(|&class| class == C::WordDivision), "{found:?}");
}
