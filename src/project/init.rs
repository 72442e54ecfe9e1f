//! A first manifest for a folder of texts: what was found, with comments that say what to check.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use crate::model::WitnessKind;

use super::discover::{Found, find_witnesses};
use super::render::{quoted, witness_table};

/// Below this confidence a comment asks to check the language.
const SURE: f64 = 0.9;

/// A manifest that is not written yet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The title of the work.
    pub title: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// The siglum of the witness that the others are compared with.
    pub base: Option<String>,
    /// The witnesses.
    pub witnesses: Vec<Found>,
}

/// Guesses a project from files, each with the beginning of its text.
///
/// The base is the first witness of the language that most witnesses have; among languages with
/// equally many, one whose file is not just named after its language comes first (`fi-1942.txt`
/// beside `de.txt` and `fr.txt`). What is in another language is taken for a translation of it.
pub fn draft(files: &[(PathBuf, String)]) -> Draft {
    let mut witnesses = find_witnesses(files, &[]);
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for found in &witnesses {
        *count.entry(found.entry.lang().primary()).or_default() += 1;
    }
    // The largest key wins, and among equals the earliest witness.
    let weight = |found: &Found| {
        let lang = found.entry.lang();
        let is_translation = found.entry.witness.kind == WitnessKind::Translation;
        let own_name = !found.entry.siglum().eq_ignore_ascii_case(lang.tag());
        (!is_translation, lang.tag() != "und", count.get(&lang.primary()).copied(), own_name)
    };
    let base = witnesses.iter().rev().max_by_key(|found| weight(found)).map(|found| found.entry.clone());
    if let Some(base) = &base {
        for found in &mut witnesses {
            let other_language =
                !found.entry.lang().same_language(base.lang()) && found.entry.lang().tag() != "und";
            let is_translation = found.entry.witness.kind == WitnessKind::Translation;
            let is_base = found.entry.siglum() == base.siglum();
            if !is_base && (is_translation || (other_language && base.lang().tag() != "und")) {
                found.entry.witness.kind = WitnessKind::Translation;
                found.entry.witness.of = Some(base.siglum().to_owned());
            } else if is_translation {
                // A translation of what is not here: an edition of itself.
                found.entry.witness.kind = WitnessKind::Edition;
            }
        }
    }
    let base = base.filter(|_| witnesses.len() > 1).map(|entry| entry.siglum().to_owned());
    Draft { base, witnesses, ..Draft::default() }
}

/// The text of `hexapla.toml` for a draft, with comments.
pub fn init_manifest(draft: &Draft) -> String {
    let mut out = String::from(
        "# A Hexapla project. What stands here was guessed from the files: check and complete it.\n\
         # Paths are relative to this file.\n\n[work]\n",
    );
    let mut line = |key: &str, value: &Option<String>, example: &str, remark: &str| {
        let row = match value {
            Some(value) => format!("{key:6} = {}", quoted(value)),
            None => format!("# {key:6} = {example}"),
        };
        // Writing to a string cannot fail.
        let _ = if remark.is_empty() { writeln!(out, "{row}") } else { writeln!(out, "{row:24} # {remark}") };
    };
    line("title", &draft.title, "\"\"", "");
    line("author", &draft.author, "\"\"", "");
    line("base", &draft.base, "\"A\"", "the witness that the others are compared with");

    for found in &draft.witnesses {
        out.push('\n');
        if found.lang_confidence < SURE {
            let _ = match found.entry.lang().tag() {
                "und" => writeln!(
                    out,
                    "# The language was not recognised: write its tag (en, fr, zh-Hant) for \"und\"."
                ),
                tag => writeln!(
                    out,
                    "# The language {tag} is not sure ({:.2}): check it.",
                    found.lang_confidence
                ),
            };
        }
        out.push_str(&witness_table(&found.entry));
    }
    if draft.witnesses.is_empty() {
        out.push_str(
            "\n# No text was found here. A witness looks like this:\n#\n# [[witness]]\n# siglum = \"A\"\n\
             # kind   = \"edition\"      # or transcription, translation (with of = \"A\"), constructed\n\
             # lang   = \"en\"\n# date   = \"1942-08\"\n# files  = [\"texts/a.txt\"]\n",
        );
    }
    out.push_str(
        "\n# Abbreviations that end no sentence, beside those that are known:\n# [segment.en]\n\
         # abbreviations = [\"Gen.\", \"Col.\"]\n\n# Spellings that count as the same when editions are compared:\n\
         # [compare]\n# rules = [{ from = \"régime\", to = \"regime\" }]\n",
    );
    out
}
