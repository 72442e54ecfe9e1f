//! Dictionaries by their name or file, and what of them is found on this machine.

use std::path::{Path, PathBuf};

use crate::align::Dictionary;
use crate::formats::dictionary;
use crate::{Error, ErrorKind, Outcome, Result};

/// Folders of dictionaries that a user names, before all others; separated as in `PATH`.
const VARIABLE: &str = "HEXAPLA_DICTIONARIES";

/// Where dictd and StarDict keep their dictionaries.
const FOLDERS: [&str; 5] = [
    "/usr/share/dictd",
    "/usr/local/share/dictd",
    "/usr/lib/dict",
    "/usr/share/stardict/dic",
    "/usr/local/share/stardict/dic",
];

/// A dictionary that is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// What it is called on the command line and in the manifest.
    pub name: String,
    /// Its index or description.
    pub file: PathBuf,
}

/// The dictionaries that are found in the usual folders of dictd and StarDict and in those of
/// `HEXAPLA_DICTIONARIES`, by name; of two with one name, the one that is used.
pub fn installed() -> Vec<Installed> {
    let given = std::env::var_os(VARIABLE);
    let mut folders: Vec<PathBuf> =
        given.iter().flat_map(|value| std::env::split_paths(value).collect::<Vec<_>>()).collect();
    folders.extend(FOLDERS.iter().map(PathBuf::from));
    folders.extend(std::env::home_dir().map(|home| home.join(".stardict/dic")));
    let mut found: Vec<Installed> = folders.iter().flat_map(|folder| within(folder, 2)).collect();
    // A stable sort: the first folder's comes first.
    found.sort_by(|x, y| x.name.cmp(&y.name));
    found.dedup_by(|next, kept| next.name == kept.name);
    found
}

/// The dictionaries of a folder, and of the folders in it down to a depth.
fn within(folder: &Path, depth: usize) -> Vec<Installed> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let ending = file.extension().and_then(|ending| ending.to_str());
        if matches!(ending, Some("index" | "ifo")) {
            let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            found.push(Installed { name, file });
        } else if depth > 1 && file.is_dir() {
            found.extend(within(&file, depth - 1));
        }
    }
    found
}

/// Reads a dictionary: a file ([`dictionary`] names the formats), or one that is installed, by its name
/// (`freedict-deu-fra`).
///
/// Warnings: `dictionary-dirt` (some of it is no entry).
///
/// # Errors
/// A file that cannot be read or holds something else; a name that is neither a file nor installed.
pub fn load_dictionary(path: &Path) -> Result<Outcome<Dictionary>> {
    load_beside(Path::new(""), path)
}

/// The same of a file in a folder.
pub(super) fn load_beside(folder: &Path, path: &Path) -> Result<Outcome<Dictionary>> {
    let mut file = folder.join(path);
    if !file.exists() && path.components().count() == 1 && path.extension().is_none() {
        let name = path.to_string_lossy();
        file = installed().into_iter().find(|found| found.name == name).map(|found| found.file).ok_or_else(
            || {
                Error::new(ErrorKind::NotFound, format!("there is no dictionary `{name}`"))
                    .hint("name a file, or a dictionary that is installed: `hexapla dictionaries` lists them")
            },
        )?;
    }
    Ok(dictionary::load(&file)?.map(Dictionary::new))
}
