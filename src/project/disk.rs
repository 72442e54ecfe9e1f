//! A project in a folder of the file system: found, opened, its files looked for.

use std::path::Path;

use super::excerpt::SourceText;
use super::{FILE_NAME, FileEntry, Project, WitnessEntry, did_you_mean};
use crate::{Error, ErrorKind, Outcome, Result, Warning};

impl Project {
    /// Opens the project in a folder. For convenience `dir` may be the manifest itself.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] where there is no `hexapla.toml`, [`ErrorKind::Encoding`] if it is
    /// not UTF-8, and those of `Manifest::parse`.
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
