//! Comma-separated and tab-separated values, each cell with its place.

use super::{Column, choose};
use crate::model::Span;
use crate::read::Options;
use crate::read::draft::Drafted;
use crate::read::encoding::Decoded;
use crate::read::flow::{Context, Flow};
use crate::{Error, ErrorKind, Place, Result, Warning};

/// More columns than this are no table of texts.
const MOST_COLUMNS: usize = 1000;

/// Reads a table.
///
/// # Errors
/// A quoted cell that is not closed, and several columns of text without a choice.
pub(crate) fn read(decoded: &Decoded, options: &Options, warnings: &mut Vec<Warning>) -> Result<Drafted> {
    let text = decoded.text.as_str();
    let separator = separator(text);
    let rows = rows(text, separator)?;
    let header = has_header(text, &rows);
    let width = rows.iter().map(Vec::len).max().unwrap_or_default().min(MOST_COLUMNS);
    let mut columns: Vec<Column> = (0..width)
        .map(|at| {
            let cell = rows.first().filter(|_| header).and_then(|row| row.get(at));
            let name = cell.map(|cell| cell.shown(text)).unwrap_or_default();
            Column::named(name.trim().trim_start_matches('\u{feff}'), None)
        })
        .collect();
    let body = rows.get(usize::from(header)..).unwrap_or_default();
    for row in body {
        for (column, cell) in columns.iter_mut().zip(row) {
            column.add(&cell.shown(text));
        }
    }
    if let Some(usual) = body.first().map(Vec::len) {
        let ragged = body.iter().filter(|row| row.len() != usual).count();
        if ragged > 0 {
            warnings.push(Warning::new(
                "ragged-rows",
                format!("{ragged} of {} rows have another number of cells than the first", body.len()),
            ));
        }
    }
    let chosen = choose(&columns, options, warnings)?;
    let mut flow = Flow::new(decoded, true);
    let context = Context { prose: true, ..Context::default() };
    for cell in body.iter().filter_map(|row| row.get(chosen)) {
        flow.text_with_pairs(cell.span, cell.quoted, &context);
        flow.flush_whole();
    }
    Ok(flow.finish())
}

/// A cell: the bytes inside its quotation marks, if it has some.
#[derive(Debug, Clone, Copy)]
struct Cell {
    span: Span,
    quoted: bool,
}

impl Cell {
    fn shown(self, text: &str) -> String {
        let own = &text[self.span.range()];
        if self.quoted { own.replace("\"\"", "\"") } else { own.to_owned() }
    }
}

/// Tabs where the first lines have them, else what parts their cells most often.
fn separator(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(20).collect();
    let in_all = |c: char| head.iter().filter(|line| line.contains(c)).count() * 10 >= head.len() * 9;
    if in_all('\t') {
        return b'\t';
    }
    let count = |c: char| head.first().map_or(0, |line| line.matches(c).count());
    if count(';') > count(',') { b';' } else { b',' }
}

fn rows(text: &str, separator: u8) -> Result<Vec<Vec<Cell>>> {
    let bytes = text.as_bytes();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut row: Vec<Cell> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let quoted =
            bytes[at] == b'"' && separator != b'\t' || bytes[at] == b'"' && closes(bytes, at, separator);
        let (cell, end) = if quoted {
            let start = at + 1;
            let mut end = start;
            loop {
                match bytes.get(end) {
                    None => {
                        return Err(Error::new(ErrorKind::Syntax, "a cell's quotation mark is not closed")
                            .at(Place::of_offset(text, at))
                            .hint("inside of a quoted cell a quotation mark is written twice"));
                    }
                    Some(b'"') if bytes.get(end + 1) == Some(&b'"') => end += 2,
                    Some(b'"') => break,
                    Some(_) => end += 1,
                }
            }
            let behind = bytes[end..].iter().position(|b| *b == separator || *b == b'\n');
            (Cell { span: Span::new(start, end), quoted: true }, behind.map_or(bytes.len(), |n| end + n))
        } else {
            let end = bytes[at..].iter().position(|b| *b == separator || *b == b'\n');
            let end = end.map_or(bytes.len(), |n| at + n);
            (Cell { span: Span::new(at, end).trimmed(text), quoted: false }, end)
        };
        row.push(cell);
        match bytes.get(end) {
            Some(b'\n') | None => rows.push(std::mem::take(&mut row)),
            // A separator at the very end opens one more cell.
            Some(_) if end + 1 == bytes.len() => {
                row.push(Cell { span: Span::new(end + 1, end + 1), quoted: false });
                rows.push(std::mem::take(&mut row));
            }
            Some(_) => {}
        }
        at = end + 1;
    }
    rows.retain(|row| row.iter().any(|cell| !text[cell.span.range()].trim().is_empty()));
    Ok(rows)
}

/// In a table with tabs quotation marks are mostly the text's own: those count that close at a
/// separator and hold one.
fn closes(bytes: &[u8], at: usize, separator: u8) -> bool {
    let rest = &bytes[at + 1..];
    let Some(end) = rest.iter().position(|b| *b == b'"') else { return false };
    let inner = &rest[..end];
    let ends = rest.get(end + 1).is_none_or(|b| *b == separator || matches!(b, b'\n' | b'\r'));
    ends && inner.iter().any(|b| matches!(b, b'\n') || *b == separator)
}

/// Whether the first row names the columns: short words, and no row below has them.
fn has_header(text: &str, rows: &[Vec<Cell>]) -> bool {
    const NAMES: [&str; 14] = [
        "id",
        "text",
        "source",
        "target",
        "src",
        "tgt",
        "trg",
        "sentence",
        "segment",
        "translation",
        "english",
        "french",
        "german",
        "lang",
    ];
    let Some(first) = rows.first().filter(|_| rows.len() > 1) else { return false };
    let cells: Vec<String> = first.iter().map(|cell| cell.shown(text).trim().to_lowercase()).collect();
    let short = |cell: &String| {
        cell.chars().count() <= 24
            && cell.split_whitespace().count() <= 3
            && !cell.ends_with(['.', '!', '?', ':'])
            && !cell.bytes().all(|b| b.is_ascii_digit())
    };
    let tag = |cell: &String| {
        let primary = cell.split(['-', '_', '.']).next().unwrap_or_default();
        (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let known = cells.iter().any(|cell| NAMES.contains(&cell.as_str()) || tag(cell));
    let sample: Vec<&Vec<Cell>> = rows[1..].iter().take(50).collect();
    let longer = sample.iter().filter(|row| row.iter().any(|cell| cell.span.len() > 24)).count();
    cells.iter().all(short) && (known || longer * 2 > sample.len())
}

/// Whether a text looks like a table with tabs: nearly every line has as many.
pub(crate) fn looks_tabbed(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(200).collect();
    let tabs = |line: &&str| line.trim_end().matches('\t').count();
    let Some(usual) = lines.first().map(tabs).filter(|count| *count > 0) else { return false };
    let same = lines.iter().filter(|line| tabs(line) == usual && !line.starts_with('\t')).count();
    lines.len() >= 3 && same * 20 >= lines.len() * 19
}
