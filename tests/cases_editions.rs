//! Places at which editions were once compared wrongly, each with its texts (`tests/cases/editions`) and
//! what an editor expects of them. Both commands are asked, `collate` and `diff`: they tell the same.

// Helpers of tests may fail loudly.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};

use common::ProjectTest;
use hexapla::model::{Collated, EntryKind, Layer, Text, VariantClass};
use hexapla::session::{self, FileOptions, PairOptions};

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/editions").join(case)
}

/// The texts of a case.
fn texts(case: &str, lang: &str, files: &[&str]) -> Vec<Text> {
    let load = |file: &&str| {
        let path = folder(case).join(file);
        let siglum = path.file_stem().unwrap().to_string_lossy().into_owned();
        let options = FileOptions { lang: Some(lang.into()), ..FileOptions::default() };
        session::load_bytes(&std::fs::read(&path).unwrap(), Some(&path), &siglum, &options).unwrap().value
    };
    files.iter().map(load).collect()
}

/// The texts of a case collated, the first being the base.
fn collated(case: &str, lang: &str, files: &[&str]) -> Collated {
    let texts = texts(case, lang, files);
    let base = texts[0].siglum().to_owned();
    session::collate(None, &texts, Some(base)).unwrap().value
}

/// What a command prints of a case, a line each, and its exit code.
fn said(case: &str, lang: &str, command: &[&str], files: &[&str]) -> (Vec<String>, i32) {
    let mut test = ProjectTest::empty();
    for file in files {
        test = test.file(file, std::fs::read(folder(case).join(file)).unwrap());
    }
    let run = test.run(&[command, files, &["--lang", lang]].concat());
    (run.stdout().lines().map(str::to_owned).collect(), run.code().unwrap())
}

/// The apparatus of a case, which is the same by both commands.
fn apparatus(case: &str, lang: &str, files: &[&str]) -> (Vec<String>, i32) {
    let found = said(case, lang, &["collate"], files);
    if files.len() == 2 {
        assert_eq!(said(case, lang, &["diff", "--view", "apparatus"], files), found, "{case}");
    }
    found
}

fn classes(collated: &Collated) -> Vec<VariantClass> {
    collated.entries().iter().flat_map(|entry| entry.classes()).collect()
}

#[test]
fn verse_against_prose() {
    assert_eq!(apparatus("verse-against-prose", "en", &["verse.txt", "prose.txt"]), (vec![], 0));
}

#[test]
fn sentences_against_unpointed() {
    let (lines, code) = apparatus("sentences-against-unpointed", "la", &["m.txt", "n.txt"]);
    assert_eq!(
        lines,
        [
            "m 1.1.1  multo] Multo n  (capitalisation)",
            "m 1.1.1  filii] add. . n  (punctuation)",
            "m 1.1.1  sine] Sine n  (capitalisation)",
            "m 1.1.1  patris] add. . n  (punctuation)",
            "m 1.1.1  nam] Nam n  (capitalisation)",
            "m 1.1.1  apostolum] add. . n  (punctuation)",
            "m 1.1.1  nunquam] Nunquam n  (capitalisation)",
            "m 1.1.1  crucifixissent] add. . n  (punctuation)",
            "m 1.1.1  et] Et n  (capitalisation)",
            "m 1.1.1  deus] add. . n  (punctuation)",
        ]
    );
    assert_eq!(code, 1);
}

#[test]
fn list_against_run_on() {
    let found = collated("list-against-run-on", "en", &["list.txt", "run.txt"]);
    assert!(!classes(&found).contains(&VariantClass::Omission), "no item is omitted");
    // No word of an item is in an entry: signs and letters of the list alone differ.
    let longest = found.entries().iter().flat_map(|entry| &entry.readings).map(|r| r.text.chars().count());
    assert!(longest.max().unwrap() <= 4, "{:?}", found.entries());
}

/// The letters of a list are not words of the text.
#[test]
#[ignore = "`(b` against a bullet is called an addition yet"]
fn list_against_run_on_is_accidental() {
    let found = collated("list-against-run-on", "en", &["list.txt", "run.txt"]);
    assert!(found.entries().iter().all(|entry| entry.layer() == Layer::Accidental));
}

#[test]
fn diff_short_sentence() {
    let (lines, code) = apparatus("diff-short-sentence", "en", &["a.txt", "b.txt"]);
    assert_eq!(
        lines,
        ["a 1.1.1  This very quick] That b  (substitution)", "a 1.1.1  wombat] koala b  (substitution)"]
    );
    assert_eq!(code, 1);
}

