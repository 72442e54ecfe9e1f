//! Files packed by gzip, of which dictzip's are a kind (RFC 1952).

use std::path::Path;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::{Error, ErrorKind, Result};

/// No dictionary is larger when it is unpacked.
const MOST_BYTES: usize = 1 << 30;

/// The bytes unpacked where they are packed, else as they are.
pub(super) fn unpacked(bytes: Vec<u8>, path: &Path) -> Result<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let body = body(&bytes).unwrap_or_default();
    decompress_to_vec_with_limit(body, MOST_BYTES).map_err(|_| {
        let error = Error::new(ErrorKind::Syntax, "the file is packed by gzip, and broken").in_file(path);
        error.hint("unpack it with `gzip -d`, or fetch it again")
    })
}

/// What follows the head.
fn body(bytes: &[u8]) -> Option<&[u8]> {
    let flags = *bytes.get(3)?;
    let mut rest = bytes.get(10..)?;
    if flags & 4 != 0 {
        let length = usize::from(*rest.first()?) | usize::from(*rest.get(1)?) << 8;
        rest = rest.get(2 + length..)?;
    }
    // The name of the file, and a comment.
    for _ in 0..(flags >> 3 & 1) + (flags >> 4 & 1) {
        let end = rest.iter().position(|&byte| byte == 0)?;
        rest = &rest[end + 1..];
    }
    if flags & 2 != 0 { rest.get(2..) } else { Some(rest) }
}
