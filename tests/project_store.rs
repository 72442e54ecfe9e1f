//! Alignments on disk: what is written reads back, what has changed is noticed, what is broken is
//! named with its line.
// The helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use hexapla::ErrorKind;
use hexapla::model::{
    Aligned, Alignment, Bead, Block, Document, Lang, Part, Segment, Segmented, Source, Span, Status, Text,
    Witness,
};
use hexapla::project::{AlignmentStore, Freshness, Header, StoredAlignment};
use proptest::prelude::*;
use serde_json::json;

/// A text with as many segments of three bytes as asked for, in blocks of two.
fn text(siglum: &str, segments: usize, hash: &str) -> Segmented {
    let body = "ab. ".repeat(segments);
    let blocks =
        (0..segments.div_ceil(2)).map(|b| Block { span: Span::new(b * 8, body.len()), ..Block::default() });
    let source = Source { sha256: hash.to_owned(), ..Source::default() };
    let part = Part { blocks: blocks.collect(), source, text: body, ..Part::default() };
    let document = Document { witness: Witness::new(siglum, Lang::new("en")), parts: vec![part] };
    let segment =
        |i: usize| Segment { part: 0, block: i / 2, index: i % 2, span: Span::new(i * 4, i * 4 + 3) };
    Segmented { document, segments: (0..segments).map(segment).collect(), lines: Vec::new() }
}

fn sample() -> (Text, Text, Alignment) {
    let mut beads = vec![
        Bead::new(0..1, 0..2, 0.97),
        Bead::new(1..2, 2..2, 0.5),
        Bead::new(2..3, 3..4, 1.0),
        Bead::new(3..4, 2..3, 0.25),
    ];
    beads[3].moved = true;
    beads[2].status = Status::Confirmed;
    (text("FI", 4, "aa").into(), text("fr", 4, "bb").into(), Alignment { beads })
}

fn header(a: &Segmented, b: &Segmented) -> Header {
    Header::of(a, b, "translation", json!({"max": 3}))
}

fn stored(dir: &Path) -> (AlignmentStore, Header, Alignment) {
    let (a, b, alignment) = sample();
    let store = AlignmentStore::new(dir.join("alignments"));
    let header = header(&a, &b);
    let path = store.save(&header, &Aligned::new(a.clone(), b.clone(), alignment.clone())).unwrap();
    assert_eq!(path, dir.join("alignments/FI-fr.jsonl"));
    (store, header, alignment)
}

#[test]
fn the_file_is_for_people_and_version_control() {
    let dir = tempfile::tempdir().unwrap();
    stored(dir.path());
    let file = fs::read_to_string(dir.path().join("alignments/FI-fr.jsonl")).unwrap();
    let lines: Vec<&str> = file.lines().collect();
    let head: serde_json::Value = serde_json::from_str(lines[0]).unwrap();
    assert!(
        lines[0].starts_with(
            "{\"schema\":\"hexapla/alignment/1\",\"a\":\"FI\",\"b\":\"fr\",\"a_sha256\":[\"aa\"],"
        )
    );
    assert_eq!(head["a_segments"], 4);
    assert_eq!(head["options"], json!({"max": 3}));
    assert_eq!(
        &lines[1..],
        [
            r#"{"a":[0,1],"b":[0,2],"confidence":0.97,"status":"auto","moved":false,"at":"FI 1.1.1 | fr 1.1.1-1.1.2"}"#,
            r#"{"a":[1,2],"b":[2,2],"confidence":0.5,"status":"auto","moved":false,"at":"FI 1.1.2 | fr -"}"#,
            r#"{"a":[2,3],"b":[3,4],"confidence":1.0,"status":"confirmed","moved":false,"at":"FI 1.2.1 | fr 1.2.2"}"#,
            r#"{"a":[3,4],"b":[2,3],"confidence":0.25,"status":"auto","moved":true,"at":"FI 1.2.2 | fr 1.2.1"}"#,
        ]
    );
    assert!(file.ends_with("}\n"));
}

