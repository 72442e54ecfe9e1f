//! Finds the texts in a folder.

use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// Endings of the files that are taken for texts, beside those that name a format.
const ENDINGS: [&str; 2] = ["xml", "gz"];
/// Endings of files of texts that have to be converted first.
const CONVERTED: [&str; 14] =
    ["pdf", "rtf", "doc", "djvu", "tex", "rst", "org", "adoc", "wiki", "mobi", "azw3", "pptx", "ods", "zip"];
/// Folders this deep are looked into.
const DEEPEST: usize = 4;
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
/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scan {
    /// The texts, as paths relative to the folder, in natural order (`2` before `10`).
    pub texts: Vec<PathBuf>,
    /// Files of texts in formats that are not read.
    pub left_out: Vec<PathBuf>,
}

/// The texts in `dir` and in the folders inside it, as paths relative to `dir`, in natural order.
///
/// Taken by their ending. Hidden files and folders and files about the others (README, SOURCES,
/// LICENSE, CHANGELOG, and Markdown with a name in capitals) are left out.
///
/// # Errors
/// Those of reading the folder.
pub fn scan(dir: impl AsRef<Path>) -> Result<Vec<PathBuf>> {
    Ok(scan_all(dir)?.texts)
}

/// As [`scan`], with the files of texts that are not read.
///
/// # Errors
/// Those of reading the folder.
pub fn scan_all(dir: impl AsRef<Path>) -> Result<Scan> {
    let mut found = Scan::default();
    look_into(dir.as_ref(), Path::new(""), 0, &mut found)?;
    found.texts.sort_by_cached_key(|path| natural_key(path));
    found.left_out.sort();
    Ok(found)
}

fn look_into(dir: &Path, inside: &Path, depth: usize, found: &mut Scan) -> Result<()> {
    let folder = if inside.as_os_str().is_empty() { dir.to_owned() } else { dir.join(inside) };
    let failed = |cause| Error::io(&folder, cause);
    for item in folder.read_dir().map_err(failed)? {
        let item = item.map_err(failed)?;
        let relative = inside.join(item.file_name());
        let kind = item.file_type().map_err(failed)?;
        if kind.is_dir() {
            let name = item.file_name().to_string_lossy().to_lowercase();
            let is_work = ["target", "node_modules", "alignments", "report", "out"].contains(&name.as_str());
            // A folder with a manifest is a project of its own.
            let own = item.path().join(super::manifest::FILE_NAME).exists();
            if depth < DEEPEST && !name.starts_with('.') && !is_work && !own {
                look_into(dir, &relative, depth + 1, found)?;
            }
        } else if is_text(&relative) && item.path().is_file() {
            found.texts.push(relative);
        } else if ends_with(&relative, &CONVERTED) {
            found.left_out.push(relative);
        }
    }
    Ok(())
}

fn ends_with(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

/// Numbers in names count as numbers: `chapter-2` stands before `chapter-11`.
fn natural_key(path: &Path) -> Vec<(String, u64)> {
    let name = path.to_string_lossy().to_lowercase();
    let mut out: Vec<(String, u64)> = vec![(String::new(), 0)];
    let mut digits = String::new();
    for c in name.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if let Some(last) = out.last_mut().filter(|_| !digits.is_empty()) {
            last.1 = digits.parse().unwrap_or(u64::MAX);
            digits.clear();
            out.push((String::new(), 0));
        }
        if let Some(last) = out.last_mut() {
            last.0.push(c);
        }
    }
    if let Some(last) = out.last_mut().filter(|_| !digits.is_empty()) {
        last.1 = digits.parse().unwrap_or(u64::MAX);
    }
    out
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
    let known = crate::read::Format::from_path(path).is_some() || ends_with(path, &ENDINGS);
    known && !about_others && !name.starts_with('.')
}