#[test]
fn diff_merges_neighbours() {
    let (lines, _) = apparatus("diff-merges-neighbours", "en", &["a.txt", "b.txt"]);
    assert_eq!(
        lines,
        [
            "a 1.1.1  theater] theatre b  (spelling)",
            "a 1.1.1  center] centre b  (spelling)",
            "a 1.1.1  gray] grey b  (spelling)",
            "a 1.1.1  plow] plough b  (spelling)",
        ]
    );
}

#[test]
fn diff_fragment_lists_the_book() {
    let (lines, code) = apparatus("diff-fragment-lists-the-book", "en", &["book.txt", "frag.txt"]);
    assert_eq!((lines, code), (vec!["frag covers book 1.1.3–5 only.".to_owned()], 0));
    let found = collated("diff-fragment-lists-the-book", "en", &["book.txt", "frag.txt"]);
    assert!(found.entries().is_empty(), "what a fragment does not cover is no omission");
    let (summary, _) =
        said("diff-fragment-lists-the-book", "en", &["diff", "--summary"], &["book.txt", "frag.txt"]);
    let counted = summary.iter().find(|line| line.starts_with("differences")).unwrap();
    assert_eq!(counted.split_whitespace().nth(1), Some("0"), "{summary:?}");
}

/// The page has the entries of the collation, and none of its own.
#[test]
fn report_invents_omissions() {
    let files = ["a.txt", "b.txt"];
    let (lines, _) = apparatus("report-invents-omissions", "la", &files);
    assert_eq!(lines.len(), 18, "{lines:#?}");
    assert!(lines.contains(&"a 1.1.1  nam] Nam b  (capitalisation)".to_owned()), "{lines:#?}");
    let texts = texts("report-invents-omissions", "la", &files);
    let report = session::report(None, &texts, &PairOptions::default()).unwrap().value;
    let shown: Vec<Vec<&str>> = report
        .table
        .units
        .iter()
        .map(|unit| unit.readings.iter().map(|reading| reading.text.as_str()).collect())
        .collect();
    let found = collated("report-invents-omissions", "la", &files);
    let expected: Vec<Vec<&str>> = found
        .entries()
        .iter()
        .map(|entry| entry.readings.iter().map(|reading| reading.text.as_str()).collect())
        .collect();
    assert_eq!(shown, expected);
    let classes: Vec<VariantClass> = report
        .table
        .units
        .iter()
        .flat_map(|unit| unit.readings.iter().filter_map(|reading| Some(reading.judgement.as_ref()?.class)))
        .collect();
    assert!(
        classes.iter().all(|c| matches!(c, VariantClass::Capitalisation | VariantClass::Punctuation)),
        "{classes:?}"
    );
}

#[test]
fn move_invisible_paragraph() {
    let (lines, code) = apparatus("move-invisible-paragraph", "en", &["a.txt", "b.txt"]);
    let words = "First paragraph about the war in the east and its many causes.";
    assert_eq!(lines, [format!("a 1.1.1  {words}] transp. to b 1.3.1 b  (transposition)")]);
    assert_eq!(code, 1);
}

/// A word that moved is in every output, with both places, and filters count it.
#[test]
fn move_invisible_word() {
    let files = ["a.txt", "b.txt"];
    let case = "move-invisible-word";
    let (lines, code) = apparatus(case, "en", &files);
    assert_eq!(lines, ["a 1.1.1  surely] transp. behind “They” b  (transposition)"]);
    assert_eq!(code, 1);
    for format in ["table", "inline", "markdown", "csv", "tsv", "json", "latex", "tei-standoff", "side"] {
        for command in ["collate", "diff"] {
            let (lines, code) = said(case, "en", &[command, "--format", format], &files);
            let all = lines.join("\n");
            assert!(all.contains("surely"), "{command} --format {format}: {all}");
            assert_eq!(code, 1, "{command} --format {format}");
        }
    }
    for command in ["collate", "diff"] {
        let (lines, code) = said(case, "en", &[command, "--only", "transposition"], &files);
        assert!(!lines.is_empty() && code == 1, "{command}: {lines:?}");
        let (lines, code) = said(case, "en", &[command, "--ignore", "transposition"], &files);
        assert_eq!((lines, code), (vec![], 0), "{command}");
    }
}

