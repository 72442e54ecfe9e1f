//! Translation memories and catalogues in XML: TMX and XLIFF. One language of them is a text, each
//! unit a segment.

use super::{Node, Xml};
use crate::model::Span;
use crate::read::Options;
use crate::read::draft::Drafted;
use crate::read::encoding::Decoded;
use crate::read::flow::{Context, Flow};
use crate::read::rows::{Column, choose};
use crate::{Result, Warning};

/// Codes of other formats: what is in them is no text.
const CODES: [&str; 10] = ["bpt", "ept", "it", "ph", "ut", "sub", "x", "bx", "ex", "sm"];

/// A unit in one language.
struct Unit {
    column: usize,
    at: usize,
}

/// Reads TMX.
///
/// # Errors
/// What is no XML, and several languages without a choice.
pub(crate) fn tmx(decoded: &Decoded, options: &Options, warnings: &mut Vec<Warning>) -> Result<Drafted> {
    let xml = Xml::new(&decoded.text)?;
    let mut columns: Vec<Column> = Vec::new();
    let mut units = Vec::new();
    let root = xml.root().unwrap_or_default();
    for variant in xml.all(root, "tuv") {
        let lang = xml.attribute(variant, "lang").unwrap_or_default().into_owned();
        let column = column_of(&mut columns, &lang);
        if let Some(at) = xml.find(variant, "seg") {
            columns[column].add(&xml.text(at));
            units.push(Unit { column, at });
        }
    }
    write(&xml, decoded, columns, units, options, warnings)
}

/// Reads XLIFF 1 and 2.
///
/// # Errors
/// What is no XML, and two languages without a choice.
pub(crate) fn xliff(decoded: &Decoded, options: &Options, warnings: &mut Vec<Warning>) -> Result<Drafted> {
    let xml = Xml::new(&decoded.text)?;
    let root = xml.root().unwrap_or_default();
    let named = |names: [&str; 2]| {
        let of = |at: usize| names.iter().find_map(|name| xml.attribute(at, name));
        of(root).or_else(|| xml.find(root, "file").and_then(of)).map(std::borrow::Cow::into_owned)
    };
    let mut columns = vec![
        Column::of_texts("source", named(["srcLang", "source-language"])),
        Column::of_texts("target", named(["trgLang", "target-language"])),
    ];
    let mut units = Vec::new();
    for (column, name) in ["source", "target"].into_iter().enumerate() {
        for at in xml.all(root, name) {
            let parent = xml.ancestors(at).next().map_or("", |parent| xml.name(parent));
            if matches!(parent, "trans-unit" | "segment" | "bin-unit") {
                columns[column].add(&xml.text(at));
                units.push(Unit { column, at });
            }
        }
    }
    write(&xml, decoded, columns, units, options, warnings)
}

fn column_of(columns: &mut Vec<Column>, lang: &str) -> usize {
    match columns.iter().position(|column| column.name.eq_ignore_ascii_case(lang)) {
        Some(at) => at,
        None => {
            columns.push(Column::of_texts(lang, Some(lang.to_owned())));
            columns.len() - 1
        }
    }
}

fn write(
    xml: &Xml<'_>,
    decoded: &Decoded,
    columns: Vec<Column>,
    units: Vec<Unit>,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Drafted> {
    let chosen = choose(&columns, options, warnings)?;
    let mut flow = Flow::new(decoded, true);
    for unit in units.iter().filter(|unit| unit.column == chosen) {
        content(xml, &mut flow, unit.at);
        flow.flush_whole();
    }
    Ok(flow.finish())
}

/// The text of a unit without codes of other formats.
fn content(xml: &Xml<'_>, flow: &mut Flow<'_>, at: usize) {
    let context = Context { prose: true, ..Context::default() };
    for child in xml.children(at) {
        match xml.node(child) {
            Some(Node::Text(span)) => flow.text(span, true, &context),
            Some(Node::Raw(span)) => flow.text(span, false, &context),
            Some(Node::Element { tag, .. }) if CODES.contains(&xml.name(child)) => {
                // A break or a code of its own parts words.
                if matches!(xml.attribute(child, "ctype").as_deref(), Some("lb" | "x-br")) {
                    flow.insert(" ", Span::new(tag.start, tag.start), &context);
                }
            }
            _ => content(xml, flow, child),
        }
    }
}
