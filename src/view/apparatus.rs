//! Variants as an editor writes them: `locus lemma] reading siglum`.

use std::io::{self, Write};

use super::rows::{Mark, Table, TextSpan};
use super::style::{Theme, visible};
use crate::model::{Variant, VariantClass};

/// A reading of more words than this is shown by its first and last words.
const LONG: usize = 16;
/// So many signs of a text without spaces are cited before an addition.
const SIGNS: usize = 4;

/// Writes one entry a line: locus, lemma, reading, siglum, class. The siglum stands after the
/// reading that is not the base's; the form is that of a negative apparatus. The variants have the
/// numbers of the table's units, as [`super::of_comparison`] makes it.
///
/// # Errors
/// Those of `out`.
pub fn write<'v>(
    table: &Table,
    variants: impl IntoIterator<Item = (usize, &'v Variant)>,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (number, variant) in variants {
        let locus = theme.paint(theme.quiet(), &variant.a.locus.to_string());
        let class = theme.paint(theme.quiet(), &format!("({})", note(variant)));
        writeln!(out, "{locus}  {}  {class}", entry(table, number, variant, theme))?;
    }
    Ok(())
}

/// The class, the witness of a slip, and the rule of the project that touched it.
fn note(variant: &Variant) -> String {
    let mut note = variant.class.word().to_owned();
    if let Some(siglum) = &variant.suspect {
        note.push_str(&format!(", in {siglum}"));
    }
    if let Some(rule) = &variant.project_rule {
        note.push_str(&format!("; {rule}"));
    }
    note
}

/// The word behind which the second witness has words that the first lacks; of a text without spaces,
/// some signs.
fn before(table: &Table, number: usize) -> Option<String> {
    let row = table.units.get(number)?.row;
    let own = table.rows.get(row)?.cells.get(1)?;
    let at = own.spans.iter().position(|span| span.variant == Some(number)).unwrap_or(0);
    let common = |span: &&TextSpan| span.variant.is_none() && span.mark != Mark::Label;
    let here = own.spans[..at].iter().filter(common).rev();
    // At the beginning of a sentence, and where all of it was added: what the first has before it.
    let earlier = table.rows[..row].iter().rev().filter_map(|row| row.cells.first());
    let earlier = earlier.flat_map(|cell| cell.spans.iter().filter(|span| span.mark != Mark::Label).rev());
    let unspaced = table.columns.first().is_some_and(|column| column.unspaced);
    here.chain(earlier).find_map(|span| last_word(&span.text, unspaced))
}

fn last_word(text: &str, unspaced: bool) -> Option<String> {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = match unspaced {
        true => &text[text.char_indices().rev().take(SIGNS).last()?.0..],
        false => text.rsplit(char::is_whitespace).next()?,
    };
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    (!word.is_empty()).then(|| word.chars().map(visible).collect())
}

fn entry(table: &Table, number: usize, variant: &Variant, theme: Theme) -> String {
    let siglum = theme.paint(theme.strong(), &variant.b.locus.siglum);
    let lemma = shortened(&variant.a.text);
    let reading = shortened(&variant.b.text);
    match variant.class {
        VariantClass::Layout if variant.a.text.is_empty() => format!("no new paragraph] ¶ {siglum}"),
        VariantClass::Layout => format!("¶] no new paragraph {siglum}"),
        VariantClass::Transposition => format!("{lemma}] transp. to {} {siglum}", variant.b.locus),
        // An addition is cited with the word behind which it stands.
        _ if variant.a.text.is_empty() => match before(table, number) {
            Some(word) => format!("{word}] add. {reading} {siglum}"),
            None => format!("(at the beginning)] add. {reading} {siglum}"),
        },
        _ if variant.b.text.is_empty() => format!("{lemma}] om. {siglum}"),
        _ => format!("{lemma}] {reading} {siglum}"),
    }
}

/// Long readings by their first and last words, as apparatuses do.
fn shortened(text: &str) -> String {
    let clean: String = text.chars().map(visible).collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    if words.len() <= LONG {
        return clean;
    }
    format!("{} … {}", words[..4].join(" "), words[words.len() - 4..].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Locus, Reading, Span};
    use crate::view::rows::{Cell, Column, Row, Unit};

    fn reading(siglum: &str, text: &str) -> Reading {
        let locus = Locus { siglum: siglum.into(), part: 1, block: 2, segment: 3 };
        Reading { locus, part: 0, span: Span::new(0, text.len()), text: text.into() }
    }

    fn shown(class: VariantClass, a: &str, b: &str) -> String {
        let variant = Variant::new(class, "", reading("A", a), reading("B", b));
        let mut out = Vec::new();
        let span = |text: &str, variant| TextSpan { text: text.into(), variant, ..TextSpan::default() };
        let cells = [a, b]
            .map(|text| Cell { spans: vec![span("the end", None), span(text, Some(0))], ..Cell::default() });
        let row = Row { cells: cells.to_vec(), ..Row::default() };
        let columns = vec![Column::default(); 2];
        let table = Table { columns, rows: vec![row], units: vec![Unit::default()], ..Table::default() };
        write(&table, [(0, &variant)], Theme { color: false, width: 80 }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn entries_as_in_a_negative_apparatus() {
        assert_eq!(
            shown(VariantClass::Spelling, "colour", "color"),
            "A 1.2.3  colour] color B  (spelling)\n"
        );
        assert_eq!(shown(VariantClass::Omission, "of war", ""), "A 1.2.3  of war] om. B  (omission)\n");
        assert_eq!(shown(VariantClass::Addition, "", "of war"), "A 1.2.3  end] add. of war B  (addition)\n");
    }

    #[test]
    fn long_readings_are_cut_in_the_middle() {
        let long = (1..=20).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        assert!(shown(VariantClass::Omission, &long, "").contains("1 2 3 4 … 17 18 19 20] om. B"));
    }
}
