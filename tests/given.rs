//! What a user knows of a pair enters its alignment, and what a person did to it is never lost.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use hexapla::model::{Aligned, Alignment, Bead, Status, Text};
use hexapla::project::{Freshness, Project};
use hexapla::session::{self, PairOptions};
use hexapla::{ErrorKind, align};

const EN: &str = "The war came.\n\nThe peace came.\n\nThe workers wanted peace.\n\nThe war ended.\n";
const DE: &str = "Der Krieg kam.\n\nDer Frieden kam.\n\nDie Arbeiter wollten Frieden.\n\nDer Krieg endete.\n";
const MANIFEST: &str = r#"
[work]
base = "E"
[[witness]]
siglum = "E"
lang = "en"
files = ["en.txt"]
[[witness]]
siglum = "D"
kind = "translation"
lang = "de"
files = ["de.txt"]
"#;

fn project(folder: &Path, manifest: &str) -> Project {
    fs::write(folder.join("hexapla.toml"), manifest).unwrap();
    fs::write(folder.join("en.txt"), EN).unwrap();
    fs::write(folder.join("de.txt"), DE).unwrap();
    Project::open(folder).unwrap().value
}

fn texts(project: &Project) -> (Text, Text) {
    let load = |siglum: &str| session::load_witness(project, siglum).unwrap().value;
    (load("E"), load("D"))
}

fn aligned(project: &Project, (a, b): (&Text, &Text), anew: bool) -> Alignment {
    let options = PairOptions { anew, ..PairOptions::default() };
    session::align_pair(Some(project), a, b, &options).unwrap().value.alignment.as_ref().clone()
}

fn store(project: &Project, a: &Text, b: &Text, alignment: &Alignment) -> hexapla::Result<()> {
    let pair = Aligned::new(a.clone(), b.clone(), alignment.clone());
    session::store_alignment(project, &pair, &PairOptions::default()).map(|_| ())
}

#[test]
fn what_a_person_edited_stays_when_a_pair_is_aligned_anew() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(folder.path(), MANIFEST);
    let (a, b) = texts(&project);
    let mut alignment = aligned(&project, (&a, &b), false);
    assert_eq!(alignment.beads.len(), 4);
    // A person joins the first two beads, against all evidence.
    alignment.beads.splice(0..2, [Bead { status: Status::Edited, ..Bead::new(0..2, 0..2, 1.0) }]);
    store(&project, &a, &b, &alignment).unwrap();

    let anew = aligned(&project, (&a, &b), true);
    assert_eq!((anew.beads[0].a.clone(), anew.beads[0].b.clone()), (0..2, 0..2));
    assert_eq!(anew.beads[0].status, Status::Edited);
    assert_eq!(anew.beads.len(), 3);
    store(&project, &a, &b, &anew).unwrap();

    // What would lose it is refused.
    let lost = align::align(&a, &b, &align::Options::default()).value;
    assert_eq!(store(&project, &a, &b, &lost).unwrap_err().kind(), ErrorKind::Conflict);
    // So is an alignment of a text that has changed, as long as nobody can say what became of the bead.
    fs::write(folder.path().join("de.txt"), DE.replace("Der Krieg kam.", "Es kam Krieg. Er kam.")).unwrap();
    let (a, b) = texts(&project);
    let changed = aligned(&project, (&a, &b), false);
    assert!(changed.beads.iter().all(|bead| bead.status == Status::Auto));
    assert_eq!(store(&project, &a, &b, &changed).unwrap_err().kind(), ErrorKind::Conflict);
}

#[test]
fn a_dictionary_of_the_project_makes_older_alignments_stale() {
    let folder = tempfile::tempdir().unwrap();
    let plain = project(folder.path(), MANIFEST);
    let (a, b) = texts(&plain);
    store(&plain, &a, &b, &aligned(&plain, (&a, &b), false)).unwrap();
    let state = |project: &Project| {
        session::freshness(project, &a, &b, &PairOptions::default()).map_err(|e| e.kind())
    };
    assert_eq!(state(&plain), Ok(Freshness::Fresh));

    let entry = "[[dictionary]]\nfile = \"words.tsv\"\nfrom = \"de\"\nto = \"en\"\n";
    let manifest = format!("{MANIFEST}\n{entry}");
    let with = project(folder.path(), &manifest);
    assert_eq!(state(&with), Err(ErrorKind::NotFound), "a dictionary that is not there is no secret");
    fs::write(folder.path().join("words.tsv"), "Krieg\twar\nFrieden\tpeace\n").unwrap();
    assert!(matches!(state(&with), Ok(Freshness::Stale { why }) if why.contains("options")));
    store(&with, &a, &b, &aligned(&with, (&a, &b), false)).unwrap();
    assert_eq!(state(&with), Ok(Freshness::Fresh));
    // Another language's dictionary is none of this pair's.
    let other = project(folder.path(), &manifest.replace("\"de\"\nto", "\"fr\"\nto"));
    assert!(matches!(state(&other), Ok(Freshness::Stale { .. })));
}
