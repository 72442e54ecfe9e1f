//! The whole way in single steps: from files or a project's witnesses to aligned and compared texts.
//!
//! This is what the command line and other programs stand on: it reads, segments, aligns and
//! compares with the options that the project's manifest gives, and uses an alignment that is
//! stored if it is still that of the texts.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::collate::distance::{self, Weights};
use crate::follows::{self, Followed};
use crate::model::{
    Alignment, Collation, Comparison, Document, Lang, Pair, Parallel, Part, Segmented, Status, Witness,
    WitnessKind,
};
use crate::project::{Freshness, Header, Manifest, Project, WitnessEntry};
use crate::view::{self, html};
use crate::{Error, ErrorKind, Outcome, Result, align, collate, project, read, segment};

/// Reads and segments a witness of a project; its files are read in parallel.
///
/// # Errors
/// An unknown siglum, and all that reading may find.
pub fn load_witness(project: &Project, siglum: &str) -> Result<Outcome<Segmented>> {
    load_witness_with(project, siglum, &|_| {})
}

/// As [`load_witness`], with the manifest's options of segmenting changed by `adjust`.
///
/// # Errors
/// Those of [`load_witness`].
pub fn load_witness_with(
    project: &Project,
    siglum: &str,
    adjust: &dyn Fn(&mut segment::Options),
) -> Result<Outcome<Segmented>> {
    let entry = project.witness(siglum)?;
    let options = read_options(entry)?;
    let parts: Vec<Outcome<Part>> = entry
        .files
        .par_iter()
        .map(|file| {
            let outcome = read::read_file(&project.path_of(file), &options)?;
            Ok(outcome.map(|part| Part { name: file.part.clone(), date: file.date.clone(), ..part }))
        })
        .collect::<Result<_>>()?;
    let mut warnings = Vec::new();
    let parts = parts.into_iter().map(|outcome| outcome.unpack(&mut warnings)).collect();
    let document = read::document(entry.witness.clone(), parts).unpack(&mut warnings);
    let mut options = segment_options(&project.manifest, entry.lang())?;
    adjust(&mut options);
    let text = cut(document, &options);
    Ok(Outcome { value: text, warnings })
}

/// Reads and segments several witnesses in parallel, in the order given.
///
/// # Errors
/// The first error, in that order.
pub fn load_witnesses(project: &Project, sigla: &[String]) -> Result<Outcome<Vec<Segmented>>> {
    let loaded: Vec<Result<Outcome<Segmented>>> =
        sigla.par_iter().map(|s| load_witness(project, s)).collect();
    let mut warnings = Vec::new();
    let texts = loaded.into_iter().map(|text| Ok(text?.unpack(&mut warnings))).collect::<Result<_>>()?;
    Ok(Outcome { value: texts, warnings })
}

/// What is known of a file that belongs to no project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileOptions {
    /// Its language; guessed from name and text if not given.
    pub lang: Option<Lang>,
    /// Its encoding; found out if not given.
    pub encoding: Option<String>,
    /// Its format; told by name and content if not given.
    pub format: Option<read::Format>,
    /// Whether it has one sentence a line already.
    pub lines: bool,
    /// How it is segmented.
    pub segment: segment::Options,
}

/// Reads and segments bytes that came from `path` (`None`: standard input) as the witness `siglum`.
///
/// # Errors
/// All that reading may find.
pub fn load_bytes(
    bytes: &[u8],
    path: Option<&Path>,
    siglum: &str,
    options: &FileOptions,
) -> Result<Outcome<Segmented>> {
    let reading = read::Options {
        encoding: options.encoding.clone(),
        format: options.format,
        lang: options.lang.clone().unwrap_or_default(),
        ..read::Options::default()
    };
    let witness = Witness::new(siglum, options.lang.clone().unwrap_or_default());
    if options.lines {
        let mut text = read::read_lines(bytes, path, witness, &reading)?;
        if options.lang.is_none() {
            let sample = sample(&text.value.document);
            text.value.document.witness.lang = guess_lang(path, &sample);
        }
        return Ok(text);
    }
    let mut warnings = Vec::new();
    let part = read::read_bytes(bytes, path, &reading)?.unpack(&mut warnings);
    let mut document = read::document(witness, vec![part]).unpack(&mut warnings);
    if options.lang.is_none() {
        let sample = sample(&document);
        document.witness.lang = guess_lang(path, &sample);
    }
    Ok(Outcome { value: cut(document, &options.segment), warnings })
}

