//! Variation units as a table.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::super::csv::{Options, table};
use super::super::table_error;
use crate::model::{Attestation, Collated, Entry, EntryReading, Judgement};

/// Writes a row for each entry: its number from 1, where it stands in the base, the lemma and
/// who has it, the other readings as `reading [sigla]` separated by ` | ` (`om.` for none), for each of
/// them class, layer, rule and confidence in the same order and with the same separator, the rules of the
/// project that touched one, who is absent,
/// whether it is a passage at two places (`passage 1`) or stands in one (`in 1`), and for each witness its locus and its words (`–` where it is
/// absent).
///
/// # Errors
/// Those of `out`.
pub fn write<'u>(
    collated: &Collated,
    units: impl IntoIterator<Item = &'u Entry>,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table(options, out)?;
    let fixed = [
        "unit",
        "locus",
        "lemma",
        "lemma_sigla",
        "readings",
        "class",
        "layer",
        "rule",
        "confidence",
        "project_rule",
        "absent",
        "moved",
    ];
    let sigla: Vec<&str> = (0..collated.texts.len()).map(|w| collated.siglum(w)).collect();
    let own = sigla.iter().flat_map(|s| [format!("{s}_locus"), format!("{s}_text")]);
    table.write_record(fixed.into_iter().map(str::to_owned).chain(own)).map_err(table_error)?;
    let mut row = Row { table: &mut table, field: String::new() };
    for (number, unit) in units.into_iter().enumerate() {
        row.write(collated, number + 1, unit).map_err(table_error)?;
    }
    table.flush()
}

/// A row that is written field by field.
struct Row<'r, W: Write> {
    table: &'r mut ::csv::Writer<W>,
    /// Memory of a field that is put together.
    field: String,
}

impl<W: Write> Row<'_, W> {
    fn write(&mut self, collated: &Collated, number: usize, unit: &Entry) -> ::csv::Result<()> {
        let sigla = |reading: &EntryReading, field: &mut String| {
            for (index, place) in reading.witnesses.iter().enumerate() {
                field.push_str(if index > 0 { " " } else { "" });
                field.push_str(collated.siglum(place.witness));
            }
        };
        let shown = |reading: &EntryReading, field: &mut String| {
            field.push_str(if reading.text.is_empty() { "om." } else { &reading.text });
        };
        self.field(|field| put(field, format_args!("{number}")))?;
        let lemma = unit.readings.first();
        self.field(|field| put(field, format_args!("{}", collated.locus(&collated.place(unit)))))?;
        self.field(|field| lemma.into_iter().for_each(|lemma| shown(lemma, field)))?;
        self.field(|field| lemma.into_iter().for_each(|lemma| sigla(lemma, field)))?;
        let others = unit.readings.get(1..).unwrap_or_default();
        self.each(others, |reading, field| {
            shown(reading, field);
            field.push_str(" [");
            sigla(reading, field);
            field.push(']');
        })?;
        self.judged(others, |j, field| field.push_str(j.class.word()))?;
        self.judged(others, |j, field| field.push_str(j.class.layer().word()))?;
        self.judged(others, |j, field| field.push_str(&j.rule))?;
        self.judged(others, |j, field| put(field, format_args!("{:.2}", j.confidence.value())))?;
        self.table.write_field(touched(others))?;
        self.field(|field| {
            for (index, &witness) in unit.absent.iter().enumerate() {
                field.push_str(if index > 0 { " " } else { "" });
                field.push_str(collated.siglum(witness));
            }
        })?;
        self.table.write_field(moved(unit))?;
        let mut places: Vec<Option<(&Attestation, &str)>> = vec![None; collated.texts.len()];
        for reading in &unit.readings {
            for place in &reading.witnesses {
                places[place.witness].get_or_insert((place, &reading.text));
            }
        }
        for place in places {
            match place {
                Some((place, text)) => {
                    self.field(|field| put(field, format_args!("{}", collated.locus(place))))?;
                    // A paragraph that begins has a sign but no words.
                    let words = if place.tokens.is_empty() { text } else { collated.words(place) };
                    self.table.write_field(words)?;
                }
                None => {
                    self.table.write_field("–")?;
                    self.table.write_field("–")?;
                }
            }
        }
        self.table.write_record(None::<&[u8]>)
    }

    fn field(&mut self, fill: impl FnOnce(&mut String)) -> ::csv::Result<()> {
        self.field.clear();
        fill(&mut self.field);
        self.table.write_field(&self.field)
    }

    /// Something of each reading, separated by ` | `.
    fn each(
        &mut self,
        readings: &[EntryReading],
        what: impl Fn(&EntryReading, &mut String),
    ) -> ::csv::Result<()> {
        self.field(|field| {
            for (index, reading) in readings.iter().enumerate() {
                field.push_str(if index > 0 { " | " } else { "" });
                what(reading, field);
            }
        })
    }

    fn judged(
        &mut self,
        readings: &[EntryReading],
        what: impl Fn(&Judgement, &mut String),
    ) -> ::csv::Result<()> {
        self.each(readings, |reading, field| {
            if let Some(judgement) = &reading.judgement {
                what(judgement, field);
            }
        })
    }
}

fn put(field: &mut String, text: std::fmt::Arguments<'_>) {
    // A string takes whatever it is given.
    let _ = field.write_fmt(text);
}

/// `passage 1` for a passage at two places, `in 1` for a difference inside of it.
fn moved(unit: &Entry) -> String {
    match (unit.moved(), unit.in_move) {
        (Some(index), _) => format!("passage {}", index + 1),
        (None, Some(index)) => format!("in {}", index + 1),
        (None, None) => String::new(),
    }
}

/// The rules of the project that touched a reading, each once.
fn touched(readings: &[EntryReading]) -> String {
    let mut rules: Vec<&str> =
        readings.iter().filter_map(|r| r.judgement.as_ref()?.project_rule.as_deref()).collect();
    rules.dedup();
    rules.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn a_unit_a_row() {
        let case = Case::three();
        let collated = case.collated();
        let mut out = Vec::new();
        write(&collated, &collated.collation.entries, &Options::default(), &mut out).unwrap();
        let mut reader = ::csv::Reader::from_reader(out.as_slice());
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(rows[0][..6], ["1", "A 1.1.1", "colour", "A", "color [B C]", "spelling"]);
        assert_eq!(rows[1][2..6], ["of", "A B", "om. [C]", "omission"]);
        assert_eq!(rows[1][12..], ["A 1.1.1", "of", "B 1.1.1", "of", "C 1.1.1", ""]);
    }
}
