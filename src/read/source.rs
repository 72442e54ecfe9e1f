//! The steps before any format: refuse what is no text, decode, and describe the file.

use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::encoding::{self, Decoded};
use super::{Options, sniff};
use crate::model::{Source, SourceEncoding};
use crate::{Result, Warning};

/// Refuses binary data and decodes the rest. A forced encoding is believed even where the bytes
/// look binary.
pub(crate) fn decode_text(
    bytes: &[u8],
    options: &Options,
    declared: Option<&str>,
    warnings: &mut Vec<Warning>,
) -> Result<Decoded> {
    if options.encoding.is_none() || bytes.is_empty() {
        sniff::refuse_binary(bytes)?;
    }
    encoding::decode(bytes, options.encoding.as_deref(), declared, &options.lang, warnings)
}

/// What is recorded of a file.
pub(crate) fn describe(bytes: &[u8], path: Option<&Path>, format: &str, encoding: SourceEncoding) -> Source {
    let mut sha256 = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(sha256, "{byte:02x}");
    }
    Source {
        path: path.map(Path::to_owned),
        bytes: bytes.len(),
        sha256,
        format: format.to_owned(),
        encoding,
        entries: Vec::new(),
    }
}

/// Names the file in warnings that do not name one.
pub(crate) fn name_file(warnings: &mut [Warning], path: Option<&Path>) {
    for warning in warnings.iter_mut().filter(|warning| warning.path.is_none()) {
        warning.path = path.map(Path::to_owned);
    }
}
