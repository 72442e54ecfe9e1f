//! Guesses which witnesses the texts of a folder are: siglum, language, parts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::model::{Lang, WitnessKind};

use super::language::{decide, detect_language, language_in_name};
use super::manifest::{FileEntry, WitnessEntry};

/// Characters of a file's beginning that are looked at.
const LONGEST_HEAD: usize = 200_000;
/// The longest siglum that is proposed, in characters.
const LONGEST_SIGLUM: usize = 16;
/// A number after one of these counts editions, not parts of one.
const VERSIONS: [&str; 12] =
    ["v", "ver", "version", "rev", "revision", "ed", "edition", "draft", "ms", "copy", "state", "witness"];

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
    /// A short name for all of them.
    pub siglum: String,
    /// The number.
    pub number: u32,
    /// The number as written (`1`, `03`, `IV`).
    pub shown: String,
}

/// Guesses from a file's name and the beginning of its text (for HTML the markup may be in it).
pub fn guess_witness(path: impl AsRef<Path>, head_of_text: &str) -> Guess {
    let path = path.as_ref();
    let cut = head_of_text.char_indices().nth(LONGEST_HEAD).map_or(head_of_text.len(), |(i, _)| i);
    let head = &head_of_text[..cut];
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = path.extension().map(|s| s.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_html = ["html", "htm", "xhtml"].contains(&ending.as_str());

    let words = words_of(&stem);
    let named = language_in_name(&words);
    let plain = if is_html { without_tags(head) } else { head.to_owned() };
    let declared = if is_html { declared_language(head) } else { None };
    let name = named.as_ref().map(|(lang, _)| lang);
    let (lang, lang_confidence) = decide(name.or(declared.as_ref()), detect_language(&plain).as_ref());
    let (siglum, words) = siglum_and_words(&words, lang.as_ref());
    let series = number_at_end(&stem).map(|(base, number, shown)| Series {
        key: format!("{}*.{ending}", path.with_file_name(base).display()),
        siglum: siglum_and_words(&words_of(base), lang.as_ref()).0,
        number,
        shown: shown.to_owned(),
    });
    Guess { siglum, lang, lang_confidence, kind: kind_in_name(&words), series, words }
}

/// A siglum of the words of a name: the first one with a letter in it, the language aside; else the
/// language; else the first number. Also the words without the language.
fn siglum_and_words(words: &[&str], lang: Option<&Lang>) -> (String, Vec<String>) {
    let tag = language_in_name(words).filter(|(named, _)| lang.is_some_and(|lang| lang == named));
    let at = tag.as_ref().map_or(0..0, |(_, at)| at.clone());
    let rest = words.iter().enumerate().filter(|(i, _)| !at.contains(i)).map(|(_, word)| (*word).to_owned());
    let rest: Vec<String> = rest.collect();
    let with_letter = rest.iter().find(|word| word.chars().any(char::is_alphabetic));
    let siglum = match (with_letter, tag, rest.first()) {
        (Some(word), ..) => shortened(word),
        (None, Some((lang, _)), _) => lang.tag().to_owned(),
        (None, None, Some(number)) => shortened(number),
        (None, None, None) => "W".to_owned(),
    };
    (siglum, rest)
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
    let folders = witness_folders(files, &guesses);
    let mut series: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (i, guess) in guesses.iter().enumerate() {
        let in_folder = folders.iter().any(|members| members.contains(&i));
        if let Some(of) = guess.series.as_ref().filter(|_| !in_folder) {
            let lang = guess.lang.as_ref().map(Lang::primary).unwrap_or_default();
            series.entry((&of.key, lang)).or_default().push(i);
        }
    }
    // A chapter of which the language is not seen is of the language of the others.
    let unknown: Vec<((&str, String), Vec<usize>)> =
        series.extract_if(.., |(_, lang), _| lang.is_empty() || lang == "und").collect();
    for ((key, lang), members) in unknown {
        match series.iter_mut().find(|((other, _), _)| *other == key) {
            Some((_, others)) => others.extend(members),
            None => {
                series.insert((key, lang), members);
            }
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
    for members in &folders {
        grouped.extend(members.iter().copied());
        groups.push(members.clone());
    }
    groups.extend((0..guesses.len()).filter(|i| !grouped.contains(i)).map(|i| vec![i]));
    groups.sort_by_key(|members| members.iter().min().copied());

    let names: Vec<(&str, &[String])> =
        groups.iter().filter_map(|members| name_of(&guesses, members)).collect();
    let by_folder: Vec<Option<(String, Vec<String>)>> =
        groups.iter().map(|members| folders.contains(members).then(|| folder_name(files, members))).collect();
    let names: Vec<(&str, &[String])> = names
        .into_iter()
        .zip(&by_folder)
        .map(|(name, folder)| {
            folder.as_ref().map_or(name, |(siglum, words)| (siglum.as_str(), words.as_slice()))
        })
        .collect();
    let langs: Vec<String> = groups
        .iter()
        .map(|members| {
            members.iter().find_map(|&i| guesses[i].lang.clone()).unwrap_or_default().tag().to_owned()
        })
        .collect();
    let names = told_by_language(&names, &langs);
    let sigla = unique_sigla(&names, taken);
    groups.iter().zip(sigla).map(|(members, siglum)| found(files, &guesses, members, siglum)).collect()
}

/// Folders of which the files are the parts of one witness: those named after a language, and those
/// beside other folders with texts; all their files are in one language.
fn witness_folders(files: &[(PathBuf, String)], guesses: &[Guess]) -> Vec<Vec<usize>> {
    let mut folders: BTreeMap<&Path, Vec<usize>> = BTreeMap::new();
    for (i, (path, _)) in files.iter().enumerate() {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            folders.entry(folder).or_default().push(i);
        }
    }
    let is_witness = |folder: &Path, members: &[usize]| {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let named = language_in_name(&words_of(&name)).is_some();
        let beside =
            folders.keys().filter(|other| other.parent() == folder.parent() && **other != folder).count();
        let mut langs: Vec<String> = members
            .iter()
            .filter_map(|&i| guesses[i].lang.as_ref())
            .map(Lang::primary)
            .filter(|l| l != "und")
            .collect();
        langs.sort_unstable();
        langs.dedup();
        // Files that are named like versions of one text are editions, not parts.
        let apart =
            members.iter().filter(|&&i| guesses[i].lang.is_some() && named_by_language(&files[i].0)).count();
        members.len() > 1 && langs.len() <= 1 && apart == 0 && (named || beside > 0)
    };
    folders
        .iter()
        .filter(|(folder, members)| is_witness(folder, members))
        .map(|(_, members)| members.clone())
        .collect()
}

fn named_by_language(path: &Path) -> bool {
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    language_in_name(&words_of(&stem)).is_some()
}

/// The siglum of a folder and its words.
fn folder_name(files: &[(PathBuf, String)], members: &[usize]) -> (String, Vec<String>) {
    let folder = members.first().and_then(|&i| files[i].0.parent()).and_then(Path::file_name);
    let name = folder.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words = words_of(&name);
    let lang = language_in_name(&words).map(|(lang, _)| lang);
    let (siglum, words) = siglum_and_words(&words, lang.as_ref());
    (siglum, words)
}

/// Where names differ in nothing but their language, that is the siglum: `prince-en`, `prince-fr`.
fn told_by_language<'n>(
    names: &[(&'n str, &'n [String])],
    langs: &'n [String],
) -> Vec<(&'n str, &'n [String])> {
    let alike = |a: usize, b: usize| names[a].0.eq_ignore_ascii_case(names[b].0) && names[a].1 == names[b].1;
    (0..names.len())
        .map(|i| {
            let rivals: Vec<usize> = (0..names.len()).filter(|&j| j != i && alike(i, j)).collect();
            let told =
                !rivals.is_empty() && langs[i] != "und" && rivals.iter().all(|&j| langs[j] != langs[i]);
            if told { (langs[i].as_str(), names[i].1) } else { names[i] }
        })
        .collect()
}

/// The siglum of a group, and the words that may tell it from others.
fn name_of<'g>(guesses: &'g [Guess], members: &[usize]) -> Option<(&'g str, &'g [String])> {
    let guess = &guesses[*members.first()?];
    match &guess.series {
        // The last word is, or ends with, the number of the first part.
        Some(series) if members.len() > 1 => {
            Some((&series.siglum, &guess.words[..guess.words.len().saturating_sub(1)]))
        }
        _ => Some((&guess.siglum, &guess.words)),
    }
}

