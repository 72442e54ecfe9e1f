//! `hexapla diff`: how two editions differ.

use clap::Args;
use hexapla::collate::filter::Filter;
use hexapla::model::{Collated, Entry, Layer, Text};
use hexapla::view::publications;
use hexapla::view::rows::{Row, Table};
use hexapla::{Error, ErrorKind, session, study};

use super::inputs::{Cutting, Inputs, Reading};
use super::output::{self, Talk};
use super::showing::{self, Shape, Showing, View};
use super::{Exit, inputs};

/// How many rows are shown around a place that was asked for.
const CONTEXT: usize = 2;

/// Shows how two editions differ, word by word
///
/// The collation of two witnesses, the first of them the base, in rows that follow its sentences. How
/// either is wrapped, paragraphed or cut into sentences does not matter, and passages that stand elsewhere
/// are found. Exit code 0: no difference (of the classes asked for), 1: differences.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The base: a siglum, a file, or `-`
    a: String,
    /// The other edition
    b: String,
    /// Show only this place (`1.5`, `1.5.3`, `FI 1.5.3`), with its neighbours
    locus: Option<String>,
    /// Show rows without a difference too
    #[arg(long)]
    all: bool,
    /// The same as --format json
    #[arg(long, conflicts_with_all = ["csv", "format"])]
    json: bool,
    /// The same as --format csv
    #[arg(long, conflicts_with = "format")]
    csv: bool,
    /// What changed from the first publication to the second, in figures (with --json as data)
    #[arg(long, conflicts_with_all = ["csv", "format"])]
    summary: bool,
    #[command(flatten)]
    showing: Showing,
    /// The language of files (BCP 47; default: guessed)
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

