//! A project on disk: the manifest, the folder it describes, and the alignments kept in it.
//!
//! This module ties [`crate::model`] to files and knows nothing of how texts are read, cut or
//! aligned; the command line joins both. What lies where:
//!
//! - `manifest.rs` says what `hexapla.toml` means; `parse.rs` and `validate.rs` read and check it,
//!   `excerpt.rs` and `suggest.rs` help to say what is wrong where;
//! - `render.rs` writes witnesses as TOML, `edit.rs` adds them to a manifest that a person wrote,
//!   `discover.rs`, `language.rs` and `init.rs` make a first one for a folder of texts;
//! - `store.rs` keeps alignments with the hashes of what they were made from, `atomic.rs` writes
//!   any file whole or not at all.

use std::path::{Path, PathBuf};

use crate::{Error, ErrorKind, Outcome, Result, Warning};

mod atomic;
mod comparing;
mod discover;
mod edit;
mod excerpt;
mod init;
mod language;
mod manifest;
mod parse;
mod render;
mod store;
mod suggest;
mod validate;

pub use atomic::write_atomically;
pub use discover::{Found, Guess, Series, find_witnesses, guess_witness, scan, unique_siglum};
pub use edit::{add_files, add_witness};
pub use init::{Draft, draft, init_manifest};
pub use language::{DetectedLang, detect_language};
pub use manifest::{
    AlignRules, COLON, Compare, DASHES, DICTIONARIES, Dictionaries, DictionaryFile, ELLIPSIS, FILE_NAME,
    FORMATS, FileEntry, Manifest, QUOTES, Rule, SegmentRules, VERSE, WitnessEntry, Work,
};

pub use store::{AlignmentStore, FOLDER, Freshness, Header, SCHEMA, StoredAlignment};
pub use suggest::did_you_mean;

