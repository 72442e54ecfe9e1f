//! `hexapla demo`: the founding text and its witnesses, aligned and compared.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use hexapla::formats::csv;
use hexapla::formats::registry::{Chosen, Format, Options};
use hexapla::model::{Collated, Entry, Layer, Text};
use hexapla::project::{Project, write_atomically};
use hexapla::session::{self, PairOptions, PairScores};
use hexapla::view::collation::{Form, write_text};
use hexapla::view::style::Theme;
use hexapla::{Error, ErrorKind, Warning};
use rayon::prelude::*;

use super::export::shown;
use super::output::{self, Talk};
use super::{Exit, diff, inputs};

/// Writes a project with a real text and its witnesses, aligns every pair and compares the editions
///
/// The text is Trotsky's interview "The Second World War" as Fourth International printed it in
/// 1942, with a corrected text, a constructed newspaper witness and four translations made for this
/// project.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where the project is written
    #[arg(default_value = "hexapla-demo")]
    dir: PathBuf,
}

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_bytes!(concat!("../../", $path)).as_slice())),*]
    };
}

const FILES: [(&str, &[u8]); 18] = embedded![
    "hexapla.toml",
    "texts/SOURCES.md",
    "texts/fi-1942.txt",
    "texts/ed.txt",
    "texts/pdx-1.txt",
    "texts/pdx-2.txt",
    "texts/pdx-3.txt",
    "texts/fr.txt",
    "texts/de.txt",
    "texts/ru.html",
    "texts/zh.md",
    "alignments/gold/FI-ed.variants.jsonl",
    "alignments/gold/FI-PDx.variants.jsonl",
    "alignments/gold/FI-PDx.jsonl",
    "alignments/gold/FI-fr.jsonl",
    "alignments/gold/FI-de.jsonl",
    "alignments/gold/FI-ru.jsonl",
    "alignments/gold/FI-zh.jsonl",
];

/// What was made of one pair.
struct Done {
    a: String,
    b: String,
    beads: usize,
    doubtful: usize,
    files: Vec<String>,
    /// Numbers of substantive and accidental variants, for editions.
    variants: Option<(usize, usize)>,
}

impl Demo {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let begun = Instant::now();
        for (name, bytes) in FILES {
            place(&self.dir.join(name), bytes)?;
        }
        let progress = talk.progress("reading, segmenting, aligning and comparing");
        let mut warnings: Vec<Warning> = Vec::new();
        let project = Project::open(&self.dir)?.map(inputs::as_asked).unpack(&mut warnings);
        let sigla: Vec<String> = project.manifest.witnesses.iter().map(|w| w.siglum().to_owned()).collect();
        let texts = session::load_witnesses(&project, &sigla)?.unpack(&mut warnings);
        let pairs = project.default_pairs();
        let done: Vec<Done> =
            pairs.par_iter().map(|(a, b)| work(&project, &texts, a, b)).collect::<anyhow::Result<_>>()?;
        let scores = session::score_project(&project)?;
        progress.finish_and_clear();
        talk.warn(&warnings);
        let seconds = begun.elapsed().as_secs_f64();
        output::to(None, |out| report(&self.dir, &texts, &done, &scores, out))?;
        talk.say(&format!("({seconds:.2} s)"));
        Ok(Exit::Success)
    }
}

/// Writes a file of the demo, unless somebody has changed it.
fn place(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    match std::fs::read(path) {
        Ok(found) if found == bytes => return Ok(()),
        Ok(_) => {
            return Err(Error::new(ErrorKind::Conflict, "this file is another one than the demo's")
                .in_file(path)
                .hint("give the demo a folder of its own: hexapla demo NEW_FOLDER")
                .into());
        }
        Err(_) => {}
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    }
    write_atomically(path, |out| out.write_all(bytes))?;
    Ok(())
}

