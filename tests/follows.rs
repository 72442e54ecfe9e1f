//! Which edition the translations of the founding text follow. Where they follow which is written down
//! in `texts/SOURCES.md`.

// Helpers of tests may fail loudly.
#![allow(clippy::unwrap_used)]

use hexapla::collate::{self, Options};
use hexapla::follows::{self, Followed, Verdict};
use hexapla::model::{EvidenceKind, Segmented};
use hexapla::project::Project;
use hexapla::workspace::{self, PairOptions};

fn found(translation: &str) -> Vec<Followed> {
    let project = Project::open(env!("CARGO_MANIFEST_DIR")).unwrap().value;
    let sigla = ["FI", "PDx", translation].map(str::to_owned);
    let mut texts = workspace::load_witnesses(&project, &sigla).unwrap().value;
    let translations = texts.split_off(2);
    workspace::follows(None, (&texts[0], &texts[1]), &translations).unwrap().value.remove(0)
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
    use hexapla::follows::Kind;
    for (translation, a, b) in [
        ("fr", "campaign", "War"),
        ("ru", "campaign", "War"),
        ("de", "extremely", ""),
        ("zh", "extremely", ""),
    ] {
        let found = found(translation);
        let place = found.iter().find(|f| f.a.text == a && f.b.text == b).unwrap();
        assert_eq!(place.verdict, Verdict::First, "{translation}: {place:?}");
        assert_eq!(place.evidence[0].kind, Kind::Word);
    }
}

/// The same in the units of a collation, as the report shows it.
#[test]
fn the_french_follows_the_newspaper_where_that_can_be_seen_and_the_others_never() {
    let project = Project::open(env!("CARGO_MANIFEST_DIR")).unwrap().value;
    let sigla = ["FI", "PDx", "fr", "de", "ru", "zh"].map(str::to_owned);
    let texts = workspace::load_witnesses(&project, &sigla).unwrap().value;
    let parallel = workspace::parallel(Some(&project), &texts, &PairOptions::default()).unwrap().value;
    let all: Vec<&Segmented> = texts.iter().collect();
    let options = Options { base: Some("FI".into()), ..Options::default() };
    let collation = collate::collate(&all[..2], &options).value;
    let mut newspaper = Vec::new();
    let mut founding = 0;
    for follow in follows::follows_of_units(&all, &parallel, &collation) {
        let unit = &collation.units[follow.unit];
        let witness = &collation.witnesses[unit.readings[follow.reading].witnesses[0].witness].siglum;
        if witness == "PDx" {
            assert_eq!(follow.siglum, "fr", "{:?}", follow.evidence);
            newspaper.push((follow.evidence.reading, follow.evidence.translation, follow.evidence.kind));
        } else {
            founding += 1;
        }
    }
    // texts/SOURCES.md: seven places, at three of which only the sense of the words could tell.
    let expected = [
        ("Walter", "Walter", EvidenceKind::Name),
        ("Palestine", "Palestine", EvidenceKind::Name),
        ("seven", "sept", EvidenceKind::Number),
        ("5", "5", EvidenceKind::Number),
    ];
    let expected = expected.map(|(a, b, kind)| (a.to_owned(), b.to_owned(), kind));
    assert_eq!(newspaper, expected);
    // Subheadings that only the newspaper has, and what decides for the others.
    assert!(founding >= 24, "{founding}");
}
