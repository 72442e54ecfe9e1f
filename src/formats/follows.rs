//! Which edition a translation follows, as data: JSON and a table, one place a row.

use std::io::{self, Write};

use serde::Serialize;

use super::table_error;
use crate::model::Segmented;
use crate::study::follows::{Evidence, Followed, Verdict};

/// The `schema` of the JSON document.
pub const SCHEMA: &str = "hexapla/follows/1";

/// A translation with the places at which the editions differ.
#[derive(Debug, Clone, Copy)]
pub struct Translation<'t> {
    /// The translation.
    pub text: &'t Segmented,
    /// The places.
    pub places: &'t [Followed],
}

#[derive(Serialize)]
struct File<'t> {
    schema: &'static str,
    a: &'t str,
    b: &'t str,
    translations: Vec<Of<'t>>,
}

#[derive(Serialize)]
struct Of<'t> {
    siglum: &'t str,
    places: Vec<Record<'t>>,
}

#[derive(Serialize)]
struct Record<'t> {
    /// The number of the variant, 1-based, as `diff --json` counts them.
    variant: usize,
    class: &'static str,
    a: Side<'t>,
    b: Side<'t>,
    translation: Side<'t>,
    /// The siglum of the edition that is followed; null if undecided.
    follows: Option<&'t str>,
    evidence: &'t [Evidence],
}

#[derive(Serialize)]
struct Side<'t> {
    locus: String,
    text: &'t str,
}

fn record<'t>(place: &'t Followed, a: &'t Segmented, b: &'t Segmented) -> Record<'t> {
    Record {
        variant: place.variant + 1,
        class: place.class.word(),
        a: Side { locus: place.a.locus.to_string(), text: &place.a.text },
        b: Side { locus: place.b.locus.to_string(), text: &place.b.text },
        translation: Side { locus: place.locus.clone(), text: &place.text },
        follows: match place.verdict {
            Verdict::First => Some(a.siglum()),
            Verdict::Second => Some(b.siglum()),
            Verdict::Undecided => None,
        },
        evidence: &place.evidence,
    }
}

/// Writes one JSON document.
///
/// # Errors
/// Those of `out`.
pub fn write_json(
    (a, b): (&Segmented, &Segmented),
    results: &[Translation<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let translations = results
        .iter()
        .map(|result| Of {
            siglum: result.text.siglum(),
            places: result.places.iter().map(|place| record(place, a, b)).collect(),
        })
        .collect();
    let file = File { schema: SCHEMA, a: a.siglum(), b: b.siglum(), translations };
    serde_json::to_writer_pretty(&mut *out, &file)?;
    writeln!(out)
}

/// Writes a table with a header, one place of one translation a row.
///
/// # Errors
/// Those of `out`.
pub fn write_csv(
    (a, b): (&Segmented, &Segmented),
    results: &[Translation<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(out);
    let [locus_a, text_a, locus_b, text_b] = [(a, "locus"), (a, "text"), (b, "locus"), (b, "text")]
        .map(|(w, what)| format!("{what}_{}", w.siglum()));
    table
        .write_record(
            ["translation", "variant", "class", &locus_a, &text_a, &locus_b, &text_b]
                .into_iter()
                .chain(["locus", "text", "follows", "evidence"]),
        )
        .map_err(table_error)?;
    for result in results {
        for place in result.places {
            let r = record(place, a, b);
            let why: Vec<&str> = place.evidence.iter().map(|e| e.explanation.as_str()).collect();
            let number = r.variant.to_string();
            table
                .write_record([
                    result.text.siglum(),
                    &number,
                    r.class,
                    &r.a.locus,
                    r.a.text,
                    &r.b.locus,
                    r.b.text,
                    &r.translation.locus,
                    r.translation.text,
                    r.follows.unwrap_or("undecided"),
                    &why.join("; "),
                ])
                .map_err(table_error)?;
        }
    }
    table.flush()
}
