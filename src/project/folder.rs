//! The folder of a project in which alignments are kept.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

use super::store::{Freshness, Header, LONGEST_HEADER, StoredAlignment, belongs, read_header};
use super::write_atomically;
use crate::model::Aligned;
use crate::{Error, ErrorKind, Result};

/// The folder in which alignments are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlignmentStore {
    folder: PathBuf,
}

impl AlignmentStore {
    /// The store in a folder, which need not exist yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The file of a pair ([`StoredAlignment::file_name`]).
    pub fn path_of(&self, a: &str, b: &str) -> PathBuf {
        self.folder.join(StoredAlignment::file_name(a, b))
    }

    /// Writes the alignment of a pair and returns its file.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] if the beads do not cover both texts exactly once or the header is of
    /// other texts; those of [`write_atomically`].
    pub fn save(&self, header: &Header, pair: &Aligned) -> Result<PathBuf> {
        let path = self.path_of(&header.a, &header.b);
        header.check(pair).map_err(|fault| Error::new(ErrorKind::Conflict, fault).in_file(&path))?;
        write_atomically(&path, |out| header.write_with(pair, out))?;
        Ok(path)
    }

    /// Reads the alignment of a pair; one that is stored the other way round is turned. `None` when
    /// there is neither.
    ///
    /// # Errors
    /// Those of [`StoredAlignment::read`]; [`ErrorKind::Conflict`] if the file is of another pair; those of
    /// the file system.
    pub fn load(&self, a: &str, b: &str) -> Result<Option<StoredAlignment>> {
        let Some((path, turned)) = self.locate(a, b) else { return Ok(None) };
        let bytes = std::fs::read(&path).map_err(|cause| Error::io(&path, cause))?;
        let stored = StoredAlignment::read(bytes, &path)?;
        let stored = if turned { stored.flipped() } else { stored };
        belongs(&stored.header, a, b, &path)?;
        Ok(Some(stored))
    }

    /// Whether the alignment stored for a pair was made from what `now` describes
    /// ([`Header::of`]). Only the header is read.
    ///
    /// # Errors
    /// As [`load`](Self::load), for what the header shows.
    pub fn freshness(&self, now: &Header) -> Result<Freshness> {
        let Some((path, turned)) = self.locate(&now.a, &now.b) else { return Ok(Freshness::Missing) };
        let file = File::open(&path).map_err(|cause| Error::io(&path, cause))?;
        let mut line = Vec::new();
        BufReader::new(file.take(LONGEST_HEADER))
            .read_until(b'\n', &mut line)
            .map_err(|cause| Error::io(&path, cause))?;
        let header = read_header(&String::from_utf8_lossy(&line), &path)?;
        let header = if turned { header.flipped() } else { header };
        belongs(&header, &now.a, &now.b, &path)?;
        Ok(header.difference(now).map_or(Freshness::Fresh, |why| Freshness::Stale { why }))
    }

    /// The file of a pair, and whether it is of the pair turned round.
    fn locate(&self, a: &str, b: &str) -> Option<(PathBuf, bool)> {
        let (straight, turned) = (self.path_of(a, b), self.path_of(b, a));
        if straight.exists() { Some((straight, false)) } else { turned.exists().then_some((turned, true)) }
    }
}
