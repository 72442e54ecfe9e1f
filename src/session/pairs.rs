//! From two texts to their alignment: what a user knows of the pair, and what is stored of it.

use std::ops::Range;
use std::path::PathBuf;

use super::dictionaries::load_beside;
use super::embeddings::{EmbeddingSource, EncoderFolder};
use crate::align::{self, Dictionary, Method, packs};
use crate::model::{Aligned, Alignment, Bead, Lang, Segmented, Status, Text};
use crate::project::{Dictionaries, Freshness, Header, Project, StoredAlignment};
use crate::{Error, ErrorKind, Outcome, Result, Warning};

/// How a pair is aligned.
#[derive(Debug, Clone, Default)]
pub struct PairOptions {
    /// The aligner's options. In a project its dictionaries are added, and the beads that a person has
    /// confirmed or edited.
    pub align: align::Options,
    /// Vectors of the sentences, for translations. In a project its encoder is used where none are given.
    pub embeddings: EmbeddingSource,
    /// Whether an alignment that is stored and fresh is made anew.
    pub anew: bool,
}

/// The options with which two texts are aligned in a project: those given, its dictionaries for their
/// languages, and the beads stored for these very texts that a person has confirmed or edited, as far as
/// the beads given leave room for them.
///
/// Warnings: `dictionary-dirt` (some of a dictionary is no entry).
///
/// # Errors
/// A dictionary that cannot be read.
fn in_project(
    project: &Project,
    a: &Segmented,
    b: &Segmented,
    given: &PairOptions,
) -> Result<Outcome<PairOptions>> {
    let mut warnings = Vec::new();
    let PairOptions { align: mut options, mut embeddings, anew } = given.clone();
    if let Some(folder) = project.manifest.align.encoder.as_ref().filter(|_| embeddings.is_none()) {
        embeddings = EmbeddingSource::Encoder(EncoderFolder::new(project.root.join(folder)));
    }
    if !is_translation(a, b, options.method) {
        embeddings = EmbeddingSource::None;
    }
    options.translation.packs &= project.manifest.align.dictionaries == Dictionaries::Packs;
    let langs = [&a.document.witness.lang, &b.document.witness.lang];
    let concerned = project.manifest.dictionaries.iter().filter(|entry| {
        let same = |x: &Lang, y: &Lang| x.same_language(y);
        same(&entry.from, langs[0]) && same(&entry.to, langs[1])
            || same(&entry.from, langs[1]) && same(&entry.to, langs[0])
    });
    let mut dictionaries = concerned
        .map(|entry| Ok(load_beside(&project.root, &entry.file)?.unpack(&mut warnings)))
        .collect::<Result<Vec<_>>>()?;
    if !dictionaries.is_empty() {
        dictionaries.push(options.translation.dictionary);
        options.translation.dictionary = Dictionary::joined(&dictionaries);
    }
    // What cannot be read holds nothing that could be kept; who wants to use it is told.
    if let Some(stored) = project.alignments().load(a.siglum(), b.siglum()).ok().flatten()
        && stored.header.is_of_texts(&Header::of(a, b, "", serde_json::Value::Null))
    {
        let apart = |x: &Range<usize>, y: &Range<usize>| x.end <= y.start || y.end <= x.start;
        let given = options.pins.clone();
        let free = |bead: &&Bead| given.iter().all(|pin| apart(&pin.a, &bead.a) && apart(&pin.b, &bead.b));
        options.pins.extend(reviewed(&stored).filter(free).cloned());
    }
    Ok(Outcome { value: PairOptions { align: options, embeddings, anew }, warnings })
}

/// Whether vectors of meaning have a say: editions are aligned by their words.
fn is_translation(a: &Segmented, b: &Segmented, method: Method) -> bool {
    let langs = (&a.document.witness.lang, &b.document.witness.lang);
    match method {
        Method::Translation => true,
        Method::Editions => false,
        // Where no language is known the words decide, later.
        Method::Auto => !langs.0.same_language(langs.1) || langs.0.primary() == "und",
    }
}

/// The aligner's options for two texts: those given, what the project knows besides, and the vectors.
///
/// Warnings: `embedding-missing` (some sentences have no vector).
///
/// # Errors
/// A dictionary, vectors or an encoder that are malformed.
pub fn resolved(
    project: Option<&Project>,
    a: &Segmented,
    b: &Segmented,
    options: &PairOptions,
) -> Result<Outcome<align::Options>> {
    let Some(project) = project else { return with_vectors(a, b, options) };
    let mut warnings = Vec::new();
    let options = in_project(project, a, b, options)?.unpack(&mut warnings);
    let value = with_vectors(a, b, &options)?.unpack(&mut warnings);
    Ok(Outcome { value, warnings })
}

/// The aligner's options with the vectors of two texts.
fn with_vectors(a: &Segmented, b: &Segmented, options: &PairOptions) -> Result<Outcome<align::Options>> {
    let found = options.embeddings.vectors(a, b)?;
    Ok(found.map(|embeddings| align::Options { embeddings, ..options.align.clone() }))
}

/// The beads that a person has confirmed or edited.
fn reviewed(stored: &StoredAlignment) -> impl Iterator<Item = &Bead> {
    stored.alignment.beads.iter().filter(|bead| bead.status != Status::Auto)
}

