//! Variation units as a table.

use std::io::{self, Write};

use super::super::csv::{Options, table};
use super::super::table_error;
use crate::model::{Collated, Entry, EntryReading};

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
    for (number, unit) in units.into_iter().enumerate() {
        table.write_record(row(collated, number + 1, unit)).map_err(table_error)?;
    }
    table.flush()
}

fn row(collated: &Collated, number: usize, unit: &Entry) -> Vec<String> {
    let sigla = |reading: &EntryReading| {
        reading.witnesses.iter().map(|place| collated.siglum(place.witness)).collect::<Vec<_>>().join(" ")
    };
    let lemma = unit.readings.first();
    let others: Vec<&EntryReading> = unit.readings.iter().skip(1).collect();
    let shown = |text: &str| if text.is_empty() { "om.".to_owned() } else { text.to_owned() };
    let each = |what: &dyn Fn(&EntryReading) -> String| {
        others.iter().map(|reading| what(reading)).collect::<Vec<_>>().join(" | ")
    };
    let judged = |what: &dyn Fn(&crate::model::Judgement) -> String| {
        each(&|reading| reading.judgement.as_ref().map(what).unwrap_or_default())
    };
    let absent: Vec<&str> = unit.absent.iter().map(|&w| collated.siglum(w)).collect();
    let mut fields = vec![
        number.to_string(),
        collated.locus(&collated.place(unit)).to_string(),
        lemma.map(|lemma| shown(&lemma.text)).unwrap_or_default(),
        lemma.map(sigla).unwrap_or_default(),
        each(&|reading| format!("{} [{}]", shown(&reading.text), sigla(reading))),
        judged(&|j| j.class.word().to_owned()),
        judged(&|j| j.class.layer().word().to_owned()),
        judged(&|j| j.rule.clone()),
        judged(&|j| format!("{:.2}", j.confidence.value())),
        touched(&others),
        absent.join(" "),
        moved(unit),
    ];
    for witness in 0..collated.texts.len() {
        let place = unit.readings.iter().flat_map(|r| &r.witnesses).find(|place| place.witness == witness);
        match place {
            Some(place) => {
                fields.push(collated.locus(place).to_string());
                let words = collated.words(place);
                let sign = unit.readings.iter().find(|reading| reading.witnesses.contains(place));
                // A paragraph that begins has a sign but no words.
                let sign = sign.map(|reading| reading.text.as_str()).unwrap_or_default();
                fields.push(if words.is_empty() { sign.to_owned() } else { words.to_owned() });
            }
            None => fields.extend(["–".to_owned(), "–".to_owned()]),
        }
    }
    fields
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
fn touched(readings: &[&EntryReading]) -> String {
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
