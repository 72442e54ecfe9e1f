//! Dictionaries and learned lexica, in the forms in which they are found.
//!
//! *Read*, told apart by what is in them ([`load`]):
//!
//! | format | looks like | module |
//! |---|---|---|
//! | our own, and any two columns | `war<TAB>guerre`, a third column may hold the share of the first word's occurrences that are rendered so | `lines` |
//! | hunalign | `guerre @ war` | `lines` |
//! | tables with a head (Wiktionary, WikDict) | columns named `word`, `translation` ... | `table` |
//! | lists with `::` (Wiktionary, Ding) | `Haus {n} :: house; building` | `lines` |
//! | CC-CEDICT and its kin | `戰爭 战争 [zhan4 zheng1] /war/conflict/` | `cedict` |
//! | dictd, as FreeDict is packed | `NAME.index` beside `NAME.dict` or `NAME.dict.dz` | `dictd` |
//! | StarDict | `NAME.ifo` beside `NAME.idx` and `NAME.dict` or `NAME.dict.dz` | `stardict` |
//!
//! Which language comes first does not matter: the aligner finds out. What is no entry is skipped and
//! counted in one warning. Markup, parts of speech, pronunciations and explanations in brackets are taken
//! off; renderings between commas, semicolons or strokes are entries of their own.
//!
//! *Written*: a learned lexicon with the columns word, rendering, share of the word's occurrences that
//! are rendered so, share of the rendering's occurrences that render it, count. Lossy: no places.

mod cedict;
mod clean;
#[cfg(feature = "fs")]
mod dictd;
#[cfg(feature = "fs")]
mod gzip;
mod lines;
#[cfg(feature = "fs")]
mod stardict;
mod table;

use std::io::{self, Write};
use std::path::Path;
#[cfg(feature = "fs")]
use std::path::PathBuf;

use crate::align::words::WordLexicon;
use crate::{Error, ErrorKind, Outcome, Place, Result, Warning};

/// The first words of a lexicon written here.
const HEAD: &str = "# hexapla lexicon";

/// From this share of lines that are no entries on a file is no dictionary.
const MOSTLY_DIRT: f64 = 0.5;

/// A word or expression, its rendering, and the share of its occurrences that are rendered so.
pub type DictionaryEntry = (String, String, Option<f64>);

/// What a file gives.
#[derive(Debug, Default)]
struct Found {
    entries: Vec<DictionaryEntry>,
    /// How many lines or articles were looked at.
    seen: usize,
    /// How many of them are no entries, and the first of these with its number, from 1.
    dirt: usize,
    first: Option<(usize, String)>,
}

impl Found {
    /// Adds what line or article `number` (from 1) holds; `None` if it is no entry.
    fn add(&mut self, number: usize, text: &str, entries: Option<Vec<DictionaryEntry>>) {
        self.seen += 1;
        match entries {
            Some(entries) => self.entries.extend(entries),
            None => {
                self.dirt += 1;
                self.first.get_or_insert_with(|| (number, text.chars().take(40).collect()));
            }
        }
    }
}

/// Reads a dictionary: a file of one of the formats above, any of the files of a dictd or StarDict
/// dictionary.
///
/// Warnings: `dictionary-dirt` (lines or articles that are no entries, counted).
///
/// # Errors
/// `Io` if it cannot be read, `Syntax` if half of it or more is no dictionary, `Empty` if there is no entry.
#[cfg(feature = "fs")]
pub fn load(path: &Path) -> Result<Outcome<Vec<DictionaryEntry>>> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let stem = || match path.to_string_lossy().strip_suffix(".dz") {
        Some(packed) => Path::new(packed).with_extension(""),
        None => path.with_extension(""),
    };
    let is_packed = path.to_string_lossy().ends_with(".dict.dz");
    let found = match ending {
        "ifo" | "idx" => stardict::read(&stem())?,
        "index" => dictd::read(&stem())?,
        "dict" | "dz" if ending == "dict" || is_packed => {
            if beside(&stem(), "index").exists() {
                dictd::read(&stem())?
            } else {
                stardict::read(&stem())?
            }
        }
        _ => of_text(&gzip::unpacked(bytes(path)?, path)?),
    };
    checked(found, path)
}

/// Reads a dictionary from text; `path` is for messages only.
///
/// # Errors
/// As [`load`].
pub fn read(text: &str, path: &Path) -> Result<Outcome<Vec<DictionaryEntry>>> {
    checked(of_text(text.as_bytes()), path)
}

