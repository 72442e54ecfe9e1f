//! The variants between two editions as a table: place, both readings, class and rule in columns.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::style::{Theme, visible};
use crate::model::Variant;

/// A reading takes at most so many columns.
const WIDEST: usize = 40;

/// Writes a head with the sigla and a line for each variant.
///
/// # Errors
/// Those of `out`.
pub fn write<'v>(
    sigla: [&str; 2],
    variants: impl IntoIterator<Item = &'v Variant>,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    let head = ["locus", sigla[0], sigla[1], "class", "rule", "confidence"].map(str::to_owned);
    let row = |variant: &Variant| {
        let class = match &variant.suspect {
            Some(siglum) => format!("{}, in {siglum}", variant.class.word()),
            None => variant.class.word().to_owned(),
        };
        let confidence = format!("{:.2}", variant.confidence.value());
        let readings = [&variant.a.text, &variant.b.text].map(|text| cut(text));
        let [a, b] = readings;
        [variant.a.locus.to_string(), a, b, class, variant.rule.clone(), confidence]
    };
    let rows: Vec<[String; 6]> = variants.into_iter().map(row).collect();
    let width = |column: usize| {
        let all = std::iter::once(&head).chain(&rows);
        all.map(|row| row[column].width()).max().unwrap_or(0)
    };
    let widths: [usize; 6] = std::array::from_fn(width);
    for (index, row) in std::iter::once(&head).chain(&rows).enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        let line = line.trim_end();
        let line = if index == 0 { theme.paint(theme.strong(), line) } else { line.to_owned() };
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// A reading in one line and not too wide; one that has nothing shows that.
fn cut(text: &str) -> String {
    if text.is_empty() {
        return "om.".to_owned();
    }
    let clean: String =
        text.chars().map(visible).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.width() <= WIDEST {
        return clean;
    }
    let mut short = String::new();
    for c in clean.chars() {
        if short.width() + 2 > WIDEST {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}
