//! A newspaper as a machine read it against its correction: how an editor calls the differences.
//!
//! `HEXAPLA_DATA` names the data folder. Without it nothing is measured.

// Helpers of tests may fail loudly and speak.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use hexapla::collate::{Options, collate};
use hexapla::model::{Attestation, Collated, Span, Text, VariantClass};
use hexapla::session::{FileOptions, load_bytes};

/// A place of the gold: what an editor calls it, and its bytes in the correction and in the scan.
struct Place {
    class: VariantClass,
    words: [String; 2],
    spans: [Span; 2],
}

fn gold() -> Vec<Place> {
    let place = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |i: usize| fields[i].parse().unwrap();
        Place {
            class: VariantClass::from_word(fields[0]).unwrap(),
            words: [fields[3].to_owned(), fields[6].to_owned()],
            spans: [Span::new(number(1), number(2)), Span::new(number(4), number(5))],
        }
    };
    include_str!("gold/newspaper.tsv").lines().filter(|line| !line.starts_with('#')).map(place).collect()
}

fn editions() -> Option<PathBuf> {
    let folder = std::env::var_os("HEXAPLA_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: HEXAPLA_DATA is not set");
    }
    folder.map(|f| f.join("editions"))
}

fn loaded(file: &Path, siglum: &str) -> Text {
    load_bytes(&std::fs::read(file).unwrap(), None, siglum, &FileOptions::default()).unwrap().value
}

/// The classes of the units that touch a place in either witness.
fn classes_at(collated: &Collated, place: &Place) -> Vec<VariantClass> {
    let touches = |at: &Attestation| {
        let (part, span) = collated.span(at);
        let source = collated.texts[at.witness].document.parts[part].map.source_of(span);
        let wanted = place.spans[at.witness];
        source.start < wanted.end && wanted.start < source.end
    };
    let units = collated.collation.entries.iter();
    let units = units.filter(|unit| unit.readings.iter().flat_map(|r| &r.witnesses).any(&touches));
    units.flat_map(|unit| &unit.readings).filter_map(|r| Some(r.judgement.as_ref()?.class)).collect()
}

#[test]
fn what_a_machine_misread_is_called_so() {
    let Some(folder) = editions() else { return };
    let folder = folder.join("newspaper_ocr");
    let correction = loaded(&folder.join("loveletter_0_corrected.txt"), "A");
    let scan = loaded(&folder.join("loveletter_0_ocr.txt"), "B");
    let options = Options { base: Some("A".into()), ..Options::default() };
    let collated = collate(&[correction, scan], &options).unwrap().value;
    let is_misread =
        |class: &VariantClass| matches!(class, VariantClass::ScanError | VariantClass::WordDivision);
    let (mut right, mut wanted) = (0, 0);
    for place in gold().iter().filter(|place| is_misread(&place.class)) {
        let classes = classes_at(&collated, place);
        wanted += 1;
        if classes.iter().any(is_misread) {
            right += 1;
        } else {
            println!("{} {:?}: {classes:?}", place.class.word(), place.words);
        }
    }
    println!("{right} of {wanted} misread places are called so");
    assert_eq!(wanted, 97);
    assert!(right * 10 >= wanted * 9, "{right} of {wanted}");
    let suspects = collated.entries().iter().flat_map(|u| &u.readings).filter_map(|r| r.judgement.as_ref());
    let accused = suspects.filter(|j| j.class == VariantClass::ScanError);
    let (of_a, of_b): (Vec<_>, Vec<_>) = accused.partition(|j| j.lemma_is_suspect == Some(true));
    println!("the correction is suspected {} times, the scan {} times", of_a.len(), of_b.len());
    assert!(of_a.len() * 50 <= of_b.len(), "{} and {}", of_a.len(), of_b.len());
}

/// Editions that were printed, or typed by careful people, are not taken for scans.
#[test]
fn sound_editions_are_not_noisy() {
    let Some(folder) = editions() else { return };
    for set in ["darwin_origin_ch1", "federalist", "frankenstein_ch1", "gettysburg", "manifesto_en"] {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder.join(set)).unwrap().map(|f| f.unwrap().path()).collect();
        files.sort();
        let texts: Vec<Text> =
            files.iter().map(|f| loaded(f, &f.file_stem().unwrap().to_string_lossy())).collect();
        let collated = collate(&texts, &Options::default()).unwrap().value;
        let rules = collated.entries().iter().flat_map(|u| &u.readings).filter_map(|r| r.judgement.as_ref());
        let noisy = rules.filter(|j| {
            ["scan-error.misread", "scan-error.other-word", "scan-error.stray"].contains(&j.rule.as_str())
        });
        assert_eq!(noisy.count(), 0, "{set}");
    }
}
