//! Rows as text for a terminal: side by side or inline, wrapped to its width.
//!
//! Widths are columns of the terminal: Chinese characters count two, combining marks none. Prose is
//! wrapped by the Unicode line breaking rules.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::rows::{Cell, Mark, Row, Table, TextSpan};
use super::style::Theme;
use super::visible;

/// What is shown beside the text of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Show {
    /// Bead types and confidences: for alignments.
    pub confidence: bool,
    /// Classes of variants: for comparisons.
    pub classes: bool,
}

/// Before words whose sentence began in an earlier row.
const CONTINUED: &str = "↑";
/// Behind words whose sentence goes on in a later row.
const GOES_ON: &str = "↓";

/// A column narrower than this is no pleasure to read.
const NARROWEST: usize = 28;
/// Nor is one that is wider.
const WIDEST: usize = 80;

/// Writes the rows side by side, a column a witness. Where the columns would be too narrow the
/// witnesses stand one below the other, each with its siglum in the margin.
///
/// # Errors
/// Those of `out`.
pub fn side_by_side<'r>(
    table: &Table,
    rows: impl IntoIterator<Item = &'r Row>,
    show: Show,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = rows.into_iter().peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    let gap = 3;
    let count = table.columns.len().max(1);
    let theme = Theme { width: theme.width.min(count * (WIDEST + gap) - gap), ..theme };
    let beside = (theme.width + gap) / count;
    let stacked = beside < NARROWEST + gap;
    let margin = table.columns.iter().map(|column| column.siglum.width()).max().unwrap_or(0) + 2;
    let width = if stacked { theme.width.saturating_sub(margin).clamp(20, WIDEST) } else { beside - gap };
    let heads: Vec<String> = table.columns.iter().map(head).collect();
    if stacked {
        let line = theme.paint(theme.strong(), &heads.join(" · "));
        writeln!(out, "{line}")?;
    } else {
        let line: Vec<String> =
            heads.iter().map(|h| pad(&theme.paint(theme.strong(), h), h.width(), width)).collect();
        writeln!(out, "{}", line.join("   ").trim_end())?;
    }
    for row in rows {
        writeln!(out, "{}", theme.paint(theme.quiet(), &rule(row, show, theme.width)))?;
        let columns: Vec<Vec<Line>> = row
            .cells
            .iter()
            .enumerate()
            .map(|(i, cell)| wrap(cell, width, theme, &|span| table.has_lemma(i, span)))
            .collect();
        if stacked {
            for (column, lines) in table.columns.iter().zip(&columns) {
                let siglum = &column.siglum;
                write!(out, "{}", pad(&theme.paint(theme.strong(), siglum), siglum.width(), margin))?;
                if lines.iter().all(|line| line.width == 0) {
                    writeln!(out, "–")?;
                }
                for (index, line) in lines.iter().filter(|line| line.width > 0).enumerate() {
                    writeln!(out, "{}{}", " ".repeat(if index == 0 { 0 } else { margin }), line.shown)?;
                }
            }
        } else {
            let height = columns.iter().map(Vec::len).max().unwrap_or(0);
            for k in 0..height {
                let line: Vec<String> = columns
                    .iter()
                    .map(|lines| {
                        lines.get(k).map_or_else(|| " ".repeat(width), |l| pad(&l.shown, l.width, width))
                    })
                    .collect();
                writeln!(out, "{}", line.join("   ").trim_end())?;
            }
        }
        reasons(row, theme, out)?;
    }
    Ok(())
}

/// What is said of a row besides, indented.
fn reasons(row: &Row, theme: Theme, out: &mut dyn Write) -> io::Result<()> {
    for reason in &row.reasons {
        let span = TextSpan { text: reason.words.clone(), ..TextSpan::default() };
        let cell = Cell { spans: vec![span], ..Cell::default() };
        for (k, line) in
            wrap(&cell, theme.width.saturating_sub(6).max(20), theme, &|_| true).iter().enumerate()
        {
            let margin = if k == 0 { "  · " } else { "    " };
            writeln!(out, "{margin}{}", theme.paint(theme.quiet(), &line.shown))?;
        }
    }
    Ok(())
}

fn head(column: &super::rows::Column) -> String {
    match &column.remark {
        Some(remark) => format!("{} ({}, {remark})", column.siglum, column.lang),
        None => format!("{} ({})", column.siglum, column.lang),
    }
}

/// The line above a row: where it stands, and what is known of it.
fn rule(row: &Row, show: Show, width: usize) -> String {
    let loci: Vec<&str> =
        row.cells.iter().map(|c| if c.locus.is_empty() { "–" } else { c.locus.as_str() }).collect();
    let mut line = format!("── {} ", loci.join(" | "));
    if show.confidence {
        let c = row.confidence;
        line += &format!("· {} · {:.2} {} ", row.shape(), c.value(), c.word());
    }
    if row.is_moved() {
        line += "· moved ";
    }
    if show.classes && !row.classes.is_empty() {
        line += &format!("· {} ", row.classes.iter().map(|c| c.word()).collect::<Vec<_>>().join(", "));
    }
    if line.width() > width {
        return broken(&line, width);
    }
    let rest = width - line.width();
    line + &"─".repeat(rest)
}

