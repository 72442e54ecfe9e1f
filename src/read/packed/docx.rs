//! DOCX: the document, its foot- and endnotes, and what styles say of paragraphs.
//!
//! Headings are known by their outline level through the inheritance of styles, never by the name of a
//! style. Tracked changes are taken as accepted, or as never made ([`Options::changes`]).

use std::collections::HashMap;

use super::Package;
use crate::model::LocusUnit;
use crate::read::draft::Drafted;
use crate::read::flow::{Context, Flow};
use crate::read::xml::{Act, Dialect, Walker, Xml};
use crate::read::{Choice, Options};
use crate::{Error, Result, Warning};

/// Styles inherit over no more steps than this.
const LONGEST_CHAIN: usize = 20;
/// A paragraph indented by this on both sides, in twentieths of a point, is set off.
const SET_OFF: i64 = 360;

pub(super) fn read(
    package: &mut Package<'_>,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Drafted> {
    let main = main_part(package, warnings)?;
    let folder = main.rsplit_once('/').map_or("word", |(folder, _)| folder).to_owned();
    let styles = match package.open(&format!("{folder}/styles.xml"), warnings)? {
        Some(entry) => Styles::of(&Xml::new(&entry.decoded.text).map_err(|e| e.inside("styles.xml"))?),
        None => Styles::default(),
    };
    let mut word =
        Word { styles, changes: options.changes, kind: "", tracked: 0, join: false, page: 1, boxes: 0 };
    let mut out = Drafted::default();
    let names = [main.clone(), format!("{folder}/footnotes.xml"), format!("{folder}/endnotes.xml")];
    for (name, kind) in names.iter().zip(["", "footnote", "endnote"]) {
        let entry = if kind.is_empty() {
            Some(package.need(name, warnings)?)
        } else {
            package.open(name, warnings)?
        };
        let Some(entry) = entry else { continue };
        word.kind = kind;
        let xml = Xml::new(&entry.decoded.text).map_err(|e| e.inside(name))?;
        let mut walker = Walker::new(&xml, Flow::new(&entry.decoded, false), &mut word);
        let root = xml.root().unwrap_or_default();
        if kind.is_empty() {
            walker.node(root, &Context::default());
        } else {
            for note in xml.children(root).filter(|&at| xml.name(at) == kind) {
                if xml.attribute(note, "type").is_none_or(|kind| kind == "normal") {
                    let id = xml.attribute(note, "id").unwrap_or_default();
                    walker.note(note, &format!("{kind}{id}"));
                }
            }
        }
        out.append(walker.finish(), entry.base);
    }
    if word.tracked > 0 {
        let (done, other) = match word.changes {
            Choice::Regular => ("accepted", "original"),
            Choice::Original => ("left out", "accepted"),
        };
        warnings.push(
            Warning::new("tracked-changes", format!("{} tracked changes were read as {done}", word.tracked))
                .hint(format!("the other text: --changes {other}")),
        );
    }
    Ok(out)
}

/// The name of the main document.
fn main_part(package: &mut Package<'_>, warnings: &mut Vec<Warning>) -> Result<String> {
    if let Some(relations) = package.open("_rels/.rels", warnings)? {
        let xml = Xml::new(&relations.decoded.text).map_err(|e| e.inside("_rels/.rels"))?;
        let root = xml.root().unwrap_or_default();
        let main = xml
            .all(root, "Relationship")
            .find(|&at| xml.attribute(at, "Type").is_some_and(|kind| kind.ends_with("/officeDocument")));
        if let Some(target) = main.and_then(|at| xml.attribute(at, "Target")) {
            let name = super::resolve_path("", &target);
            if package.has(&name) {
                return Ok(name);
            }
        }
    }
    if package.has("word/document.xml") {
        return Ok("word/document.xml".to_owned());
    }
    Err(Error::new(crate::ErrorKind::Syntax, "there is no document in this DOCX").hint("save it again"))
}

