//! A collation as one JSON document (in one line), nothing left out.

use std::io::{self, Write};

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use crate::model::{Attestation, Collated, Entry, EntryKind, Judgement, MoveScale, MovedRun};

/// The `schema` of the document.
pub const SCHEMA: &str = "hexapla/collation/1";

#[derive(Serialize)]
struct File<'t> {
    schema: &'static str,
    base: Option<&'t str>,
    columns: u32,
    /// Witnesses that cover a part only, and which.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    coverage: Vec<Covered<'t>>,
    witnesses: Vec<Witness<'t>>,
    units: Vec<Unit<'t>>,
    moves: Vec<Passage<'t>>,
}

#[derive(Serialize)]
struct Covered<'t> {
    siglum: &'t str,
    covers: Vec<String>,
}

#[derive(Serialize)]
struct Witness<'t> {
    siglum: &'t str,
    lang: &'t str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'t str>,
    files: Vec<String>,
    /// Columns that it covers, half-open.
    present: Vec<[u32; 2]>,
    tokens: Tokens<'t>,
}

#[derive(Serialize)]
struct Token<'t> {
    t: &'t str,
    column: u32,
    locus: &'t str,
    part: usize,
    bytes: [usize; 2],
    chars: [usize; 2],
    source: [usize; 2],
}

#[derive(Serialize)]
struct Unit<'t> {
    unit: usize,
    locus: String,
    /// `words`, `move` (with the number of the passage) or `layout`.
    kind: EntryKind,
    columns: [u32; 2],
    readings: Vec<Reading<'t>>,
    absent: Vec<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_move: Option<usize>,
}

#[derive(Serialize)]
struct Reading<'t> {
    text: &'t str,
    witnesses: Vec<Place<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<&'static str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    judgement: Option<&'t Judgement>,
}

#[derive(Serialize)]
struct Place<'t> {
    siglum: &'t str,
    locus: String,
    /// Numbers of the tokens, 0-based, half-open.
    tokens: [u32; 2],
}

#[derive(Serialize)]
struct Passage<'t> {
    scale: MoveScale,
    home: Run<'t>,
    away: Run<'t>,
    /// Pairs of columns that correspond.
    links: &'t [(u32, u32)],
}

#[derive(Serialize)]
struct Run<'t> {
    columns: [u32; 2],
    witnesses: Vec<Place<'t>>,
}

/// Writes the collation. Offsets are 0-based and half-open: `bytes` and `chars` in the part's text,
/// `source` in bytes of the file.
///
/// # Errors
/// Those of `out`.
pub fn write<'u>(
    collated: &Collated,
    units: impl IntoIterator<Item = &'u Entry>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let collation = &*collated.collation;
    let place = |place: &Attestation| Place {
        siglum: collated.siglum(place.witness),
        locus: collated.locus(place).to_string(),
        tokens: [place.tokens.start, place.tokens.end],
    };
    let run = |run: &MovedRun| Run {
        columns: [run.columns.start, run.columns.end],
        witnesses: run.witnesses.iter().map(place).collect(),
    };
    let units: Vec<&Entry> = units.into_iter().collect();
    let file = File {
        schema: SCHEMA,
        base: collation.base.map(|base| collated.siglum(base)),
        columns: collation.columns,
        coverage: collated
            .coverage()
            .into_iter()
            .map(|part| Covered { siglum: collated.siglum(part.witness), covers: part.places })
            .collect(),
        witnesses: (0..collated.texts.len()).map(|w| witness(collated, w)).collect(),
        units: units
            .iter()
            .enumerate()
            .map(|(number, unit)| Unit {
                unit: number + 1,
                locus: collated.locus(&collated.place(unit)).to_string(),
                kind: unit.kind,
                columns: [unit.columns.start, unit.columns.end],
                readings: unit
                    .readings
                    .iter()
                    .map(|reading| Reading {
                        text: &reading.text,
                        witnesses: reading.witnesses.iter().map(place).collect(),
                        layer: reading.judgement.as_ref().map(|j| j.class.layer().word()),
                        judgement: reading.judgement.as_ref(),
                    })
                    .collect(),
                absent: unit.absent.iter().map(|&w| collated.siglum(w)).collect(),
                in_move: unit.in_move,
            })
            .collect(),
        moves: collation
            .moves
            .iter()
            .map(|passage| Passage {
                scale: passage.scale,
                home: run(&passage.home),
                away: run(&passage.away),
                links: &passage.links,
            })
            .collect(),
    };
    // The serialiser writes in small pieces.
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    serde_json::to_writer(&mut out, &file)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The tokens of a witness, made one by one as they are written.
struct Tokens<'t> {
    collated: &'t Collated,
    witness: usize,
}

impl Serialize for Tokens<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (text, own) =
            (&self.collated.texts[self.witness], &self.collated.collation.witnesses[self.witness]);
        let (mut part, mut byte, mut count) = (usize::MAX, 0, 0);
        let (mut segment, mut locus) = (u32::MAX, String::new());
        let mut list = serializer.serialize_seq(Some(own.tokens.len()))?;
        for (number, token) in own.tokens.iter().enumerate() {
            // Characters are counted along the tokens, which never go back within a part.
            let body = &text.document.parts[token.part as usize].text;
            if token.part as usize != part || token.span.start < byte {
                (part, byte, count) = (token.part as usize, 0, 0);
            }
            let start = count + body[byte..token.span.start].chars().count();
            count = start + body[token.span.range()].chars().count();
            byte = token.span.end;
            let place = Attestation { witness: self.witness, tokens: number as u32..number as u32 + 1 };
            if token.segment != segment {
                (segment, locus) = (token.segment, self.collated.locus(&place).to_string());
            }
            let source = self.collated.source(&place).1;
            list.serialize_element(&Token {
                t: &own.text[token.read.start as usize..token.read.end as usize],
                column: token.column,
                locus: &locus,
                part,
                bytes: [token.span.start, token.span.end],
                chars: [start, count],
                source: [source.start, source.end],
            })?;
        }
        list.end()
    }
}

fn witness<'t>(collated: &'t Collated, index: usize) -> Witness<'t> {
    let (text, own) = (&collated.texts[index], &collated.collation.witnesses[index]);
    let about = &text.document.witness;
    let file = |p: &crate::model::Part| p.source.path.as_ref().map(|path| path.display().to_string());
    Witness {
        siglum: &own.siglum,
        lang: about.lang.tag(),
        kind: about.kind.word(),
        note: about.note.as_deref(),
        tokens: Tokens { collated, witness: index },
        files: text.document.parts.iter().map(|p| file(p).unwrap_or_default()).collect(),
        present: own.present.iter().map(|range| [range.start, range.end]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn nothing_is_left_out() {
        let case = Case::three();
        let collated = case.collated();
        let mut out = Vec::new();
        write(&collated, &collated.collation.entries, &mut out).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!((&value["schema"], &value["base"]), (&SCHEMA.into(), &"A".into()));
        assert_eq!(value["witnesses"][0]["tokens"][1]["t"], "colour");
        assert_eq!(value["witnesses"][0]["tokens"][1]["source"], serde_json::json!([4, 10]));
        let reading = &value["units"][0]["readings"][1];
        assert_eq!((&reading["class"], &reading["layer"]), (&"spelling".into(), &"accidental".into()));
        assert_eq!(reading["witnesses"].as_array().unwrap().len(), 2);
        assert!(value["units"][0]["readings"][0].get("class").is_none(), "the lemma has no class");
    }
}
