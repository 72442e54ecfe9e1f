//! `hexapla collate`: any number of editions, all variants at once.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use hexapla::collate::distance::{self, Weights};
use hexapla::exchange::collation::{collatex, csv, graph, json, latex, links, matrix, tei};
use hexapla::exchange::csv::Options as TableOptions;
use hexapla::model::{Collated, Layer, Segmented, Entry, WitnessKind};
use hexapla::project::Project;
use hexapla::view;
use hexapla::view::collation::{self, Form};
use hexapla::view::inline::write_inline;
use hexapla::view::rows::{Row, Table};
use hexapla::view::sigla::Groups;
use hexapla::view::style::Theme;
use hexapla::view::terminal::{self, Show};
use hexapla::session::{self, FileOptions, PairOptions};
use hexapla::{Error, ErrorKind};

use super::Exit;
use super::classes::Filter;
use super::inputs::{self, Cutting, Inputs, Reading};
use super::output::{self, Talk};

/// Collates editions: every variant of any number of witnesses
///
/// Witnesses are sigla of the project (default: all its editions), files, or one JSON file of CollateX.
/// Exit code 1 says that they differ.
#[derive(Debug, Args)]
pub(crate) struct Collate {
    /// The witnesses
    #[arg(value_name = "WITNESS")]
    witnesses: Vec<String>,
    /// What is printed (default: the apparatus; with -o by the file's ending)
    #[arg(long, visible_alias = "view", value_name = "FORMAT")]
    format: Option<Format>,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The witness whose readings are the lemmas (default: the base of the project, else the first one)
    #[arg(long, value_name = "WITNESS")]
    base: Option<String>,
    /// No base: the lemma is the reading with most witnesses
    #[arg(long, conflicts_with = "base")]
    no_base: bool,
    /// Name the witnesses of the lemma, too
    #[arg(long)]
    positive: bool,
    /// Witnesses that the apparatus names with one sign, beside those of the project (`α=A,B`; may be given
    /// several times)
    #[arg(long, value_name = "SIGN=SIGLA", value_parser = group)]
    group: Vec<(String, Vec<String>)>,
    /// Only these classes (`substantive`, `accidental`, or a class; may be given several times)
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    only: Vec<String>,
    /// Leave these classes out
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The language of the files (BCP 47; default: guessed)
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

/// `α=A,B`: a sign and the sigla that it stands for.
fn group(argument: &str) -> Result<(String, Vec<String>), String> {
    let (sign, members) = argument.split_once('=').ok_or("write a sign and its sigla: α=A,B")?;
    let members: Vec<String> =
        members.split(',').map(str::trim).filter(|siglum| !siglum.is_empty()).map(str::to_owned).collect();
    if sign.trim().is_empty() || members.len() < 2 {
        return Err("a group has a sign and two witnesses or more: α=A,B".to_owned());
    }
    Ok((sign.trim().to_owned(), members))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One entry a line, as in a critical edition
    Apparatus,
    /// The sentences with variants side by side, a column a witness
    #[value(alias = "side")]
    Table,
    /// The text of the base with the other readings in it
    Inline,
    /// The apparatus with its witnesses, layer by layer
    Markdown,
    /// One variation unit a row
    Csv,
    /// The same, separated by tabs
    Tsv,
    /// Everything, with offsets
    Json,
    /// The alignment table of CollateX
    Collatex,
    /// TEI P5, parallel segmentation
    Tei,
    /// TEI P5, the text of the base with the apparatus beside it
    TeiStandoff,
    /// LaTeX with reledmac
    Latex,
    /// The variant graph as GraphML
    Graphml,
    /// The variant graph for Graphviz
    Dot,
    /// Two tokens that stand at one place a line
    Links,
    /// The distances between witnesses as a table
    Distances,
    /// The distances for PHYLIP
    Phylip,
    /// Readings and distances as Nexus
    Nexus,
    /// The tree of the distances
    Newick,
}

impl Format {
    fn of_ending(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            "json" => Some(Self::Json),
            "xml" | "tei" => Some(Self::Tei),
            "tex" | "latex" => Some(Self::Latex),
            "graphml" => Some(Self::Graphml),
            "dot" | "gv" => Some(Self::Dot),
            "phy" | "phylip" => Some(Self::Phylip),
            "nex" | "nexus" => Some(Self::Nexus),
            "nwk" | "newick" | "tree" => Some(Self::Newick),
            _ => None,
        }
    }
}