/// What paragraph styles say.
#[derive(Debug, Default)]
struct Styles {
    all: HashMap<String, Style>,
    default: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Style {
    based_on: Option<String>,
    level: Option<u8>,
    listed: Option<bool>,
    bold: Option<bool>,
    centred: Option<bool>,
    left: Option<i64>,
    right: Option<i64>,
    hidden: Option<bool>,
}

impl Style {
    /// What the properties of a paragraph or style say.
    fn of(xml: &Xml<'_>, at: usize) -> Self {
        let child =
            |of: Option<usize>, name: &str| of.and_then(|of| xml.children(of).find(|&c| xml.name(c) == name));
        let paragraph = child(Some(at), "pPr");
        let run = child(Some(at), "rPr");
        let value = |at: usize| xml.attribute(at, "val");
        let is_on = |at: usize| !matches!(value(at).as_deref(), Some("0" | "false" | "off" | "none"));
        let number = |name: [&str; 2]| {
            let indent = child(paragraph, "ind")?;
            name.iter().find_map(|name| xml.attribute(indent, name)).and_then(|n| n.parse().ok())
        };
        Self {
            based_on: child(Some(at), "basedOn").and_then(value).map(std::borrow::Cow::into_owned),
            level: child(paragraph, "outlineLvl").and_then(value).and_then(|level| level.parse().ok()),
            listed: child(paragraph, "numPr")
                .map(|numbering| child(Some(numbering), "numId").and_then(value).is_none_or(|id| id != "0")),
            bold: child(run, "b").map(is_on),
            centred: child(paragraph, "jc").and_then(value).map(|align| align == "center"),
            left: number(["left", "start"]),
            right: number(["right", "end"]),
            hidden: child(run, "vanish").map(is_on),
        }
    }

    /// What holds where this one says nothing is told by `other`.
    fn or(self, other: &Self) -> Self {
        Self {
            based_on: self.based_on.or_else(|| other.based_on.clone()),
            level: self.level.or(other.level),
            listed: self.listed.or(other.listed),
            bold: self.bold.or(other.bold),
            centred: self.centred.or(other.centred),
            left: self.left.or(other.left),
            right: self.right.or(other.right),
            hidden: self.hidden.or(other.hidden),
        }
    }

    fn context(&self) -> Context {
        // Levels from 0 to 8 are headings, 9 is body text.
        let heading = self.level.filter(|level| *level < 9).map_or(0, |level| (level + 1).min(6));
        let off = |side: Option<i64>| side.is_some_and(|side| side >= SET_OFF);
        Context {
            heading,
            listed: self.listed == Some(true) && heading == 0,
            bold: self.bold == Some(true),
            centred: self.centred == Some(true),
            quoted: off(self.left) && off(self.right) && heading == 0,
            hidden: self.hidden == Some(true),
            ..Context::default()
        }
    }
}

impl Styles {
    fn of(xml: &Xml<'_>) -> Self {
        let root = xml.root().unwrap_or_default();
        let mut styles = Self::default();
        for at in xml.children(root).filter(|&at| xml.name(at) == "style") {
            let Some(id) = xml.attribute(at, "styleId") else { continue };
            let is_default = matches!(xml.attribute(at, "default").as_deref(), Some("1" | "true"));
            if is_default && xml.attribute(at, "type").as_deref() == Some("paragraph") {
                styles.default = Some(id.clone().into_owned());
            }
            styles.all.insert(id.into_owned(), Style::of(xml, at));
        }
        styles
    }

    /// A style with all that it inherits.
    fn resolved(&self, id: Option<&str>) -> Style {
        let mut next = id.or(self.default.as_deref()).map(str::to_owned);
        let mut out = Style::default();
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.as_ref().and_then(|id| self.all.get(id)) else { break };
            next.clone_from(&style.based_on);
            out = Style { based_on: None, ..out }.or(style);
        }
        out
    }
}

struct Word {
    styles: Styles,
    changes: Choice,
    kind: &'static str,
    tracked: usize,
    /// The next paragraph goes on with the one at hand.
    join: bool,
    page: usize,
    boxes: usize,
}

