//! What plain readers get wrong in real files: one small file for each kind of fault, read as a person
//! would read it. The names are those of the files in `cases_reading`.

// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};

use hexapla::model::{Document, Witness};
use hexapla::read::{self, Options};
use hexapla::{Outcome, segment};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases_reading").join(name)
}

fn read_with(name: &str, options: &Options) -> hexapla::Result<Outcome<Document>> {
    let part = read::read_file(&path(name), options)?;
    let mut warnings = part.warnings;
    let document = read::document(Witness::new("X", "en".into()), vec![part.value]).unpack(&mut warnings);
    Ok(Outcome { value: document, warnings })
}

fn read_case(name: &str) -> Outcome<Document> {
    read_with(name, &Options::default()).unwrap()
}

/// Kind of each block, with the speaker of speeches and the role of front matter.
fn kinds(document: &Document) -> Vec<String> {
    let shown = |block: &hexapla::model::Block| match (&block.speaker, block.role, block.label) {
        (Some(speaker), _, Some(_)) => format!("{} {speaker}", block.kind.word()),
        (_, Some(role), _) => format!("{} {role:?}", block.kind.word()).to_lowercase(),
        _ => block.kind.word().to_owned(),
    };
    document.parts[0].blocks.iter().map(shown).collect()
}

fn readings(document: &Document) -> Vec<String> {
    let part = &document.parts[0];
    segment::segment(document, &segment::Options::default()).iter().map(|s| part.reading(s.span)).collect()
}

fn codes(outcome: &Outcome<Document>) -> Vec<&str> {
    outcome.warnings.iter().map(|warning| warning.code).collect()
}

fn all_kinds(name: &str) -> Vec<String> {
    kinds(&read_case(name).value)
}

#[test]
fn case_01_wrap_two_widths() {
    let document = read_case("01-wrap-two-widths.txt").value;
    let kinds = kinds(&document);
    assert!(kinds.iter().all(|kind| kind == "paragraph"), "{kinds:?}");
    let sentences = readings(&document);
    assert!(sentences.iter().any(|s| s.ends_with("as they have done with all reports of the kind.")));
    assert!(sentences.iter().any(|s| s.starts_with("The mills, which had been waiting for a fall, were")));
    // `Amsterdam, March 16.` is taken for a sentence of its own, twice.
    assert!(sentences.len() <= 8, "{sentences:#?}");
}

#[test]
fn case_03_wrap_wide_with_code() {
    let document = read_case("03-wrap-wide-with-code.txt").value;
    assert_eq!(kinds(&document), ["paragraph", "verse", "paragraph"]);
    let sentences = readings(&document);
    let prose = sentences.iter().filter(|s| !s.starts_with('<')).count();
    assert_eq!(prose, 6);
}

#[test]
fn case_04_author_with_initials() {
    let expected =
        ["front-matter author", "front-matter title", "front-matter date", "paragraph", "paragraph"];
    assert_eq!(all_kinds("04-author-with-initials.html"), expected);
}

#[test]
fn case_06_note_mark_fused() {
    let document = read_case("06-note-mark-fused.html").value;
    assert_eq!(
        readings(&document),
        [
            "It was written in 1848 and printed in 1850.",
            "The men of the town read it at once.",
            "January 1659–60"
        ]
    );
    assert!(document.parts[0].text.contains("18482"), "the mark stays in the text");
}

#[test]
fn case_07_markdown_note_mark() {
    let document = read_case("07-markdown-note-mark.md").value;
    let sentences = readings(&document);
    assert_eq!(
        sentences,
        [
            "Nobody answered.",
            "The second paragraph is longer.",
            "It rained in 1848.",
            "Then it stopped.",
            "A note.",
            "Another."
        ]
    );
    let part = &document.parts[0];
    let tied: Vec<&str> = part.notes.iter().map(|tie| &part.text[tie.note..tie.note + 2]).collect();
    assert_eq!(tied, ["An", "A "]);
}

#[test]
fn case_09_note_back_link() {
    let document = read_case("09-note-back-link.html").value;
    assert_eq!(kinds(&document), ["note", "paragraph"]);
    assert_eq!(readings(&document)[..2], ["The year is wrong.", "It should be 1849."]);
}

#[test]
fn case_10_layout_blockquote() {
    assert_eq!(all_kinds("10-layout-blockquote.html"), ["heading", "paragraph", "paragraph"]);
}

#[test]
fn case_12_heading_not_closed() {
    assert_eq!(all_kinds("12-heading-not-closed.html"), ["heading", "paragraph", "paragraph"]);
}

#[test]
fn case_13_drama_persona_cells() {
    let document = read_case("13-drama-persona-cells.xhtml").value;
    assert_eq!(kinds(&document), ["speech Nora", "speech Porter", "speech Nora"]);
    let sentences = readings(&document);
    assert_eq!(sentences.last().unwrap(), "And I am sick at heart.");
    assert!(sentences[sentences.len() - 2].starts_with("For this relief much thanks"));
}

#[test]
fn case_15_speaker_line_text() {
    let document = read_case("15-speaker-line-text.txt").value;
    assert_eq!(kinds(&document), ["speech DALAND", "speech MATE", "speech DALAND", "speech MATE"]);
    assert_eq!(readings(&document)[1], "Drove us the storm at break of day,");
}

