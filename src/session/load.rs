//! From a siglum or a file to a segmented text.

use std::path::Path;

use crate::par::prelude::*;

use crate::model::{Document, Lang, Part, Segment, Segmented, Text, Witness};
use crate::project::{Manifest, Project, WitnessEntry};
use crate::{Error, ErrorKind, Outcome, Result, project, read, segment};

/// Reads and segments a witness of a project; its files are read in parallel.
///
/// # Errors
/// An unknown siglum, and all that reading may find.
pub fn load_witness(project: &Project, siglum: &str) -> Result<Outcome<Text>> {
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
) -> Result<Outcome<Text>> {
    let entry = project.witness(siglum)?;
    if entry.format.as_deref() == Some(LINES) {
        return load_lines(project, entry);
    }
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
    Ok(Outcome { value: Text::new(cut(document, &options)), warnings })
}

/// The `format` of a witness whose files have one sentence a line.
const LINES: &str = "lines";

/// Reads a witness whose files have one sentence a line.
fn load_lines(project: &Project, entry: &WitnessEntry) -> Result<Outcome<Text>> {
    let mut warnings = Vec::new();
    let mut whole = Segmented {
        document: Document { witness: entry.witness.clone(), parts: Vec::new() },
        ..Segmented::default()
    };
    for file in &entry.files {
        let path = project.path_of(file);
        let options = read::Options {
            encoding: entry.encoding.clone(),
            name: file.part.clone(),
            date: file.date.clone(),
            ..read::Options::default()
        };
        let bytes = read::load(&path, &options)?;
        let part = read::read_lines(&bytes, Some(&path), entry.witness.clone(), &options)?;
        let Segmented { document, segments, lines } = part.unpack(&mut warnings);
        let before = whole.document.parts.len();
        whole.document.parts.extend(document.parts);
        whole.segments.extend(segments.into_iter().map(|s| Segment { part: s.part + before, ..s }));
        // Numbers of lines go by the file; of several files there is no one to go by.
        if entry.files.len() == 1 {
            whole.lines = lines;
        }
    }
    Ok(Outcome { value: Text::new(whole), warnings })
}

/// Reads and segments several witnesses in parallel, in the order given.
///
/// # Errors
/// The first error, in that order.
pub fn load_witnesses(project: &Project, sigla: &[String]) -> Result<Outcome<Vec<Text>>> {
    let loaded: Vec<Result<Outcome<Text>>> = sigla.par_iter().map(|s| load_witness(project, s)).collect();
    let mut warnings = Vec::new();
    let texts = loaded.into_iter().map(|text| Ok(text?.unpack(&mut warnings))).collect::<Result<_>>()?;
    Ok(Outcome { value: texts, warnings })
}

/// Reads a small file of the user's that is no witness; `kind` names it in messages.
///
/// # Errors
/// A file that cannot be read or is not UTF-8.
pub(super) fn read_utf8(path: &Path, kind: &str) -> Result<String> {
    let bytes = read::load(path, &read::Options::default())?;
    String::from_utf8(bytes).map_err(|_| {
        let error = Error::new(ErrorKind::Encoding, format!("the {kind} is not UTF-8")).in_file(path);
        error.hint("convert it: iconv -f LATIN1 -t UTF-8 FILE")
    })
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
    /// The column, field or language to read, for formats that have several.
    pub column: Option<String>,
    /// Corrections or originals, for TEI.
    pub choice: read::Choice,
    /// The siglum whose readings are read, for TEI with an apparatus.
    pub app: Option<String>,
    /// Tracked changes as accepted or as never made, for DOCX.
    pub changes: read::Choice,
    /// Whether notes are left out.
    pub drop_notes: bool,
    /// What to leave out: a CSS selector for HTML, a regular expression of lines for plain text.
    pub drop: Option<String>,
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
) -> Result<Outcome<Text>> {
    let reading = read::Options {
        encoding: options.encoding.clone(),
        format: options.format,
        column: options.column.clone(),
        choice: options.choice,
        app: options.app.clone(),
        changes: options.changes,
        drop_notes: options.drop_notes,
        drop: options.drop.clone(),
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
        return Ok(text.map(Text::new));
    }
    let mut warnings = Vec::new();
    let part = read::read_bytes(bytes, path, &reading)?.unpack(&mut warnings);
    let mut document = read::document(witness, vec![part]).unpack(&mut warnings);
    if options.lang.is_none() {
        let sample = sample(&document);
        document.witness.lang = guess_lang(path, &sample);
    }
    Ok(Outcome { value: Text::new(cut(document, &options.segment)), warnings })
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

fn choice(word: &Option<String>) -> read::Choice {
    word.as_deref().and_then(read::Choice::from_word).unwrap_or_default()
}

fn read_options(entry: &WitnessEntry) -> Result<read::Options> {
    let format = match &entry.format {
        None => None,
        Some(word) => Some(read::Format::from_word(word).ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("`{}`: unknown format `{word}`", entry.siglum()))
                .hint(format!("formats that can be read: {}", read::Format::WORDS.join(", ")))
        })?),
    };
    Ok(read::Options {
        encoding: entry.encoding.clone(),
        format,
        content: entry.content.clone(),
        drop: entry.drop.clone(),
        column: entry.column.clone(),
        choice: choice(&entry.choice),
        app: entry.app.clone(),
        changes: choice(&entry.changes),
        drop_notes: entry.notes.as_deref() == Some("drop"),
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