/// `transp.` stands by those who have something elsewhere, and by nobody else.
#[test]
fn move_label_on_wrong_witness() {
    let files = ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"];
    let (lines, _) = apparatus("move-label-on-wrong-witness", "en", &files);
    let all = lines.join("\n");
    let moved = lines.iter().flat_map(|line| line.split(';')).filter(|part| part.contains("transp."));
    for part in moved {
        let sigla = part.split("  (").next().unwrap().split_whitespace().rev();
        let sigla: Vec<&str> = sigla.take_while(|word| word.len() == 1).collect();
        assert!(!sigla.is_empty() && sigla.iter().all(|s| ["d", "e"].contains(s)), "{all}");
    }
    assert!(all.contains("McKee c"), "{all}");
    let darly = lines.iter().flat_map(|line| line.split(';')).filter(|part| part.contains("Darly"));
    let by = |siglum: &str| darly.clone().any(|part| part.split_whitespace().any(|word| word == siglum));
    assert!(by("d") && by("e"), "each Darly is read somewhere: {all}");
}

#[test]
fn move_phrases_hidden_rest_misleads() {
    let files = ["a.txt", "b.txt", "c.txt"];
    let (lines, code) = apparatus("move-phrases-hidden-rest-misleads", "en", &files);
    let all = lines.join("\n");
    assert!(all.contains("red cat") && code == 1, "{all}");
    assert!(lines.iter().any(|line| line.contains("transp.") && line.contains("b c")), "{all}");
}

#[test]
fn move_verse_lines() {
    let found = collated("move-verse-lines", "en", &["a.txt", "b.txt"]);
    assert_eq!(classes(&found), [VariantClass::Transposition]);
    assert!(matches!(found.entries()[0].kind, EntryKind::Move(_)));
    // Either of the two lines went to the other side of the other.
    let lemma = &found.entries()[0].readings[0].text;
    assert!(lemma.starts_with("The curfew tolls") || lemma.starts_with("The lowing herd"), "{lemma}");
    apparatus("move-verse-lines", "en", &["a.txt", "b.txt"]);
}

/// The same words of witnesses that read alike stand in one column.
#[test]
#[ignore = "`sanctus` of BLu stands where Li has it, not where BL has it"]
fn same_words_two_columns() {
    let files = ["A", "B", "BL", "BLu", "BS", "L", "Li", "N", "Sk"].map(|siglum| format!("{siglum}.txt"));
    let found = collated("same-words-two-columns", "la", &files.each_ref().map(String::as_str));
    let column = |siglum: &str, word: &str| {
        let witness = &found.collation.witnesses[found.witness(siglum).unwrap()];
        let mut tokens = (0u32..).zip(&witness.tokens);
        tokens.find(|(index, _)| witness.reading(*index..index + 1) == word).unwrap().1.column
    };
    for word in ["in", "sanctus", "henricus", "anglia", "oriundus"] {
        assert_eq!(column("BL", word), column("BLu", word), "{word}");
    }
}

#[test]
fn unpunctuated_long_text() {
    let files = ["a.txt", "b.txt"];
    let found = collated("unpunctuated-long-text", "en", &files);
    let accidental = |c: &VariantClass| {
        matches!(c, VariantClass::Punctuation | VariantClass::Layout | VariantClass::Capitalisation)
    };
    assert!(!found.entries().is_empty());
    assert!(classes(&found).iter().all(accidental), "{:?}", classes(&found));
    apparatus("unpunctuated-long-text", "en", &files);
}

/// So many words without a stop that every pair of them could not be looked at: a second is enough.
#[test]
fn unpunctuated_text_of_88_000_words() {
    let words = |number: usize| format!("w{}", number.wrapping_mul(2_654_435_761) % 9_973);
    let plain: Vec<String> = (0..88_000).map(words).collect();
    let pointed: Vec<String> = plain
        .iter()
        .enumerate()
        .map(|(index, word)| if index % 13 == 12 { format!("{word}.") } else { word.clone() })
        .collect();
    let load = |siglum: &str, words: &[String]| {
        let options = FileOptions { lang: Some("en".into()), ..FileOptions::default() };
        session::load_bytes(words.join(" ").as_bytes(), None, siglum, &options).unwrap().value
    };
    let texts = [load("a", &plain), load("b", &pointed)];
    let found = session::collate(None, &texts, Some("a".to_owned())).unwrap().value;
    assert_eq!(found.entries().len(), 88_000 / 13);
    assert!(classes(&found).iter().all(|&class| class == VariantClass::Punctuation));
}
