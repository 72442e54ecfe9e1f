//! Vectors of sentences from a model in a local folder. Nothing is ever fetched.
//!
//! | folder | what it is | feature |
//! |---|---|---|
//! | `model.onnx` or `onnx/model.onnx`, `tokenizer.json` | a sentence encoder, run whole | `onnx` |
//! | `model.safetensors`, `tokenizer.json` | Model2Vec: a table of vectors of word pieces | `model2vec` |

#[cfg(feature = "model2vec")]
mod model2vec;
#[cfg(feature = "onnx")]
mod onnx;
#[cfg(any(feature = "model2vec", feature = "onnx"))]
mod pieces;

use std::fmt::Debug;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::model::Vectors;
use crate::{Error, ErrorKind, Result};

/// Makes vectors of texts.
pub trait Encoder: Debug + Send + Sync {
    /// A vector for each text, in order. A text in which nothing is known has zeros.
    ///
    /// # Errors
    /// Where the model cannot be run on a text.
    fn encode(&self, texts: &[String]) -> Result<Vectors>;
}

/// The folder of a static model inside a folder of sentence-transformers.
const STATIC: &str = "0_StaticEmbedding";

/// What stands in a folder.
#[derive(Debug)]
enum Kind {
    Onnx(PathBuf),
    Model2Vec(PathBuf),
}

impl Kind {
    fn of(folder: &Path) -> Result<Self> {
        let found = ["model.onnx", "onnx/model.onnx"].map(|name| folder.join(name));
        if let Some(file) = found.into_iter().find(|file| file.is_file()) {
            return Ok(Self::Onnx(file));
        }
        let found = [folder.to_owned(), folder.join(STATIC)];
        if let Some(folder) = found.into_iter().find(|f| f.join("model.safetensors").is_file()) {
            return Ok(Self::Model2Vec(folder));
        }
        let (kind, message) = match folder.is_dir() {
            true => (ErrorKind::Unsupported, "no sentence encoder lies in this folder"),
            false => (ErrorKind::NotFound, "no such folder"),
        };
        Err(Error::new(kind, message).in_file(folder).hint(
            "a Model2Vec folder holds model.safetensors and tokenizer.json, another encoder model.onnx and \
             tokenizer.json; nothing is fetched",
        ))
    }
}

/// Opens the model in a folder.
///
/// # Errors
/// A folder without a model, a model that is malformed, or of a kind that this build leaves out.
pub fn open(folder: &Path) -> Result<Box<dyn Encoder>> {
    match Kind::of(folder)? {
        #[cfg(feature = "onnx")]
        Kind::Onnx(file) => Ok(Box::new(onnx::Onnx::open(&file, folder)?)),
        #[cfg(not(feature = "onnx"))]
        Kind::Onnx(file) => Err(left_out(&file, "onnx")),
        #[cfg(feature = "model2vec")]
        Kind::Model2Vec(folder) => Ok(Box::new(model2vec::Model2Vec::open(&folder)?)),
        #[cfg(not(feature = "model2vec"))]
        Kind::Model2Vec(folder) => Err(left_out(&folder, "model2vec")),
    }
}

/// The error for a model that this build knows nothing of.
#[allow(dead_code, reason = "with every feature nothing is left out")]
fn left_out(path: &Path, feature: &str) -> Error {
    Error::new(ErrorKind::Unsupported, format!("this program was built without `{feature}`"))
        .in_file(path)
        .hint(format!("build it so: cargo build --release --features {feature}"))
}

/// Tells a model from others without reading all of it: a digest of the sizes, the beginnings and the
/// ends of its files.
///
/// # Errors
/// A folder without a model, or a file that cannot be read.
pub fn fingerprint(folder: &Path) -> Result<String> {
    const END: u64 = 1 << 16;
    let files = match Kind::of(folder)? {
        Kind::Onnx(file) => vec![file, folder.join("tokenizer.json"), folder.join("1_Pooling/config.json")],
        Kind::Model2Vec(folder) => {
            ["model.safetensors", "tokenizer.json", "config.json"].map(|name| folder.join(name)).to_vec()
        }
    };
    let mut digest = Sha256::new();
    for path in files.iter().filter(|path| path.is_file()) {
        let read = || -> std::io::Result<(u64, Vec<u8>)> {
            use std::io::Seek as _;
            let mut file = File::open(path)?;
            let size = file.metadata()?.len();
            let mut bytes = Vec::new();
            file.by_ref().take(END).read_to_end(&mut bytes)?;
            file.seek(std::io::SeekFrom::Start(size.saturating_sub(END)))?;
            file.take(END).read_to_end(&mut bytes)?;
            Ok((size, bytes))
        };
        let (size, bytes) = read().map_err(|cause| Error::io(path, cause))?;
        digest.update(size.to_le_bytes());
        digest.update(bytes);
    }
    Ok(hex(&digest.finalize()))
}

/// The first bytes of a digest in letters: enough to tell models apart.
pub(crate) fn hex(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