fn found(files: &[(PathBuf, String)], guesses: &[Guess], members: &[usize], siglum: String) -> Found {
    let in_parts = members.len() > 1;
    // Parts have numbers only if all of them have the same name beside it.
    let key = |i: &usize| guesses[*i].series.as_ref().map(|of| of.key.clone());
    let first = members.first().and_then(key);
    let numbered_parts = first.is_some() && members.iter().all(|i| key(i) == first);
    let parts = members.iter().map(|&i| FileEntry {
        part: guesses[i]
            .series
            .as_ref()
            .filter(|_| in_parts && numbered_parts)
            .map(|of| of.shown.clone())
            .or_else(|| {
                let stem = files[i].0.file_stem().filter(|_| in_parts)?;
                Some(stem.to_string_lossy().into_owned())
            }),
        ..FileEntry::new(&files[i].0)
    });
    let lang = members.iter().find_map(|&i| guesses[i].lang.clone()).unwrap_or_default();
    let mut entry = WitnessEntry::new(siglum, lang, parts);
    entry.witness.kind = members.first().map(|&i| guesses[i].kind).unwrap_or_default();
    let lang_confidence = members.iter().map(|&i| guesses[i].lang_confidence).fold(1.0, f64::min);
    Found { entry, lang_confidence }
}

