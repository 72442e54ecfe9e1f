//! Parallel segmentation: the whole text with `<app>` wherever witnesses differ.

use std::io::{self, Write};

use quick_xml::events::{BytesDecl, Event};
use quick_xml::writer::Writer;

use super::{Tei, wit};
use crate::model::{Collated, Entry, EntryKind};

/// Writes the text of all witnesses with their readings: where they agree once, else as
/// `app/lem/rdg@wit@type` (`rdg` alone without a base), the class of the variant being its type and the
/// confidence in it `cert`. A witness that is absent has a `gap`. Both places of a passage that stands
/// elsewhere have an `anchor` that leads to the other.
///
/// # Errors
/// Those of `out`.
pub fn write(collated: &Collated, out: &mut dyn Write) -> io::Result<()> {
    let mut tei = Tei { xml: Writer::new_with_indent(out, b' ', 1) };
    tei.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    tei.open("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0")])?;
    tei.header(collated, ("parallel-segmentation", "internal"))?;
    let lang = collated.texts.first().map_or("und", |text| text.document.witness.lang.tag());
    tei.open("text", &[("xml:lang", lang)])?;
    tei.open("body", &[])?;
    tei.body(collated)?;
    tei.close("body")?;
    tei.close("text")?;
    tei.close("TEI")?;
    tei.xml.into_inner().write_all(b"\n")
}

impl Tei<'_> {
    fn body(&mut self, collated: &Collated) -> io::Result<()> {
        let collation = &*collated.collation;
        self.open("ab", &[])?;
        let mut column = 0;
        // Differences inside a passage that stands elsewhere belong to its own place there.
        for unit in collation.entries.iter().filter(|unit| unit.in_move.is_none()) {
            match unit.kind {
                // Its places have anchors, and what it lacks is seen from the apparatus of its words.
                EntryKind::Move(_) | EntryKind::Passage => continue,
                EntryKind::Layout | EntryKind::Words => {}
            }
            self.agreement(collated, column..unit.columns.start)?;
            if unit.kind == EntryKind::Layout {
                self.layout(collated, unit)?;
                column = unit.columns.start.max(column);
                continue;
            }
            self.app(collated, unit)?;
            column = unit.columns.end.max(column);
        }
        self.agreement(collated, column..collation.columns)?;
        self.close("ab")
    }

    /// Columns outside of units. Who has nothing there is absent, or has its words elsewhere.
    fn agreement(&mut self, collated: &Collated, columns: std::ops::Range<u32>) -> io::Result<()> {
        let mut from = columns.start;
        while from < columns.end {
            self.moves(collated, from..from + 1)?;
            let (who, gone) = (holders(collated, from), absent(collated, from));
            let mut to = from + 1;
            while to < columns.end
                && !starts_move(collated, to)
                && (holders(collated, to), absent(collated, to)) == (who.clone(), gone.clone())
            {
                to += 1;
            }
            let groups = groups(collated, from..to);
            match groups.as_slice() {
                [] => {}
                [(words, who)] if who.len() == collated.texts.len() => self.spaced(words)?,
                several => {
                    self.open("app", &[])?;
                    for (words, who) in several {
                        self.element("rdg", &[("wit", &wit(collated, who))], words)?;
                    }
                    let elsewhere: Vec<usize> =
                        (0..collated.texts.len()).filter(|w| !who.contains(w) && !gone.contains(w)).collect();
                    if !elsewhere.is_empty() {
                        let wit = wit(collated, &elsewhere);
                        self.empty("rdg", &[("wit", &wit), ("type", "transposition")])?;
                    }
                    self.gap(collated, &gone)?;
                    self.close("app")?;
                }
            }
            from = to;
        }
        Ok(())
    }

    fn spaced(&mut self, words: &str) -> io::Result<()> {
        self.text(&format!(" {words} "))
    }

    fn app(&mut self, collated: &Collated, unit: &Entry) -> io::Result<()> {
        self.moves(collated, unit.columns.clone())?;
        self.open("app", &[])?;
        for (number, reading) in unit.readings.iter().enumerate() {
            let is_lemma = number == 0 && collated.collation.base.is_some();
            self.reading(collated, reading, reading.judgement.as_ref().filter(|_| !is_lemma), is_lemma)?;
        }
        self.gap(collated, &unit.absent)?;
        self.close("app")
    }

    /// Who begins a paragraph, and who does not.
    fn layout(&mut self, collated: &Collated, unit: &Entry) -> io::Result<()> {
        self.open("app", &[("type", "layout")])?;
        for reading in &unit.readings {
            let who: Vec<usize> = reading.witnesses.iter().map(|place| place.witness).collect();
            let wit = wit(collated, &who);
            if reading.text.is_empty() {
                self.empty("rdg", &[("wit", &wit)])?;
            } else {
                self.open("rdg", &[("wit", &wit)])?;
                self.empty("milestone", &[("unit", "paragraph")])?;
                self.close("rdg")?;
            }
        }
        self.close("app")
    }

    /// An anchor for each passage of which one place begins in these columns.
    fn moves(&mut self, collated: &Collated, columns: std::ops::Range<u32>) -> io::Result<()> {
        for (number, passage) in collated.collation.moves.iter().enumerate() {
            for (run, here, there) in [(&passage.home, "home", "away"), (&passage.away, "away", "home")] {
                if columns.contains(&run.columns.start) {
                    let (id, other) =
                        (format!("move{}.{here}", number + 1), format!("#move{}.{there}", number + 1));
                    self.empty("anchor", &[("xml:id", &id), ("type", "transposition"), ("corresp", &other)])?;
                }
            }
        }
        Ok(())
    }
}

