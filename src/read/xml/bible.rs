//! Bibles in XML: OSIS, USFX and Zefania. Verses cross paragraphs, so they are places, not blocks.

use super::{Act, Dialect, Xml};
use crate::model::{FrontRole, LocusUnit};
use crate::read::flow::Context;

/// OSIS.
pub(crate) struct Osis;

/// USFX.
#[derive(Default)]
pub(crate) struct Usfx {
    book: String,
    chapter: String,
}

/// Zefania XML.
#[derive(Default)]
pub(crate) struct Zefania {
    book: String,
    chapter: String,
}

fn prose() -> Act {
    Act::Block(Context { prose: true, ..Context::default() })
}

fn heading(level: u8) -> Act {
    Act::Block(Context { heading: level, ..Context::default() })
}

/// `Matt 5.3` of `Matt.5.3`.
fn shown(id: &str) -> String {
    let id = id.split_whitespace().next().unwrap_or_default();
    id.replacen('.', " ", 1)
}

impl Dialect for Osis {
    fn act(&mut self, xml: &Xml<'_>, at: usize, context: &Context, inside: bool) -> Act {
        let plain = Context::default();
        match xml.name(at) {
            "header" => match xml.find(at, "title") {
                Some(title) => Act::Only(vec![title]),
                None => Act::Skip,
            },
            "verse" => {
                let id = xml.attribute(at, "osisID").or_else(|| xml.attribute(at, "sID"));
                match (id, xml.attribute(at, "eID")) {
                    (Some(id), _) => Act::Milestone(LocusUnit::Verse, shown(&id)),
                    (None, Some(_)) => Act::Insert(" "),
                    (None, None) => Act::Inline(plain),
                }
            }
            "chapter" => match xml.attribute(at, "osisID").or_else(|| xml.attribute(at, "sID")) {
                Some(id) => Act::Counted(LocusUnit::Section, shown(&id), plain),
                None => Act::Block(plain),
            },
            "title" if xml.ancestors(at).any(|o| xml.name(o) == "header") => {
                Act::Block(Context { front: Some(FrontRole::Title), ..plain })
            }
            "title" => heading(if context.heading > 0 { context.heading } else { 2 }),
            "note" => Act::Note,
            "l" => Act::Line(Context { verse: true, ..plain }, false),
            "p" => prose(),
            "item" => Act::Block(Context { listed: true, ..plain }),
            "q" if !inside && xml.children(at).any(|c| xml.name(c) == "p") => Act::Block(plain),
            "lg" | "div" | "list" | "osis" | "osisText" | "speech" => Act::Block(plain),
            "speaker" => Act::Block(Context { label: true, ..plain }),
            "lb" => Act::Wrap,
            "figure" | "work" | "revisionDesc" => Act::Skip,
            "milestone" => Act::Skip,
            _ => Act::Inline(plain),
        }
    }
}

impl Dialect for Usfx {
    fn act(&mut self, xml: &Xml<'_>, at: usize, _context: &Context, _inside: bool) -> Act {
        let plain = Context::default();
        let id = || xml.attribute(at, "id").map(std::borrow::Cow::into_owned).unwrap_or_default();
        match xml.name(at) {
            "book" => {
                self.book = id();
                Act::Block(plain)
            }
            "id" | "ide" | "rem" | "toc" | "languageCode" | "ve" | "sts" | "fig" | "rq" | "fr" | "xo" => {
                Act::Skip
            }
            "h" => Act::Block(Context { furniture: true, ..plain }),
            "c" => {
                self.chapter = id();
                Act::Counted(LocusUnit::Section, format!("{} {}", self.book, self.chapter), plain)
            }
            "v" => Act::Milestone(LocusUnit::Verse, format!("{} {}.{}", self.book, self.chapter, id())),
            "f" | "x" => Act::Note,
            "s" | "d" | "r" | "mt" | "ms" | "mr" => heading(2),
            "q" => Act::Line(Context { verse: true, ..plain }, false),
            "p" if xml.attribute(at, "sfm").is_some_and(|sfm| sfm.starts_with("mt")) => heading(1),
            "p" => prose(),
            "b" | "usfx" => Act::Block(plain),
            "optionalLineBreak" => Act::Insert(" "),
            _ => Act::Inline(plain),
        }
    }
}

impl Dialect for Zefania {
    fn act(&mut self, xml: &Xml<'_>, at: usize, context: &Context, _inside: bool) -> Act {
        let plain = Context::default();
        let name = xml.name(at).to_ascii_uppercase();
        let value = |key: &str| xml.attribute(at, key).map(std::borrow::Cow::into_owned);
        match name.as_str() {
            "INFORMATION" => match xml.find(at, "title") {
                Some(title) => Act::Only(vec![title]),
                None => Act::Skip,
            },
            "TITLE" => Act::Block(Context { front: Some(FrontRole::Title), ..plain }),
            "BIBLEBOOK" => {
                let named = value("bsname").or_else(|| value("bname")).or_else(|| value("bnumber"));
                self.book = named.unwrap_or_default();
                Act::Block(plain)
            }
            "CHAPTER" => {
                self.chapter = value("cnumber").unwrap_or_default();
                Act::Counted(LocusUnit::Section, format!("{} {}", self.book, self.chapter), plain)
            }
            "VERS" | "V" => {
                let number = value("vnumber").or_else(|| value("n")).unwrap_or_default();
                let locus = format!("{} {}.{number}", self.book, self.chapter);
                Act::Counted(LocusUnit::Verse, locus, Context { prose: true, ..plain })
            }
            "CAPTION" => heading(2),
            "NOTE" if context.note => Act::Inline(plain),
            "NOTE" | "XREF" => Act::Note,
            "BR" => Act::Wrap,
            "XMLBIBLE" => Act::Block(plain),
            _ => Act::Inline(plain),
        }
    }
}
