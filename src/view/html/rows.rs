//! Rows as HTML. The markup is short because there may be ten thousand of them.

use std::fmt::Write;

use super::escape::push;
use crate::model::{BlockKind, Layer, Status, VariantClass};
use crate::view::rows::{Cell, Column, Mark, Row, Table, TextSpan};

/// Rows that are laid out together or, far from the window, not at all.
const GROUP: usize = 40;
/// Characters of a line where a row's height is guessed.
const MEASURE: usize = 46;

/// Before words whose sentence began in an earlier row, and behind words whose sentence goes on in a later one.
const CONTINUED: &str = "<i class=go role=img aria-label=continued>↑</i>";
const GOES_ON: &str = "<i class=go role=img aria-label=\"goes on\">↓</i>";

/// The fragment by which a row is cited, `FI.1.5.3`.
pub(super) fn id(row: &Row) -> String {
    id_of(row.locus())
}

/// The same of the row's locus.
pub(super) fn id_of(locus: &str) -> String {
    // Loci read `FI 1.5.3–4`; the place where the row begins is enough.
    locus.split('–').next().unwrap_or_default().replace(' ', ".")
}

/// A locus without its siglum.
pub(super) fn bare_locus(locus: &str) -> &str {
    locus.rsplit_once(' ').map_or(locus, |(_, place)| place)
}

/// Writes all rows of a table.
pub(super) fn write(out: &mut String, table: &Table) {
    let ids: Vec<String> = table.rows.iter().map(id).collect();
    for (group, rows) in table.rows.chunks(GROUP).enumerate() {
        let lines: usize = rows.iter().map(lines).sum();
        let _ = write!(out, "<div class=g role=rowgroup style=\"--n:{lines}\">");
        for (index, row) in rows.iter().enumerate() {
            write_row(out, table, group * GROUP + index, row, &ids);
        }
        out.push_str("</div>\n");
    }
}

/// About how many lines a row takes.
fn lines(row: &Row) -> usize {
    let width = |text: &str| text.chars().map(|c| if c > '\u{2e80}' { 2 } else { 1 }).sum::<usize>();
    let longest = row.cells.iter().map(|cell| cell.spans.iter().map(|s| width(&s.text)).sum::<usize>());
    2 + longest.max().unwrap_or(0) / MEASURE
}

fn write_row(out: &mut String, table: &Table, index: usize, row: &Row, ids: &[String]) {
    out.push_str("<div class=\"r");
    if row.differs() {
        out.push_str(" v");
    }
    if row.confidence.is_doubtful() {
        out.push_str(" q");
    }
    out.push_str("\" role=row id=\"");
    push(out, &ids[index]);
    out.push_str("\"><div class=h role=rowheader><a href=\"#");
    push(out, &ids[index]);
    out.push_str("\">");
    let cited = row.cells.iter().position(|cell| !cell.locus.is_empty()).unwrap_or(0);
    if cited != table.base {
        push(out, &table.columns[cited].siglum);
        out.push(' ');
    }
    push(out, bare_locus(&row.cells[cited].locus));
    out.push_str("</a>");
    let shape = row.shape();
    if !shape.is_plain() {
        let _ = write!(out, " <span class=n>{shape}</span>");
    }
    let confidence = row.confidence;
    let _ = write!(out, "<span class=p>{:.2} {}</span>", confidence.value(), confidence.word());
    if row.status != Status::Auto {
        let _ = write!(out, " <span class=st>{}</span>", row.status.word());
    }
    out.push_str("</div>");
    for (c, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
        write_cell(out, table, c, cell, column, c == cited, ids);
    }
    out.push_str("</div>");
}