/// As much text as telling the language needs.
fn sample(document: &Document) -> String {
    document.parts.iter().flat_map(|p| p.text.chars()).take(4000).collect()
}

fn guess_lang(path: Option<&Path>, sample: &str) -> Lang {
    let guess = path.map(|p| project::guess_witness(p, sample).lang);
    guess.unwrap_or_else(|| project::detect_language(sample).map(|d| d.lang)).unwrap_or_default()
}

fn cut(document: Document, options: &segment::Options) -> Segmented {
    let segments = segment::segment(&document, options);
    Segmented { document, segments, lines: Vec::new() }
}

fn read_options(entry: &WitnessEntry) -> Result<read::Options> {
    let format = match &entry.format {
        None => None,
        Some(word) => Some(read::Format::from_word(word).ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("`{}`: unknown format `{word}`", entry.siglum()))
                .hint("formats that can be read: text, markdown, html")
        })?),
    };
    Ok(read::Options {
        encoding: entry.encoding.clone(),
        format,
        content: entry.content.clone(),
        drop: entry.drop.clone(),
        note: entry.note_selector.clone(),
        lang: entry.lang().clone(),
        ..read::Options::default()
    })
}

/// The options with which a language is segmented in a project.
///
/// # Errors
/// A policy that the segmenter does not know (the manifest's words are checked when it is read).
pub fn segment_options(manifest: &Manifest, lang: &Lang) -> Result<segment::Options> {
    let Some(rules) = manifest.segment_rules(lang) else { return Ok(segment::Options::default()) };
    // Both are plain data with the same words: what the manifest leaves out has its default.
    serde_json::to_value(rules).and_then(serde_json::from_value).map_err(|e| {
        Error::new(ErrorKind::Usage, format!("[segment.{lang}]: {e}"))
            .hint("`hexapla segment --help` lists the policies")
    })
}

/// How a pair is aligned.
#[derive(Debug, Clone, Default)]
pub struct PairOptions {
    /// The aligner's options.
    pub align: align::Options,
    /// Whether an alignment that is stored and fresh is made anew.
    pub anew: bool,
}

/// What a stored alignment of two texts with these options would say of its making.
pub fn header(a: &Segmented, b: &Segmented, options: &align::Options) -> Header {
    Header::of(a, b, options.method.word(), serde_json::Value::Null)
}

/// Aligns two texts; in a project, a stored alignment of the same texts and options is used.
///
/// # Errors
/// A stored alignment that is malformed.
pub fn align_pair(
    project: Option<&Project>,
    a: &Segmented,
    b: &Segmented,
    options: &PairOptions,
) -> Result<Outcome<Alignment>> {
    if let Some(project) = project.filter(|_| !options.anew) {
        let store = project.alignments();
        if store.freshness(&header(a, b, &options.align))? == Freshness::Fresh
            && let Some(stored) = store.load(a.siglum(), b.siglum())?
        {
            return Ok(Outcome::clean(stored.alignment));
        }
    }
    Ok(align::align(a, b, &options.align))
}