#[test]
fn what_is_stored_reads_back_from_either_side() {
    let dir = tempfile::tempdir().unwrap();
    let (store, header, alignment) = stored(dir.path());
    let loaded = store.load("FI", "fr").unwrap().unwrap();
    assert_eq!(loaded, StoredAlignment { header, alignment });
    let turned = store.load("fr", "FI").unwrap().unwrap();
    assert_eq!(turned.header.a, "fr");
    assert_eq!(turned.alignment.check(4, 4), Ok(()));
    assert_eq!(turned, loaded.flipped());
    assert_eq!(store.load("FI", "de").unwrap(), None);
}

#[test]
fn what_has_changed_makes_it_stale() {
    let dir = tempfile::tempdir().unwrap();
    let (store, now, _) = stored(dir.path());
    let (a, b, _) = sample();
    assert_eq!(store.freshness(&now).unwrap(), Freshness::Fresh);
    assert_eq!(store.freshness(&now.clone().flipped()).unwrap(), Freshness::Fresh);
    let missing = Header { b: "de".to_owned(), ..now.clone() };
    assert_eq!(store.freshness(&missing).unwrap(), Freshness::Missing);
    let newer = Header { tool: "hexapla 99".to_owned(), ..now.clone() };
    assert_eq!(store.freshness(&newer).unwrap(), Freshness::Fresh);

    let why = |now: &Header| match store.freshness(now).unwrap() {
        Freshness::Stale { why } => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(&header(&text("FI", 4, "zz"), &b)), "the text of FI has changed");
    assert_eq!(why(&header(&a, &text("fr", 5, "bb"))), "fr was cut into 4 segments and is now cut into 5");
    let mut shifted = text("FI", 4, "aa");
    shifted.segments[1].span.end -= 1;
    assert_eq!(why(&header(&shifted, &b)), "FI is cut into segments at other places");
    let mut longer = text("fr", 4, "bb");
    longer.document.parts.push(Part::default());
    assert_eq!(why(&header(&a, &longer)), "fr had 1 file and has 2");
    assert_eq!(
        why(&Header { method: "editions".to_owned(), ..now.clone() }),
        "the method was translation and is editions"
    );
    assert_eq!(why(&Header { options: json!({"max": 4}), ..now }), "the options have changed");
}

#[test]
fn beads_that_do_not_cover_the_texts_are_not_saved() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b, mut alignment) = sample();
    alignment.beads.pop();
    let store = AlignmentStore::new(dir.path());
    let pair = Aligned::new(a.clone(), b.clone(), alignment.clone());
    assert_eq!(store.save(&header(&a, &b), &pair).unwrap_err().kind(), ErrorKind::Conflict);
    let other = header(&text("XX", 4, "aa"), &b);
    assert_eq!(store.save(&other, &pair).unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

/// The file with one text replaced fails to load with this message, kind and line.
#[track_caller]
fn broken(replace: &str, by: &str, kind: ErrorKind, message: &str, line: Option<usize>) {
    let dir = tempfile::tempdir().unwrap();
    let (store, ..) = stored(dir.path());
    let path = store.path_of("FI", "fr");
    let file = fs::read_to_string(&path).unwrap();
    assert!(file.contains(replace));
    fs::write(&path, file.replacen(replace, by, 1)).unwrap();
    let error = store.load("FI", "fr").unwrap_err();
    assert_eq!((error.kind(), error.message()), (kind, message));
    assert_eq!(error.place().map(|place| place.line), line);
    assert_eq!(error.path(), Some(path.as_path()));
    assert!(error.shown_hint().is_some());
}

#[test]
fn broken_files_are_named_with_their_line() {
    broken(
        r#"{"a":[1,2]"#,
        "<<<<<<< HEAD\n{\"a\":[1,2]",
        ErrorKind::Syntax,
        "expected value (column 1)",
        Some(3),
    );
    broken(
        r#""a":[2,3]"#,
        r#""a":[2,9]"#,
        ErrorKind::Syntax,
        "`a` runs from 2 to 9; there are 4 segments",
        Some(4),
    );
    broken(
        r#""a":[2,3]"#,
        r#""a":[3,2]"#,
        ErrorKind::Syntax,
        "`a` runs from 3 to 2; there are 4 segments",
        Some(4),
    );
    broken("0.97", "1.97", ErrorKind::Syntax, "the confidence is 1.97, not from 0 to 1", Some(2));
    broken(
        r#""a":[2,3]"#,
        r#""a":[1,3]"#,
        ErrorKind::Conflict,
        "the beads do not fit: bead 2 goes back in the first text",
        None,
    );
    broken(
        "hexapla/alignment/1",
        "hexapla/alignment/9",
        ErrorKind::Unsupported,
        "the schema is `hexapla/alignment/9`, this program reads `hexapla/alignment/1`",
        Some(1),
    );
    broken(
        r#""schema":"hexapla/alignment/1","#,
        "",
        ErrorKind::Syntax,
        "the first line has no schema `hexapla/alignment/1`",
        Some(1),
    );
    broken(
        r#""a_segments":4"#,
        r#""a_segments":99999999999"#,
        ErrorKind::TooLarge,
        "more than 50000000 segments on one side",
        Some(1),
    );
    broken(
        r#""a":"FI""#,
        r#""a":"XX""#,
        ErrorKind::Conflict,
        "this is the alignment of XX and fr, not of FI and fr",
        Some(1),
    );
}

#[test]
fn an_empty_and_a_foreign_file_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (store, now, _) = stored(dir.path());
    let path = store.path_of("FI", "fr");
    fs::write(&path, "").unwrap();
    assert_eq!(store.load("FI", "fr").unwrap_err().kind(), ErrorKind::Empty);
    assert_eq!(store.freshness(&now).unwrap_err().kind(), ErrorKind::Empty);
    fs::write(&path, b"{}\n\xff\xfe").unwrap();
    let error = store.load("FI", "fr").unwrap_err();
    assert_eq!((error.kind(), error.place().unwrap().line), (ErrorKind::Encoding, 2));
}

