//! Finds the texts in a folder and guesses which witnesses they are: siglum, language, parts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::model::{Lang, WitnessKind};
use crate::{Error, Result};

use super::language::{decide, detect_language, language_in_name};
use super::manifest::{FileEntry, WitnessEntry};

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
/// The longest siglum that is proposed, in characters.
const LONGEST_SIGLUM: usize = 16;
/// A number after one of these counts editions, not parts of one.
const VERSIONS: [&str; 12] =
    ["v", "ver", "version", "rev", "revision", "ed", "edition", "draft", "ms", "copy", "state", "witness"];

/// The texts in `dir` and in its folder `texts`, as paths relative to `dir`, sorted.
///
/// Taken by their ending: plain text, Markdown, HTML. Hidden files and files about the others
/// (README, SOURCES, LICENSE, CHANGELOG and the like) are left out.
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
    let first = name.split(['.', '-', '_', ' ']).next().unwrap_or_default().to_lowercase();
    !name.starts_with('.')
        && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
        && !ABOUT.contains(&first.as_str())
}

/// What the name of a file and the beginning of its text say about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// A short name; not yet checked against other witnesses ([`unique_siglum`]).
    pub siglum: String,
    /// The language, if there is any sign of it.
    pub lang: Option<Lang>,
    /// How sure the language is, from 0 to 1.
    pub lang_confidence: f64,
    /// `edition` unless the name says otherwise.
    pub kind: WitnessKind,
    /// Set if the name ends with a small number, as instalments and chapters do.
    pub series: Option<Series>,
    /// The words of the name that tell it from others, for making sigla unique.
    words: Vec<String>,
}

/// A numbered file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Folder, name without the number, and ending: what its neighbours share.
    pub key: String,
    /// The number.
    pub number: u32,
    /// The number as written (`1`, `03`, `IV`).
    pub shown: String,
}

