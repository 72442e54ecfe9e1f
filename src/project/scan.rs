//! Finds the texts in a folder.

use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// Endings of the files that are taken for texts.
const ENDINGS: [&str; 6] = ["txt", "md", "markdown", "html", "htm", "xhtml"];
/// Files about the others, by the first word of their name.
const ABOUT: [&str; 10] = [
    "readme",
    "sources",
    "license",
    "licence",
    "copying",
    "changelog",
    "contributing",
    "authors",
    "notice",
    "todo",
];

/// The texts in `dir` and in its folder `texts`, as paths relative to `dir`, sorted.
///
/// Taken by their ending: plain text, Markdown, HTML. Hidden files and files about the others
/// (README, SOURCES, LICENSE, CHANGELOG, and Markdown with a name in capitals) are left out.
///
/// # Errors
/// Those of reading the folder.
pub fn scan(dir: impl AsRef<Path>) -> Result<Vec<PathBuf>> {
    let dir = dir.as_ref();
    let mut found = Vec::new();
    for inside in ["", "texts"] {
        let folder = if inside.is_empty() { dir.to_owned() } else { dir.join(inside) };
        if !inside.is_empty() && !folder.is_dir() {
            continue;
        }
        let failed = |cause| Error::io(&folder, cause);
        for item in folder.read_dir().map_err(failed)? {
            let item = item.map_err(failed)?;
            let relative = Path::new(inside).join(item.file_name());
            if is_text(&relative) && item.path().is_file() {
                found.push(relative);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let Some(name) = path.file_name().and_then(|n| n.to_str()) else { return false };
    let word = name.split(['.', '-', '_', ' ']).next().unwrap_or_default();
    let first = word.to_lowercase();
    // ARCHITECTURE.md, SECURITY.md: what is written so is about the folder.
    let loud = word.len() > 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let is_markdown = ending.as_deref().is_some_and(|ending| ["md", "markdown"].contains(&ending));
    let about_others = ABOUT.contains(&first.as_str()) || (loud && is_markdown);
    let known = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    known && !about_others && !name.starts_with('.')
}
