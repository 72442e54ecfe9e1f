//! ODT: the text of the document with its notes; deleted text, hidden text and comments are left out.

use std::collections::HashMap;

use super::Package;
use crate::model::LocusUnit;
use crate::read::Options;
use crate::read::draft::Drafted;
use crate::read::encoding::Decoded;
use crate::read::flow::{Context, Flow};
use crate::read::xml::{Act, Dialect, Walker, Xml};
use crate::{Result, Warning};

/// Styles inherit over no more steps than this.
const LONGEST_CHAIN: usize = 20;
/// A paragraph with margins of this many millimetres on both sides is set off.
const SET_OFF: f64 = 6.0;

pub(super) fn read(
    package: &mut Package<'_>,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Drafted> {
    let mut styles = HashMap::new();
    if let Some(entry) = package.open("styles.xml", warnings)? {
        collect(&Xml::new(&entry.decoded.text).map_err(|e| e.inside("styles.xml"))?, &mut styles);
    }
    let entry = package.need("content.xml", warnings)?;
    let drafted = content(&entry.decoded, styles, options, warnings).map_err(|e| e.inside("content.xml"))?;
    let mut out = Drafted::default();
    out.append(drafted, entry.base);
    Ok(out)
}

/// Reads a document that is one XML file.
pub(super) fn flat(decoded: &Decoded, options: &Options, warnings: &mut Vec<Warning>) -> Result<Drafted> {
    content(decoded, HashMap::new(), options, warnings)
}

fn content(
    decoded: &Decoded,
    mut styles: HashMap<String, Style>,
    _options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Drafted> {
    let xml = Xml::new(&decoded.text)?;
    collect(&xml, &mut styles);
    let root = xml.root().unwrap_or_default();
    let mut text = Text { styles, page: 1, tracked: xml.all(root, "changed-region").count() };
    let mut walker = Walker::new(&xml, Flow::new(decoded, false), &mut text);
    if let Some(body) = xml.find(root, "text") {
        walker.node(body, &Context::default());
    }
    let drafted = walker.finish();
    if text.tracked > 0 {
        let message = format!("{} tracked changes were read as accepted", text.tracked);
        warnings.push(Warning::new("tracked-changes", message));
    }
    Ok(drafted)
}

#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    centred: Option<bool>,
    left: Option<f64>,
    right: Option<f64>,
    hidden: Option<bool>,
}

fn collect(xml: &Xml<'_>, styles: &mut HashMap<String, Style>) {
    let root = xml.root().unwrap_or_default();
    for at in xml.all(root, "style") {
        let Some(name) = xml.attribute(at, "style:name") else { continue };
        let mut style = Style {
            parent: xml.attribute(at, "parent-style-name").map(std::borrow::Cow::into_owned),
            ..Style::default()
        };
        for child in xml.children(at) {
            let value = |key: &str| xml.attribute(child, key);
            match xml.name(child) {
                "text-properties" => {
                    style.bold = value("fo:font-weight").map(|weight| weight == "bold");
                    style.hidden = value("text:display").map(|display| display == "none");
                }
                "paragraph-properties" => {
                    style.centred = value("text-align").map(|align| align == "center");
                    style.left = value("margin-left").and_then(|m| millimetres(&m));
                    style.right = value("margin-right").and_then(|m| millimetres(&m));
                }
                _ => {}
            }
        }
        styles.insert(name.into_owned(), style);
    }
}

fn millimetres(length: &str) -> Option<f64> {
    let end = length.find(|c: char| c.is_ascii_alphabetic())?;
    let number: f64 = length[..end].parse().ok()?;
    Some(match &length[end..] {
        "cm" => number * 10.0,
        "mm" => number,
        "in" => number * 25.4,
        "pt" => number * 0.3528,
        _ => return None,
    })
}

struct Text {
    styles: HashMap<String, Style>,
    page: usize,
    tracked: usize,
}

impl Text {
    fn context(&self, xml: &Xml<'_>, at: usize) -> Context {
        let mut next = xml.attribute(at, "style-name").map(std::borrow::Cow::into_owned);
        let mut sum = Style::default();
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.as_ref().and_then(|name| self.styles.get(name)) else { break };
            sum.bold = sum.bold.or(style.bold);
            sum.centred = sum.centred.or(style.centred);
            sum.left = sum.left.or(style.left);
            sum.right = sum.right.or(style.right);
            sum.hidden = sum.hidden.or(style.hidden);
            next.clone_from(&style.parent);
        }
        let off = |side: Option<f64>| side.is_some_and(|side| side >= SET_OFF);
        Context {
            bold: sum.bold == Some(true),
            centred: sum.centred == Some(true),
            quoted: off(sum.left) && off(sum.right),
            hidden: sum.hidden == Some(true),
            ..Context::default()
        }
    }
}

impl Dialect for Text {
    fn text_in(&self, name: &str) -> bool {
        // Between these elements there is only the white space of the file.
        !matches!(
            name,
            "text"
                | "list"
                | "list-item"
                | "table"
                | "table-row"
                | "table-cell"
                | "note"
                | "note-body"
                | "section"
        )
    }

    fn act(&mut self, xml: &Xml<'_>, at: usize, _context: &Context, inside: bool) -> Act {
        let plain = Context::default();
        match xml.name(at) {
            "p" => Act::Block(Context { listed: false, ..self.context(xml, at) }),
            "h" => {
                let level = xml.attribute(at, "outline-level").and_then(|level| level.parse::<u8>().ok());
                Act::Block(Context { heading: level.unwrap_or(1).clamp(1, 6), ..plain })
            }
            "span" => {
                let own = self.context(xml, at);
                Act::Inline(Context { bold: own.bold, hidden: own.hidden, ..plain })
            }
            "list-item" | "list-header" => Act::Block(Context { listed: true, ..plain }),
            "table-cell" => Act::Block(Context { cell: true, ..plain }),
            "covered-table-cell"
            | "tracked-changes"
            | "annotation"
            | "annotation-end"
            | "note-citation"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "forms"
            | "hidden-text"
            | "hidden-paragraph"
            | "ruby-text"
            | "bookmark-start"
            | "title"
            | "desc"
            | "object"
            | "table-of-content-source"
            | "index-title-template" => Act::Skip,
            "s" | "tab" => Act::Insert(" "),
            "line-break" => Act::Break,
            "soft-page-break" => {
                self.page += 1;
                Act::Milestone(LocusUnit::Page, self.page.to_string())
            }
            "note" => Act::Note,
            "text-box" if inside => Act::Aside,
            "text" | "list" | "table" | "table-row" | "section" | "note-body" | "text-box" | "index-body"
            | "table-of-content" | "numbered-paragraph" => Act::Block(plain),
            _ => Act::Inline(plain),
        }
    }
}