/// With which of the texts each one is aligned when many stand side by side: a translation with the
/// text it translates, everything else with the base. Pairs of indices, the text to align with
/// first; they form a tree. Without a project, or where neither is among the texts, the first one
/// takes the base's part.
pub fn tree(manifest: Option<&Manifest>, texts: &[Segmented]) -> Vec<(usize, usize)> {
    let index = |siglum: &str| texts.iter().position(|text| text.siglum() == siglum);
    let base = manifest.and_then(|m| index(m.work.base.as_deref()?)).unwrap_or(0);
    let parent = |i: usize| {
        let original = manifest.and_then(|m| index(m.original_of(m.find(texts[i].siglum())?)?));
        original.filter(|&of| of != i).unwrap_or(base)
    };
    // Two witnesses that claim to translate each other are both aligned with the base.
    let leads_to_base = |i: usize| {
        let mut at = i;
        (0..texts.len()).any(|_| {
            at = parent(at);
            at == base
        })
    };
    let others = (0..texts.len()).filter(|&i| i != base);
    others.map(|i| (if leads_to_base(i) { parent(i) } else { base }, i)).collect()
}

/// Aligns any number of texts, editions and translations, and puts them side by side in rows that
/// follow the first one. The pairs are aligned in parallel.
///
/// # Errors
/// Those of [`align_pair`].
pub fn parallel(
    project: Option<&Project>,
    texts: &[Segmented],
    options: &PairOptions,
) -> Result<Outcome<Parallel>> {
    let tree = tree(project.map(|p| &p.manifest), texts);
    let aligned: Vec<Result<Outcome<Alignment>>> =
        tree.par_iter().map(|&(a, b)| align_pair(project, &texts[a], &texts[b], options)).collect();
    let mut warnings = Vec::new();
    let aligned: Vec<Alignment> =
        aligned.into_iter().map(|found| Ok(found?.unpack(&mut warnings))).collect::<Result<_>>()?;
    let links = tree.iter().zip(&aligned).map(|(&(a, b), alignment)| align::Link { a, b, alignment });
    let texts: Vec<&Segmented> = texts.iter().collect();
    let value = align::parallel(&texts, &links.collect::<Vec<_>>());
    Ok(Outcome { value, warnings })
}

/// Everything that a report shows of some witnesses: rows over all of them, and the editions among
/// them collated. Those count as editions of one text that are in the language of the base; the base
/// is the project's, if it is among them, or else the first.
///
/// # Errors
/// Those of [`parallel`].
pub fn report(
    project: Option<&Project>,
    texts: &[Segmented],
    options: &PairOptions,
) -> Result<Outcome<html::Report>> {
    let mut warnings = Vec::new();
    let rows = parallel(project, texts, options)?.unpack(&mut warnings);
    let manifest = project.map(|p| &p.manifest);
    let base = manifest.and_then(|m| texts.iter().find(|t| Some(t.siglum()) == m.work.base.as_deref()));
    let base = base.or_else(|| texts.first());
    let all: Vec<&Segmented> = texts.iter().collect();
    let collation = base.map(|base| {
        let of_one_text = |text: &&Segmented| {
            let (a, b) = (&text.document.witness, &base.document.witness);
            a.siglum == b.siglum || a.lang.same_language(&b.lang) && a.kind != WitnessKind::Translation
        };
        let editions: Vec<&Segmented> = texts.iter().filter(of_one_text).collect();
        collate(project, &editions, Some(base.siglum().to_owned())).unpack(&mut warnings)
    });
    let collation = collation.filter(|collation| collation.witnesses.len() > 1);
    let distances = collation.as_ref().map(|collation| {
        let of = |accidental| distance::distances(collation, Weights { substantive: 1.0, accidental });
        let column = |siglum: &str| texts.iter().position(|text| text.siglum() == siglum);
        let columns = collation.witnesses.iter().filter_map(|witness| column(&witness.siglum)).collect();
        html::Distances { columns, all: of(1.0), substantive: of(0.0) }
    });
    let mut table = view::of_parallel(&all, &rows, collation.as_ref());
    if let Some(collation) = &collation {
        view::mark_follows(&mut table, &follows::follows_of_units(&all, &rows, collation));
    }
    let value = html::Report {
        title: manifest.and_then(|m| m.work.title.clone()).unwrap_or_else(|| rows.sigla.join(", ")),
        author: manifest.and_then(|m| m.work.author.clone()),
        table,
        witnesses: texts.iter().map(html::Known::of).collect(),
        distances,
        made: vec![("alignment".to_owned(), options.align.method.word().to_owned())],
    };
    Ok(Outcome { value, warnings })
}

