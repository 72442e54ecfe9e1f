//! What one sees of a translation beside the text of the base, and may be worth a look: sentences joined or
//! divided, unusual length, other numbers.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::rows::{Row, Table};

/// A passage so many times as long as usual is remarkable, and one so many times as short.
const UNUSUAL: f64 = 1.7;
/// Shorter passages than this are never remarkable for their length, in characters.
const SHORT: usize = 30;

/// Remarks on every cell of the columns that are not compared, each beside the base's.
pub(super) fn mark(table: &mut Table) {
    let base = table.base;
    for column in 0..table.columns.len() {
        if column == base || table.columns[column].compared {
            continue;
        }
        let usual = usual_length(&table.rows, column, base);
        for row in &mut table.rows {
            row.cells[column].remarks = remarks(row, column, base, usual);
        }
    }
}

/// How many characters a column usually has for one of the base's: the median of the rows that both have.
fn usual_length(rows: &[Row], column: usize, base: usize) -> f64 {
    let share = |row: &Row| {
        let (own, of) = (length(row, column), length(row, base));
        (own > 0 && of > 0).then(|| own as f64 / of as f64)
    };
    let mut shares: Vec<f64> = rows.iter().filter_map(share).collect();
    shares.sort_unstable_by(f64::total_cmp);
    shares.get(shares.len() / 2).copied().unwrap_or(1.0)
}

fn length(row: &Row, column: usize) -> usize {
    row.cells[column].spans.iter().map(|span| span.text.chars().count() + usize::from(span.spaced)).sum()
}

fn remarks(row: &Row, column: usize, base: usize, usual: f64) -> Vec<String> {
    let (cell, of) = (&row.cells[column], &row.cells[base]);
    let mut out = Vec::new();
    let (n, m) = (cell.segments.len(), of.segments.len());
    if cell.absent || n == 0 && m == 0 {
        return out;
    }
    if n == 0 {
        return vec!["nothing for it".to_owned()];
    }
    if row.is_alone(column) {
        return vec!["only here".to_owned()];
    }
    if m == 0 {
        return out;
    }
    if n != m {
        out.push(format!("{n} sentence{} for {m}", if n > 1 { "s" } else { "" }));
    }
    let (own, source) = (length(row, column), length(row, base));
    let share = own as f64 / source.max(1) as f64 / usual;
    if own.max(source) > SHORT && share > UNUSUAL {
        out.push(format!("{share:.1} times as long as usual"));
    } else if own.max(source) > SHORT && share < 1.0 / UNUSUAL {
        out.push(format!("{:.1} times as short as usual", 1.0 / share));
    }
    let (own, source) = (numbers(&cell.plain()), numbers(&of.plain()));
    let listed = |x: &BTreeSet<String>, y: &BTreeSet<String>| {
        x.difference(y).map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    let (lacks, more) = (listed(&source, &own), listed(&own, &source));
    // One number for another: what one language writes out in words the other may have in figures.
    if !lacks.is_empty() && !more.is_empty() {
        out.push(format!("other numbers: {lacks} / {more}"));
    }
    out
}

/// Numbers in figures.
fn numbers(text: &str) -> BTreeSet<String> {
    if !text.chars().any(char::is_numeric) {
        return BTreeSet::new();
    }
    let plain: String = text.nfkc().collect();
    let figures = plain.split(|c: char| !c.is_numeric()).filter(|figures| !figures.is_empty());
    figures.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::rows::{Cell, Column, TextSpan};

    fn table(rows: &[(&str, &str)]) -> Table {
        let cell = |text: &str, n: usize| {
            let spans = vec![TextSpan { text: text.to_owned(), ..TextSpan::default() }];
            Cell { segments: 0..n * usize::from(!text.is_empty()), spans, ..Cell::default() }
        };
        let rows = rows.iter().map(|(a, b)| Row { cells: vec![cell(a, 1), cell(b, 1)], ..Row::default() });
        let columns = vec![Column { compared: true, ..Column::default() }, Column::default()];
        Table { columns, rows: rows.collect(), ..Table::default() }
    }

    fn marked(rows: &[(&str, &str)]) -> Vec<String> {
        let mut table = table(rows);
        mark(&mut table);
        assert!(table.rows.iter().all(|row| row.cells[0].remarks.is_empty()));
        table.rows.iter().map(|row| row.cells[1].remarks.join("; ")).collect()
    }

    #[test]
    fn what_is_usual_is_not_told() {
        let long = "a sentence of more than thirty characters";
        let twice = format!("{long} {long}");
        assert_eq!(
            marked(&[(long, long), (long, long), (long, &twice), (&twice, long), ("Ja.", "Yes, yes, yes.")]),
            ["", "", "2.0 times as long as usual", "2.0 times as short as usual", ""]
        );
    }

    #[test]
    fn what_one_side_lacks_and_other_numbers() {
        assert_eq!(
            marked(&[
                ("Seven years.", ""),
                ("", "Sept ans."),
                ("In 1917.", "En １９１８."),
                ("Seven.", "7.")
            ]),
            ["nothing for it", "only here", "other numbers: 1917 / 1918", ""]
        );
    }
}
