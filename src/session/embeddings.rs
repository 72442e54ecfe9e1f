//! Vectors for the sentences of two texts: from files, or from an encoder in a folder.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use super::load::read_utf8;
use crate::align::{Embeddings, SideVectors};
use crate::encode::{self, Encoder};
use crate::formats::npy;
use crate::formats::overlaps::{self, Overlaps};
use crate::model::{Segmented, Vectors};
use crate::{Error, ErrorKind, Outcome, Result, Warning};

/// Most sentences of a stretch for which a vector is looked up.
const LONGEST_STRETCH: usize = 5;

/// Where the vectors of a pair come from.
#[derive(Debug, Clone, Default)]
pub enum EmbeddingSource {
    /// There are none.
    #[default]
    None,
    /// From files, for the first text and the second: of these two texts only.
    Files(Box<[EmbeddingFile; 2]>),
    /// From an encoder: of any texts.
    Encoder(EncoderFolder),
}

/// A file of vectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddingFile {
    /// The vectors: `.npy`, or with `overlaps` also raw numbers.
    pub vectors: PathBuf,
    /// vecalign's text with a stretch of sentences for each vector; without it there is a vector for
    /// each sentence, in order.
    pub overlaps: Option<PathBuf>,
}

/// A folder with a sentence encoder, opened when it is needed first.
#[derive(Debug, Clone)]
pub struct EncoderFolder {
    path: PathBuf,
    opened: Arc<OnceLock<Box<dyn Encoder>>>,
}

impl EncoderFolder {
    /// The encoder in a folder ([`crate::encode`] says what may lie there).
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), opened: Arc::default() }
    }

    fn encoder(&self) -> Result<&dyn Encoder> {
        if let Some(encoder) = self.opened.get() {
            return Ok(encoder.as_ref());
        }
        let encoder = encode::open(&self.path)?;
        Ok(self.opened.get_or_init(|| encoder).as_ref())
    }
}

impl EmbeddingSource {
    /// Whether there are none.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Tells sources apart: a digest of what they hold. `None` if there are no vectors.
    ///
    /// # Errors
    /// A file or folder that cannot be read.
    pub fn fingerprint(&self) -> Result<Option<String>> {
        match self {
            Self::None => Ok(None),
            Self::Encoder(folder) => encode::fingerprint(&folder.path).map(Some),
            Self::Files(files) => {
                let mut digest = Sha256::new();
                for file in files.iter().flat_map(|file| [Some(&file.vectors), file.overlaps.as_ref()]) {
                    let bytes = file.map(|file| bytes_of(file)).transpose()?.unwrap_or_default();
                    digest.update((bytes.len() as u64).to_le_bytes());
                    digest.update(bytes);
                }
                Ok(Some(encode::hex(&digest.finalize())))
            }
        }
    }

    /// The vectors of two texts.
    ///
    /// Warnings: `embedding-missing` (some sentences have no vector).
    ///
    /// # Errors
    /// Files and models that are malformed, and files that do not belong to these texts: another number
    /// of vectors than of sentences, another dimension on both sides, no sentence that is found.
    pub fn vectors(&self, a: &Segmented, b: &Segmented) -> Result<Outcome<Option<Embeddings>>> {
        let mut warnings = Vec::new();
        let Some(fingerprint) = self.fingerprint()? else { return Ok(Outcome::clean(None)) };
        let (a, b) = match self {
            Self::None => return Ok(Outcome::clean(None)),
            Self::Encoder(folder) => {
                let encoder = folder.encoder()?;
                let side = |text: &Segmented| {
                    Ok::<_, Error>(SideVectors::of_segments(encoder.encode(&sentences(text))?))
                };
                (side(a)?, side(b)?)
            }
            Self::Files(files) => {
                let a = of_file(&files[0], a, &mut warnings)?;
                let b = of_file(&files[1], b, &mut warnings)?;
                if a.dimension() != b.dimension() && !a.is_empty() && !b.is_empty() {
                    let (x, y) = (a.dimension(), b.dimension());
                    let message = format!("vectors of {y} numbers, those of the other text have {x}");
                    return Err(Error::new(ErrorKind::Conflict, message)
                        .in_file(&files[1].vectors)
                        .hint("both texts must be encoded with the same model"));
                }
                (a, b)
            }
        };
        Ok(Outcome { value: Some(Embeddings { a, b, fingerprint }), warnings })
    }
}

fn sentences(text: &Segmented) -> Vec<String> {
    (0..text.len()).map(|s| text.text(s)).collect()
}

/// A sentence as it stands in vecalign's file: as it is read, or as `hexapla segment` writes it, with the
/// label of a speech.
fn as_written(text: &Segmented, segment: usize, overlaps: &Overlaps) -> String {
    let read = text.text(segment);
    if overlaps.knows(&read) {
        return read;
    }
    let raw = text.raw(segment);
    let labelled = text.label(segment).map(|label| format!("{} {raw}", label.trim()));
    let other = labelled.into_iter().chain([raw.to_owned()]).find(|form| overlaps.knows(form));
    other.unwrap_or(read)
}

/// The rows of the segments, where there is one for each segment or, for a file of one sentence a line,
/// for each line.
fn rows_of(vectors: &Vectors, text: &Segmented) -> Option<Vec<Option<usize>>> {
    if vectors.len() == text.len() {
        return Some((0..text.len()).map(Some).collect());
    }
    let lines = text.lines.last()? + 1;
    (vectors.len() == lines && text.lines.len() == text.len())
        .then(|| text.lines.iter().copied().map(Some).collect())
}

fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|cause| Error::io(path, cause))
}

fn of_file(file: &EmbeddingFile, text: &Segmented, warnings: &mut Vec<Warning>) -> Result<SideVectors> {
    let bytes = bytes_of(&file.vectors)?;
    let siglum = text.siglum();
    let Some(stretches) = &file.overlaps else {
        let vectors = npy::read(&bytes, &file.vectors)?;
        let Some(rows) = rows_of(&vectors, text) else {
            let message = format!("{} vectors, but {siglum} has {} sentences", vectors.len(), text.len());
            return Err(Error::new(ErrorKind::Conflict, message).in_file(&file.vectors).hint(
                "encode the sentences as they are cut here: `hexapla segment` writes them one a line",
            ));
        };
        return Ok(SideVectors::of_stretches(&vectors, &[rows]));
    };
    let overlaps = overlaps::read(&read_utf8(stretches, "text")?, stretches, &bytes, &file.vectors)?;
    let written: Vec<String> = (0..text.len()).map(|s| as_written(text, s, &overlaps)).collect();
    let rows = overlaps.stretches(&written, LONGEST_STRETCH);
    let missing: Vec<usize> = (0..text.len()).filter(|&s| rows[0][s].is_none()).collect();
    if let Some(&first) = missing.first() {
        let shown: String = text.text(first).chars().take(40).collect();
        if missing.len() == text.len() {
            let message = format!("no sentence of {siglum} stands here (the first is `{shown}`)");
            return Err(Error::new(ErrorKind::Conflict, message).in_file(stretches).hint(
                "make the file from the sentences as they are cut here: `hexapla segment` writes them",
            ));
        }
        let message = format!(
            "{} of {} sentences of {siglum} have no vector, first `{shown}`",
            missing.len(),
            text.len()
        );
        warnings.push(Warning::new("embedding-missing", message).in_file(stretches));
    }
    Ok(SideVectors::of_stretches(overlaps.vectors(), &rows))
}