/// A rule that is too long, in several lines: a siglum stays with its place.
fn broken(rule: &str, width: usize) -> String {
    const TIED: char = '\u{a0}';
    let mut pieces = rule.trim_end().split(' ').peekable();
    let mut tied = String::new();
    while let Some(piece) = pieces.next() {
        tied.push_str(piece);
        if let Some(next) = pieces.peek() {
            let sign = |piece: &str| matches!(piece, "|" | "·" | "──");
            let apart = sign(piece) || piece.ends_with(',') || sign(next);
            // What divides stands at the end of a line, not at the beginning of one.
            tied.push(if apart && !matches!(*next, "|" | "·") && piece != "──" { ' ' } else { TIED });
        }
    }
    let options = textwrap::Options::new(width).subsequent_indent("   ");
    textwrap::fill(&tied, options).replace(TIED, " ")
}

/// Writes passages one below the other, each with its locus in the margin.
///
/// # Errors
/// Those of `out`.
pub fn passages(entries: &[(String, Cell)], theme: Theme, out: &mut dyn Write) -> io::Result<()> {
    let margin = entries.iter().map(|(locus, _)| locus.width()).max().unwrap_or(0) + 2;
    let width = theme.width.saturating_sub(margin).max(20);
    for (locus, cell) in entries {
        for (index, line) in wrap(cell, width, theme, &|_| true).into_iter().enumerate() {
            let head = if index == 0 { locus.as_str() } else { "" };
            writeln!(out, "{}{}", pad(&theme.paint(theme.quiet(), head), head.width(), margin), line.shown)?;
        }
    }
    Ok(())
}

struct Line {
    shown: String,
    width: usize,
}

fn pad(shown: &str, shown_width: usize, width: usize) -> String {
    format!("{shown}{}", " ".repeat(width.saturating_sub(shown_width)))
}

/// Wraps a cell to `width` columns, with its marks. `is_base` tells which words are the base's.
fn wrap(cell: &Cell, width: usize, theme: Theme, is_base: &dyn Fn(&TextSpan) -> bool) -> Vec<Line> {
    let mut text = String::new();
    let mut styles: Vec<(usize, Mark)> = Vec::new();
    let mut begun = false;
    if cell.continued {
        styles.push((0, Mark::Note));
        text.push_str(CONTINUED);
        styles.push((text.len(), Mark::Equal));
    }
    for span in &cell.spans {
        // What follows omissions at the beginning has no space of its own.
        let first_words = !begun && !span.text.is_empty();
        begun |= first_words;
        if (span.spaced || first_words) && !text.is_empty() {
            text.push(' ');
        }
        styles.push((text.len(), span.mark));
        // The base itself omits nothing: where others add, it has a caret.
        let caret = span.mark == Mark::Omitted && is_base(span);
        let (open, close) = if caret { ("", "") } else { theme.signs(span.mark, is_base(span)) };
        text.push_str(open);
        if span.mark == Mark::Omitted {
            text.push_str(if caret { "‸" } else { "om." });
        }
        text.extend(span.text.chars().map(visible));
        text.push_str(close);
        styles.push((text.len(), Mark::Equal));
    }
    if cell.goes_on {
        text.push(' ');
        styles.push((text.len(), Mark::Note));
        text.push_str(GOES_ON);
    }
    let mut at = 0;
    textwrap::wrap(&text, width)
        .into_iter()
        .map(|line| {
            let start = text[at..].find(line.as_ref()).map_or(at, |i| at + i);
            at = start + line.len();
            Line { width: line.width(), shown: dress(&text, start, at.min(text.len()), &styles, theme) }
        })
        .collect()
}

