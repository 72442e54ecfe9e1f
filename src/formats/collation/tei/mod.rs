//! TEI P5, critical apparatus (TEI Guidelines, chapter 13): in parallel segmentation, the text of all
//! witnesses with the readings inside it, or standoff, the text of one witness with the apparatus beside it.

mod parallel;
mod standoff;

use std::io::{self, Write};

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;

use super::super::tei::legal;
use crate::model::{Collated, EntryReading, Judgement};

pub use parallel::write;
pub use standoff::write_standoff;

/// The writer of one document.
struct Tei<'o> {
    xml: Writer<&'o mut dyn Write>,
}

impl Tei<'_> {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let mut element = BytesStart::new(name);
        for (key, value) in attributes {
            element.push_attribute((*key, legal(value).as_str()));
        }
        self.xml.write_event(Event::Start(element))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let mut element = BytesStart::new(name);
        for (key, value) in attributes {
            element.push_attribute((*key, legal(value).as_str()));
        }
        self.xml.write_event(Event::Empty(element))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.xml.write_event(Event::Text(BytesText::new(&legal(text))))
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.text(text)?;
        self.close(name)
    }

    /// The header, with the method of the apparatus and where it stands, in the words of TEI.
    fn header(&mut self, collated: &Collated, method: (&str, &str)) -> io::Result<()> {
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
        let (method, location) = method;
        self.open("variantEncoding", &[("method", method), ("location", location)])?;
        self.close("variantEncoding")?;
        self.close("encodingDesc")?;
        self.close("teiHeader")
    }
}

impl Tei<'_> {
    /// A reading with who has it; its class, and how far that can be trusted, unless it is the lemma.
    fn reading(
        &mut self,
        collated: &Collated,
        reading: &EntryReading,
        judgement: Option<&Judgement>,
        is_lemma: bool,
    ) -> io::Result<()> {
        let name = if is_lemma { "lem" } else { "rdg" };
        let who: Vec<usize> = reading.witnesses.iter().map(|place| place.witness).collect();
        let wit = wit(collated, &who);
        let mut attributes = vec![("wit", wit.as_str())];
        let cert = judgement.map(|judgement| judgement.confidence.value().to_string());
        if let Some((judgement, cert)) = judgement.zip(cert.as_deref()) {
            attributes.extend([("type", judgement.class.word()), ("cert", cert)]);
        }
        if reading.text.is_empty() {
            return self.empty(name, &attributes);
        }
        self.element(name, &attributes, &reading.text)
    }

    /// What witnesses have that do not cover the place.
    fn gap(&mut self, collated: &Collated, absent: &[usize]) -> io::Result<()> {
        if absent.is_empty() {
            return Ok(());
        }
        self.open("rdg", &[("wit", &wit(collated, absent))])?;
        self.empty("gap", &[("reason", "absent")])?;
        self.close("rdg")
    }
}

fn wit(collated: &Collated, witnesses: &[usize]) -> String {
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

    #[test]
    fn sigla_become_ids() {
        assert_eq!((id("FI"), id("1859"), id("a b/c")), ("FI".into(), "w1859".into(), "a_b_c".into()));
    }
}