/// Aligns a pair, stores and exports it; compares it if both are editions.
fn work(project: &Project, texts: &[Text], a: &str, b: &str) -> anyhow::Result<Done> {
    let find = |siglum: &str| {
        texts
            .iter()
            .find(|t| t.siglum() == siglum)
            .ok_or_else(|| Error::new(ErrorKind::Unknown, format!("no witness {siglum}")))
    };
    let (a, b) = (find(a)?, find(b)?);
    let options = PairOptions { anew: true, ..inputs::pair_options() };
    let pair = session::align_pair(Some(project), a, b, &options)?.value;
    session::store_alignment(project, &pair, &options)?;
    let table = project.root.join("alignments").join(format!("{}.csv", pair.name()));
    write_atomically(&table, |out| csv::write(&pair, &csv::Options::default(), out))?;
    let mut files = vec![shown(&table)];
    let mut counts = None;
    if a.document.witness.lang.same_language(&b.document.witness.lang) {
        let base = Some(a.siglum().to_owned());
        let collated = session::collate(Some(project), &[a.clone(), b.clone()], base)?.value;
        let entries: Vec<&Entry> = collated.entries().iter().collect();
        counts = Some(count(&entries));
        let folder = project.root.join("diffs");
        std::fs::create_dir_all(&folder).map_err(|e| Error::io(&folder, e))?;
        let apparatus = folder.join(format!("{}.txt", pair.name()));
        write_atomically(&apparatus, |out| write_apparatus(&collated, &entries, out))?;
        let list = folder.join(format!("{}.csv", pair.name()));
        let chosen = Chosen { collated: &collated, entries: &entries };
        if let Some(format) = Format::of_name("csv") {
            write_atomically(&list, |out| format.write_collation(chosen, &Options::default(), out))?;
        }
        files.extend([shown(&apparatus), shown(&list)]);
    }
    Ok(Done {
        a: a.siglum().to_owned(),
        b: b.siglum().to_owned(),
        beads: pair.beads().len(),
        doubtful: pair.beads().iter().filter(|bead| bead.confidence.is_doubtful()).count(),
        files,
        variants: counts,
    })
}

fn count(entries: &[&Entry]) -> (usize, usize) {
    let of = |layer| entries.iter().filter(|entry| entry.layer() == layer).count();
    (of(Layer::Substantive), of(Layer::Accidental))
}

/// Writes the apparatus of two editions with a short head, for files that are kept.
fn write_apparatus(collated: &Collated, entries: &[&Entry], out: &mut dyn Write) -> std::io::Result<()> {
    let mut sigla = Vec::new();
    let order = std::iter::once(collated.leader()).chain((0..2).filter(|&w| w != collated.leader()));
    for text in order.filter_map(|witness| collated.texts.get(witness)) {
        let note = text.document.witness.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        writeln!(out, "{}{note}", text.siglum())?;
        sigla.push(text.siglum());
    }
    if let [a, b] = sigla[..] {
        writeln!(out, "\n{}\n", diff::told(a, b, entries))?;
    }
    let theme = Theme { color: false, width: 100 };
    let form = Form { classes: true, ..Form::default() };
    write_text(collated, entries.iter().copied(), &form, theme, out)
}

fn report(
    dir: &Path,
    texts: &[Text],
    done: &[Done],
    scores: &[PairScores],
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let scores: BTreeMap<&str, &PairScores> = scores.iter().map(|s| (s.pair.as_str(), s)).collect();
    writeln!(
        out,
        "Leon Trotsky, The Second World War (1940): {} witnesses in {}\n",
        texts.len(),
        dir.display()
    )?;
    for text in texts {
        let witness = &text.document.witness;
        writeln!(
            out,
            "  {:<4} {:<3} {:<14} {:>4} sentences  {}",
            witness.siglum,
            witness.lang,
            witness.kind.word(),
            text.len(),
            witness.title.as_deref().unwrap_or_default()
        )?;
    }
    writeln!(out, "\nEditions compared:")?;
    for pair in done {
        let Some((substantive, accidental)) = pair.variants else { continue };
        let name = format!("{}-{}", pair.a, pair.b);
        let gold =
            scores.get(name.as_str()).and_then(|s| s.variants.as_ref()).map_or_else(String::new, |v| {
                format!("; gold: {} of {} found, {} invented", v.found, v.gold, v.invented.len())
            });
        writeln!(out, "  {name:<8} {substantive:>3} substantive, {accidental:>3} accidental variants{gold}")?;
    }
    writeln!(out, "\nTranslations aligned:")?;
    for pair in done.iter().filter(|d| d.variants.is_none()) {
        let name = format!("{}-{}", pair.a, pair.b);
        let gold = scores
            .get(name.as_str())
            .and_then(|s| s.beads.as_ref())
            .map_or_else(String::new, |b| format!("; strict F1 against the gold {:.3}", b.strict.f1));
        writeln!(out, "  {name:<8} {:>3} beads, {} doubtful{gold}", pair.beads, pair.doubtful)?;
    }
    writeln!(out, "\nWritten:")?;
    for file in done.iter().flat_map(|d| &d.files) {
        writeln!(out, "  {file}")?;
    }
    writeln!(
        out,
        "\nNext, in {}:\n  hexapla diff FI PDx --view inline     what the newspaper witness changed\n  \
         hexapla align FI fr                   the French translation beside the English\n  \
         hexapla find \"Red Army\"               a phrase in all witnesses\n  \
         hexapla status                        what is done and what to look at",
        dir.display()
    )
}
