//! `hexapla diff`: how two editions differ.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use hexapla::exchange::collation::links;
use hexapla::exchange::variants;
use hexapla::model::{Collated, Comparison, Layer, Aligned, Segmented, Variant, VariantClass};
use hexapla::project::Project;
use hexapla::view::rows::{Row, Table};
use hexapla::view::{apparatus, of_comparison, publications, terminal, variant_table};
use hexapla::session::{self, PairOptions};
use hexapla::{Error, ErrorKind, Warning, align, collate};

use super::classes::Filter;
use super::collate::Collate;
use super::inputs::{Cutting, Inputs, Reading};
use super::output::{self, Talk};
use super::{Exit, inputs};

/// How many rows are shown around a place that was asked for.
const CONTEXT: usize = 2;

/// Shows how two editions differ, word by word
///
/// Sentences are aligned first, so that re-wrapped and re-divided paragraphs do not matter and
/// passages that stand elsewhere are found. Exit code 0: no difference (of the classes asked for),
/// 1: differences.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The base: a siglum, a file, or `-`
    a: String,
    /// The other edition
    b: String,
    /// Show only this place (`1.5`, `1.5.3`, `FI 1.5.3`), with its neighbours
    locus: Option<String>,
    /// How differences are shown
    #[arg(long, value_name = "VIEW", default_value = "side")]
    view: View,
    /// Only these classes, or `substantive`, `accidental` (separated by commas)
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    only: Vec<String>,
    /// Without these classes, or `substantive`, `accidental`
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Show rows without a difference too
    #[arg(long)]
    all: bool,
    /// The variants as JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// The variants as a table, one a row
    #[arg(long)]
    csv: bool,
    /// The same by name, or a format of `hexapla collate` (`links`: each two words that stand at one place,
    /// with their bytes in the files)
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["json", "csv"])]
    format: Option<Format>,
    /// What changed from the first publication to the second, in figures (with --json as data)
    #[arg(long, conflicts_with_all = ["csv", "format"])]
    summary: bool,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The language of files (BCP 47; default: guessed)
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum View {
    /// Two columns
    Side,
    /// Both readings in running text
    Inline,
    /// One entry a line, as in a critical edition
    Apparatus,
    /// Place, both readings, class and rule in columns
    Table,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The variants as JSON
    Json,
    /// The variants as a table
    Csv,
    /// Two tokens that stand at one place a line
    Links,
    /// The apparatus with its witnesses, layer by layer
    Markdown,
    /// The variation units as a table, separated by tabs
    Tsv,
    /// The alignment table of CollateX
    Collatex,
    /// TEI P5, parallel segmentation
    Tei,
    /// TEI P5, the text of the first with the apparatus beside it
    TeiStandoff,
    /// LaTeX with reledmac
    Latex,
    /// The variant graph as GraphML
    Graphml,
    /// The variant graph for Graphviz
    Dot,
    /// The distance as a table
    Distances,
    /// The distance for PHYLIP
    Phylip,
    /// Readings and distance as Nexus
    Nexus,
    /// The tree of the two
    Newick,
}

impl Format {
    /// What `hexapla collate` calls it, for those that it writes.
    fn of_collation(self) -> Option<super::collate::Format> {
        use super::collate::Format as F;
        Some(match self {
            Self::Json | Self::Csv | Self::Links => return None,
            Self::Markdown => F::Markdown,
            Self::Tsv => F::Tsv,
            Self::Collatex => F::Collatex,
            Self::Tei => F::Tei,
            Self::TeiStandoff => F::TeiStandoff,
            Self::Latex => F::Latex,
            Self::Graphml => F::Graphml,
            Self::Dot => F::Dot,
            Self::Distances => F::Distances,
            Self::Phylip => F::Phylip,
            Self::Nexus => F::Nexus,
            Self::Newick => F::Newick,
        })
    }
}