impl Word {
    fn paragraph(&mut self, xml: &Xml<'_>, at: usize) -> Act {
        let properties = xml.children(at).find(|&child| xml.name(child) == "pPr");
        let style = properties.and_then(|p| xml.children(p).find(|&c| xml.name(c) == "pStyle"));
        let style = style.and_then(|style| xml.attribute(style, "val"));
        let own = Style { bold: None, hidden: None, ..Style::of(xml, at) };
        let mut context = own.or(&self.styles.resolved(style.as_deref())).context();
        // A heading is bold as a rule; that says nothing more.
        context.bold &= context.heading == 0;
        let joined = std::mem::take(&mut self.join);
        let frame = properties.and_then(|p| xml.children(p).find(|&c| xml.name(c) == "framePr"));
        let dropped = frame.is_some_and(|f| xml.attribute(f, "dropCap").is_some_and(|kind| kind != "none"));
        let mark = properties.and_then(|p| xml.children(p).find(|&c| xml.name(c) == "rPr"));
        let gone = if self.changes == Choice::Regular { "del" } else { "ins" };
        let merged = mark.is_some_and(|mark| xml.children(mark).any(|c| xml.name(c) == gone));
        self.join = dropped || merged;
        match (joined, self.join) {
            (true, _) => Act::Inline(context),
            (false, true) => Act::Open(context),
            (false, false) => Act::Block(context),
        }
    }
}

impl Dialect for Word {
    fn text_in(&self, name: &str) -> bool {
        matches!(name, "t" | "delText")
    }

    fn act(&mut self, xml: &Xml<'_>, at: usize, _context: &Context, inside: bool) -> Act {
        let plain = Context::default();
        let original = self.changes == Choice::Original;
        match xml.name(at) {
            "document" | "body" | "tbl" | "tr" => Act::Block(plain),
            "p" => self.paragraph(xml, at),
            "tc" => Act::Block(Context { cell: true, ..plain }),
            "r" => {
                let style = Style::of(xml, at);
                let hidden = style.hidden == Some(true);
                Act::Inline(Context { bold: style.bold == Some(true), hidden, ..plain })
            }
            "ins" | "moveTo" => {
                self.tracked += 1;
                if original { Act::Skip } else { Act::Inline(plain) }
            }
            "del" | "moveFrom" => {
                self.tracked += 1;
                if original { Act::Inline(plain) } else { Act::Skip }
            }
            "delText" if !original => Act::Skip,
            "tab" | "ptab" => Act::Insert(" "),
            "noBreakHyphen" => Act::Insert("\u{2011}"),
            "softHyphen" => Act::Insert("\u{ad}"),
            "cr" => Act::Break,
            "br" if xml.attribute(at, "type").is_some_and(|kind| kind == "page") => self.next_page(),
            "br" if xml.attribute(at, "type").is_some_and(|kind| kind == "column") => Act::Insert(" "),
            "br" => Act::Break,
            "lastRenderedPageBreak" => self.next_page(),
            "footnoteReference" | "endnoteReference" => {
                let kind = xml.name(at).trim_end_matches("Reference");
                Act::Ref(format!("{kind}{}", xml.attribute(at, "id").unwrap_or_default()))
            }
            "AlternateContent" => {
                let choice = xml.children(at).find(|&c| xml.name(c) == "Choice");
                Act::Only(
                    choice
                        .or_else(|| xml.children(at).find(|&c| xml.name(c) == "Fallback"))
                        .into_iter()
                        .collect(),
                )
            }
            "txbxContent" if inside => {
                self.boxes += 1;
                Act::Aside
            }
            "txbxContent" => Act::Block(plain),
            "pPr" | "rPr" | "sectPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" | "instrText" | "fldData"
            | "sdtPr" | "commentReference" | "footnoteRef" | "endnoteRef" | "annotationRef" | "sym"
            | "docPartObj" | "delInstrText" | "posOffset" | "rt" => Act::Skip,
            _ => Act::Inline(plain),
        }
    }
}

impl Word {
    fn next_page(&mut self) -> Act {
        if !self.kind.is_empty() {
            return Act::Insert(" ");
        }
        self.page += 1;
        Act::Milestone(LocusUnit::Page, self.page.to_string())
    }
}