/// `text[start..end]` with the styles that hold there.
fn dress(text: &str, start: usize, end: usize, styles: &[(usize, Mark)], theme: Theme) -> String {
    let mut out = String::new();
    let mut at = start;
    let mut index = styles.partition_point(|&(offset, _)| offset <= start);
    while at < end {
        let mark = index.checked_sub(1).map_or(Mark::Equal, |i| styles[i].1);
        let next = styles.get(index).map_or(end, |&(offset, _)| offset.min(end));
        out += &theme.paint(theme.style(mark), &text[at..next]);
        at = next;
        index += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, mark: Mark, variant: Option<usize>) -> TextSpan {
        TextSpan { text: text.to_owned(), spaced: true, mark, variant, ..TextSpan::default() }
    }

    fn plain(width: usize) -> Theme {
        Theme { color: false, width }
    }

    #[test]
    fn wrapping_counts_columns_and_loses_nothing() {
        let cell = Cell {
            spans: vec![
                span("The specter of", Mark::Equal, None),
                span("Bolshevism", Mark::Deleted, Some(0)),
                span("战争不可避免战争不可避免。", Mark::Equal, None),
            ],
            ..Cell::default()
        };
        let lines = wrap(&cell, 20, plain(20), &|_| true);
        assert!(
            lines.iter().all(|l| l.width <= 20),
            "{:?}",
            lines.iter().map(|l| &l.shown).collect::<Vec<_>>()
        );
        let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let shown: String = lines.iter().map(|l| l.shown.as_str()).collect();
        assert_eq!(letters(&shown), letters(&cell.plain()));
        assert!(shown.contains("[-Bolshevism-]"));
    }

    #[test]
    fn colour_is_an_addition_to_effects() {
        let theme = Theme { color: true, width: 40 };
        let painted = theme.paint(theme.style(Mark::Deleted), "x");
        assert!(painted.contains("\u{1b}[9m"), "struck through: {painted:?}");
        assert_eq!(plain(40).paint(theme.style(Mark::Deleted), "x"), "x");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let cell = Cell { spans: vec![span("a\u{1b}[31mb", Mark::Equal, None)], ..Cell::default() };
        assert!(!wrap(&cell, 40, plain(40), &|_| true)[0].shown.contains('\u{1b}'));
    }

    #[test]
    fn sigla_hang_where_columns_would_be_too_narrow() {
        let column = |siglum: &str, lang: &str| super::super::rows::Column {
            siglum: siglum.to_owned(),
            lang: lang.to_owned(),
            ..Default::default()
        };
        let cell = |text: &str| Cell { spans: vec![span(text, Mark::Equal, None)], ..Cell::default() };
        let row = Row { cells: vec![cell("Nobody came to the war."), Cell::default()], ..Row::default() };
        let columns = vec![column("FI", "en"), column("fr", "fr")];
        let table = Table { columns, rows: vec![row], ..Table::default() };
        let mut out = Vec::new();
        side_by_side(&table, &table.rows, Show::default(), plain(24), &mut out).unwrap();
        let shown = String::from_utf8(out).unwrap();
        let expected = "FI (en) · fr (fr)\n── – | – ───────────────\n\
                        FI  Nobody came to the\n    war.\nfr  –\n";
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_long_rule_is_broken_between_places() {
        let cell = |locus: &str| Cell { locus: locus.to_owned(), ..Cell::default() };
        let row =
            Row { cells: vec![cell("FI 1.12.7"), cell("ed 1.12.7"), cell("PDx 1.15.2")], ..Row::default() };
        assert_eq!(rule(&row, Show::default(), 28), "── FI 1.12.7 | ed 1.12.7 |\n   PDx 1.15.2");
        assert_eq!(rule(&row, Show::default(), 44), "── FI 1.12.7 | ed 1.12.7 | PDx 1.15.2 ──────");
    }

    #[test]
    fn the_base_omits_nothing() {
        let spans = vec![
            span("", Mark::Omitted, Some(0)),
            TextSpan { spaced: false, ..span("Leon", Mark::Equal, None) },
        ];
        let cell = Cell { spans, ..Cell::default() };
        let shown = |is_base: bool| wrap(&cell, 40, plain(40), &|_| is_base)[0].shown.clone();
        assert_eq!([shown(true), shown(false)], ["‸ Leon", "[om.] Leon"]);
    }

    #[test]
    fn words_that_go_on_say_so() {
        let spans = vec![span("and so it", Mark::Equal, None), span("went", Mark::Changed, Some(0))];
        let cell = Cell { spans, continued: true, goes_on: true, ..Cell::default() };
        let shown = |theme: Theme| wrap(&cell, 40, theme, &|_| false)[0].shown.clone();
        assert_eq!(shown(plain(40)), "↑ and so it {+went+} ↓");
        let painted = shown(Theme { color: true, width: 40 });
        assert!(painted.starts_with("\u{1b}[2m↑\u{1b}[0m and"), "{painted:?}");
    }

    #[test]
    fn lines_are_no_longer_than_one_reads() {
        let cell = |text: &str| Cell { spans: vec![span(text, Mark::Equal, None)], ..Cell::default() };
        let row = Row { cells: vec![cell(&"war ".repeat(90)), cell("")], ..Row::default() };
        let columns = vec![super::super::rows::Column::default(); 2];
        let table = Table { columns, rows: vec![row], ..Table::default() };
        let mut out = Vec::new();
        side_by_side(&table, &table.rows, Show::default(), plain(400), &mut out).unwrap();
        let widest = String::from_utf8(out).unwrap().lines().map(UnicodeWidthStr::width).max();
        assert_eq!(widest, Some(2 * 80 + 3), "the rule over both columns");
    }
}
