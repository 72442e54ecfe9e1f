//! What `hexapla.toml` says: the work, its witnesses and where their files lie, and the rules of
//! the project for segmenting and comparing.
//!
//! This is the manifest as the rest of the program sees it, checked and without gaps. How the file
//! is read is in `parse.rs`, what is checked in `validate.rs`, how it is written in `render.rs`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use crate::model::{Lang, Span, VariantClass, Witness, WitnessKind};

/// The name of the manifest in a project's folder.
pub const FILE_NAME: &str = "hexapla.toml";

/// A project's manifest.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Manifest {
    /// The text under study.
    pub work: Work,
    /// Its witnesses in the order of the file.
    #[serde(rename = "witness")]
    pub witnesses: Vec<WitnessEntry>,
    /// Rules for cutting sentences, by language tag.
    pub segment: BTreeMap<String, SegmentRules>,
    /// Rules for comparing.
    pub compare: Compare,
    /// Dictionaries for aligning translations.
    #[serde(rename = "dictionary", skip_serializing_if = "Vec::is_empty")]
    pub dictionaries: Vec<DictionaryFile>,
    /// How translations are aligned.
    #[serde(skip_serializing_if = "AlignRules::is_empty")]
    pub align: AlignRules,
}

/// The text under study.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Work {
    /// Its title.
    pub title: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// The siglum of the witness that the others are compared with. An apparatus without a base is
    /// allowed.
    pub base: Option<String>,
}

/// A witness and how its files are to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct WitnessEntry {
    /// What is known of it. `of` is as written: see [`Manifest::original_of`].
    #[serde(flatten)]
    pub witness: Witness,
    /// The encoding of its files, a label of the WHATWG standard; detected when absent.
    pub encoding: Option<String>,
    /// The format of its files (one of [`FORMATS`]); recognised when absent.
    pub format: Option<String>,
    /// For HTML: a CSS selector for the elements that hold the text.
    pub content: Option<String>,
    /// For HTML: a CSS selector for elements to leave out; for plain text: a regular expression of lines
    /// that are page furniture.
    pub drop: Option<String>,
    /// For tables, JSON, translation memories and catalogues: the column, field or language to read.
    pub column: Option<String>,
    /// For TEI: `regular` or `original` (one of [`CHOICES`]).
    pub choice: Option<String>,
    /// For TEI: the siglum in the apparatus whose readings are read.
    pub app: Option<String>,
    /// For DOCX: whether tracked changes are read as `accepted` or `original` (one of [`CHANGES`]).
    pub changes: Option<String>,
    /// Whether notes stand `apart` or are dropped (one of [`NOTES`]).
    pub notes: Option<String>,
    /// For HTML: a CSS selector for elements that are notes.
    pub note_selector: Option<String>,
    /// Its files in order: its parts. Never empty.
    pub files: Vec<FileEntry>,
    /// Where its siglum stands in the manifest, in bytes; `None` when it does not come from a file.
    #[serde(skip)]
    pub span: Option<Span>,
}

impl WitnessEntry {
    /// A witness with its files, of which nothing else is known.
    pub fn new(siglum: impl Into<String>, lang: Lang, files: impl IntoIterator<Item = FileEntry>) -> Self {
        Self { witness: Witness::new(siglum, lang), files: files.into_iter().collect(), ..Self::default() }
    }

    /// Its siglum.
    pub fn siglum(&self) -> &str {
        &self.witness.siglum
    }

    /// Its language.
    pub fn lang(&self) -> &Lang {
        &self.witness.lang
    }

    /// The same without its places in a file, for comparing content.
    pub(crate) fn unplaced(&self) -> Self {
        let files = self.files.iter().map(|file| FileEntry { span: None, ..file.clone() }).collect();
        Self { span: None, files, ..self.clone() }
    }
}

/// One file of a witness.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FileEntry {
    /// The file, relative to the manifest's folder.
    pub path: PathBuf,
    /// Its name within the witness (`I`, `chapter 3`).
    pub part: Option<String>,
    /// Its own date, where instalments have one.
    pub date: Option<String>,
    /// Where its path stands in the manifest, in bytes; `None` when it does not come from a file.
    #[serde(skip)]
    pub span: Option<Span>,
}

impl FileEntry {
    /// A file of which only the path is known.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }
}

/// A dictionary, or a lexicon that was learned, for aligning texts of two languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DictionaryFile {
    /// The file, relative to the manifest's folder.
    pub file: PathBuf,
    /// One of its languages.
    pub from: Lang,
    /// The other one.
    pub to: Lang,
}

/// How translations are aligned.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AlignRules {
    /// The folder of a sentence encoder, relative to the manifest's folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoder: Option<PathBuf>,
    /// Which dictionaries are used beside those that the manifest names.
    #[serde(skip_serializing_if = "Dictionaries::is_default")]
    pub dictionaries: Dictionaries,
}