#[test]
fn case_16_speaker_with_title() {
    let [linde, nora, rank] = ["speech MRS. LINDE", "speech NORA", "speech DR. RANK"];
    assert_eq!(all_kinds("16-speaker-with-title.txt"), [linde, nora, linde, rank, nora, rank]);
}

#[test]
fn case_18_link_blocks_at_the_end() {
    let expected = ["paragraph", "furniture", "furniture", "furniture", "furniture"];
    assert_eq!(all_kinds("18-link-blocks-at-the-end.html"), expected);
}

#[test]
fn case_19_table_cells() {
    let kinds = all_kinds("19-table-cells.html");
    let (first, last) = (kinds.first().unwrap(), kinds.last().unwrap());
    assert_eq!((first.as_str(), last.as_str()), ("paragraph", "paragraph"));
    assert!(kinds[1..kinds.len() - 1].iter().all(|kind| kind == "list-item"), "{kinds:?}");
}

#[test]
fn case_21_ruby() {
    assert_eq!(readings(&read_case("21-ruby.html").value), ["漢字を読む。"]);
}

#[test]
fn case_22_signature_is_no_verse() {
    assert_eq!(all_kinds("22-signature-is-no-verse.html"), ["paragraph", "paragraph"]);
}

#[test]
fn case_24_gutenberg_footnote() {
    let document = read_case("24-gutenberg-footnote.txt").value;
    assert_eq!(kinds(&document), ["paragraph", "note", "paragraph"]);
    assert_eq!(readings(&document)[0], "He wrote the book in two years.");
    assert_eq!(document.parts[0].notes.len(), 1);
}

#[test]
fn case_25_gutenberg_emphasis() {
    let document = read_case("25-gutenberg-emphasis.txt").value;
    assert!(readings(&document).iter().all(|sentence| !sentence.contains('_')));
    assert!(document.parts[0].text.contains("_Iliad_"));
}

#[test]
fn case_27_mixed_encodings() {
    let outcome = read_case("27-mixed-encodings.txt");
    assert_eq!(codes(&outcome), ["encoding-mixed"]);
    let text = &outcome.value.parts[0].text;
    assert!(text.contains("Положение в стране") && text.contains("Рабочие требовали хлеба и мира."));
}

#[test]
fn case_28_mojibake() {
    assert_eq!(codes(&read_case("28-mojibake.txt")), ["mojibake"]);
}

#[test]
fn case_30_mac_and_dos_encodings() {
    let outcome = read_case("30-mac-and-dos-encodings.txt");
    assert!(codes(&outcome).contains(&"encoding-doubtful"));
    assert!(outcome.value.parts[0].text.contains("Les ouvriers réclamaient du pain"));
    let forced = Options { encoding: Some("cp850".to_owned()), ..Options::default() };
    let part = read::read_bytes(b"caf\x82 d'\x82t\x82", None, &forced).unwrap().value;
    assert_eq!((part.text.as_str(), part.source.encoding.name.as_str()), ("café d'été", "IBM850"));
}

#[test]
fn case_31_xml_without_declaration() {
    let name = "31-xml-without-declaration.xlf";
    let error = read_with(name, &Options::default()).unwrap_err();
    assert!(error.shown_hint().unwrap().contains("--column source"));
    let target = Options { column: Some("target".to_owned()), ..Options::default() };
    assert_eq!(readings(&read_with(name, &target).unwrap().value), ["C’est ainsi."]);
}

#[test]
fn case_33_usfm() {
    let document = read_case("33-usfm.usfm").value;
    let expected = ["front-matter title", "heading", "paragraph", "verse", "note"];
    assert_eq!(kinds(&document), expected);
    let names: Vec<&str> = document.parts[0].milestones.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["RUT 1", "RUT 1.1", "RUT 1.2"]);
    assert_eq!(document.parts[0].notes.len(), 1);
}

#[test]
fn case_34_tsv_of_sentence_pairs() {
    let name = "34-tsv-of-sentence-pairs.tsv";
    let error = read_with(name, &Options::default()).unwrap_err();
    assert!(error.message().contains("en, fr"), "{error}");
    let fr = Options { column: Some("fr".to_owned()), ..Options::default() };
    assert_eq!(readings(&read_with(name, &fr).unwrap().value), ["C’est ainsi.", "Non."]);
}

#[test]
fn case_36_markdown_dialects() {
    let document = read_case("36-markdown-dialects.md").value;
    let kinds = kinds(&document);
    assert_eq!(
        kinds,
        ["front-matter title", "heading", "quotation", "verse", "paragraph", "paragraph"],
        "{:?}",
        readings(&document)
    );
    let sentences = readings(&document);
    assert_eq!(sentences[..3], ["A Title", "Heading", "A quotation here stands."]);
    assert_eq!(sentences[4], "In space that is quite economical.");
}

#[test]
fn case_37_wikisource_page() {
    let kinds = all_kinds("37-wikisource-page.html");
    let text: Vec<&str> = kinds.iter().map(String::as_str).filter(|kind| *kind != "furniture").collect();
    assert_eq!(text, ["heading", "paragraph", "paragraph"]);
}
