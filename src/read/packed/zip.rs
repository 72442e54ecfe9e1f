//! ZIP archives in memory: the central directory, and files stored or deflated.
//!
//! After the specification of the format (PKWARE, APPNOTE.TXT), as far as documents use it. What is
//! unpacked is bounded by what the directory says and by the limit of the whole archive.

use std::cell::Cell;

use crate::{Error, ErrorKind, Result};

/// More files than this are no document.
const MOST_FILES: usize = 20_000;
/// Nothing grows more than this when unpacked, but for small files.
const LARGEST_RATIO: usize = 400;
/// Files up to this size may grow as they like.
const SMALL: usize = 4 << 20;
/// All files of an archive together unpack to at most this many bytes, or to the limit of a file.
const LARGEST_TOTAL: u64 = 1 << 30;

/// Whether bytes begin like an archive.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// A file in an archive.
#[derive(Debug, Clone)]
struct File {
    name: String,
    method: u16,
    encrypted: bool,
    crc: u32,
    packed: usize,
    size: usize,
    /// Where its local header stands.
    header: usize,
}

/// What came out of an archive.
pub(crate) struct Unpacked {
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// Whether the checksum is right.
    pub(crate) intact: bool,
}

/// A ZIP archive.
pub(crate) struct Archive<'b> {
    bytes: &'b [u8],
    files: Vec<File>,
    /// How many bytes may still be unpacked.
    left: Cell<u64>,
}

impl<'b> Archive<'b> {
    /// Reads the directory of an archive.
    ///
    /// # Errors
    /// An archive that is cut off or has too many files.
    pub(crate) fn new(bytes: &'b [u8], limit: u64) -> Result<Self> {
        let cut = || {
            Error::new(ErrorKind::Syntax, "the archive is cut off: its directory is missing")
                .hint("fetch or copy the file again")
        };
        let end = (0..=bytes.len().saturating_sub(22).min(65_557))
            .map(|back| bytes.len().saturating_sub(22 + back))
            .find(|&at| bytes.get(at..at + 4) == Some(b"PK\x05\x06"))
            .ok_or_else(cut)?;
        let count = u16_at(bytes, end + 10).ok_or_else(cut)? as usize;
        let mut at = u32_at(bytes, end + 16).ok_or_else(cut)? as usize;
        if count > MOST_FILES {
            return Err(Error::new(ErrorKind::TooLarge, format!("the archive holds {count} files")));
        }
        let mut files = Vec::with_capacity(count);
        for _ in 0..count {
            if bytes.get(at..at + 4) != Some(b"PK\x01\x02") {
                return Err(cut());
            }
            let field = |offset| u16_at(bytes, at + offset).ok_or_else(cut);
            let long = |offset| u32_at(bytes, at + offset).map(|value| value as usize).ok_or_else(cut);
            let (name, extra, comment) = (field(28)? as usize, field(30)? as usize, field(32)? as usize);
            let raw = bytes.get(at + 46..at + 46 + name).ok_or_else(cut)?;
            files.push(File {
                name: String::from_utf8_lossy(raw).replace('\\', "/"),
                method: field(10)?,
                encrypted: field(8)? & 1 == 1,
                crc: u32_at(bytes, at + 16).ok_or_else(cut)?,
                packed: long(20)?,
                size: long(24)?,
                header: long(42)?,
            });
            at += 46 + name + extra + comment;
        }
        Ok(Self { bytes, files, left: Cell::new(limit.min(LARGEST_TOTAL)) })
    }

    /// The number of a file.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let exact = self.files.iter().position(|file| file.name == name);
        exact.or_else(|| self.files.iter().position(|file| file.name.eq_ignore_ascii_case(name)))
    }

    /// The names of all files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    /// Unpacks a file.
    ///
    /// # Errors
    /// A file that is encrypted, damaged, packed by a method that is not known, or too large.
    pub(crate) fn unpack(&self, at: usize) -> Result<Unpacked> {
        let Some(file) = self.files.get(at) else {
            return Err(Error::new(ErrorKind::Syntax, "there is no such file in the archive"));
        };
        let fail = |kind, message: String| Error::new(kind, format!("`{}` {message}", file.name));
        let damaged = || {
            fail(ErrorKind::Syntax, "is damaged or cut off".to_owned()).hint("fetch or copy the file again")
        };
        if file.encrypted {
            return Err(fail(ErrorKind::Unsupported, "is encrypted".to_owned())
                .hint("save the document without a password"));
        }
        let bomb = || {
            fail(ErrorKind::TooLarge, format!("would unpack to {} MiB or more", file.size >> 20))
                .hint("this is no document: unpack it by hand if you trust it")
        };
        let size = file.size as u64;
        if size > self.left.get() || file.size > SMALL && file.size / LARGEST_RATIO > file.packed {
            return Err(bomb());
        }
        let header = file.header;
        if self.bytes.get(header..header + 4) != Some(b"PK\x03\x04") {
            return Err(damaged());
        }
        let name = u16_at(self.bytes, header + 26).ok_or_else(damaged)? as usize;
        let extra = u16_at(self.bytes, header + 28).ok_or_else(damaged)? as usize;
        let start = header + 30 + name + extra;
        let packed = self.bytes.get(start..start.saturating_add(file.packed)).ok_or_else(damaged)?;
        let bytes = match file.method {
            0 => packed.to_vec(),
            8 => {
                // What the directory says may be wrong; the limit holds whatever it says.
                let limit = file.size.max(SMALL.min(packed.len().saturating_mul(LARGEST_RATIO)));
                miniz_oxide::inflate::decompress_to_vec_with_limit(packed, limit).map_err(
                    |error| match error.status {
                        miniz_oxide::inflate::TINFLStatus::HasMoreOutput => bomb(),
                        _ => damaged(),
                    },
                )?
            }
            method => {
                return Err(fail(
                    ErrorKind::Unsupported,
                    format!("is packed by a method that is not known ({method})"),
                ));
            }
        };
        self.left.set(self.left.get().saturating_sub(bytes.len() as u64));
        let intact = bytes.len() == file.size && crc32(&bytes) == file.crc;
        Ok(Unpacked { bytes, intact })
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}

/// The checksum of ZIP and gzip (CRC-32, reflected polynomial EDB88320).
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    let step = |crc: u32, byte: &u8| (crc >> 8) ^ TABLE[usize::from((crc as u8) ^ byte)];
    !bytes.iter().fold(!0, step)
}

const fn table() -> [u32; 256] {
    let mut table = [0u32; 256];
    let mut at = 0;
    while at < 256 {
        let mut value = at as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { (value >> 1) ^ 0xEDB8_8320 } else { value >> 1 };
            bit += 1;
        }
        table[at] = value;
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn a_cut_off_archive_is_told() {
        let error = Archive::new(b"PK\x03\x04....", 1 << 20).err().unwrap();
        assert!(error.message().contains("cut off"));
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes: Vec<u8>, tail in "PK\u{5}\u{6}[\0\u{1}]{18}") {
            let all = [bytes.as_slice(), tail.as_bytes()].concat();
            if let Ok(archive) = Archive::new(&all, 1 << 20) {
                for at in 0..archive.files.len() {
                    let _ = archive.unpack(at);
                }
            }
        }
    }
}