impl Diff {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        if let Some(format) = self.format.and_then(Format::of_collation) {
            let witnesses = [self.a.as_str(), self.b.as_str()];
            let output = self.output.as_deref();
            let classes = (self.only.as_slice(), self.ignore.as_slice());
            let reading = (&self.cutting, &self.reading);
            let lang = self.lang.as_deref();
            return Collate::of_two(witnesses, format, output, classes, lang, reading).run(talk);
        }
        let mut warnings = Vec::new();
        let project = inputs::project_for(&[&self.a, &self.b])?.map(|p| p.unpack(&mut warnings));
        let filter = Filter::new(&self.only, &self.ignore, project.as_ref())?;
        let sources = Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: false };
        let texts = sources.load_all(&[&self.a, &self.b], &[self.lang.as_deref(); 2])?.unpack(&mut warnings);
        let [a, b] = texts.as_slice() else { return Ok(Exit::Success) };
        let (lang_a, lang_b) = (&a.document.witness.lang, &b.document.witness.lang);
        if !lang_a.same_language(lang_b)
            && self.lang.is_none()
            && lang_a.tag() != "und"
            && lang_b.tag() != "und"
        {
            return Err(Error::new(ErrorKind::Usage, format!("{} is in {lang_a}, {} in {lang_b}: editions of one language are compared", a.siglum(), b.siglum()))
                .hint(format!("`hexapla align {} {}` shows a translation beside its source; --lang says that both are in one language", self.a, self.b))
                .into());
        }
        let is_data = self.is(self.json, Format::Json) || self.is(self.csv, Format::Csv);
        if self.format == Some(Format::Links) {
            return self.links(sources.project.as_ref(), a, b, talk, &warnings);
        }
        let options = PairOptions {
            align: align::Options { method: align::Method::Editions, ..align::Options::default() },
            ..PairOptions::default()
        };
        let in_project = sources.is_siglum(&self.a) && sources.is_siglum(&self.b);
        let project = sources.project.as_ref();
        let progress = talk.progress(&format!("comparing {} and {}", a.siglum(), b.siglum()));
        let alignment =
            session::align_pair(project.filter(|_| in_project), a, b, &options)?.unpack(&mut warnings);
        let pair = Aligned::new(a.clone(), b.clone(), alignment);
        let comparison = session::compare_pair(project, pair)?;
        progress.finish_and_clear();
        talk.warn(&warnings);
        self.check_locus(pair)?;
        if self.summary {
            return self.publications(pair, &comparison, talk);
        }
        let wanted: Vec<usize> =
            (0..comparison.variants.len()).filter(|&v| filter.keeps(comparison.variants[v].class)).collect();
        self.show(pair, &comparison, &wanted, &filter, talk)?;
        if !is_data {
            talk.next(&summary(pair, &comparison, &wanted));
        }
        Ok(if wanted.is_empty() { Exit::Success } else { Exit::Difference })
    }

    /// A place that was asked for must be in one of the texts.
    fn check_locus(&self, pair: &Aligned) -> anyhow::Result<()> {
        let Some(wanted) = &self.locus else { return Ok(()) };
        let has = |text: &Segmented| (0..text.len()).any(|s| is_at(&text.locus(s).to_string(), wanted));
        if has(pair.a) || has(pair.b) {
            return Ok(());
        }
        let (a, b) = (pair.a.siglum(), pair.b.siglum());
        let error = Error::new(ErrorKind::Usage, format!("there is no place `{wanted}` in {a} or {b}"));
        let last = pair.a.len().checked_sub(1).map(|s| pair.a.locus(s).to_string());
        let last = last.map(|last| format!("; the last of {a} is {last}")).unwrap_or_default();
        Err(error
            .hint(format!("a place is part, paragraph and sentence (1.5.3), or the first of these{last}"))
            .into())
    }

    /// The report between two publications.
    fn publications(&self, pair: &Aligned, comparison: &Comparison, talk: &Talk) -> anyhow::Result<Exit> {
        let report = collate::publications(pair, comparison);
        output::paged(self.output.as_deref(), |out| {
            if self.json {
                serde_json::to_writer_pretty(&mut *out, &report)?;
                return writeln!(out);
            }
            publications::write_text([pair.a.siglum(), pair.b.siglum()], &report, talk.theme(), out)
        })?;
        Ok(if report.variants == 0 { Exit::Success } else { Exit::Difference })
    }

    /// Whether a format is wanted, by a flag of its own or by name.
    fn is(&self, flag: bool, format: Format) -> bool {
        flag || self.format == Some(format)
    }

    /// The tokens of both that stand at one place, as a collation of the two has them.
    fn links(
        &self,
        project: Option<&Project>,
        a: &Segmented,
        b: &Segmented,
        talk: &Talk,
        warnings: &[Warning],
    ) -> anyhow::Result<Exit> {
        talk.warn(warnings);
        let texts = [a, b];
        let found = session::collate(project, &texts, Some(a.siglum().to_owned()))?.value;
        let Some(collated) = Collated::new(&found, &texts) else {
            return Err(Error::new(ErrorKind::Conflict, "both witnesses have the same siglum").into());
        };
        output::to(self.output.as_deref(), |out| links::write(&collated, out))?;
        let same = found.entries.is_empty() && found.moves.is_empty();
        Ok(if same { Exit::Success } else { Exit::Difference })
    }

    fn show(
        &self,
        pair: &Aligned,
        comparison: &Comparison,
        wanted: &[usize],
        filter: &Filter,
        talk: &Talk,
    ) -> anyhow::Result<()> {
        let variants = || wanted.iter().map(|&v| &comparison.variants[v]);
        output::paged(self.output.as_deref(), |out| {
            if self.is(self.json, Format::Json) {
                return variants::write_json(pair, variants(), out);
            }
            if self.is(self.csv, Format::Csv) {
                return variants::write_csv(pair, variants(), out);
            }
            let theme = talk.theme();
            let table = of_comparison(pair, comparison);
            let chosen = self.choose(pair, &table, filter);
            let show = terminal::Show { confidence: false, classes: true };
            match self.view {
                View::Side => terminal::side_by_side(&table, chosen, show, theme, out),
                View::Inline => terminal::inline(chosen, show, theme, out),
                View::Apparatus | View::Table => {
                    let at = |v: &Variant| {
                        self.locus.as_deref().is_none_or(|l| {
                            is_at(&v.a.locus.to_string(), l) || is_at(&v.b.locus.to_string(), l)
                        })
                    };
                    if self.view == View::Table {
                        let sigla = [pair.a.siglum(), pair.b.siglum()];
                        return variant_table::write(sigla, variants().filter(|&v| at(v)), theme, out);
                    }
                    let numbered = wanted.iter().map(|&v| (v, &comparison.variants[v]));
                    apparatus::write(&table, numbered.filter(|(_, v)| at(v)), theme, out)
                }
            }
        })
    }

    /// The rows to show, in order.
    fn choose<'t>(&self, pair: &Aligned, table: &'t Table, filter: &Filter) -> Vec<&'t Row> {
        let Some(locus) = &self.locus else {
            let differs = |row: &&Row| {
                row.classes.iter().any(|&c| filter.keeps(c))
                    || row.is_moved() && filter.keeps(VariantClass::Transposition)
            };
            return table.rows.iter().filter(|row| self.all || differs(row)).collect();
        };
        let here = |row: &Row| {
            let cells = row.cells.iter().zip([pair.a, pair.b]);
            let mut segments = cells.flat_map(|(cell, text)| cell.segments.clone().map(|s| text.locus(s)));
            segments.any(|segment| is_at(&segment.to_string(), locus))
        };
        let places: Vec<usize> = (0..table.rows.len()).filter(|&r| here(&table.rows[r])).collect();
        let near = |r: usize| places.iter().any(|&p| r + CONTEXT >= p && r <= p + CONTEXT);
        (0..table.rows.len()).filter(|&r| near(r)).map(|r| &table.rows[r]).collect()
    }
}