/// Makes sigla different: where several are alike, a word or two of the names are added that the
/// others do not have, and at last numbers.
fn unique_sigla(names: &[(&str, &[String])], taken: &[&str]) -> Vec<String> {
    let mut used: BTreeSet<String> = taken.iter().map(|siglum| siglum.to_lowercase()).collect();
    let mut out = Vec::with_capacity(names.len());
    for (i, (siglum, words)) in names.iter().enumerate() {
        let alike =
            |(j, (other, _)): &(usize, &(&str, &[String]))| *j != i && other.eq_ignore_ascii_case(siglum);
        let rivals: Vec<&[String]> =
            names.iter().enumerate().filter(alike).map(|(_, (_, words))| *words).collect();
        let chosen = telling_words(words, &rivals)
            .into_iter()
            .map(|added| [&[*siglum], added.as_slice()].concat().join("-"))
            .find(|candidate| !used.contains(&candidate.to_lowercase()))
            .unwrap_or_else(|| numbered(siglum, |s| used.contains(&s.to_lowercase())));
        used.insert(chosen.to_lowercase());
        out.push(chosen);
    }
    out
}

/// Which words to add to a siglum, best first: none where there is no rival or nothing to tell; one
/// that no rival has; two that no rival has both of; all that not every rival has, up to three.
fn telling_words<'w>(words: &'w [String], rivals: &[&[String]]) -> Vec<Vec<&'w str>> {
    let telling: Vec<&String> =
        words.iter().filter(|word| !rivals.iter().all(|others| others.contains(word))).take(8).collect();
    if rivals.is_empty() || telling.is_empty() {
        return vec![Vec::new()];
    }
    let one = telling.iter().map(|word| vec![*word]);
    let two = telling.iter().enumerate().flat_map(|(i, a)| telling[i + 1..].iter().map(|b| vec![*a, *b]));
    let unique =
        |added: &Vec<&String>| !rivals.iter().any(|others| added.iter().all(|word| others.contains(word)));
    let mut out: Vec<Vec<&String>> = one.chain(two).filter(unique).collect();
    out.push(telling.iter().take(3).copied().collect());
    out.into_iter().map(|added| added.into_iter().map(String::as_str).collect()).collect()
}

/// `wanted`, or with a number behind it if there is such a siglum already (case aside).
pub fn unique_siglum(wanted: &str, taken: &[&str]) -> String {
    let is_taken = |siglum: &str| taken.iter().any(|t| t.to_lowercase() == siglum.to_lowercase());
    if is_taken(wanted) { numbered(wanted, is_taken) } else { wanted.to_owned() }
}

fn numbered(siglum: &str, is_taken: impl Fn(&str) -> bool) -> String {
    (2u64..).map(|n| format!("{siglum}{n}")).find(|candidate| !is_taken(candidate)).unwrap_or_default()
}