fn starts_move(collated: &Collated, column: u32) -> bool {
    let moves = collated.collation.moves.iter();
    moves.flat_map(|m| [&m.home, &m.away]).any(|run| run.columns.start == column)
}

/// The witnesses that have words in a column.
fn holders(collated: &Collated, column: u32) -> Vec<usize> {
    let witnesses = collated.collation.witnesses.iter().enumerate();
    witnesses.filter(|(_, w)| !w.tokens_in(column..column + 1).is_empty()).map(|(index, _)| index).collect()
}

/// The witnesses that do not cover a column.
fn absent(collated: &Collated, column: u32) -> Vec<usize> {
    let witnesses = collated.collation.witnesses.iter().enumerate();
    witnesses.filter(|(_, w)| !w.is_present(column)).map(|(index, _)| index).collect()
}

/// The words of some columns with those who have them, in the order of the witnesses.
fn groups<'t>(collated: &'t Collated, columns: std::ops::Range<u32>) -> Vec<(&'t str, Vec<usize>)> {
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for (index, witness) in collated.collation.witnesses.iter().enumerate() {
        let words = witness.reading(witness.tokens_in(columns.clone()));
        if words.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|(other, _)| *other == words) {
            Some((_, who)) => who.push(index),
            None => groups.push((words, vec![index])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    /// The words of each witness, read back from the apparatus.
    fn read_back(tei: &str, sigla: &[&str]) -> Vec<String> {
        let mut reader = quick_xml::Reader::from_str(tei);
        let mut words = vec![String::new(); sigla.len()];
        let mut inside = false;
        let mut wit: Option<Vec<String>> = None;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(e) => match e.name().as_ref() {
                    "ab" => inside = true,
                    "lem" | "rdg" => {
                        let value = e.try_get_attribute("wit").unwrap().unwrap().value;
                        wit = Some(value.split(' ').map(|w| w.trim_start_matches('#').to_owned()).collect());
                    }
                    _ => {}
                },
                Event::End(e) if matches!(e.name().as_ref(), "lem" | "rdg") => wit = None,
                Event::Text(t) if inside => {
                    for (words, siglum) in words.iter_mut().zip(sigla) {
                        if wit.as_ref().is_none_or(|wit| wit.iter().any(|w| w == siglum)) {
                            words.push(' ');
                            words.push_str(t.as_ref());
                        }
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        words.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn every_witness_comes_back() {
        let case = Case::three();
        let mut out = Vec::new();
        write(&case.collated(), &mut out).unwrap();
        let tei = String::from_utf8(out).unwrap();
        assert_eq!(
            read_back(&tei, &["A", "B", "C"]),
            ["the colour of war", "the color of war", "the color war"]
        );
        assert!(tei.contains("<rdg wit=\"#B #C\" type=\"spelling\" cert=\"0.9\">color</rdg>"), "{tei}");
        assert!(tei.contains("<lem wit=\"#A\">colour</lem>"), "{tei}");
    }
}
