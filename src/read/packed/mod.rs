//! Packed files: gzip, and the zipped formats EPUB, DOCX, ODT and XLSX.

mod docx;
mod epub;
mod gzip;
mod odt;
mod xlsx;
mod zip;

pub(crate) use gzip::unpack;
pub(crate) use zip::{Archive, is_zip};

use super::draft::Drafted;
use super::encoding::{self, Decoded};
use super::{Format, Options};
use crate::model::{Lang, SourceEntry};
use crate::{Error, ErrorKind, Result, Warning};

/// Reads a zipped format.
///
/// # Errors
/// What is wrong with the archive or a file in it, naming that file.
pub(crate) fn read(
    bytes: &[u8],
    format: Format,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Drafted> {
    let archive = Archive::new(bytes, options.max_bytes)?;
    let mut package = Package { archive, entries: Vec::new(), next: 0, damaged: Vec::new() };
    let drafted = match format {
        Format::Epub => epub::read(&mut package, options, warnings),
        Format::Docx => docx::read(&mut package, options, warnings),
        Format::Odt => odt::read(&mut package, options, warnings),
        Format::Xlsx => xlsx::read(&mut package, options, warnings),
        _ => Err(Error::new(ErrorKind::Usage, format!("`{}` is no zipped format", format.word()))),
    };
    let mut drafted = drafted?;
    if !package.damaged.is_empty() {
        let message = format!("the checksum is wrong for {}", package.damaged.join(", "));
        warnings.push(Warning::new("checksum", message).hint("the file may be damaged: look at its text"));
    }
    drafted.entries = package.entries;
    Ok(drafted)
}

/// Reads an OpenDocument text that is one XML file.
///
/// # Errors
/// What is no XML.
pub(crate) fn read_flat_odt(
    decoded: &Decoded,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Drafted> {
    odt::flat(decoded, options, warnings)
}

/// An archive of which files are read.
pub(crate) struct Package<'b> {
    archive: Archive<'b>,
    entries: Vec<SourceEntry>,
    /// Where the next file's bytes begin in the count over all.
    next: usize,
    damaged: Vec<String>,
}

/// A file of a package.
pub(crate) struct Entry {
    /// Its text.
    pub(crate) decoded: Decoded,
    /// Where its bytes begin in the count over all.
    pub(crate) base: usize,
}

impl Package<'_> {
    /// Whether there is a file of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.find(name).is_some()
    }

    /// The text of a file; `None` where there is none of this name.
    ///
    /// # Errors
    /// A damaged, encrypted or too large file, naming it.
    pub(crate) fn open(&mut self, name: &str, warnings: &mut Vec<Warning>) -> Result<Option<Entry>> {
        let Some(at) = self.archive.find(name) else { return Ok(None) };
        let unpacked = self.archive.unpack(at)?;
        if !unpacked.intact && !self.damaged.iter().any(|other| other == name) {
            self.damaged.push(name.to_owned());
        }
        let declared = encoding::declared_label(&unpacked.bytes);
        let decoded = encoding::decode(&unpacked.bytes, None, declared.as_deref(), &Lang::und(), warnings)
            .map_err(|error| error.inside(name))?;
        let base = match self.entries.iter().find(|entry| entry.name == name) {
            Some(entry) => entry.start,
            None => {
                let base = self.next;
                self.next += unpacked.bytes.len();
                let bytes = unpacked.bytes.len();
                self.entries.push(SourceEntry { name: name.to_owned(), start: base, bytes });
                base
            }
        };
        Ok(Some(Entry { decoded, base }))
    }

    /// The text of a file that must be there.
    ///
    /// # Errors
    /// Those of [`open`](Self::open), and that there is none.
    pub(crate) fn need(&mut self, name: &str, warnings: &mut Vec<Warning>) -> Result<Entry> {
        self.open(name, warnings)?.ok_or_else(|| {
            Error::new(ErrorKind::Syntax, format!("`{name}` is missing in the archive"))
                .hint("the file is damaged or cut off: fetch or save it again")
        })
    }
}

/// A path in an archive, told relative to the folder of another one: `..` goes up, never out.
pub(crate) fn resolve_path(of: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let target = percent_decoded(target);
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => of.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect()),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match (first, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_up_and_never_out() {
        assert_eq!(resolve_path("OEBPS/package.opf", "text/ch%201.xhtml#n2"), "OEBPS/text/ch 1.xhtml");
        assert_eq!(resolve_path("a/b/c.xhtml", "../../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolve_path("c.opf", "/x.xhtml"), "x.xhtml");
    }
}
