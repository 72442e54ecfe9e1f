//! Which edition the translations of the founding text follow. Where they follow which is written down
//! in `texts/SOURCES.md`.

// Helpers of tests may fail loudly.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use hexapla::model::EvidenceKind;
use hexapla::project::Project;
use hexapla::session::{self, PairOptions};
use hexapla::study::follows::{Followed, Verdict};

fn found(translation: &str) -> Vec<Followed> {
    let project = Project::open(env!("CARGO_MANIFEST_DIR")).unwrap().value;
    let sigla = ["FI", "PDx", translation].map(str::to_owned);
    let mut texts = session::load_witnesses(&project, &sigla).unwrap().value;
    let translations = texts.split_off(2);
    session::follows(None, (&texts[0], &texts[1]), &translations).unwrap().value.remove(0)
}

/// The readings of both editions where a verdict was given.
fn decided(found: &[Followed], verdict: Verdict) -> Vec<(&str, &str)> {
    let of = found.iter().filter(|f| f.verdict == verdict);
    of.map(|f| (f.a.text.as_str(), f.b.text.as_str())).collect()
}

#[test]
fn the_french_translation_follows_the_second_edition_where_it_is_said_to() {
    let found = found("fr");
    assert_eq!(
        decided(&found, Verdict::Second),
        [
            ("", "Walter"),
            ("", "and Palestine"),
            ("ten", "seven"),
            ("", "The Finns did not wish to be liberated."),
            ("15", "5"),
        ]
    );
    // Of the seven places two stay open: one of words that nothing kept tells of, and a sentence of two
    // words that the aligner is not sure to have been left out.
    for (a, b) in [("countries", "republics"), ("Astonishing argument!", "")] {
        let place = found.iter().find(|f| f.a.text == a).unwrap();
        assert_eq!((place.b.text.as_str(), place.verdict), (b, Verdict::Undecided));
    }
    assert!(decided(&found, Verdict::First).len() >= 5);
}

#[test]
fn the_others_follow_the_first_edition() {
    for (translation, least) in [("de", 8), ("ru", 8), ("zh", 6)] {
        let found = found(translation);
        assert_eq!(decided(&found, Verdict::Second), [], "{translation}");
        assert!(decided(&found, Verdict::First).len() >= least, "{translation}");
    }
}

/// What renders a word elsewhere decides, and is never at odds with what is written down.
#[test]
fn words_known_from_elsewhere_decide() {
    for (translation, a, b) in [
        ("fr", "campaign", "War"),
        ("ru", "campaign", "War"),
        ("de", "extremely", ""),
        ("zh", "extremely", ""),
    ] {
        let found = found(translation);
        let place = found.iter().find(|f| f.a.text == a && f.b.text == b).unwrap();
        assert_eq!(place.verdict, Verdict::First, "{translation}: {place:?}");
        assert_eq!(place.evidence[0].kind, EvidenceKind::Word);
    }
}

/// The report shows the same of the units of its collation: where `hexapla follows` decides, so does the
/// report, and never otherwise.
#[test]
fn the_report_says_what_follows_says() {
    let project = Project::open(env!("CARGO_MANIFEST_DIR")).unwrap().value;
    let sigla = ["FI", "PDx", "fr", "de", "ru", "zh"].map(str::to_owned);
    let texts = session::load_witnesses(&project, &sigla).unwrap().value;
    let report = session::report(Some(&project), &texts, &PairOptions::default()).unwrap().value;
    let table = &report.table;
    let plain = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    for (column, siglum) in sigla.iter().enumerate().skip(2) {
        let mut shown = BTreeSet::new();
        for unit in &table.units {
            for follow in unit.follows.iter().filter(|follow| follow.column == column) {
                let text = |edition: usize| {
                    let mut readings = unit.readings.iter().filter(|r| r.columns.contains(&edition));
                    readings.next().map_or(String::new(), |r| plain(&r.text))
                };
                let follows_newspaper = unit.readings[follow.reading].columns == [1];
                shown.insert((text(0), text(1), follows_newspaper, follow.evidence[0].kind.word()));
            }
        }
        let mut said = BTreeSet::new();
        for place in found(siglum).iter().filter(|place| place.verdict != Verdict::Undecided) {
            let kind = place.evidence[0].kind;
            if kind != EvidenceKind::Order {
                let newspaper = place.verdict == Verdict::Second;
                said.insert((plain(&place.a.text), plain(&place.b.text), newspaper, kind.word()));
            }
        }
        assert_eq!(shown, said, "{siglum}");
        // The passage that the newspaper has elsewhere is no unit but a move; nobody follows it in that.
        let order = found(siglum).iter().any(|place| {
            place.verdict == Verdict::First && place.evidence.iter().any(|e| e.kind == EvidenceKind::Order)
        });
        let followed: Vec<(usize, bool)> = table.moves.iter().flat_map(|m| m.followed.clone()).collect();
        assert!(followed.iter().all(|&(_, at_home)| at_home), "{followed:?}");
        assert!(!order || followed.contains(&(column, true)), "{siglum}: {followed:?}");
        // texts/SOURCES.md: the French follows the newspaper at seven places, at two of which only the
        // sense of the words could tell; the others never do.
        let newspaper = shown.iter().filter(|place| place.2).count();
        assert_eq!(newspaper, if siglum == "fr" { 5 } else { 0 }, "{siglum}: {shown:?}");
    }
}
