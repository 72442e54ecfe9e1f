//! A collation as running text: the words of one witness, and behind those where others differ, their
//! readings with the sigla.

use std::io::{self, Write};

use super::collation::Form;
use super::rows::Mark;
use super::style::Theme;
use super::visible;
use crate::model::{Collated, Entry, EntryKind};

/// Writes the sentences of the base (without one: of the first witness) in which others differ:
/// `[-lemma-] {+reading B C+}`.
///
/// # Errors
/// Those of `out`.
pub fn write_inline(
    collated: &Collated,
    units: &[&Entry],
    form: &Form,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    let base = collated.collation.base.unwrap_or(0);
    let Some(witness) = collated.collation.witnesses.get(base) else { return Ok(()) };
    let tokens = &witness.tokens;
    let places: Vec<std::ops::Range<usize>> = units
        .iter()
        .map(|unit| {
            let own = unit.readings.iter().flat_map(|r| &r.witnesses).find(|at| at.witness == base);
            let inside = match own {
                Some(at) if at.tokens.is_empty() => at.tokens.clone(),
                _ => witness.tokens_in(unit.columns.clone()),
            };
            // What is said of a passage stands where it begins.
            let end = if unit.is_of_words() { inside.end } else { inside.start };
            inside.start as usize..end as usize
        })
        .collect();
    let segment = |token: usize| tokens.get(token).map(|t| (t.part, t.segment));
    let mut next = 0;
    while next < units.len() {
        // From the sentence of this unit to the end of the last sentence that a unit reaches into.
        let first = places[next].start.min(tokens.len().saturating_sub(1));
        let first =
            if places[next].is_empty() { first.min(places[next].start.saturating_sub(1)) } else { first };
        let start = (0..=first).rev().take_while(|&t| segment(t) == segment(first)).last().unwrap_or(first);
        let mut end = start;
        let mut upto = next;
        loop {
            let last = places[next..=upto].iter().map(|place| place.end).max().unwrap_or(start);
            let within = last.saturating_sub(1).max(first);
            end = (within..tokens.len())
                .take_while(|&t| segment(t) == segment(within))
                .last()
                .map_or(end, |t| t + 1)
                .max(end);
            let more = places.get(upto + 1).is_some_and(|place| {
                place.start < end || place.is_empty() && place.start == end && place.start > 0
            });
            if !more {
                break;
            }
            upto += 1;
        }
        if let Some(token) = tokens.get(start) {
            let text = &collated.texts[base];
            let locus = text.locus(token.segment as usize).to_string();
            writeln!(out, "{}", theme.paint(theme.quiet(), &format!("── {locus} ")))?;
        }
        let mut line = String::new();
        let mut at = start;
        for (place, unit) in places[next..=upto].iter().zip(&units[next..=upto]) {
            let from = place.start.max(at);
            push(&mut line, &words(witness, at..from));
            push(&mut line, &entry(collated, unit, base, form, theme));
            at = place.end.max(at);
        }
        push(&mut line, &words(witness, at..end));
        writeln!(out, "{line}\n")?;
        next = upto + 1;
    }
    Ok(())
}

fn words(witness: &crate::model::CollatedWitness, tokens: std::ops::Range<usize>) -> String {
    if tokens.is_empty() {
        return String::new();
    }
    let (first, last) = (&witness.tokens[tokens.start], &witness.tokens[tokens.end - 1]);
    witness.text[first.read.start as usize..last.read.end as usize].chars().map(visible).collect()
}

fn push(line: &mut String, text: &str) {
    let joins = text.starts_with([',', '.', ';', ':', '!', '?', ')', '’', '”']);
    if !line.is_empty() && !text.is_empty() && !joins {
        line.push(' ');
    }
    line.push_str(text);
}

/// The lemma as something that goes, the readings as what comes, each with its sigla.
fn entry(collated: &Collated, unit: &Entry, base: usize, form: &Form, theme: Theme) -> String {
    let is_own = |reading: &crate::model::EntryReading| reading.witnesses.iter().any(|at| at.witness == base);
    let marked = |mark: Mark, text: &str, first: bool| {
        if theme.color {
            theme.paint(theme.style(mark), text)
        } else {
            let (open, close) = theme.signs(mark, first);
            format!("{open}{text}{close}")
        }
    };
    let mut pieces = Vec::new();
    for reading in &unit.readings {
        let text: String = reading.text.chars().map(visible).collect();
        if is_own(reading) {
            if !text.is_empty() && unit.is_of_words() {
                pieces.insert(0, marked(Mark::Deleted, &text, true));
            }
            continue;
        }
        let witnesses: Vec<usize> = reading.witnesses.iter().map(|at| at.witness).collect();
        let sigla = form.groups.shown(collated, &witnesses, &unit.absent);
        let text = match (unit.kind, reading.witnesses.first()) {
            (EntryKind::Move(_), Some(place)) => {
                format!("{} transp. to {}", ends(&text), collated.locus(place))
            }
            (EntryKind::Passage, _) => "passage om.".to_owned(),
            (EntryKind::Layout, _) if text.is_empty() => "no ¶".to_owned(),
            (EntryKind::Words, _) if text.is_empty() => "om.".to_owned(),
            _ => text,
        };
        pieces.push(marked(Mark::Inserted, &format!("{text} {sigla}"), false));
    }
    pieces.join(" ")
}

/// A long passage by its first and last word.
fn ends(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [first, _, _, _, .., last] => format!("{first} … {last}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn readings_stand_behind_the_words_of_the_base() {
        let case = Case::three();
        let collated = case.collated();
        let units: Vec<&Entry> = collated.collation.entries.iter().collect();
        let mut out = Vec::new();
        let theme = Theme { color: false, width: 80 };
        write_inline(&collated, &units, &Form::default(), theme, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "── A 1.1.1 \nthe [-colour-] {+color B C+} [-of-] {+om. C+} war\n\n"
        );
    }
}