/// Stores an alignment in the project and returns its file.
///
/// # Errors
/// Those of writing; a stored alignment that a person has worked on is not overwritten.
pub fn store_alignment(project: &Project, pair: Pair<'_>, options: &align::Options) -> Result<PathBuf> {
    let store = project.alignments();
    let touched = |stored: &crate::project::StoredAlignment| {
        stored.alignment != *pair.alignment
            && stored.alignment.beads.iter().any(|bead| bead.status != Status::Auto)
    };
    // What cannot be read holds nobody's work that could still be used.
    if store.load(pair.a.siglum(), pair.b.siglum()).ok().flatten().is_some_and(|s| touched(&s)) {
        return Err(Error::new(ErrorKind::Conflict, "this alignment holds confirmed or edited beads")
            .in_file(store.path_of(pair.a.siglum(), pair.b.siglum()))
            .hint("move the file away to align the pair anew"));
    }
    store.save(&header(pair.a, pair.b, options), pair)
}

/// Collates editions with the project's rules. A rule for one witness counts where that witness is among
/// them.
pub fn collate(project: Option<&Project>, texts: &[&Segmented], base: Option<String>) -> Outcome<Collation> {
    let sigla: Vec<&str> = texts.iter().map(|text| text.siglum()).collect();
    collate::collate(texts, &collate::Options { rules: rules(project, &sigla), base })
}

/// The regularisations of a project that concern one of some witnesses.
fn rules(project: Option<&Project>, sigla: &[&str]) -> Vec<(String, String)> {
    let rules = project.into_iter().flat_map(|p| &p.manifest.compare.rules);
    let concerned = rules.filter(|rule| rule.witness.as_ref().is_none_or(|s| sigla.contains(&s.as_str())));
    concerned.map(|rule| (rule.from.clone(), rule.to.clone())).collect()
}

/// Compares an edition pair with the project's rules.
///
/// A rule for one witness counts where that witness is one of the two.
pub fn compare_pair(project: Option<&Project>, pair: Pair<'_>) -> Comparison {
    let rules = rules(project, &[pair.a.siglum(), pair.b.siglum()]);
    collate::compare(pair, &collate::Options { rules, ..collate::Options::default() })
}

/// Which of two editions each of some translations follows, place by place.
///
/// # Errors
/// Those of [`align_pair`].
pub fn follows(
    project: Option<&Project>,
    (a, b): (&Segmented, &Segmented),
    translations: &[Segmented],
) -> Result<Outcome<Vec<Vec<Followed>>>> {
    let mut warnings = Vec::new();
    let options = PairOptions::default();
    let alignment = align_pair(project, a, b, &options)?.unpack(&mut warnings);
    let comparison = compare_pair(project, Pair { a, b, alignment: &alignment });
    let aligned: Vec<_> = translations
        .par_iter()
        .map(|t| Ok((align_pair(project, a, t, &options)?, align_pair(project, b, t, &options)?)))
        .collect::<Result<_>>()?;
    let mut found = Vec::new();
    for (translation, (with_a, with_b)) in translations.iter().zip(aligned) {
        let (with_a, with_b) = (with_a.unpack(&mut warnings), with_b.unpack(&mut warnings));
        let comparison = &comparison;
        let witnesses =
            follows::Witnesses { a, b, comparison, translation, with_a: &with_a, with_b: &with_b };
        found.push(follows::follows(&witnesses));
    }
    Ok(Outcome { value: found, warnings })
}
