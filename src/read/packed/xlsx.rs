//! XLSX: the first sheet with cells, as rows of columns.

use super::{Package, resolve_path};
use crate::model::Span;
use crate::read::Options;
use crate::read::draft::Drafted;
use crate::read::flow::{Context, Flow};
use crate::read::rows::{Column, choose};
use crate::read::xml::Xml;
use crate::{Error, ErrorKind, Result, Warning};

pub(super) fn read(
    package: &mut Package<'_>,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Drafted> {
    let name = first_sheet(package, warnings)?;
    let sheet = package.need(&name, warnings)?;
    let strings = package.open("xl/sharedStrings.xml", warnings)?;
    let xml = Xml::new(&sheet.decoded.text).map_err(|e| e.inside(&name))?;
    let empty = String::from("<sst/>");
    let shared_text = strings.as_ref().map_or(&empty, |entry| &entry.decoded.text);
    let shared = Xml::new(shared_text).map_err(|e| e.inside("xl/sharedStrings.xml"))?;
    let shared_root = shared.root().unwrap_or_default();
    let items: Vec<usize> = shared.children(shared_root).filter(|&at| shared.name(at) == "si").collect();
    let root = xml.root().unwrap_or_default();
    // Each cell: its column, and where its text stands.
    let mut rows: Vec<Vec<(usize, Cell)>> = Vec::new();
    for row in xml.all(root, "row") {
        let mut cells = Vec::new();
        for (order, at) in xml.children(row).filter(|&at| xml.name(at) == "c").enumerate() {
            let column = xml.attribute(at, "r").and_then(|r| column_of(&r)).unwrap_or(order);
            let kind = xml.attribute(at, "t").unwrap_or_default();
            let value = xml.find(at, "v");
            let cell = match &*kind {
                "s" => value
                    .and_then(|v| xml.text(v).trim().parse::<usize>().ok())
                    .and_then(|index| items.get(index).copied())
                    .map(Cell::Shared),
                "inlineStr" => xml.find(at, "is").map(Cell::Own),
                _ => value.map(Cell::Own),
            };
            cells.extend(cell.map(|cell| (column, cell)));
        }
        rows.push(cells);
    }
    let shown = |cell: Cell| match cell {
        Cell::Own(at) => text_of(&xml, at),
        Cell::Shared(at) => text_of(&shared, at),
    };
    let width = rows.iter().flatten().map(|(column, _)| column + 1).max().unwrap_or_default().min(1000);
    let header = rows.len() > 1
        && rows.first().is_some_and(|row| {
            !row.is_empty() && row.iter().all(|(_, cell)| shown(*cell).chars().count() <= 24)
        });
    let mut columns: Vec<Column> = (0..width)
        .map(|column| {
            let cell = rows.first().filter(|_| header).and_then(|row| row.iter().find(|(c, _)| *c == column));
            Column::named(cell.map_or_else(|| letters(column), |(_, cell)| shown(*cell)), None)
        })
        .collect();
    let body = rows.get(usize::from(header)..).unwrap_or_default();
    for (column, cell) in body.iter().flatten() {
        if let Some(column) = columns.get_mut(*column) {
            column.add(&shown(*cell));
        }
    }
    let chosen = choose(&columns, options, warnings)?;
    let context = Context { prose: true, ..Context::default() };
    let mut out = Drafted { told: true, ..Drafted::default() };
    for cell in body.iter().filter_map(|row| row.iter().find(|(column, _)| *column == chosen)) {
        // A cell's text may stand in either file.
        let (of, at, entry) = match (cell.1, &strings) {
            (Cell::Shared(at), Some(entry)) => (&shared, at, entry),
            (Cell::Own(at), _) => (&xml, at, &sheet),
            (Cell::Shared(_), None) => continue,
        };
        let mut flow = Flow::new(&entry.decoded, true);
        for span in texts(of, at) {
            flow.text(span, true, &context);
        }
        flow.flush_whole();
        out.append(flow.finish(), entry.base);
    }
    Ok(out)
}

#[derive(Debug, Clone, Copy)]
enum Cell {
    /// An element of the sheet.
    Own(usize),
    /// An element of the table of strings.
    Shared(usize),
}

/// The pieces of text in a cell, readings of characters left out.
fn texts(xml: &Xml<'_>, at: usize) -> Vec<Span> {
    let in_reading =
        |node: usize| xml.ancestors(node).any(|around| matches!(xml.name(around), "rPh" | "phoneticPr"));
    (at + 1..xml.end(at))
        .filter(|&node| xml.name(node).is_empty() && !in_reading(node))
        .map(|node| xml.span(node))
        .collect()
}

fn text_of(xml: &Xml<'_>, at: usize) -> String {
    texts(xml, at).into_iter().map(|span| &xml.source()[span.range()]).collect()
}

/// The column of a cell's name: 2 of `C7`.
fn column_of(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).take(4);
    letters.fold(None, |sum: Option<usize>, b| Some(sum.map_or(0, |s| (s + 1) * 26) + usize::from(b - b'A')))
}

fn letters(column: usize) -> String {
    let one = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    if column < 26 { one(column).to_string() } else { format!("{}{}", one(column / 26 - 1), one(column)) }
}

fn first_sheet(package: &mut Package<'_>, warnings: &mut Vec<Warning>) -> Result<String> {
    let book = package.need("xl/workbook.xml", warnings)?;
    let xml = Xml::new(&book.decoded.text).map_err(|e| e.inside("xl/workbook.xml"))?;
    let root = xml.root().unwrap_or_default();
    let sheets: Vec<usize> = xml.all(root, "sheet").collect();
    if sheets.len() > 1 {
        let names: Vec<_> = sheets.iter().filter_map(|&at| xml.attribute(at, "name")).collect();
        warnings.push(
            Warning::new("sheets", format!("the workbook has {} sheets; the first was read", names.len()))
                .hint(format!("save another one as CSV; they are: {}", names.join(", "))),
        );
    }
    let id = sheets.first().and_then(|&at| xml.attribute(at, "r:id")).unwrap_or_default().into_owned();
    let relations = package.need("xl/_rels/workbook.xml.rels", warnings)?;
    let rels = Xml::new(&relations.decoded.text).map_err(|e| e.inside("xl/_rels/workbook.xml.rels"))?;
    let root = rels.root().unwrap_or_default();
    let found = rels
        .all(root, "Relationship")
        .find(|&at| rels.attribute(at, "Id").is_some_and(|own| own == id))
        .and_then(|at| rels.attribute(at, "Target"));
    found
        .map(|target| resolve_path("xl/workbook.xml", &target))
        .ok_or_else(|| Error::new(ErrorKind::Empty, "the workbook has no sheet"))
}