/// Whether a locus (`FI 1.5.3`) lies at a place that a person typed (`1.5`, `FI 1.5`).
fn is_at(locus: &str, typed: &str) -> bool {
    let typed = typed.trim();
    let numbers = if typed.contains(' ') { locus } else { locus.rsplit(' ').next().unwrap_or(locus) };
    numbers == typed || numbers.strip_prefix(typed).is_some_and(|rest| rest.starts_with('.'))
}

fn summary(pair: &Aligned, comparison: &Comparison, wanted: &[usize]) -> String {
    let count =
        |layer: Layer| wanted.iter().filter(|&&v| comparison.variants[v].class.layer() == layer).count();
    let (substantive, accidental) = (count(Layer::Substantive), count(Layer::Accidental));
    let (a, b) = (pair.a.siglum(), pair.b.siglum());
    match substantive + accidental {
        0 => format!("{a} and {b} do not differ."),
        n => format!("{n} variants between {a} and {b}: {substantive} substantive, {accidental} accidental."),
    }
}

/// Writes the apparatus of all variants with a short head, for files that are kept.
pub(crate) fn write_apparatus(
    pair: &Aligned,
    comparison: &Comparison,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let remark = |text: &hexapla::model::Segmented| match &text.document.witness.note {
        Some(note) => format!(" ({note})"),
        None => String::new(),
    };
    let all: Vec<usize> = (0..comparison.variants.len()).collect();
    writeln!(out, "{}{}\n{}{}\n", pair.a.siglum(), remark(pair.a), pair.b.siglum(), remark(pair.b))?;
    writeln!(out, "{}\n", summary(pair, comparison, &all))?;
    let theme = hexapla::view::style::Theme { color: false, width: 100 };
    apparatus::write(&of_comparison(pair, comparison), comparison.variants.iter().enumerate(), theme, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_by_block_and_segment() {
        assert!(is_at("FI 1.5.3", "1.5.3") && is_at("FI 1.5.3", "1.5") && is_at("FI 1.5.3", "FI 1.5"));
        assert!(!is_at("FI 1.55.3", "1.5") && !is_at("FI 1.5.3", "PD 1.5"));
    }
}