fn write_cell(
    out: &mut String,
    table: &Table,
    c: usize,
    cell: &Cell,
    column: &Column,
    is_cited: bool,
    ids: &[String],
) {
    let _ = write!(out, "<div class=\"c k{c}");
    out.push_str(match cell.kind {
        BlockKind::Heading => " hd",
        BlockKind::Note => " nt",
        BlockKind::Furniture | BlockKind::FrontMatter => " fu",
        _ => "",
    });
    if cell.absent {
        out.push_str(" ab");
    }
    out.push_str("\" role=cell lang=\"");
    push(out, &column.lang);
    out.push('"');
    if column.right_to_left {
        out.push_str(" dir=rtl");
    }
    if !is_cited && !cell.locus.is_empty() {
        out.push_str(" data-l=\"");
        push(out, bare_locus(&cell.locus));
        out.push('"');
    }
    out.push('>');
    let whole = moved_as_a_whole(cell);
    write_place(out, table, c, cell, whole, ids);
    if cell.continued {
        out.push_str(CONTINUED);
        out.push('\u{a0}');
    }
    if cell.absent {
        out.push_str("<span class=no>not in this witness</span>");
    } else if cell.spans.is_empty() {
        out.push_str("<span class=no>–</span>");
    }
    for (index, span) in cell.spans.iter().enumerate() {
        // What follows omissions at the beginning has no space of its own.
        let first_words = !span.text.is_empty() && cell.spans[..index].iter().all(|s| s.text.is_empty());
        if index > 0 && (span.spaced || first_words) {
            out.push(' ');
        }
        if span.opens.is_some() && cell.spans[..index].iter().any(|before| !before.text.is_empty()) {
            out.push_str("<i class=pb aria-hidden=true>¶</i> ");
        }
        write_span(out, table, c, span, cell.kind, whole.is_some());
        // A passage that moved has one arrow, at its end.
        if whole.is_none() && cell.spans.get(index + 1).is_none_or(|next| next.moved != span.moved) {
            write_arrow(out, table, c, span, ids);
        }
    }
    if cell.goes_on {
        // Never in a line of its own.
        out.push('\u{a0}');
        out.push_str(GOES_ON);
    }
    out.push_str("</div>");
}

/// The move with which all words of a cell went, if there is one.
fn moved_as_a_whole(cell: &Cell) -> Option<usize> {
    let mut moves = cell.spans.iter().filter(|span| !span.text.is_empty()).map(|span| span.moved);
    let first = moves.next()??;
    moves.all(|other| other == Some(first)).then_some(first)
}

/// Says that a cell stands elsewhere, with a link to its neighbour there.
fn write_place(
    out: &mut String,
    table: &Table,
    column: usize,
    cell: &Cell,
    whole: Option<usize>,
    ids: &[String],
) {
    let moved = whole.and_then(|m| table.moves.get(m)).filter(|moved| moved.home.row != moved.away.row);
    let (words, row) = match moved {
        _ if cell.moved => ("stands elsewhere".to_owned(), cell.elsewhere),
        Some(moved) => {
            let at_home = moved.home.columns.contains(&column);
            let other = if at_home { &moved.away } else { &moved.home };
            let sigla: Vec<&str> = other.columns.iter().map(|&c| table.columns[c].siglum.as_str()).collect();
            (format!("elsewhere in {}", sigla.join(" ")), other.row)
        }
        None => return,
    };
    out.push_str("<span class=mk>");
    if let Some(id) = row.and_then(|row| ids.get(row)) {
        out.push_str("<a class=to href=\"#");
        push(out, id);
        out.push_str("\">");
        push(out, &words);
        out.push_str(" ↕</a>");
    } else {
        push(out, &words);
    }
    out.push_str("</span> ");
}

/// The arrow behind words that moved; a link if their other place is in another row.
fn write_arrow(out: &mut String, table: &Table, column: usize, span: &TextSpan, ids: &[String]) {
    let Some(moved) = span.moved.and_then(|m| table.moves.get(m)) else { return };
    let other = if moved.home.columns.contains(&column) { &moved.away } else { &moved.home };
    match other.row.and_then(|row| ids.get(row)).filter(|_| moved.home.row != moved.away.row) {
        Some(id) => {
            out.push_str("<a class=to aria-label=\"the other place\" href=\"#");
            push(out, id);
            out.push_str("\">↕</a>");
        }
        None => out.push_str("<span class=to>↕</span>"),
    }
}

