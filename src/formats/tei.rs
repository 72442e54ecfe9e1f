//! TEI P5: the sentences of one text as `<s>` elements.
//!
//! Blocks become the elements that TEI has for them: `head`, `p`, `sp` with `speaker`, `lg` with a
//! line of verse in each `l`, `quote`, `note`, `item`; page furniture becomes `fw`. Characters that
//! XML does not allow are shown as U+FFFD. What TEI cannot say here (bytes in the file, how the
//! encoding was found) is left out.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::model::{Block, BlockKind, FrontRole, Segmented};

/// Writes a TEI document with a `div` for each part, and in it one for each section behind a heading.
///
/// # Errors
/// Those of `out`.
pub fn write_segments(text: &Segmented, out: &mut dyn Write) -> io::Result<()> {
    let mut tei = Tei { xml: Writer::new_with_indent(out, b' ', 2) };
    tei.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let witness = &text.document.witness;
    tei.open("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0"), ("xml:lang", witness.lang.tag())])?;
    tei.header(text)?;
    tei.open("text", &[])?;
    tei.open("body", &[])?;
    let mut segment = 0;
    for (part, p) in text.document.parts.iter().enumerate() {
        let name = p.name.clone().unwrap_or_else(|| (part + 1).to_string());
        tei.open("div", &[("type", "part"), ("n", &name)])?;
        // TEI has headings at the beginning of a division only.
        let (mut in_section, mut before) = (false, BlockKind::Heading);
        for (block, b) in p.blocks.iter().enumerate() {
            let first = segment;
            while text.segments.get(segment).is_some_and(|s| (s.part, s.block) == (part, block)) {
                segment += 1;
            }
            if first == segment {
                continue;
            }
            if b.kind == BlockKind::Heading && before != BlockKind::Heading {
                if in_section {
                    tei.close("div")?;
                }
                tei.open("div", &[("type", "section")])?;
                in_section = true;
            }
            tei.block(text, b, first..segment)?;
            before = b.kind;
        }
        if in_section {
            tei.close("div")?;
        }
        tei.close("div")?;
    }
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
        let clean: Vec<(&str, String)> = attributes.iter().map(|&(k, v)| (k, legal(v))).collect();
        let start = BytesStart::new(name).with_attributes(clean.iter().map(|(k, v)| (*k, v.as_str())));
        self.xml.write_event(Event::Start(start))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.text(text)?;
        self.close(name)
    }

    fn header(&mut self, text: &Segmented) -> io::Result<()> {
        let witness = &text.document.witness;
        self.open("teiHeader", &[])?;
        self.open("fileDesc", &[])?;
        self.open("titleStmt", &[])?;
        self.element("title", &[], witness.title.as_deref().unwrap_or(&witness.siglum))?;
        self.close("titleStmt")?;
        self.open("publicationStmt", &[])?;
        self.element("p", &[], concat!("Sentences cut by hexapla ", env!("CARGO_PKG_VERSION")))?;
        self.close("publicationStmt")?;
        self.open("sourceDesc", &[])?;
        let note = witness.note.as_ref().map_or_else(String::new, |note| format!("; {note}"));
        self.element("p", &[], &format!("{}, {}{note}", witness.siglum, witness.kind.word()))?;
        self.close("sourceDesc")?;
        self.close("fileDesc")?;
        self.close("teiHeader")
    }

    fn block(&mut self, text: &Segmented, block: &Block, segments: std::ops::Range<usize>) -> io::Result<()> {
        let (outer, inner, kind) = elements(block);
        let kind = kind.map(|k| ("type", k));
        if block.kind == BlockKind::Verse {
            self.open("lg", &[])?;
            for segment in segments {
                self.open("l", &[])?;
                self.sentence(text, segment)?;
                self.close("l")?;
            }
            return self.close("lg");
        }
        if let Some(outer) = outer {
            self.open(outer, &[])?;
            if let Some(label) = text.label(segments.start) {
                self.element("speaker", &[], label)?;
            }
        }
        self.open(inner, kind.as_slice())?;
        for segment in segments {
            self.sentence(text, segment)?;
        }
        self.close(inner)?;
        outer.map_or(Ok(()), |outer| self.close(outer))
    }

    fn sentence(&mut self, text: &Segmented, segment: usize) -> io::Result<()> {
        let place = text.locus(segment);
        let id = format!("s{}.{}.{}", place.part, place.block, place.segment);
        self.open("s", &[("xml:id", &id), ("n", &place.to_string())])?;
        let (part, span) = (text.part(segment), text.segments[segment].span);
        let reading = text.mapped_text(segment);
        let mut written = 0;
        for page in part.breaks_in(span) {
            // Page furniture stands where the printer put it, and is marked as such.
            if let Some(furniture) = page.furniture(&part.text) {
                let at = reading.offset_of(page.span.end);
                self.text(&reading.text[written..at])?;
                let words: Vec<&str> = furniture.split_whitespace().collect();
                self.element("fw", &[], &words.join(" "))?;
                written = at;
            }
        }
        self.text(&reading.text[written..])?;
        self.close("s")
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.xml.write_event(Event::Text(BytesText::new(&legal(text))))
    }
}

/// The element around a block, the one that holds its sentences, and a `type` for it.
fn elements(block: &Block) -> (Option<&'static str>, &'static str, Option<&'static str>) {
    match block.kind {
        BlockKind::Heading => (None, "head", None),
        BlockKind::Paragraph | BlockKind::Verse => (None, "p", None),
        BlockKind::Speech => (Some("sp"), "p", None),
        BlockKind::Stage => (None, "stage", None),
        BlockKind::Quotation => (Some("quote"), "p", None),
        BlockKind::ListItem => (Some("list"), "item", None),
        BlockKind::Note => (Some("note"), "p", None),
        BlockKind::Furniture => (None, "fw", None),
        BlockKind::FrontMatter => (
            None,
            "ab",
            Some(match block.role {
                Some(FrontRole::Title) => "title",
                Some(FrontRole::Author) => "author",
                Some(FrontRole::Date) => "date",
                Some(FrontRole::Publication) => "publication",
                Some(FrontRole::EditorNote) => "editor-note",
                None => "front",
            }),
        ),
    }
}

/// Text with the characters that XML 1.0 does not allow made U+FFFD.
pub(super) fn legal(text: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    text.chars().map(|c| if allowed(c) { c } else { '\u{fffd}' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::text;

    #[test]
    fn any_text_is_well_formed_and_comes_back() {
        let sentences = ["a < b & \"c\" ]]> ", "\u{0}\u{c}\u{fffe}", "战争 e\u{301} \u{202e}x"];
        let text = text("A", &sentences);
        let mut out = Vec::new();
        write_segments(&text, &mut out).unwrap();
        let mut reader = quick_xml::Reader::from_reader(out.as_slice());
        let mut found = Vec::new();
        let mut inside = false;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(e) if e.name().as_ref() == "s" => {
                    inside = true;
                    found.push(String::new());
                }
                Event::End(e) if e.name().as_ref() == "s" => inside = false,
                Event::Text(t) if inside => found.last_mut().unwrap().push_str(t.as_ref()),
                Event::GeneralRef(r) if inside => found.last_mut().unwrap().push_str(match r.as_ref() {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    _ => "?",
                }),
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(found, ["a < b & \"c\" ]]>", "\u{fffd} \u{fffd}", "战争 e\u{301} \u{202e}x"]);
    }
}
