//! Texts as the numbers of their word pieces, by the model's own `tokenizer.json`.

use std::path::Path;

use tokenizers::{Tokenizer, TruncationParams};

use crate::{Error, ErrorKind, Result};

/// Cuts texts into word pieces.
#[derive(Debug)]
pub(super) struct Pieces {
    tokenizer: Tokenizer,
    /// The piece that stands for what is not known.
    pub(super) unknown: Option<u32>,
    special: bool,
    path: std::path::PathBuf,
}

impl Pieces {
    /// Reads a tokenizer; texts are cut after `most` pieces. `special`: with the pieces that the model wants
    /// around a text.
    pub(super) fn open(path: &Path, most: usize, special: bool) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|cause| Error::io(path, cause))?;
        let malformed = |what: String| {
            let error = Error::new(ErrorKind::Syntax, format!("not a tokenizer: {what}")).in_file(path);
            error.hint("tokenizer.json comes with the model, in the format of Hugging Face's tokenizers")
        };
        let json: serde_json::Value = serde_json::from_slice(&bytes).map_err(|e| malformed(e.to_string()))?;
        let mut tokenizer = Tokenizer::from_bytes(&bytes).map_err(|e| malformed(e.to_string()))?;
        tokenizer.with_padding(None);
        let truncation = TruncationParams { max_length: most, ..TruncationParams::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(|e| malformed(e.to_string()))?;
        let model = &json["model"];
        let by_number = model["unk_id"].as_u64().and_then(|id| u32::try_from(id).ok());
        let by_name = || tokenizer.token_to_id(model["unk_token"].as_str()?);
        let unknown = by_number.or_else(by_name);
        Ok(Self { tokenizer, unknown, special, path: path.to_owned() })
    }

    /// How many pieces there are.
    pub(super) fn count(&self) -> usize {
        self.tokenizer.get_vocab_size(true)
    }

    /// The numbers of the pieces of a text.
    pub(super) fn of(&self, text: &str) -> Result<Vec<u32>> {
        match self.tokenizer.encode_fast(text, self.special) {
            Ok(encoding) => Ok(encoding.get_ids().to_vec()),
            Err(error) => {
                let shown: String = text.chars().take(40).collect();
                let message = format!("the tokenizer fails on `{shown}`: {error}");
                Err(Error::new(ErrorKind::Unsupported, message).in_file(&self.path))
            }
        }
    }
}

/// A file of settings, if it is there.
pub(super) fn settings(path: &Path) -> Result<serde_json::Value> {
    if !path.is_file() {
        return Ok(serde_json::Value::Null);
    }
    let bytes = std::fs::read(path).map_err(|cause| Error::io(path, cause))?;
    serde_json::from_slice(&bytes)
        .map_err(|e| Error::new(ErrorKind::Syntax, format!("no settings of a model: {e}")).in_file(path))
}