fn write_span(
    out: &mut String,
    table: &Table,
    column: usize,
    span: &TextSpan,
    kind: BlockKind,
    moved_as_a_whole: bool,
) {
    let close = match (span.mark, span.variant) {
        (Mark::Omitted, Some(unit)) => {
            let class = class(table, unit, column);
            // The base itself omits nothing: where others add, it has a caret.
            let sign = if class.starts_with(" l") { "‸" } else { "om." };
            let _ = write!(out, "<i class=\"u o{class}\" data-u={unit}>{sign}");
            "</i>"
        }
        (_, Some(unit)) => {
            let _ = write!(out, "<i class=\"u{}\" data-u={unit}>", class(table, unit, column));
            "</i>"
        }
        (Mark::Label, None) => {
            out.push_str("<b>");
            "</b>"
        }
        (Mark::Note, None) if kind != BlockKind::Note => {
            out.push_str("<span class=nt>");
            "</span>"
        }
        (Mark::Furniture, None) if !matches!(kind, BlockKind::Furniture | BlockKind::FrontMatter) => {
            out.push_str("<span class=fu>");
            "</span>"
        }
        (Mark::Moved, None) if !moved_as_a_whole => {
            out.push_str("<span class=mv>");
            "</span>"
        }
        _ => "",
    };
    push(out, &span.text);
    out.push_str(close);
}

/// The classes of a span in a unit: what kind of difference its reading is from the base's.
fn class(table: &Table, unit: usize, column: usize) -> &'static str {
    let Some(unit) = table.units.get(unit) else { return "" };
    let Some(reading) = unit.readings.iter().find(|r| r.columns.contains(&column)) else { return "" };
    match reading.judgement.as_ref().map(|judgement| judgement.class) {
        // Words that all others lack.
        None if unit.readings.iter().all(|r| r.judgement.is_none() || r.text.is_empty()) => " l x",
        None => " l",
        Some(class) => mark(class),
    }
}

/// The CSS classes of words by the class of their difference, with a space before each.
pub(super) fn mark(class: VariantClass) -> &'static str {
    match class {
        VariantClass::ScanError => " e",
        VariantClass::Addition => " s i",
        VariantClass::Transposition => " t",
        class if class.layer() == Layer::Substantive => " s",
        _ => " a",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Confidence;

    #[test]
    fn what_a_witness_holds_is_text() {
        let hostile = "<script>alert(\"1\")</script> \u{202e}abc\u{1b}[31m & 'x'";
        let span = TextSpan { text: hostile.to_owned(), ..TextSpan::default() };
        let cell =
            Cell { segments: 0..1, locus: "A\"><b> 1.1.1".to_owned(), spans: vec![span], ..Cell::default() };
        let row = Row { number: 1, confidence: Confidence::new(1.0), cells: vec![cell], ..Row::default() };
        let column = Column { siglum: "A\"><b>".to_owned(), lang: "x\"y".to_owned(), ..Column::default() };
        let mut out = String::new();
        write(&mut out, &Table { columns: vec![column], rows: vec![row], ..Table::default() });
        assert!(!out.contains("<script") && !out.contains("<b>") && !out.contains('\u{202e}'), "{out}");
        assert!(out.contains(
            "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; \u{fffd}abc\u{fffd}[31m &amp; &#39;x&#39;"
        ));
        assert!(out.contains("lang=\"x&quot;y\""));
    }

    #[test]
    fn words_that_go_on_say_so() {
        let spans = vec![TextSpan { text: "and so it went".to_owned(), ..TextSpan::default() }];
        let cell = Cell { segments: 0..1, spans, continued: true, goes_on: true, ..Cell::default() };
        let row = Row { number: 1, cells: vec![cell], ..Row::default() };
        let mut out = String::new();
        write(&mut out, &Table { columns: vec![Column::default()], rows: vec![row], ..Table::default() });
        let marked = "aria-label=continued>↑</i>\u{a0}and so it went\u{a0}<i class=go role=img aria-label=\"goes on\">";
        assert!(out.contains(marked), "{out}");
    }

    #[test]
    fn rows_are_cited_by_the_place_where_they_begin() {
        let cell = |locus: &str| Cell { locus: locus.to_owned(), ..Cell::default() };
        let row = Row { cells: vec![cell(""), cell("fr 1.5.3–4")], ..Row::default() };
        assert_eq!(id(&row), "fr.1.5.3");
    }
}
