//! TEI P5, critical apparatus in parallel segmentation (TEI Guidelines, chapter 13): the whole text with
//! `<app>` wherever witnesses differ.

use std::io::{self, Write};

use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::Writer;

use super::super::tei::legal;
use crate::model::{Collated, UnitReading, VariationUnit};

/// Writes the text of all witnesses with their readings: where they agree once, else as
/// `app/lem/rdg@wit@type` (`rdg` alone without a base), the class of the variant being its type. A
/// witness that is absent is named in `lacunaStart` and `lacunaEnd`, a transposed passage in a note.
///
/// # Errors
/// Those of `out`.
pub fn write(collated: &Collated<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut tei = Tei { xml: Writer::new_with_indent(out, b' ', 1) };
    tei.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    tei.open("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0")])?;
    tei.header(collated)?;
    let lang = collated.texts.first().map_or("und", |text| text.document.witness.lang.tag());
    tei.open("text", &[("xml:lang", lang)])?;
    tei.open("body", &[])?;
    tei.body(collated)?;
    tei.close("body")?;
    tei.close("text")?;
    tei.close("TEI")?;
    tei.xml.into_inner().write_all(b"\n")
}

struct Tei<'o> {
    xml: Writer<&'o mut dyn Write>,
}

impl Tei<'_> {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let mut element = quick_xml::events::BytesStart::new(name);
        for (key, value) in attributes {
            element.push_attribute((*key, legal(value).as_str()));
        }
        self.xml.write_event(Event::Start(element))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(quick_xml::events::BytesEnd::new(name)))
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.xml.write_event(Event::Text(BytesText::new(&legal(text))))
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.text(text)?;
        self.close(name)
    }

    fn header(&mut self, collated: &Collated<'_>) -> io::Result<()> {
        let title = collated.texts.first().and_then(|text| text.document.witness.title.as_deref());
        self.open("teiHeader", &[])?;
        self.open("fileDesc", &[])?;
        self.open("titleStmt", &[])?;
        self.element("title", &[], title.unwrap_or("Collation"))?;
        self.close("titleStmt")?;
        self.open("publicationStmt", &[])?;
        self.element("p", &[], concat!("Collated by hexapla ", env!("CARGO_PKG_VERSION")))?;
        self.close("publicationStmt")?;
        self.open("sourceDesc", &[])?;
        self.open("listWit", &[])?;
        for (witness, text) in collated.texts.iter().enumerate() {
            let about = &text.document.witness;
            let known = [&about.title, &about.publisher, &about.place, &about.date, &about.note];
            let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
            let words = format!("{}, {}: {}", about.siglum, about.kind.word(), known.join(", "));
            self.element(
                "witness",
                &[("xml:id", &id(collated.siglum(witness)))],
                words.trim_end_matches(": "),
            )?;
        }
        self.close("listWit")?;
        self.close("sourceDesc")?;
        self.close("fileDesc")?;
        self.open("encodingDesc", &[])?;
        self.open("variantEncoding", &[("method", "parallel-segmentation"), ("location", "internal")])?;
        self.close("variantEncoding")?;
        self.close("encodingDesc")?;
        self.close("teiHeader")
    }

    fn body(&mut self, collated: &Collated<'_>) -> io::Result<()> {
        let collation = collated.collation;
        self.open("ab", &[])?;
        let mut column = 0;
        // Differences inside a passage that stands elsewhere belong to its own place there.
        for unit in collation.units.iter().filter(|unit| unit.in_move.is_none()) {
            self.agreement(collated, column..unit.columns.start)?;
            self.app(collated, unit)?;
            column = unit.columns.end.max(column);
        }
        self.agreement(collated, column..collation.columns)?;
        self.close("ab")
    }

    /// Columns outside of units. Who has nothing there is absent, or has its words elsewhere.
    fn agreement(&mut self, collated: &Collated<'_>, columns: std::ops::Range<u32>) -> io::Result<()> {
        let mut from = columns.start;
        while from < columns.end {
            let groups = groups(collated, from..from + 1);
            let mut to = from + 1;
            while to < columns.end && same_sigla(&groups, &self::groups(collated, to..to + 1)) {
                to += 1;
            }
            let groups = self::groups(collated, from..to);
            match groups.as_slice() {
                [] => {}
                [(words, who)] if who.len() == collated.texts.len() => self.spaced(words)?,
                several => {
                    self.open("app", &[])?;
                    for (words, who) in several {
                        self.element("rdg", &[("wit", &wit(collated, who))], words)?;
                    }
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

    fn app(&mut self, collated: &Collated<'_>, unit: &VariationUnit) -> io::Result<()> {
        self.open("app", &[])?;
        for (number, reading) in unit.readings.iter().enumerate() {
            let name = if number == 0 && collated.collation.base.is_some() { "lem" } else { "rdg" };
            let who: Vec<usize> = reading.witnesses.iter().map(|place| place.witness).collect();
            let wit = wit(collated, &who);
            let mut attributes = vec![("wit", wit.as_str())];
            if let Some(class) = class(reading) {
                attributes.push(("type", class));
            }
            self.element(name, &attributes, &reading.text)?;
        }
        self.close("app")
    }
}

fn class(reading: &UnitReading) -> Option<&'static str> {
    reading.judgement.as_ref().map(|judgement| judgement.class.word())
}

/// The words of some columns with those who have them, in the order of the witnesses.
fn groups<'t>(collated: &Collated<'t>, columns: std::ops::Range<u32>) -> Vec<(&'t str, Vec<usize>)> {
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

fn same_sigla(a: &[(&str, Vec<usize>)], b: &[(&str, Vec<usize>)]) -> bool {
    a.iter().map(|(_, who)| who).eq(b.iter().map(|(_, who)| who))
}

fn wit(collated: &Collated<'_>, witnesses: &[usize]) -> String {
    witnesses.iter().map(|&w| format!("#{}", id(collated.siglum(w)))).collect::<Vec<_>>().join(" ")
}

/// A siglum as an XML id: letters, digits, `.`, `-`, `_`, beginning with a letter.
fn id(siglum: &str) -> String {
    let legal = |c: char| if c.is_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let id: String = siglum.chars().map(legal).collect();
    if id.starts_with(|c: char| c.is_alphabetic()) { id } else { format!("w{id}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::collation::testing::Case;

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
        assert!(tei.contains("<rdg wit=\"#B #C\" type=\"spelling\">color</rdg>"), "{tei}");
        assert!(tei.contains("<lem wit=\"#A\">colour</lem>"), "{tei}");
    }

    #[test]
    fn sigla_become_ids() {
        assert_eq!((id("FI"), id("1859"), id("a b/c")), ("FI".into(), "w1859".into(), "a_b_c".into()));
    }
}
