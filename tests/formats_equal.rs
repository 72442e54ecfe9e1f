//! One text in many forms: sentences and kinds are equal wherever the form can say them, and forms
//! that are not read are refused with a command.
//!
//! `HEXAPLA_DATA` names the data folder. Without it nothing is compared.

// Helpers of tests may fail loudly and speak.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use hexapla::model::{BlockKind, Document, Witness};
use hexapla::{ErrorKind, read, segment};

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("HEXAPLA_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: HEXAPLA_DATA is not set");
    }
    folder.map(|folder| folder.join("formats/equal"))
}

fn document(path: &Path) -> Document {
    let part = read::read_file(path, &read::Options::default()).unwrap().value;
    read::document(Witness::new("X", "en".into()), vec![part]).value
}

/// The sentences of the running text, quotation marks and spaces made plain: not every form keeps
/// their kind.
fn sentences(document: &Document, wanted: &dyn Fn(BlockKind) -> bool) -> Vec<String> {
    let part = &document.parts[0];
    let plain = |text: String| {
        let quotes = |c: char| if matches!(c, '“' | '”' | '"') { '"' } else { c };
        text.replace('\u{a0}', " ").replace('’', "'").chars().map(quotes).collect::<String>()
    };
    segment::segment(document, &segment::Options::default())
        .iter()
        .filter(|s| wanted(part.blocks[s.block].kind))
        .map(|s| plain(part.reading(s.span)))
        .collect()
}

const PROSE: [&str; 9] = [
    "It was a dark and stormy night in 1848.",
    "Nobody answered.",
    "The second paragraph is longer, and it has several sentences.",
    "One of them ends here; the other does not.",
    "A quotation is set off from the text.",
    "It has two sentences.",
    "The first item of a list.",
    "Another bullet.",
    "The last paragraph of the text, with a link in it, ends the chapter.",
];

#[test]
fn forms_that_are_read_have_the_same_sentences() {
    let Some(folder) = folder() else { return };
    for name in [
        "eq.md",
        "eq.gfm.md",
        "eq.cmx.md",
        "src.md",
        "eq.html",
        "eq.htm",
        "eq.epub",
        "eq.fb2",
        "eq.odt",
        "eq.tei.xml",
        "eq.jats.xml",
        "eq.dbk.xml",
    ] {
        let document = document(&folder.join(name));
        let text = sentences(&document, &|kind| kind.is_text());
        for sentence in PROSE {
            assert!(text.iter().any(|own| own == sentence), "{name}: {sentence}\n{text:#?}");
        }
        let headings = sentences(&document, &|kind| kind == BlockKind::Heading);
        for heading in ["The First Chapter", "A Section"] {
            assert!(headings.iter().any(|own| own == heading), "{name}: {heading}\n{headings:?}");
        }
        let notes = sentences(&document, &|kind| kind == BlockKind::Note);
        for note in ["It should be 1849.", "Sic in the manuscript."] {
            assert!(notes.iter().any(|own| own.contains(note)), "{name}: {note}\n{notes:?}");
        }
    }
}

#[test]
fn forms_that_are_not_read_are_refused_with_a_command() {
    let Some(folder) = folder() else { return };
    for name in [
        "eq.adoc",
        "eq.dokuwiki",
        "eq.ipynb",
        "eq.json",
        "eq.man",
        "eq.muse",
        "eq.org",
        "eq.rst",
        "eq.rtf",
        "eq.tex",
        "eq.textile",
        "eq.wiki",
    ] {
        let error = read::read_file(&folder.join(name), &read::Options::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{name}: {error}");
        let hint = error.shown_hint().unwrap_or_default().to_owned();
        assert!(hint.contains("pandoc -f") || hint.contains("soffice"), "{name}: {hint}");
    }
}
