//! Which witness the translations of the founding text follow.

// Helpers of tests may fail loudly and speak.
#![allow(clippy::unwrap_used)]

use hexapla::collate::{self, Options};
use hexapla::model::{EvidenceKind, Segmented};
use hexapla::project::Project;
use hexapla::workspace::{self, PairOptions};

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
    for follow in collate::follows(&all, &parallel, &collation) {
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
