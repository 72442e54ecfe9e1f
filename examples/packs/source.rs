//! The Bibles: their verses as words, with their old or broken spellings mended.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use hexapla::align::packs::words;

/// A text, verse by verse.
pub(crate) struct Bible {
    /// The words of each verse by its identifier.
    pub(crate) verses: BTreeMap<String, Vec<String>>,
}

/// The languages for which there is a file, in order.
pub(crate) fn languages(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder of Bibles")
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            Some(name.strip_suffix(".tsv").or_else(|| name.strip_suffix(".tsv.xz"))?.to_owned())
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Reads the Bible of a language.
pub(crate) fn read(folder: &Path, lang: &str) -> Bible {
    let plain = folder.join(format!("{lang}.tsv"));
    let text = std::fs::read_to_string(&plain).unwrap_or_else(|_| {
        let packed = folder.join(format!("{lang}.tsv.xz"));
        let out = Command::new("xz").arg("-dc").arg(&packed).output().expect("xz unpacks the file");
        String::from_utf8(out.stdout).expect("UTF-8")
    });
    let verse = |line: &str| {
        let (id, text) = line.split_once('\t')?;
        Some((id.to_owned(), words(&mended(lang, text), lang)))
    };
    Bible { verses: text.lines().filter_map(verse).collect() }
}

/// What the file of a language has wrong throughout.
fn mended(lang: &str, text: &str) -> String {
    match lang {
        // 有 was replaced by a word of Cantonese, its opposite.
        "zh" => text.replace('冇', "有"),
        // Letters with x for a circumflex.
        "eo" => {
            let mut out = text.to_owned();
            for (x, letter) in [
                ("cx", "ĉ"),
                ("gx", "ĝ"),
                ("hx", "ĥ"),
                ("jx", "ĵ"),
                ("sx", "ŝ"),
                ("ux", "ŭ"),
                ("Cx", "Ĉ"),
                ("Gx", "Ĝ"),
                ("Hx", "Ĥ"),
                ("Jx", "Ĵ"),
                ("Sx", "Ŝ"),
                ("Ux", "Ŭ"),
                ("CX", "Ĉ"),
                ("GX", "Ĝ"),
                ("HX", "Ĥ"),
                ("JX", "Ĵ"),
                ("SX", "Ŝ"),
                ("UX", "Ŭ"),
            ] {
                out = out.replace(x, letter);
            }
            out
        }
        _ => text.to_owned(),
    }
}
