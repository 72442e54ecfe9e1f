//! Standoff, attached by both ends: the text of one witness as it stands, with anchors, and the apparatus
//! beside it.

use std::io::{self, Write};

use quick_xml::escape::escape;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::Writer;

use super::super::running::{Piece, lemma_and_others, running, running_witness};
use super::{Tei, legal};
use crate::model::{BlockKind, Collated, Entry};

/// Writes the text of the base (without one, of the first witness) in paragraphs, and in `standOff` a
/// `listApp` with an `app/lem/rdg` for each unit, `from` and `to` being the anchors around its lemma.
/// Readings are typed and witnesses that are absent named as in parallel segmentation; differences inside
/// a passage that stands elsewhere are included.
///
/// # Errors
/// Those of `out`.
pub fn write_standoff(collated: &Collated, out: &mut dyn Write) -> io::Result<()> {
    let mut tei = Tei { xml: Writer::new_with_indent(out, b' ', 1) };
    let units: Vec<&Entry> = collated.collation.entries.iter().collect();
    let base = running_witness(collated);
    tei.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    tei.open("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0")])?;
    tei.header(collated, ("double-end-point", "external"))?;
    if !units.is_empty() {
        tei.open("standOff", &[])?;
        tei.open("listApp", &[])?;
        for (number, unit) in units.iter().enumerate() {
            tei.entry(collated, base, number, unit)?;
        }
        tei.close("listApp")?;
        tei.close("standOff")?;
    }
    let lang = collated.texts.get(base).map_or("und", |text| text.document.witness.lang.tag());
    tei.open("text", &[("xml:lang", lang)])?;
    tei.open("body", &[])?;
    let mut paragraph = String::new();
    let mut kind = BlockKind::Paragraph;
    for piece in running(collated, base, &units) {
        match piece {
            Piece::Open(of) => kind = of,
            Piece::Text(text) => paragraph.push_str(&escape(legal(text))),
            Piece::Begin(unit) => paragraph.push_str(&anchor(unit, 'a')),
            Piece::End(unit) => paragraph.push_str(&anchor(unit, 'z')),
            Piece::Close => {
                tei.paragraph(kind, &paragraph)?;
                paragraph.clear();
            }
        }
    }
    tei.close("body")?;
    tei.close("text")?;
    tei.close("TEI")?;
    tei.xml.into_inner().write_all(b"\n")
}

fn id(unit: usize, end: char) -> String {
    format!("u{}{end}", unit + 1)
}

fn anchor(unit: usize, end: char) -> String {
    format!("<anchor xml:id=\"{}\"/>", id(unit, end))
}

impl Tei<'_> {
    fn entry(&mut self, collated: &Collated, base: usize, number: usize, unit: &Entry) -> io::Result<()> {
        let [from, to] = ['a', 'z'].map(|end| format!("#{}", id(number, end)));
        self.open("app", &[("from", &from), ("to", &to)])?;
        let (lemma, others) = lemma_and_others(unit, base);
        if let Some(lemma) = lemma {
            self.reading(collated, lemma, None, true)?;
        }
        for (reading, judgement) in others {
            self.reading(collated, reading, judgement, false)?;
        }
        self.gap(collated, &unit.absent)?;
        self.close("app")
    }

    /// A block whose content is written already: white space counts in it.
    fn paragraph(&mut self, kind: BlockKind, content: &str) -> io::Result<()> {
        let (name, of_kind) = match kind {
            BlockKind::Paragraph | BlockKind::Speech | BlockKind::Quotation => ("p", None),
            other => ("ab", Some(("type", other.word()))),
        };
        self.open(name, of_kind.as_slice())?;
        self.xml.write_event(Event::Text(BytesText::from_escaped(content)))?;
        self.close(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn the_base_runs_and_the_apparatus_points_to_it() {
        let case = Case::three();
        let mut out = Vec::new();
        write_standoff(&case.collated(), &mut out).unwrap();
        let tei = String::from_utf8(out).unwrap();
        assert!(
            tei.contains(
                "<p>the <anchor xml:id=\"u1a\"/>colour<anchor xml:id=\"u1z\"/> \
                 <anchor xml:id=\"u2a\"/>of<anchor xml:id=\"u2z\"/> war</p>"
            ),
            "{tei}"
        );
        let app: String = tei.split("<app ").nth(2).unwrap().split("</app>").next().unwrap().into();
        assert!(app.starts_with("from=\"#u2a\" to=\"#u2z\">"), "{app}");
        assert!(app.contains("<lem wit=\"#A #B\">of</lem>"), "{app}");
        assert!(app.contains("<rdg wit=\"#C\" type=\"omission\" cert=\"0.9\"/>"), "{app}");
    }
}
