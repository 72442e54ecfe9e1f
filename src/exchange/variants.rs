//! Variants as data: JSON and a table, one variant a row.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::table_error;
use crate::model::{Pair, Reading, Segmented, Variant, rule_in_words};

/// The `schema` of the JSON document.
pub const SCHEMA: &str = "hexapla/variants/1";

#[derive(Serialize)]
struct File<'t> {
    schema: &'static str,
    a: Head<'t>,
    b: Head<'t>,
    /// How many variants each class has.
    counts: BTreeMap<&'static str, usize>,
    variants: Vec<Record<'t>>,
}

#[derive(Serialize)]
struct Head<'t> {
    siglum: &'t str,
    lang: &'t str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'t str>,
}

#[derive(Serialize)]
struct Record<'t> {
    number: usize,
    class: &'static str,
    layer: &'static str,
    rule: &'t str,
    explanation: String,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    suspect: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project_rule: Option<&'t str>,
    a: Place<'t>,
    b: Place<'t>,
}

/// A reading with its offsets: `bytes` in the part's text, `source` in the file.
#[derive(Serialize)]
struct Place<'t> {
    locus: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    bytes: [usize; 2],
    source: [usize; 2],
    text: &'t str,
}

fn head(text: &Segmented) -> Head<'_> {
    let witness = &text.document.witness;
    Head {
        siglum: &witness.siglum,
        lang: witness.lang.tag(),
        kind: witness.kind.word(),
        note: witness.note.as_deref(),
    }
}

fn place<'t>(text: &'t Segmented, reading: &'t Reading) -> Place<'t> {
    let part = &text.document.parts[reading.part];
    let source = part.map.source_of(reading.span);
    Place {
        locus: reading.locus.to_string(),
        file: part.source.path.as_ref().map(|p| p.display().to_string()),
        bytes: [reading.span.start, reading.span.end],
        source: [source.start, source.end],
        text: &reading.text,
    }
}

/// Writes one JSON document.
///
/// # Errors
/// Those of `out`.
pub fn write_json<'v>(
    pair: Pair<'_>,
    variants: impl IntoIterator<Item = &'v Variant>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let variants: Vec<&Variant> = variants.into_iter().collect();
    let mut counts = BTreeMap::new();
    for variant in &variants {
        *counts.entry(variant.class.word()).or_default() += 1;
    }
    let records = variants
        .iter()
        .enumerate()
        .map(|(index, v)| Record {
            number: index + 1,
            class: v.class.word(),
            layer: v.class.layer().word(),
            rule: &v.rule,
            explanation: rule_in_words(&v.rule),
            confidence: v.confidence.value(),
            suspect: v.suspect.as_deref(),
            project_rule: v.project_rule.as_deref(),
            a: place(pair.a, &v.a),
            b: place(pair.b, &v.b),
        })
        .collect();
    let file = File { schema: SCHEMA, a: head(pair.a), b: head(pair.b), counts, variants: records };
    serde_json::to_writer_pretty(&mut *out, &file)?;
    out.write_all(b"\n")
}

/// Writes a table: number, locus and reading in both witnesses, class, layer, rule, confidence, suspect,
/// and the project's rule that touched it.
///
/// # Errors
/// Those of `out`.
pub fn write_csv<'v>(
    pair: Pair<'_>,
    variants: impl IntoIterator<Item = &'v Variant>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(out);
    table
        .write_record([
            "variant",
            "a_locus",
            "b_locus",
            "lemma",
            "reading",
            "siglum",
            "class",
            "layer",
            "rule",
            "confidence",
            "suspect",
            "project_rule",
        ])
        .map_err(table_error)?;
    for (index, v) in variants.into_iter().enumerate() {
        table
            .write_record([
                (index + 1).to_string().as_str(),
                &v.a.locus.to_string(),
                &v.b.locus.to_string(),
                &v.a.text,
                &v.b.text,
                pair.b.siglum(),
                v.class.word(),
                v.class.layer().word(),
                &v.rule,
                &format!("{:.2}", v.confidence.value()),
                v.suspect.as_deref().unwrap_or_default(),
                v.project_rule.as_deref().unwrap_or_default(),
            ])
            .map_err(table_error)?;
    }
    table.flush()
}