/// The dictionaries that nobody has to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dictionaries {
    /// The built-in lexica ([`crate::align::packs`]).
    #[default]
    Packs,
    /// None.
    None,
}

impl Dictionaries {
    // Serde hands a reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl AlignRules {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Rules for cutting one language's text into sentences.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SegmentRules {
    /// Abbreviations beside those that the program knows, with their stop (`Gen.`).
    pub abbreviations: Vec<String>,
    /// Strings inside which no sentence ends.
    pub join: Vec<String>,
    /// Strings inside which a sentence ends, at the `|` in them.
    pub split: Vec<String>,
    /// Whether a quotation of several sentences is cut (`split`) or not (`keep`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotes: Option<String>,
    /// Whether a colon never ends a segment (`keep`) or does before a speech (`speech`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colon: Option<String>,
    /// Whether a dialogue dash begins a segment (`split`) or not (`keep`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dashes: Option<String>,
    /// Whether verse is cut by `lines` or by `sentences`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verse: Option<String>,
    /// Whether three dots end a sentence before a `capital`, `always` or `never`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ellipsis: Option<String>,
}

/// Rules for comparing witnesses.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Compare {
    /// Forms that count as the same.
    pub rules: Vec<Rule>,
    /// Other classes for what a class, a rule or a family of rules finds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub classes: BTreeMap<String, VariantClass>,
    /// Classes of differences that are not reported. In the file `accidental` and `substantive`
    /// stand for all classes of that layer.
    pub ignore: Vec<VariantClass>,
    /// What a difference weighs in distances, by class; without an entry as the program has it. In the file
    /// the two layers stand for all their classes that are not named themselves.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub weights: BTreeMap<VariantClass, f64>,
    /// Witnesses that an apparatus names with one sign: the sign and their sigla.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<String, Vec<String>>,
    /// Rule packs beside those that the program knows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<PackFile>,
}

/// An orthographic regularisation: `from` is read as `to`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Rule {
    /// The form in the text.
    pub from: String,
    /// What it counts as.
    pub to: String,
    /// The siglum of the only witness to which it applies; all when absent.
    pub witness: Option<String>,
    /// What the difference is called; a spelling when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<VariantClass>,
}

/// A rule pack: what is regular between the spellings and forms of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackFile {
    /// Its language.
    pub lang: Lang,
    /// The file, relative to the manifest's folder.
    pub file: PathBuf,
}

/// The words that `format` may have.
pub const FORMATS: [&str; 26] = {
    let mut all = ["lines"; 26];
    let mut at = 0;
    while at < crate::read::Format::WORDS.len() {
        all[at] = crate::read::Format::WORDS[at];
        at += 1;
    }
    all
};
/// The words that `choice` may have.
pub const CHOICES: [&str; 2] = ["regular", "original"];
/// The words that `changes` may have.
pub const CHANGES: [&str; 2] = ["accepted", "original"];
/// The words that `notes` may have.
pub const NOTES: [&str; 2] = ["apart", "drop"];

/// The words that `quotes` may have.
pub const QUOTES: [&str; 2] = ["split", "keep"];
/// The words that `colon` may have.
pub const COLON: [&str; 2] = ["keep", "speech"];
/// The words that `dashes` may have.
pub const DASHES: [&str; 2] = ["split", "keep"];
/// The words that `verse` may have.
pub const VERSE: [&str; 2] = ["lines", "sentences"];
/// The words that `dictionaries` may have.
pub const DICTIONARIES: [&str; 2] = ["packs", "none"];
/// The words that `ellipsis` may have.
pub const ELLIPSIS: [&str; 3] = ["capital", "always", "never"];

impl Manifest {
    /// The sigla of the witnesses that are in the language of the base and translate nothing.
    pub fn editions(&self) -> Vec<String> {
        let base = self.work.base.as_deref().and_then(|base| self.find(base)).or(self.witnesses.first());
        let lang = base.map(|base| base.lang());
        let wanted = self.witnesses.iter().filter(|entry| {
            entry.witness.kind != WitnessKind::Translation
                && lang.is_none_or(|lang| entry.lang().same_language(lang))
        });
        wanted.map(|entry| entry.siglum().to_owned()).collect()
    }

    /// The sigla in the order of the file.
    pub fn sigla(&self) -> Vec<&str> {
        self.witnesses.iter().map(WitnessEntry::siglum).collect()
    }

    /// The witness with a siglum.
    pub fn find(&self, siglum: &str) -> Option<&WitnessEntry> {
        self.witnesses.iter().find(|entry| entry.siglum() == siglum)
    }