impl Collate {
    /// Two witnesses in a format.
    pub(super) fn of_two(
        witnesses: [&str; 2],
        format: Format,
        output: Option<&Path>,
        classes: (&[String], &[String]),
        lang: Option<&str>,
        (cutting, reading): (&Cutting, &Reading),
    ) -> Self {
        Self {
            witnesses: witnesses.map(str::to_owned).to_vec(),
            format: Some(format),
            output: output.map(Path::to_owned),
            base: Some(witnesses[0].to_owned()),
            no_base: false,
            positive: false,
            group: Vec::new(),
            only: classes.0.to_vec(),
            ignore: classes.1.to_vec(),
            lang: lang.map(str::to_owned),
            cutting: cutting.clone(),
            reading: reading.clone(),
        }
    }

    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let arguments: Vec<&str> = self.witnesses.iter().map(String::as_str).collect();
        let project = inputs::project_for(&arguments)?.map(|p| p.unpack(&mut warnings));
        let filter = Filter::new(&self.only, &self.ignore, project.as_ref())?;
        let sources = Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: false };
        let texts = self.texts(&sources)?.unpack(&mut warnings);
        let base = self.base(sources.project.as_ref(), &texts)?;
        let progress = talk.progress(&format!("collating {} witnesses", texts.len()));
        let all = texts.as_slice();
        let texts: Vec<&Segmented> = all.iter().collect();
        let found = session::collate(sources.project.as_ref(), &texts, base)?.unpack(&mut warnings);
        progress.finish_and_clear();
        if self.format() == Some(Format::Table) {
            let rows = session::parallel(sources.project.as_ref(), all, &PairOptions::default())?;
            let rows = rows.unpack(&mut warnings);
            talk.warn(&warnings);
            let table = view::of_parallel(&texts, &rows, Some(&found));
            return self.table(&table, &filter, talk);
        }
        talk.warn(&warnings);
        let Some(collated) = Collated::new(&found, &texts) else {
            return Err(Error::new(ErrorKind::Conflict, "two witnesses have the same siglum").into());
        };
        let wanted = |unit: &&Entry| {
            let classes = collation::classes_of(unit);
            classes.is_empty() || classes.iter().any(|class| filter.keeps(*class))
        };
        let units: Vec<&Entry> = found.entries.iter().filter(wanted).collect();
        let weights = session::weights(sources.project.as_ref());
        let groups = self.groups(sources.project.as_ref(), &collated)?;
        self.write(&collated, &units, (&weights, groups), talk)?;
        let substantive = units.iter().filter(|unit| collation::layer_of(unit) == Layer::Substantive).count();
        if self.format().is_none_or(|format| format == Format::Apparatus) {
            talk.next(&format!(
                "{} variation units among {} witnesses: {substantive} substantive, {} accidental; {} moved passages.",
                units.len(),
                texts.len(),
                units.len() - substantive,
                found.moves.len()
            ));
        }
        Ok(if units.is_empty() && found.moves.is_empty() { Exit::Success } else { Exit::Difference })
    }

    /// Rows side by side, those that differ.
    fn table(&self, table: &Table, filter: &Filter, talk: &Talk) -> anyhow::Result<Exit> {
        let wanted = |row: &&Row| row.is_moved() || row.classes.iter().any(|class| filter.keeps(*class));
        let rows: Vec<&Row> = table.rows.iter().filter(wanted).collect();
        let show = Show { confidence: false, classes: true };
        let differ = !rows.is_empty();
        output::paged(self.output.as_deref(), |out| {
            terminal::side_by_side(table, rows, show, self.theme(talk), out)
        })?;
        Ok(if differ { Exit::Difference } else { Exit::Success })
    }

    fn theme(&self, talk: &Talk) -> Theme {
        if self.output.is_some() { Theme { color: false, width: 100 } } else { talk.theme() }
    }

    /// The texts of the arguments; in a project without arguments, all its editions.
    fn texts(&self, sources: &Inputs<'_>) -> anyhow::Result<hexapla::Outcome<Vec<Segmented>>> {
        if let [only] = self.witnesses.as_slice()
            && only.ends_with(".json")
        {
            return self.of_collatex(Path::new(only));
        }
        let all: Vec<String> = match (&self.witnesses[..], &sources.project) {
            ([], Some(project)) => editions(project),
            (given, _) => given.to_vec(),
        };
        if all.len() < 2 {
            return Err(Error::new(ErrorKind::Usage, "a collation needs two witnesses or more")
                .hint("name sigla of the project or files: hexapla collate a.txt b.txt c.txt")
                .into());
        }
        let arguments: Vec<&str> = all.iter().map(String::as_str).collect();
        let langs = vec![self.lang.as_deref(); arguments.len()];
        Ok(sources.load_all(&arguments, &langs)?)
    }

    fn of_collatex(&self, path: &Path) -> anyhow::Result<hexapla::Outcome<Vec<Segmented>>> {
        let bytes = hexapla::read::load(path, &hexapla::read::Options::default())?;
        let json = String::from_utf8(bytes)
            .map_err(|_| Error::new(ErrorKind::Encoding, "not UTF-8").in_file(path))?;
        let options = FileOptions {
            lang: self.lang.as_deref().map(hexapla::model::Lang::new),
            format: Some(hexapla::read::Format::Text),
            ..FileOptions::default()
        };
        let mut warnings = Vec::new();
        let mut texts = Vec::new();
        for input in collatex::read(&json, path)? {
            let text = session::load_bytes(input.text.as_bytes(), None, &input.siglum, &options)
                .map_err(|error| error.in_file(path))?;
            texts.push(text.unpack(&mut warnings));
        }
        if texts.len() < 2 {
            return Err(Error::new(ErrorKind::Usage, "a collation needs two witnesses or more")
                .in_file(path)
                .into());
        }
        Ok(hexapla::Outcome { value: texts, warnings })
    }

    fn base(&self, project: Option<&Project>, texts: &[Segmented]) -> anyhow::Result<Option<String>> {
        let known = |siglum: &str| texts.iter().any(|text| text.siglum() == siglum);
        if let Some(base) = &self.base {
            let siglum = if known(base) { base.clone() } else { inputs::siglum(base) };
            if !known(&siglum) {
                return Err(Error::new(
                    ErrorKind::Usage,
                    format!("the base `{base}` is none of the witnesses"),
                )
                .into());
            }
            return Ok(Some(siglum));
        }
        let of_project = project.and_then(|p| p.manifest.work.base.clone()).filter(|base| known(base));
        let first = texts.first().map(|text| text.siglum().to_owned());
        Ok(of_project.or(first).filter(|_| !self.no_base))
    }

    /// The groups of the project and those of the command line, which count before them.
    fn groups(&self, project: Option<&Project>, collated: &Collated) -> hexapla::Result<Groups> {
        let known = |siglum: &str| collated.collation.witnesses.iter().any(|w| w.siglum == siglum);
        let mut groups = project.map(|p| p.manifest.compare.groups.clone()).unwrap_or_default();
        for (sign, members) in &self.group {
            if let Some(unknown) = members.iter().find(|member| !known(member)) {
                let message = format!("the group `{sign}` names `{unknown}`, which is none of the witnesses");
                return Err(Error::new(ErrorKind::Usage, message));
            }
            groups.insert(sign.clone(), members.clone());
        }
        Ok(Groups::new(collated, &groups))
    }

    fn format(&self) -> Option<Format> {
        self.format.or_else(|| Format::of_ending(self.output.as_deref()?))
    }

    fn write(
        &self,
        collated: &Collated,
        units: &[&Entry],
        (weights, groups): (&Weights, Groups),
        talk: &Talk,
    ) -> anyhow::Result<()> {
        let units_of = || units.iter().copied();
        let table = |tabs: bool| TableOptions {
            delimiter: if tabs { b'\t' } else { b',' },
            ..TableOptions::default()
        };
        let distances = || distance::distances(collated.collation, weights);
        let form = Form { positive: self.positive, classes: true, groups };
        output::paged(self.output.as_deref(), |out| match self.format().unwrap_or(Format::Apparatus) {
            // The table is written from rows, before.
            Format::Apparatus | Format::Table => {
                collation::write_text(collated, units_of(), &form, self.theme(talk), out)
            }
            Format::Inline => write_inline(collated, units, &form, self.theme(talk), out),
            Format::Markdown => collation::write_markdown(collated, units, &form, out),
            Format::Csv => csv::write(collated, units_of(), &table(false), out),
            Format::Tsv => csv::write(collated, units_of(), &table(true), out),
            Format::Json => json::write(collated, units_of(), out),
            Format::Collatex => collatex::write(collated, out),
            Format::Tei => tei::write(collated, out),
            Format::TeiStandoff => tei::write_standoff(collated, out),
            Format::Latex => latex::write(collated, units_of(), out),
            Format::Graphml => graph::write_graphml(collated, out),
            Format::Dot => graph::write_dot(collated, out),
            Format::Links => links::write(collated, out),
            Format::Distances => matrix::write_csv(collated, &distances(), &table(false), out),
            Format::Phylip => matrix::write_phylip(collated, &distances(), out),
            Format::Nexus => matrix::write_nexus(collated, &distances(), out),
            Format::Newick => {
                let tree = distance::neighbour_joining(&distance::completed(&distances()));
                matrix::write_newick(collated, tree.as_ref(), out)
            }
        })
    }
}

/// The witnesses of a project that are in the language of its base and translate nothing.
fn editions(project: &Project) -> Vec<String> {
    let manifest = &project.manifest;
    let base =
        manifest.work.base.as_deref().and_then(|base| manifest.find(base)).or(manifest.witnesses.first());
    let lang = base.map(|base| base.lang());
    let wanted = manifest.witnesses.iter().filter(|entry| {
        entry.witness.kind != WitnessKind::Translation
            && lang.is_none_or(|lang| entry.lang().same_language(lang))
    });
    wanted.map(|entry| entry.siglum().to_owned()).collect()
}
