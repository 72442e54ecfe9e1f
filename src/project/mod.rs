//! A project: the manifest, the folder it describes, and the alignments kept in it.
//!
//! This module ties [`crate::model`] to files and knows nothing of how texts are read, cut or
//! aligned; the command line joins both. What lies where:
//!
//! - `manifest.rs` says what `hexapla.toml` means; `parse.rs` and `validate.rs` read and check it,
//!   `excerpt.rs` and `suggest.rs` help to say what is wrong where;
//! - `render.rs` writes witnesses as TOML, `edit.rs` adds them to a manifest that a person wrote,
//!   `discover.rs`, `language.rs` and `init.rs` make a first one for a folder of texts;
//! - `store.rs` says how an alignment is stored, with the hashes of what it was made from;
//! - only with the feature `fs`: `disk.rs` opens a project, `scan.rs` lists the texts of a folder,
//!   `folder.rs` keeps alignments, `atomic.rs` writes any file whole or not at all.

use std::path::PathBuf;

use crate::{Error, ErrorKind, Outcome, Result};

#[cfg(feature = "fs")]
mod atomic;
mod comparing;
mod discover;
#[cfg(feature = "fs")]
mod disk;
mod edit;
mod excerpt;
#[cfg(feature = "fs")]
mod folder;
mod init;
mod language;
mod manifest;
mod parse;
mod render;
#[cfg(feature = "fs")]
mod scan;
mod store;
mod suggest;
mod validate;

#[cfg(feature = "fs")]
pub use atomic::write_atomically;
pub use discover::{Found, Guess, Series, find_witnesses, guess_witness, unique_siglum};
pub use edit::{add_files, add_witness};
#[cfg(feature = "fs")]
pub use folder::AlignmentStore;
pub use init::{Draft, draft, init_manifest};
pub use language::{DetectedLang, detect_language};
pub use manifest::{
    AlignRules, CHANGES, CHOICES, COLON, Compare, DASHES, DICTIONARIES, Dictionaries, DictionaryFile,
    ELLIPSIS, FILE_NAME, FORMATS, FileEntry, Manifest, NOTES, QUOTES, Rule, SegmentRules, VERSE,
    WitnessEntry, Work,
};

#[cfg(feature = "fs")]
pub use scan::{Scan, scan, scan_all};
pub use store::{FOLDER, Freshness, Header, SCHEMA, StoredAlignment};
pub use suggest::did_you_mean;

/// A folder with a manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// The folder; paths in the manifest are relative to it.
    pub root: PathBuf,
    /// What `hexapla.toml` says.
    pub manifest: Manifest,
    /// The manifest's text, for messages about places in it.
    text: String,
}

impl Project {
    /// The project whose manifest has the given text, as if it lay in `root`.
    ///
    /// # Errors
    /// Those of [`Manifest::parse`].
    pub fn from_text(root: impl Into<PathBuf>, text: impl Into<String>) -> Result<Outcome<Self>> {
        let (root, text) = (root.into(), text.into());
        let parsed = Manifest::parse(&text, root.join(FILE_NAME))?;
        Ok(parsed.map(|manifest| Self { root, manifest, text }))
    }

    /// The path of the manifest.
    pub fn manifest_path(&self) -> PathBuf {
        self.root.join(FILE_NAME)
    }

    /// The text of the manifest as it was read.
    pub fn manifest_text(&self) -> &str {
        &self.text
    }

    /// The path of a file of the project.
    pub fn path_of(&self, file: &FileEntry) -> PathBuf {
        self.root.join(&file.path)
    }

    /// The witness with a siglum.
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`] with the sigla that there are and the one that may be meant.
    pub fn witness(&self, siglum: &str) -> Result<&WitnessEntry> {
        self.manifest.find(siglum).ok_or_else(|| {
            Error::new(ErrorKind::Unknown, format!("there is no witness `{siglum}`"))
                .in_file(self.manifest_path())
                .hint(suggest::hint_of(siglum, &self.manifest.sigla(), "the witnesses are"))
        })
    }

    /// See [`Manifest::default_pairs`].
    pub fn default_pairs(&self) -> Vec<(String, String)> {
        self.manifest.default_pairs()
    }

    /// Where the alignments are kept.
    #[cfg(feature = "fs")]
    pub fn alignments(&self) -> AlignmentStore {
        AlignmentStore::new(self.root.join(FOLDER))
    }
}
