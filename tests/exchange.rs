//! What is written can be read: tables by RFC 4180, lines of vecalign, rungs of a ladder, JSON.

// Helpers of tests may fail loudly.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use hexapla::formats::{csv, jsonl, ladder, vecalign};
use hexapla::model::{Aligned, Alignment, Bead, IndexBead, Segmented, Text, Witness};
use hexapla::read;
use proptest::prelude::*;

/// A text with one sentence a line.
fn text(siglum: &str, lines: &[String]) -> Option<Text> {
    let witness = Witness::new(siglum, "en".into());
    read::read_lines(lines.join("\n").as_bytes(), None, witness, &read::Options::default())
        .ok()
        .map(|o| o.value.into())
}

/// Beads of random sizes that cover both sides.
fn beads(a: usize, b: usize, sizes: &[(usize, usize)]) -> Alignment {
    let (mut i, mut j) = (0, 0);
    let mut beads = Vec::new();
    for &(da, db) in sizes {
        let (end_a, end_b) = ((i + da).min(a), (j + db).min(b));
        if end_a > i || end_b > j {
            beads.push(Bead::new(i..end_a, j..end_b, 0.5 + 0.01 * beads.len() as f64));
        }
        (i, j) = (end_a, end_b);
    }
    if i < a || j < b {
        beads.push(Bead::new(i..a, j..b, 0.25));
    }
    Alignment { beads }
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    let line = prop_oneof![
        Just(String::new()),
        "[a-z,;\"'=+@\t–“ ]{0,30}[a-z]",
        Just("战争。".to_owned()),
        Just("-1848 03/04".to_owned())
    ];
    proptest::collection::vec(line, 1..12)
}

fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    String::from_utf8(out).unwrap()
}

proptest! {
    #[test]
    fn every_format_says_what_it_can(
        lines_a in lines(),
        lines_b in lines(),
        sizes in proptest::collection::vec((0usize..3, 0usize..3), 0..12),
        excel in any::<bool>(),
        delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
    ) {
        let (Some(a), Some(b)) = (text("A", &lines_a), text("B", &lines_b)) else { return Ok(()) };
        let alignment = beads(a.len(), b.len(), &sizes);
        prop_assert_eq!(alignment.check(a.len(), b.len()), Ok(()));
        let pair = Aligned::new(a.clone(), b.clone(), alignment.clone());

        let numbers = |text: &Segmented, r: std::ops::Range<usize>| r.map(|s| text.lines[s]).collect::<Vec<_>>();
        let expected: Vec<IndexBead> =
            alignment.beads.iter().map(|x| IndexBead::new(numbers(&a, x.a.clone()), numbers(&b, x.b.clone()))).collect();
        let shown = written(|out| vecalign::write(&pair, out).unwrap());
        prop_assert_eq!(vecalign::read(&shown, std::path::Path::new("x")).unwrap(), expected);

        let table = written(|out| csv::write(&pair, &csv::Options { delimiter, excel }, out).unwrap());
        prop_assert_eq!(table.starts_with('\u{feff}'), excel);
        prop_assert_eq!(table.contains("\r\n"), excel);
        let body = table.trim_start_matches('\u{feff}');
        let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter).from_reader(body.as_bytes());
        prop_assert_eq!(reader.headers().unwrap().len(), csv::COLUMNS.len());
        let rows: Vec<::csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(rows.len(), alignment.beads.len());
        for (row, bead) in rows.iter().zip(&alignment.beads) {
            prop_assert_eq!(&row[13], pair.text_a(bead));
            prop_assert_eq!(&row[14], pair.text_b(bead));
            prop_assert_eq!(row[5].parse::<usize>().unwrap(), bead.a.len());
        }

        let rungs = written(|out| ladder::write(&pair, out).unwrap());
        let rungs: Vec<Vec<f64>> = rungs.lines().map(|l| l.split('\t').map(|n| n.parse().unwrap()).collect()).collect();
        prop_assert!(rungs.windows(2).all(|w| w[0][0] <= w[1][0] && w[0][1] <= w[1][1]), "rungs go up: {:?}", rungs);

        let records = written(|out| jsonl::write(&pair, out).unwrap());
        for (line, bead) in records.lines().zip(&alignment.beads) {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            prop_assert_eq!(record["a"]["segments"].as_array().unwrap().len(), bead.a.len());
            for (s, segment) in bead.a.clone().zip(record["a"]["segments"].as_array().unwrap()) {
                let at = |key: &str, i: usize| usize::try_from(segment[key][i].as_u64().unwrap()).unwrap();
                let body = &a.document.parts[0].text;
                prop_assert_eq!(&body[at("bytes", 0)..at("bytes", 1)], a.raw(s));
                let chars: String = body.chars().skip(at("chars", 0)).take(at("chars", 1) - at("chars", 0)).collect();
                prop_assert_eq!(chars, a.raw(s));
            }
        }
    }
}
