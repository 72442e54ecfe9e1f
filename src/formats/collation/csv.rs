//! Variation units as a table.

use std::io::{self, Write};

use super::super::csv::{Options, table};
use super::super::table_error;
use crate::model::{Collated, EntryReading, Entry};

/// Writes a row for each unit: its number from 1, where it stands in the lemma's witness, the lemma and
/// who has it, the other readings as `reading [sigla]` separated by ` | ` (`om.` for none), for each of
/// them class, layer, rule and confidence in the same order and with the same separator, the rules of the
/// project that touched one, who is absent,
/// whether it stands in a moved passage, and for each witness its locus and its words (`–` where it is
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
    let place = lemma.and_then(|lemma| lemma.witnesses.first());
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
        place.map(|place| collated.locus(place).to_string()).unwrap_or_default(),
        lemma.map(|lemma| shown(&lemma.text)).unwrap_or_default(),
        lemma.map(sigla).unwrap_or_default(),
        each(&|reading| format!("{} [{}]", shown(&reading.text), sigla(reading))),
        judged(&|j| j.class.word().to_owned()),
        judged(&|j| j.class.layer().word().to_owned()),
        judged(&|j| j.rule.clone()),
        judged(&|j| format!("{:.2}", j.confidence.value())),
        touched(&others),
        absent.join(" "),
        if unit.in_move.is_some() { "yes".to_owned() } else { String::new() },
    ];
    for witness in 0..collated.texts.len() {
        let place = unit.readings.iter().flat_map(|r| &r.witnesses).find(|place| place.witness == witness);
        match place {
            Some(place) => {
                fields.push(collated.locus(place).to_string());
                fields.push(collated.words(place).to_owned());
            }
            None => fields.extend(["–".to_owned(), "–".to_owned()]),
        }
    }
    fields
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
    use crate::formats::collation::testing::Case;

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