/// Entries from a text of any format.
fn of_text(bytes: &[u8]) -> Found {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // A line that is not UTF-8 is dirt like any other.
    let all: Vec<(usize, Option<&str>)> = (1..)
        .zip(bytes.split(|&byte| byte == b'\n'))
        .map(|(number, line)| (number, std::str::from_utf8(line).ok().map(|l| l.trim_end_matches('\r'))))
        .filter(|(_, line)| line.is_none_or(|l| !l.trim().is_empty() && !l.starts_with('#')))
        .collect();
    let sample: Vec<&str> = all.iter().filter_map(|line| line.1).take(200).collect();
    let columns = sample.first().and_then(|head| table::columns(head));
    let is_cedict = most(&sample, |line| cedict::entries(line).is_some());
    let is_list = most(&sample, |line| line.contains(" :: "));
    let mut found = Found::default();
    for (k, &(number, line)) in all.iter().enumerate() {
        let Some(line) = line else {
            found.add(number, "not UTF-8", None);
            continue;
        };
        let entries = match &columns {
            Some(_) if k == 0 => continue,
            Some(columns) => table::entries(line, columns),
            None if is_cedict => cedict::entries(line),
            None if is_list => lines::listed(line),
            None => lines::entry(line).map(|entry| vec![entry]),
        };
        found.add(number, line, entries);
    }
    found
}

fn most(lines: &[&str], is: impl Fn(&str) -> bool) -> bool {
    lines.iter().filter(|line| is(line)).count() * 2 > lines.len()
}

/// Refuses what is no dictionary, warns of what was skipped.
fn checked(found: Found, path: &Path) -> Result<Outcome<Vec<DictionaryEntry>>> {
    let Found { entries, seen, dirt, first } = found;
    if let Some((line, shown)) = &first
        && dirt as f64 >= MOSTLY_DIRT * seen as f64
    {
        return Err(Error::new(ErrorKind::Syntax, format!("not an entry of a dictionary: `{shown}`"))
            .in_file(path)
            .at(Place { line: *line, column: None })
            .hint("write word, tab, rendering; docs/lexica.md names the other formats that are read"));
    }
    if entries.is_empty() {
        let error = Error::new(ErrorKind::Empty, "the dictionary has no entry").in_file(path);
        return Err(error.hint("write an entry a line: word, tab, rendering"));
    }
    let warning = first.map(|(line, shown)| {
        let message = format!(
            "{dirt} of {seen} lines of {} are no entries and are skipped, the first is line {line}: `{shown}`",
            path.display()
        );
        Warning::new("dictionary-dirt", message).hint("the rest is used")
    });
    Ok(Outcome { value: entries, warnings: warning.into_iter().collect() })
}

/// The file of a dictionary of several, `NAME.ending`.
#[cfg(feature = "fs")]
fn beside(stem: &Path, ending: &str) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// The bytes of the first of some files of a dictionary that is there, unpacked.
#[cfg(feature = "fs")]
fn part(stem: &Path, endings: &[&str]) -> Result<Vec<u8>> {
    let there = endings.iter().map(|ending| beside(stem, ending)).find(|file| file.exists());
    let file = there.unwrap_or_else(|| beside(stem, endings.first().copied().unwrap_or_default()));
    gzip::unpacked(bytes(&file)?, &file)
}

#[cfg(feature = "fs")]
fn bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => ErrorKind::NotFound,
            io::ErrorKind::IsADirectory => ErrorKind::IsDirectory,
            _ => ErrorKind::Io,
        };
        let hint = "name a file, or a dictionary that is installed: `hexapla dictionaries` lists them";
        Error::new(kind, format!("the dictionary cannot be read: {error}")).in_file(path).hint(hint)
    })
}

/// Writes a learned lexicon of two languages (BCP 47), without what was linked fewer than `least` times.
///
/// # Errors
/// Those of `out`.
pub fn write(lexicon: &WordLexicon, langs: [&str; 2], least: u32, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{HEAD} {} {}", langs[0], langs[1])?;
    writeln!(out, "# word\trendering\tshare of the word\tshare of the rendering\tcount")?;
    for entry in lexicon.entries().iter().filter(|entry| entry.count >= least) {
        let [a, b] = lexicon.written(entry);
        writeln!(out, "{a}\t{b}\t{:.4}\t{:.4}\t{}", entry.forward, entry.backward, entry.count)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
