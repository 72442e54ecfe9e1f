//! The entries of a collation in columns: place, lemma, readings, class, rule and confidence, a line for
//! each reading.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::sigla::Groups;
use super::style::Theme;
use super::visible;
use crate::model::{Collated, Entry, EntryReading};

/// A reading takes at most so many columns.
const WIDEST: usize = 40;

/// Writes a head and a line for each reading that is not the lemma. With two witnesses their sigla stand in
/// the head, with more behind the readings.
///
/// # Errors
/// Those of `out`.
pub fn write(
    collated: &Collated,
    entries: &[&Entry],
    groups: &Groups,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    let two = collated.texts.len() == 2;
    let base = collated.leader();
    let head = match two {
        true => {
            ["locus", collated.siglum(base), collated.siglum(1 - base.min(1)), "class", "rule", "confidence"]
        }
        false => ["locus", "lemma", "reading", "class", "rule", "confidence"],
    };
    let head = head.map(str::to_owned);
    let row = |entry: &Entry, reading: &EntryReading| {
        let judgement = reading.judgement.as_ref()?;
        let lemma = entry.readings.first()?;
        let class = match judgement.lemma_is_suspect {
            Some(lemma_is) => {
                let suspect = if lemma_is { lemma } else { reading };
                format!("{}, in {}", judgement.class.word(), sigla(collated, entry, suspect, groups))
            }
            None => judgement.class.word().to_owned(),
        };
        let mut shown = cut(&reading.text);
        if !two {
            shown = format!("{shown} {}", sigla(collated, entry, reading, groups));
        } else if let (Some(_), Some(place)) = (entry.moved(), reading.witnesses.first()) {
            shown = format!("→ {}", collated.locus(place));
        }
        let confidence = format!("{:.2}", judgement.confidence.value());
        let locus = collated.locus(&collated.place(entry)).to_string();
        Some([locus, cut(&lemma.text), shown, class, judgement.rule.clone(), confidence])
    };
    let rows: Vec<[String; 6]> =
        entries.iter().flat_map(|entry| entry.readings.iter().filter_map(|r| row(entry, r))).collect();
    let width = |column: usize| {
        let all = std::iter::once(&head).chain(&rows);
        all.map(|row| row[column].width()).max().unwrap_or(0)
    };
    let widths: [usize; 6] = std::array::from_fn(width);
    for (index, row) in std::iter::once(&head).chain(&rows).enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        let line = line.trim_end();
        let line = if index == 0 { theme.paint(theme.strong(), line) } else { line.to_owned() };
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn sigla(collated: &Collated, entry: &Entry, reading: &EntryReading, groups: &Groups) -> String {
    let witnesses: Vec<usize> = reading.witnesses.iter().map(|place| place.witness).collect();
    groups.shown(collated, &witnesses, &entry.absent)
}

/// A reading in one line and not too wide; one that has nothing shows that.
fn cut(text: &str) -> String {
    if text.is_empty() {
        return "om.".to_owned();
    }
    let clean: String =
        text.chars().map(visible).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.width() <= WIDEST {
        return clean;
    }
    let mut short = String::new();
    for c in clean.chars() {
        if short.width() + 2 > WIDEST {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}