    /// The siglum of the witness that `entry` translates: its `of`, and for a translation without
    /// one the base of the work. `None` for everything else.
    pub fn original_of<'m>(&'m self, entry: &'m WitnessEntry) -> Option<&'m str> {
        let of = entry.witness.of.as_deref();
        let base = self.work.base.as_deref().filter(|_| entry.witness.kind == WitnessKind::Translation);
        of.or(base).filter(|siglum| *siglum != entry.siglum())
    }

    /// The pairs that are worth aligning when nobody names any, each with the text that comes first.
    ///
    /// These are every translation with the witness it translates (only that one, not its other
    /// editions), as (original, translation), and every two witnesses of the same language, in the
    /// order of the manifest. Two translations are not paired: rival translations share their
    /// original, not their wording. The list is sorted by the places of the first and then of the
    /// second witness in the manifest; no pair is in it twice, in either order.
    pub fn default_pairs(&self) -> Vec<(String, String)> {
        let is_translation = |i: usize| self.original_of(&self.witnesses[i]).is_some();
        let count = self.witnesses.len();
        let mut pairs = std::collections::BTreeSet::new();
        for i in 0..count {
            let original = self.original_of(&self.witnesses[i]);
            if let Some(o) = original.and_then(|of| self.witnesses.iter().position(|w| w.siglum() == of)) {
                pairs.insert((o, i));
            }
        }
        for i in 0..count {
            for j in i + 1..count {
                let same_language = self.witnesses[i].lang().same_language(self.witnesses[j].lang())
                    && self.witnesses[i].lang().primary() != "und";
                let rivals = is_translation(i) && is_translation(j);
                if same_language && !rivals && !pairs.contains(&(j, i)) {
                    pairs.insert((i, j));
                }
            }
        }
        let siglum = |i: usize| self.witnesses[i].siglum().to_owned();
        pairs.into_iter().map(|(a, b)| (siglum(a), siglum(b))).collect()
    }

    /// The rules for a language: those under its full tag, else those under its primary subtag.
    pub fn segment_rules(&self, lang: &Lang) -> Option<&SegmentRules> {
        self.segment.get(lang.tag()).or_else(|| self.segment.get(&lang.primary()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(witnesses: &[(&str, &str, &str)], base: Option<&str>) -> Manifest {
        let entry = |(siglum, lang, of): &(&str, &str, &str)| {
            let mut entry = WitnessEntry::new(*siglum, Lang::new(lang), [FileEntry::new("x.txt")]);
            if !of.is_empty() {
                entry.witness.kind = WitnessKind::Translation;
                entry.witness.of = Some((*of).to_owned()).filter(|of| of != "?");
            }
            entry
        };
        Manifest {
            work: Work { base: base.map(str::to_owned), ..Work::default() },
            witnesses: witnesses.iter().map(entry).collect(),
            ..Manifest::default()
        }
    }

    fn pairs(manifest: &Manifest) -> Vec<String> {
        manifest.default_pairs().into_iter().map(|(a, b)| format!("{a}-{b}")).collect()
    }

    #[test]
    fn editions_pair_with_each_other_and_translations_with_their_original_only() {
        let m = manifest(
            &[("FI", "en", ""), ("ed", "en-US", ""), ("fr", "fr", "FI"), ("PD", "en", ""), ("de", "de", "?")],
            Some("FI"),
        );
        assert_eq!(pairs(&m), ["FI-ed", "FI-fr", "FI-PD", "FI-de", "ed-PD"]);
    }

    #[test]
    fn rival_translations_are_not_editions_of_each_other() {
        let m = manifest(&[("fr1", "fr", "FI"), ("fr2", "fr", "FI"), ("FI", "en", "")], None);
        assert_eq!(pairs(&m), ["FI-fr1", "FI-fr2"]);
    }

    #[test]
    fn a_translation_back_is_paired_once() {
        let m = manifest(&[("back", "de", "orig"), ("orig", "de", "")], None);
        assert_eq!(pairs(&m), ["orig-back"]);
    }

    #[test]
    fn texts_of_unknown_language_are_not_taken_for_editions() {
        assert!(pairs(&manifest(&[("A", "und", ""), ("B", "und", "")], None)).is_empty());
    }

    #[test]
    fn rules_of_the_full_tag_come_before_those_of_the_language() {
        let mut m = Manifest::default();
        let rules = |word: &str| SegmentRules { abbreviations: vec![word.to_owned()], ..Default::default() };
        m.segment.insert("en".to_owned(), rules("Gen."));
        m.segment.insert("en-GB".to_owned(), rules("Rt."));
        assert_eq!(m.segment_rules(&"en-GB".into()), Some(&rules("Rt.")));
        assert_eq!(m.segment_rules(&"en-US".into()), Some(&rules("Gen.")));
        assert_eq!(m.segment_rules(&"fr".into()), None);
    }
}
