//! What looks wrong in a text that was read: said by warnings, for nothing is to be misread in silence.

use super::Format;
use super::draft::{Drafted, Shape};
use crate::{Place, Warning};

/// Fewer letters than this prove nothing.
const FEW: usize = 400;

/// Warns of what is doubtful.
pub(crate) fn warn(source: &str, drafted: &Drafted, format: Format, warnings: &mut Vec<Warning>) {
    if !matches!(format, Format::Text | Format::Markdown | Format::Html) {
        return;
    }
    if let Some(found) = mojibake(source) {
        warnings.push(
            Warning::new(
                "mojibake",
                format!(
                    "{} places look like {} that was read as {} and saved again (`{}`)",
                    found.count, found.was, found.read_as, found.shown
                ),
            )
            .at(Place::of_offset(source, found.first))
            .hint(format!("undo it: iconv -f UTF-8 -t {} FILE > NEW", found.back)),
        );
    }
    if format != Format::Text {
        return;
    }
    let letters = |shape: Option<Shape>| -> usize {
        drafted.drafts.iter().filter(|d| shape.is_none_or(|s| d.shape == s)).map(|d| d.span.len()).sum()
    };
    let (verse, all) = (letters(Some(Shape::Verse)), letters(None));
    if all > FEW && verse * 10 > all * 9 {
        warnings.push(
            Warning::new("mostly-verse", format!("{} % of the text was taken for verse, line by line", verse * 100 / all))
                .hint("if it is prose, its lines are broken in a way that was not understood: see `hexapla segment`"),
        );
    }
    let wide = columns_across(source);
    if wide > 8 {
        warnings.push(
            Warning::new(
                "columns",
                format!("{wide} lines have a wide gap in the middle, as columns read across have"),
            )
            .hint("extract the text column by column (pdftotext without -layout)"),
        );
    }
    let markers = source.lines().filter(|line| line.trim_start().starts_with('\\')).count();
    if markers > 3 {
        warnings.push(
            Warning::new(
                "markers",
                format!("{markers} lines begin with a backslash, as lines of a markup language do"),
            )
            .hint("convert the file if it is one, or drop the lines: drop = '^\\\\\\w+'"),
        );
    }
}

/// Text in one encoding that was read as another and saved.
struct Mojibake {
    count: usize,
    first: usize,
    shown: String,
    was: &'static str,
    read_as: &'static str,
    back: &'static str,
}

fn mojibake(source: &str) -> Option<Mojibake> {
    // The first letter of two that were one in UTF-8; behind it stands what a byte of 80 to BF became.
    let is_tail = |c: char| {
        matches!(
            c,
            '\u{80}'
                ..='\u{bf}'
                    | '€'
                    | '‚'
                    | 'ƒ'
                    | '„'
                    | '…'
                    | '†'
                    | '‡'
                    | 'ˆ'
                    | '‰'
                    | 'Š'
                    | '‹'
                    | 'Œ'
                    | 'Ž'
                    | '‘'
                    | '’'
                    | '“'
                    | '”'
                    | '•'
                    | '–'
                    | '—'
                    | '˜'
                    | '™'
                    | 'š'
                    | '›'
                    | 'œ'
                    | 'ž'
                    | 'Ÿ'
        )
    };
    let mut count = 0;
    let mut first = None;
    let mut latin = 0;
    let mut chars = source.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some(&(_, next)) = chars.peek() else { break };
        let doubled = matches!(c, 'Ã' | 'Â' | 'â' | 'Ð' | 'Ñ')
            && is_tail(next)
            && !next.is_whitespace()
            && (c != 'â' || next == '€')
            && !(c == 'Â' && matches!(next, '«' | '»' | '“' | '”'));
        if doubled {
            count += 1;
            first = first.or(Some(at));
        }
        latin += usize::from(('\u{c0}'..='\u{ff}').contains(&c));
    }
    if count >= 3 {
        let at = first?;
        let shown = source[at..].chars().take(3).collect();
        return Some(Mojibake {
            count,
            first: at,
            shown,
            was: "UTF-8",
            read_as: "windows-1252",
            back: "WINDOWS-1252",
        });
    }
    // Words of nothing but accented letters: Cyrillic read as Latin.
    let mut accented = 0;
    let mut words = 0;
    let mut at_first = None;
    for word in
        source.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 3).take(20_000)
    {
        words += 1;
        if word.chars().all(|c| ('\u{c0}'..='\u{ff}').contains(&c)) {
            accented += 1;
            at_first = at_first.or(Some(word));
        }
    }
    (words > 3 && accented * 3 > words).then(|| {
        let shown = at_first.unwrap_or_default().to_owned();
        let first = source.find(&shown).unwrap_or_default();
        let _ = latin;
        Mojibake {
            count: accented,
            first,
            shown,
            was: "windows-1251",
            read_as: "windows-1252",
            back: "WINDOWS-1252",
        }
    })
}

/// Lines with a gap of several spaces between words on both sides.
fn columns_across(source: &str) -> usize {
    let gap = |line: &str| {
        let line = line.trim();
        line.find("    ").is_some_and(|at| {
            let (left, right) = (line[..at].trim(), line[at..].trim());
            left.split_whitespace().count() >= 3 && right.split_whitespace().count() >= 3
        })
    };
    let lines: Vec<&str> = source.lines().filter(|line| !line.trim().is_empty()).collect();
    let wide = lines.iter().filter(|line| gap(line)).count();
    if wide * 4 > lines.len() { wide } else { 0 }
}