#[test]
fn sigla_become_names_that_every_system_takes() {
    let store = AlignmentStore::new("x");
    assert_eq!(store.path_of("A*", "Σ").to_str(), Some("x/A%2A-Σ.jsonl"));
    assert_ne!(store.path_of("A%2A", "B"), store.path_of("A*", "B"));
}

/// Any monotone partition of two texts, with some beads moved.
fn alignments() -> impl Strategy<Value = (usize, usize, Alignment)> {
    let bead = (0usize..4, 0usize..4, 0.0f64..=1.0, 0u8..3);
    proptest::collection::vec(bead, 0..30).prop_map(|sizes| {
        let (mut i, mut j, mut beads) = (0, 0, Vec::new());
        for (a, b, confidence, status) in sizes.into_iter().filter(|(a, b, ..)| a + b > 0) {
            let mut bead = Bead::new(i..i + a, j..j + b, confidence);
            bead.status = [Status::Auto, Status::Confirmed, Status::Edited][usize::from(status)];
            beads.push(bead);
            (i, j) = (i + a, j + b);
        }
        // Two neighbours that change places in the second text.
        if let Some(k) = (1..beads.len()).find(|&k| beads[k].is_matched() && beads[k - 1].is_matched()) {
            let (first, second) = (beads[k - 1].b.clone(), beads[k].b.clone());
            beads[k - 1].b = first.start + second.len()..second.end;
            beads[k].b = first.start..first.start + second.len();
            beads[k].moved = true;
        }
        (i, j, Alignment { beads })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_alignment_reads_back_as_it_was((a_len, b_len, alignment) in alignments(), note in "\\PC{0,12}") {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (Text::from(text("FI", a_len, "aa")), Text::from(text("fr", b_len, "bb")));
        prop_assert_eq!(alignment.check(a_len, b_len), Ok(()));
        let header = Header::of(&a, &b, "translation", json!({ "note": note }));
        let store = AlignmentStore::new(dir.path());
        let path = store.save(&header, &Aligned::new(a.clone(), b.clone(), alignment.clone())).unwrap();
        let bytes = fs::read(&path).unwrap();
        let loaded = store.load("FI", "fr").unwrap().unwrap();
        prop_assert_eq!(&loaded, &StoredAlignment { header: header.clone(), alignment });
        prop_assert_eq!(store.freshness(&header).unwrap(), Freshness::Fresh);
        store.save(&loaded.header, &Aligned::new(a.clone(), b.clone(), loaded.alignment.clone())).unwrap();
        prop_assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}
