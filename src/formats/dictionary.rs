//! Dictionaries and learned lexica as plain text.
//!
//! *Read*: two columns between which a tab stands, `war<TAB>guerre`; a third column may hold the share
//! of the first word's occurrences that are rendered so, from 0 to 1. Or the dictionary of hunalign, one
//! entry a line, `guerre @ war`. Which language comes first does not matter: the aligner finds out. Blank
//! lines and lines that begin with `#` are skipped.
//!
//! *Written*: a learned lexicon with the columns word, rendering, share of the word's occurrences that
//! are rendered so, share of the rendering's occurrences that render it, count. Lossy: no places.

use std::io::{self, Write};
use std::path::Path;

use crate::align::words::Entry;
use crate::{Error, ErrorKind, Place, Result};

/// The first words of a lexicon written here.
const HEAD: &str = "# hexapla lexicon";

/// A word or expression, its rendering, and the share of its occurrences that are rendered so.
pub type DictionaryEntry = (String, String, Option<f64>);

/// Reads a dictionary; `path` is for messages only.
///
/// # Errors
/// `Syntax` with the line that is no entry, `Empty` if there is none at all.
pub fn read(text: &str, path: &Path) -> Result<Vec<DictionaryEntry>> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    let entries = lines
        .map(|(number, line)| {
            parse(line).ok_or_else(|| {
                let shown: String = line.chars().take(40).collect();
                Error::new(ErrorKind::Syntax, format!("not an entry of a dictionary: `{shown}`"))
                    .in_file(path)
                    .at(Place { line: number + 1, column: None })
                    .hint("write word, tab, rendering; or hunalign's form: rendering @ word")
            })
        })
        .collect::<Result<Vec<_>>>()?;
    if entries.is_empty() {
        let error = Error::new(ErrorKind::Empty, "the dictionary has no entry").in_file(path);
        return Err(error.hint("write an entry a line: word, tab, rendering"));
    }
    Ok(entries)
}

fn parse(line: &str) -> Option<DictionaryEntry> {
    let entry = |a: &str, b: &str, share| {
        let (a, b) = (a.trim(), b.trim());
        (!a.is_empty() && !b.is_empty()).then(|| (a.to_owned(), b.to_owned(), share))
    };
    if let Some((a, rest)) = line.split_once('\t') {
        let mut columns = rest.split('\t');
        let b = columns.next()?;
        let share = columns.next().and_then(|c| c.trim().parse::<f64>().ok());
        return entry(a, b, share.filter(|share| (0.0..=1.0).contains(share)));
    }
    let (b, a) = line.split_once(" @ ")?;
    entry(a, b, None)
}

/// Writes the entries of a learned lexicon of two languages (BCP 47), without what was linked fewer than `least` times.
///
/// # Errors
/// Those of `out`.
pub fn write(entries: &[Entry], langs: [&str; 2], least: u32, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{HEAD} {} {}", langs[0], langs[1])?;
    writeln!(out, "# word\trendering\tshare of the word\tshare of the rendering\tcount")?;
    for entry in entries.iter().filter(|entry| entry.count >= least) {
        writeln!(
            out,
            "{}\t{}\t{:.4}\t{:.4}\t{}",
            entry.a, entry.b, entry.forward, entry.backward, entry.count
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_are_read() {
        let read = |text: &str| read(text, Path::new("d.tsv")).unwrap();
        let entries = read("\u{feff}# words\nwar\tguerre\t0.75\n\nthe east \t l’est\tn.\n");
        assert_eq!(entries[0], ("war".into(), "guerre".into(), Some(0.75)));
        assert_eq!(entries[1], ("the east".into(), "l’est".into(), None));
        assert_eq!(read("guerre @ war\n"), [("war".into(), "guerre".into(), None)]);
    }

    #[test]
    fn what_is_no_entry_is_named_with_its_line() {
        for bad in ["war", "war\t", "\tguerre", "war  guerre", "@ war"] {
            let error = read(&format!("a\tb\n{bad}\n"), Path::new("d.tsv")).unwrap_err();
            assert_eq!(error.place().map(|p| p.line), Some(2), "{bad:?}");
        }
        assert_eq!(read("# nothing\n", Path::new("d.tsv")).unwrap_err().kind(), ErrorKind::Empty);
    }
}