/// Guesses from a file's name and the beginning of its text (for HTML the markup may be in it).
pub fn guess_witness(path: impl AsRef<Path>, head_of_text: &str) -> Guess {
    let path = path.as_ref();
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = path.extension().map(|s| s.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_html = ["html", "htm", "xhtml"].contains(&ending.as_str());

    let (base, series) = match number_at_end(&stem) {
        Some((base, number, shown)) => {
            let key = path.with_file_name(base).display().to_string() + "*." + &ending;
            (base, Some(Series { key, number, shown: shown.to_owned() }))
        }
        None => (stem.as_str(), None),
    };
    let words = words_of(base);
    let named = language_in_name(&words);
    let plain = if is_html { without_tags(head_of_text) } else { head_of_text.to_owned() };
    let detected = detect_language(&plain);
    let declared = if is_html { declared_language(head_of_text) } else { None };
    let (lang, lang_confidence, name_believed) = match &named {
        Some((lang, _)) => decide(Some(lang), detected.as_ref()),
        None => {
            let (lang, confidence, _) = decide(declared.as_ref(), detected.as_ref());
            (lang, confidence, false)
        }
    };
    let tag_words = named.filter(|_| name_believed).map_or(0..0, |(_, at)| at);
    let rest: Vec<String> = words
        .iter()
        .enumerate()
        .filter(|(i, _)| !tag_words.contains(i))
        .map(|(_, word)| (*word).to_owned())
        .collect();
    let tag = lang.as_ref().filter(|_| !tag_words.is_empty()).map(Lang::tag);
    let has_letter = |word: &&String| word.chars().any(char::is_alphabetic);
    let siglum = match (rest.iter().find(has_letter), tag, rest.first()) {
        (Some(word), ..) => shortened(word),
        (None, Some(tag), _) => tag.to_owned(),
        (None, None, Some(number)) => shortened(number),
        (None, None, None) => "W".to_owned(),
    };
    Guess { siglum, lang, lang_confidence, kind: kind_in_name(&rest), series, words: rest }
}

/// The name before a part's number, the number, and how it is written: `pd-` 3 of `pd-3`,
/// `chapter` 12 of `chapter12`, `pd_` 4 of `pd_IV`. Years are no numbers of parts.
fn number_at_end(stem: &str) -> Option<(&str, u32, &str)> {
    let digits = stem.len() - stem.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (base, shown) = stem.split_at(stem.len() - digits);
    let (base, number, shown) = if digits > 0 {
        (base, shown.parse().ok().filter(|_| digits <= 3)?, shown)
    } else {
        let (base, shown) = stem.rsplit_once(['-', '_', '.', ' '])?;
        (&stem[..base.len() + 1], roman(shown)?, shown)
    };
    let last = words_of(base).last()?.to_lowercase();
    let counts_versions = VERSIONS.contains(&last.as_str());
    (!counts_versions).then_some((base, number, shown))
}

/// A Roman number up to 39 (XXXIX), all in capitals or all in small letters.
fn roman(word: &str) -> Option<u32> {
    let upper = word.to_ascii_uppercase();
    let one_case = word == upper || word == word.to_ascii_lowercase();
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let value = (1..40u32)
        .find(|n| format!("{}{}", "X".repeat((n / 10) as usize), units[(n % 10) as usize]) == upper);
    value.filter(|_| one_case)
}

fn words_of(stem: &str) -> Vec<&str> {
    stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// A word as a siglum: initials in capitals, longer words as they are written, cut if need be.
fn shortened(word: &str) -> String {
    if word.chars().count() <= 3 && word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return word.to_ascii_uppercase();
    }
    word.chars().take(LONGEST_SIGLUM).collect()
}

fn kind_in_name(words: &[String]) -> WitnessKind {
    let any = |starts: &[&str]| {
        words.iter().any(|word| {
            let word = word.to_lowercase();
            starts.iter().any(|start| word.starts_with(start))
        })
    };
    if any(&["translat", "übersetz", "traduc", "traduz", "перевод"]) {
        WitnessKind::Translation
    } else if any(&["transcri", "ocr"]) {
        WitnessKind::Transcription
    } else if any(&["constructed"]) {
        WitnessKind::Constructed
    } else {
        WitnessKind::Edition
    }
}

/// The `lang` attribute of the `html` element.
fn declared_language(html: &str) -> Option<Lang> {
    let lower = html.to_ascii_lowercase();
    let open = lower.find("<html")?;
    let tag = html.get(open..open + lower.get(open..)?.find('>')?)?;
    let at = tag.to_ascii_lowercase().find("lang=")? + "lang=".len();
    let value = tag.get(at..)?.trim_start_matches(['"', '\'']);
    let value = value.split(['"', '\'', ' ', '\n', '\t', '/']).next().unwrap_or_default();
    (!value.is_empty()).then(|| Lang::new(value))
}

/// The text between tags, well enough to count letters; scripts and style sheets are left out.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        out.push(' ');
        rest = &rest[open..];
        let inside = ["script", "style"]
            .into_iter()
            .find(|name| rest.get(1..1 + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)));
        let closed = match inside {
            Some(name) => rest.to_ascii_lowercase().find(&format!("</{name}")),
            None => rest.find('>').map(|i| i + 1),
        };
        // At least the bracket is passed, so that this ends.
        rest = closed.and_then(|i| rest.get(i.max(1)..)).unwrap_or_default();
    }
    out + rest
}

/// A witness that was found, and how sure its language is.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The witness; language `und` if there was no sign of one.
    pub entry: WitnessEntry,
    /// How sure the language is, from 0 to 1.
    pub lang_confidence: f64,
}