/// The packs that two texts are aligned with, as their fingerprint; `None` if none are.
fn packs_of(a: &Segmented, b: &Segmented, options: &align::Options) -> Option<String> {
    let (lang_a, lang_b) = (&a.document.witness.lang, &b.document.witness.lang);
    let is_used = options.translation.packs && is_translation(a, b, options.method);
    is_used.then(|| packs::fingerprint(lang_a, lang_b)).flatten()
}

/// What a stored alignment of two texts with these options would say of its making.
fn header_of(a: &Segmented, b: &Segmented, options: &PairOptions) -> Result<Header> {
    let dictionary = &options.align.translation.dictionary;
    let mut said = serde_json::Map::new();
    if !dictionary.is_empty() {
        said.insert("dictionary".into(), dictionary.fingerprint().into());
    }
    if let Some(packs) = packs_of(a, b, &options.align) {
        said.insert("packs".into(), packs.into());
    }
    if let Some(fingerprint) = options.embeddings.fingerprint()? {
        said.insert("embeddings".into(), fingerprint.into());
    }
    let said = if said.is_empty() { serde_json::Value::Null } else { said.into() };
    Ok(Header::of(a, b, options.align.method.word(), said))
}

/// Whether the alignment that is stored for two texts is the one that would be made now.
///
/// # Errors
/// A stored alignment, a dictionary or an encoder that is malformed.
pub fn freshness(
    project: &Project,
    a: &Segmented,
    b: &Segmented,
    options: &PairOptions,
) -> Result<Freshness> {
    let options = in_project(project, a, b, options)?.value;
    project.alignments().freshness(&header_of(a, b, &options)?)
}

/// Aligns two texts; in a project, a stored alignment of the same texts and options is used unless
/// beads are given.
///
/// Warnings: those of [`align::align`], `embedding-missing` (some sentences have no vector),
/// `vectors-ignored` (vectors are given for editions).
///
/// # Errors
/// A stored alignment, a dictionary, vectors or an encoder that are malformed.
pub fn align_pair(
    project: Option<&Project>,
    a: &Text,
    b: &Text,
    options: &PairOptions,
) -> Result<Outcome<Aligned>> {
    let alignment = alignment_of(project, a, b, options)?;
    Ok(alignment.map(|alignment| Aligned::new(a.clone(), b.clone(), alignment)))
}

fn alignment_of(
    project: Option<&Project>,
    a: &Text,
    b: &Text,
    options: &PairOptions,
) -> Result<Outcome<Alignment>> {
    let given = &options.embeddings;
    let is_translation = is_translation(a, b, options.align.method);
    let aligned =
        |options: &PairOptions| -> Result<Outcome<Alignment>> {
            let mut warnings = Vec::new();
            if !is_translation && !given.is_none() {
                let message = format!("the vectors of {} and {} are not used", a.siglum(), b.siglum());
                warnings.push(Warning::new("vectors-ignored", message).hint(
                    "editions are aligned by their words; --as translation aligns them as a translation",
                ));
            }
            let options = with_vectors(a, b, options)?.unpack(&mut warnings);
            let mut outcome = align::align(a, b, &options);
            outcome.warnings.splice(0..0, warnings);
            Ok(outcome)
        };
    let Some(project) = project else {
        let embeddings = if is_translation { given.clone() } else { EmbeddingSource::None };
        return aligned(&PairOptions { embeddings, ..options.clone() });
    };
    let mut warnings = Vec::new();
    let wanted = in_project(project, a, b, options)?.unpack(&mut warnings);
    if !options.anew && options.align.pins.is_empty() {
        let store = project.alignments();
        if store.freshness(&header_of(a, b, &wanted)?)? == Freshness::Fresh
            && let Some(stored) = store.load(a.siglum(), b.siglum())?
        {
            return Ok(Outcome::clean(stored.alignment));
        }
    }
    let mut outcome = aligned(&wanted)?;
    outcome.warnings.splice(0..0, warnings);
    Ok(outcome)
}

/// Stores an alignment in the project and returns its file.
///
/// # Errors
/// Those of writing; a stored alignment is not overwritten if a bead that a person has confirmed or
/// edited would be lost.
pub fn store_alignment(project: &Project, pair: &Aligned, options: &PairOptions) -> Result<PathBuf> {
    let store = project.alignments();
    let kept = |bead: &Bead| {
        pair.beads().iter().any(|now| now.a == bead.a && now.b == bead.b && now.status != Status::Auto)
    };
    // What cannot be read holds nobody's work that could still be used.
    let stored = store.load(pair.a.siglum(), pair.b.siglum()).ok().flatten();
    if stored.is_some_and(|stored| !reviewed(&stored).all(kept)) {
        return Err(Error::new(ErrorKind::Conflict, "this alignment holds confirmed or edited beads")
            .in_file(store.path_of(pair.a.siglum(), pair.b.siglum()))
            .hint("the texts have changed since: move the file away to align the pair anew"));
    }
    let options = in_project(project, &pair.a, &pair.b, options)?.value;
    store.save(&header_of(&pair.a, &pair.b, &options)?, pair)
}