use excerpt::SourceText;

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
    /// Opens the project in a folder. For convenience `dir` may be the manifest itself.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] where there is no `hexapla.toml`, [`ErrorKind::Encoding`] if it is
    /// not UTF-8, and those of [`Manifest::parse`].
    pub fn open(dir: impl AsRef<Path>) -> Result<Outcome<Self>> {
        let dir = dir.as_ref();
        let is_manifest = dir.file_name().is_some_and(|name| name == FILE_NAME) && dir.is_file();
        let root = if is_manifest { dir.parent().unwrap_or(Path::new("")) } else { dir };
        let path = root.join(FILE_NAME);
        let bytes = std::fs::read(&path).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
                Error::new(ErrorKind::NotFound, format!("there is no {FILE_NAME} here"))
                    .in_file(root)
                    .hint("make one with `hexapla init`, or name files instead of sigla")
            }
            _ => Error::io(&path, cause),
        })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            SourceText { path: &path, text: &text }
                .error(ErrorKind::Encoding, valid..valid, "the manifest is not UTF-8")
                .hint("save it as UTF-8; `encoding` under a [[witness]] is for its texts")
        })?;
        Self::from_text(root, text)
    }

    /// The project whose manifest has the given text, as if it lay in `root`.
    ///
    /// # Errors
    /// Those of [`Manifest::parse`].
    pub fn from_text(root: impl Into<PathBuf>, text: impl Into<String>) -> Result<Outcome<Self>> {
        let (root, text) = (root.into(), text.into());
        let parsed = Manifest::parse(&text, root.join(FILE_NAME))?;
        Ok(parsed.map(|manifest| Self { root, manifest, text }))
    }

    /// The project in `start` or in the nearest folder above it; `None` when there is none.
    ///
    /// # Errors
    /// Those of [`Project::open`] for the manifest found, and of the file system if `start` does
    /// not exist.
    pub fn discover(start: impl AsRef<Path>) -> Result<Option<Outcome<Self>>> {
        let start = start.as_ref();
        // As given where possible: messages are easier to read with short paths.
        if start.join(FILE_NAME).is_file() {
            return Self::open(start).map(Some);
        }
        let here = if start.as_os_str().is_empty() { Path::new(".") } else { start };
        let absolute = here.canonicalize().map_err(|cause| Error::io(start, cause))?;
        let found = absolute.ancestors().find(|dir| dir.join(FILE_NAME).is_file());
        found.map(Self::open).transpose()
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
    pub fn alignments(&self) -> AlignmentStore {
        AlignmentStore::new(self.root.join(FOLDER))
    }

    /// Checks that each file that the manifest names can be opened.
    ///
    /// The errors, one for each file that cannot, point at the path in the manifest.
    pub fn missing_files(&self) -> Vec<Error> {
        let entries = self.manifest.witnesses.iter();
        entries.flat_map(|entry| entry.files.iter().filter_map(|file| self.missing(entry, file))).collect()
    }

    fn missing(&self, entry: &WitnessEntry, file: &FileEntry) -> Option<Error> {
        let path = self.path_of(file);
        let shown = file.path.display();
        let siglum = entry.siglum();
        let error = match std::fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => {
                Error::new(ErrorKind::IsDirectory, format!("the file {shown} of `{siglum}` is a folder"))
                    .hint("name the files in it, one by one")
            }
            Ok(_) => return None,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                let hint = match self.similar_file(&path) {
                    Some(name) => format!("did you mean {}?", file.path.with_file_name(name).display()),
                    None => "check the spelling; paths are relative to the manifest's folder".to_owned(),
                };
                Error::new(ErrorKind::NotFound, format!("the file {shown} of `{siglum}` does not exist"))
                    .hint(hint)
            }
            Err(cause) => {
                Error::new(ErrorKind::Io, format!("the file {shown} of `{siglum}` cannot be opened: {cause}"))
                    .hint("check who may read it and the folders above it")
            }
        };
        let manifest = self.manifest_path();
        Some(match file.span {
            Some(span) => SourceText { path: &manifest, text: &self.text }.locate(error, span.range()),
            None => error.in_file(manifest),
        })
    }

    /// A file in the same folder with nearly the same name.
    fn similar_file(&self, path: &Path) -> Option<String> {
        let folder = path.parent()?.read_dir().ok()?;
        let mut names: Vec<String> =
            folder.flatten().filter_map(|e| e.file_name().into_string().ok()).collect();
        names.sort();
        let wanted = path.file_name()?.to_str()?;
        did_you_mean(wanted, names.iter().map(String::as_str)).map(str::to_owned)
    }

    /// A warning for each file that cannot be opened, for commands that can go on without it.
    pub fn missing_file_warnings(&self) -> Vec<Warning> {
        let warn = |error: Error| Warning {
            place: error.place(),
            path: error.path().map(Path::to_owned),
            hint: error.shown_hint().map(str::to_owned),
            ..Warning::new("file-missing", error.message())
        };
        self.missing_files().into_iter().map(warn).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[[witness]]\nsiglum = \"FI\"\nlang = \"en\"\nfiles = [\"texts/fi.txt\"]\n";

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("texts/deep")).unwrap();
        std::fs::write(dir.path().join(FILE_NAME), MANIFEST).unwrap();
        std::fs::write(dir.path().join("texts/fi.txt"), "War.").unwrap();
        dir
    }

    #[test]
    fn a_project_is_found_from_its_folders() {
        let dir = folder();
        let here = Project::discover(dir.path()).unwrap().unwrap().value;
        let below = Project::discover(dir.path().join("texts/deep")).unwrap().unwrap().value;
        assert_eq!(here.manifest, below.manifest);
        assert_eq!(below.root.canonicalize().unwrap(), dir.path().canonicalize().unwrap());
        let by_file = Project::open(dir.path().join(FILE_NAME)).unwrap().value;
        assert_eq!(by_file.root, dir.path());
        assert!(here.missing_files().is_empty());
        assert_eq!(here.manifest_text(), MANIFEST);
    }

    #[test]
    fn no_project_is_none_for_discover_and_an_error_for_open() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Project::discover(dir.path()).unwrap().is_none());
        let error = Project::open(dir.path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.message(), "there is no hexapla.toml here");
        assert!(error.shown_hint().unwrap().contains("hexapla init"));
        let gone = Project::discover(dir.path().join("nowhere")).unwrap_err();
        assert_eq!(gone.kind(), ErrorKind::NotFound);
    }

    #[test]
    fn a_manifest_in_another_encoding_says_where() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE_NAME), b"[work]\ntitle = \"R\xe9gime\"\n").unwrap();
        let error = Project::open(dir.path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encoding);
        assert_eq!(error.place().map(|p| (p.line, p.column)), Some((2, Some(11))));
    }

    #[test]
    fn an_unknown_siglum_lists_what_there_is() {
        let project = Project::open(folder().path()).unwrap().value;
        assert_eq!(project.witness("FI").unwrap().siglum(), "FI");
        let error = project.witness("F1").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unknown);
        assert_eq!(error.message(), "there is no witness `F1`");
        assert_eq!(error.shown_hint(), Some("did you mean `FI`? the witnesses are `FI`"));
    }

    #[test]
    fn a_missing_file_points_at_its_path_in_the_manifest() {
        let dir = folder();
        std::fs::rename(dir.path().join("texts/fi.txt"), dir.path().join("texts/fi2.txt")).unwrap();
        let project = Project::open(dir.path()).unwrap().value;
        let errors = project.missing_files();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].kind(), ErrorKind::NotFound);
        assert_eq!(errors[0].message(), "the file texts/fi.txt of `FI` does not exist");
        assert_eq!(errors[0].place().map(|p| (p.line, p.column)), Some((4, Some(10))));
        assert_eq!(errors[0].shown_hint(), Some("did you mean texts/fi2.txt?"));
        assert_eq!(project.missing_file_warnings()[0].code, "file-missing");
    }

    #[test]
    fn a_folder_is_no_file() {
        let dir = folder();
        std::fs::remove_file(dir.path().join("texts/fi.txt")).unwrap();
        std::fs::create_dir(dir.path().join("texts/fi.txt")).unwrap();
        let errors = Project::open(dir.path()).unwrap().value.missing_files();
        assert_eq!(errors[0].kind(), ErrorKind::IsDirectory);
    }
}