/// Makes witnesses of files (paths as they shall stand in the manifest, each with the beginning of
/// its text). Numbered files without a gap, from 0 or 1 on and in one language, are the parts of one
/// witness. Sigla are unique among these and `taken`.
pub fn find_witnesses(files: &[(PathBuf, String)], taken: &[&str]) -> Vec<Found> {
    let guesses: Vec<Guess> = files.iter().map(|(path, head)| guess_witness(path, head)).collect();
    let mut series: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (i, guess) in guesses.iter().enumerate() {
        if let Some(of) = &guess.series {
            let lang = guess.lang.as_ref().map(Lang::primary).unwrap_or_default();
            series.entry((&of.key, lang)).or_default().push(i);
        }
    }
    let number = |i: usize| guesses[i].series.as_ref().map_or(0, |of| of.number);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut grouped = BTreeSet::new();
    for mut members in series.into_values() {
        members.sort_by_key(|&i| number(i));
        let first = members.first().map_or(0, |&i| number(i));
        let no_gap = (first..).zip(&members).all(|(expected, &i)| number(i) == expected);
        if members.len() > 1 && first <= 1 && no_gap {
            grouped.extend(members.iter().copied());
            groups.push(members);
        }
    }
    groups.extend((0..guesses.len()).filter(|i| !grouped.contains(i)).map(|i| vec![i]));
    groups.sort_by_key(|members| members.iter().min().copied());

    let names: Vec<(&str, Vec<String>)> =
        groups.iter().filter_map(|members| name_of(&guesses, members)).collect();
    let sigla = unique_sigla(&names, taken);
    groups.iter().zip(sigla).map(|(members, siglum)| found(files, &guesses, members, siglum)).collect()
}

/// The siglum and the words of a group. A numbered file that stayed alone has its number as a word.
fn name_of<'g>(guesses: &'g [Guess], members: &[usize]) -> Option<(&'g str, Vec<String>)> {
    let guess = &guesses[*members.first()?];
    let mut words = guess.words.clone();
    if members.len() == 1 {
        words.extend(guess.series.as_ref().map(|of| of.shown.clone()));
    }
    Some((guess.siglum.as_str(), words))
}

fn found(files: &[(PathBuf, String)], guesses: &[Guess], members: &[usize], siglum: String) -> Found {
    let in_parts = members.len() > 1;
    let parts = members.iter().map(|&i| FileEntry {
        part: guesses[i].series.as_ref().filter(|_| in_parts).map(|of| of.shown.clone()),
        ..FileEntry::new(&files[i].0)
    });
    let lang = members.iter().find_map(|&i| guesses[i].lang.clone()).unwrap_or_default();
    let mut entry = WitnessEntry::new(siglum, lang, parts);
    entry.witness.kind = members.first().map(|&i| guesses[i].kind).unwrap_or_default();
    let lang_confidence = members.iter().map(|&i| guesses[i].lang_confidence).fold(1.0, f64::min);
    Found { entry, lang_confidence }
}

/// Makes sigla different: where several are alike, words of the names that are not common to all of
/// them are added, and at last numbers.
fn unique_sigla(names: &[(&str, Vec<String>)], taken: &[&str]) -> Vec<String> {
    let mut used: BTreeSet<String> = taken.iter().map(|siglum| siglum.to_lowercase()).collect();
    let mut out = Vec::with_capacity(names.len());
    for (siglum, words) in names {
        let rivals: Vec<&[String]> =
            names.iter().filter(|(other, _)| other.eq_ignore_ascii_case(siglum)).map(|(_, w)| &**w).collect();
        let telling = words.iter().filter(|word| !rivals.iter().all(|others| others.contains(word)));
        let telling: Vec<&str> = telling.map(String::as_str).collect();
        // The bare siglum belongs to the one of several that has nothing to add to it.
        let fewest = usize::from(rivals.len() > 1 && !telling.is_empty());
        let chosen = (fewest..=telling.len().min(3))
            .map(|count| [&[*siglum], &telling[..count]].concat().join("-"))
            .find(|candidate| !used.contains(&candidate.to_lowercase()))
            .unwrap_or_else(|| numbered(siglum, |s| used.contains(&s.to_lowercase())));
        used.insert(chosen.to_lowercase());
        out.push(chosen);
    }
    out
}

/// `wanted`, or with a number behind it if there is such a siglum already (case aside).
pub fn unique_siglum(wanted: &str, taken: &[&str]) -> String {
    let is_taken = |siglum: &str| taken.iter().any(|t| t.to_lowercase() == siglum.to_lowercase());
    if is_taken(wanted) { numbered(wanted, is_taken) } else { wanted.to_owned() }
}

fn numbered(siglum: &str, is_taken: impl Fn(&str) -> bool) -> String {
    (2u64..).map(|n| format!("{siglum}{n}")).find(|candidate| !is_taken(candidate)).unwrap_or_default()
}