impl Diff {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let project = inputs::project_for(&[&self.a, &self.b])?.map(|p| p.unpack(&mut warnings));
        let filter = self.showing.filter(project.as_ref())?;
        let shape = self.shape()?;
        let sources = Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: false };
        let texts = sources.load_all(&[&self.a, &self.b], &[self.lang.as_deref(); 2])?.unpack(&mut warnings);
        let [a, b] = texts.as_slice() else { return Ok(Exit::Success) };
        if sources.is_siglum(&self.a) && sources.is_siglum(&self.b) {
            self.check_languages(a, b)?;
        }
        self.check_locus(a, b)?;
        let project = sources.project.as_ref();
        let progress = talk.progress(&format!("comparing {} and {}", a.siglum(), b.siglum()));
        let base = Some(a.siglum().to_owned());
        let collated = session::collate(project, &texts, base)?.unpack(&mut warnings);
        progress.finish_and_clear();
        talk.warn(&warnings);
        let entries: Vec<&Entry> = collated
            .entries()
            .iter()
            .filter(|entry| filter.keeps_entry(entry) && self.is_wanted(&collated, entry))
            .collect();
        if self.summary {
            self.publications(&collated, &entries, talk)?;
            return Ok(showing::exit(&entries));
        }
        let rows = |table: &Table, row: &Row| self.shows(table, row, &collated, &filter);
        self.showing.show(shape, project, (&collated, &entries), &rows, talk)?;
        if !showing::is_data(shape) {
            let part = collated.coverage();
            let told = match part.first().filter(|_| entries.is_empty()) {
                Some(part) => format!("no difference in what {} covers.", collated.siglum(part.witness)),
                None => told(a.siglum(), b.siglum(), &entries),
            };
            talk.next(&told);
        }
        Ok(showing::exit(&entries))
    }

    fn shape(&self) -> hexapla::Result<Shape> {
        let named = |name| hexapla::formats::registry::Format::of_name(name).map(Shape::Format);
        match (self.json, self.csv) {
            (true, _) => named("json"),
            (_, true) => named("csv"),
            _ => None,
        }
        .map_or_else(|| self.showing.shape(View::Side), Ok)
    }

    /// Two witnesses of a project are in the languages that it says.
    fn check_languages(&self, a: &Text, b: &Text) -> hexapla::Result<()> {
        let (lang_a, lang_b) = (&a.document.witness.lang, &b.document.witness.lang);
        if self.lang.is_some() || lang_a.same_language(lang_b) {
            return Ok(());
        }
        let (a, b) = (a.siglum(), b.siglum());
        let message = format!("{a} is in {lang_a}, {b} in {lang_b}: editions of one language are compared");
        Err(Error::new(ErrorKind::Usage, message).hint(format!(
            "`hexapla align {a} {b}` shows a translation beside its source; --lang says that both are in one language"
        )))
    }

    /// A place that was asked for must be in one of the texts.
    fn check_locus(&self, a: &Text, b: &Text) -> hexapla::Result<()> {
        let Some(wanted) = &self.locus else { return Ok(()) };
        let has = |text: &Text| (0..text.len()).any(|s| is_at(&text.locus(s).to_string(), wanted));
        if has(a) || has(b) {
            return Ok(());
        }
        let last = a.len().checked_sub(1).map(|s| a.locus(s).to_string());
        let (a, b) = (a.siglum(), b.siglum());
        let last = last.map(|last| format!("; the last of {a} is {last}")).unwrap_or_default();
        Err(Error::new(ErrorKind::Usage, format!("there is no place `{wanted}` in {a} or {b}"))
            .hint(format!("a place is part, paragraph and sentence (1.5.3), or the first of these{last}")))
    }

    /// Whether an entry stands at the place that was asked for, in either witness.
    fn is_wanted(&self, collated: &Collated, entry: &Entry) -> bool {
        let mut places = entry.readings.iter().flat_map(|reading| &reading.witnesses);
        self.locus
            .as_deref()
            .is_none_or(|locus| places.any(|place| is_at(&collated.locus(place).to_string(), locus)))
    }

    /// Whether a row is shown: it has what is wanted, or is near the place that was asked for.
    fn shows(&self, table: &Table, row: &Row, collated: &Collated, filter: &Filter) -> bool {
        let Some(locus) = &self.locus else {
            return self.all || row.classes.iter().any(|&class| filter.keeps(class));
        };
        let here = |row: &Row| {
            row.cells.iter().zip(&table.columns).any(|(cell, column)| {
                let text = collated.witness(&column.siglum).map(|witness| &collated.texts[witness]);
                text.is_some_and(|text| {
                    cell.segments.clone().any(|segment| is_at(&text.locus(segment).to_string(), locus))
                })
            })
        };
        let from = row.number.saturating_sub(1 + CONTEXT);
        table.rows[from..table.rows.len().min(row.number + CONTEXT)].iter().any(here)
    }

    /// The report between two publications.
    fn publications(&self, collated: &Collated, entries: &[&Entry], talk: &Talk) -> anyhow::Result<()> {
        let (Some(a), Some(b)) =
            (collated.collation.base, (0..2).find(|w| Some(*w) != collated.collation.base))
        else {
            return Ok(());
        };
        let report = study::publications(collated, entries, a, b);
        output::paged(self.showing.output.as_deref(), |out| {
            if self.json {
                serde_json::to_writer_pretty(&mut *out, &report)?;
                return writeln!(out);
            }
            for covers in collated.coverage_in_words() {
                writeln!(out, "{covers}.")?;
            }
            publications::write_text([collated.siglum(a), collated.siglum(b)], &report, talk.theme(), out)
        })?;
        Ok(())
    }
}

/// Whether a locus (`FI 1.5.3`) lies at a place that a person typed (`1.5`, `FI 1.5`).
fn is_at(locus: &str, typed: &str) -> bool {
    let typed = typed.trim();
    let numbers = if typed.contains(' ') { locus } else { locus.rsplit(' ').next().unwrap_or(locus) };
    numbers == typed || numbers.strip_prefix(typed).is_some_and(|rest| rest.starts_with('.'))
}

/// How many entries there are, in a sentence.
pub(crate) fn told(a: &str, b: &str, entries: &[&Entry]) -> String {
    let substantive = entries.iter().filter(|entry| entry.layer() == Layer::Substantive).count();
    match entries.len() {
        0 => format!("{a} and {b} do not differ."),
        all => format!(
            "{all} variants between {a} and {b}: {substantive} substantive, {} accidental.",
            all - substantive
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_by_block_and_segment() {
        assert!(is_at("FI 1.5.3", "1.5.3") && is_at("FI 1.5.3", "1.5") && is_at("FI 1.5.3", "FI 1.5"));
        assert!(!is_at("FI 1.53.1", "1.5") && !is_at("FI 1.5.3", "PDx 1.5") && !is_at("FI 1.5.3", "5.3"));
    }
}
