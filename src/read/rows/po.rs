//! Gettext catalogues: `msgid` and `msgstr`, each string with its place.

use super::{Column, choose};
use crate::model::Span;
use crate::read::Options;
use crate::read::draft::Drafted;
use crate::read::encoding::Decoded;
use crate::read::flow::{Context, Flow};
use crate::{Result, Warning};

/// Whether a text is a catalogue.
pub(crate) fn looks_like(text: &str) -> bool {
    let head = crate::read::shape::prefix(text, 64 * 1024);
    let count = |word: &str| head.lines().filter(|line| line.starts_with(word)).count();
    count("msgid \"") > 0 && count("msgstr") > 0
}

/// Reads a catalogue.
///
/// # Errors
/// Where neither language was chosen and both are there.
pub(crate) fn read(decoded: &Decoded, options: &Options, warnings: &mut Vec<Warning>) -> Result<Drafted> {
    let text = decoded.text.as_str();
    let mut columns = vec![Column::of_texts("msgid", None), Column::of_texts("msgstr", language(text))];
    // Strings over several lines belong to the keyword before them.
    let mut strings: Vec<(usize, Vec<Span>)> = Vec::new();
    let mut column = None;
    let mut start = 0;
    let mut fuzzy = false;
    let mut headed = false;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let trimmed = line.trim();
        if trimmed.starts_with("#~") {
            column = None;
        } else if trimmed.starts_with("#,") && trimmed.contains("fuzzy") {
            fuzzy = true;
        } else if let Some(open) = line.find('"') {
            let keyword = line[..open].trim();
            let close = line.rfind('"').filter(|close| *close > open).unwrap_or(line.trim_end().len());
            let span = Span::new((at + open + 1).min(at + close), at + close);
            match keyword {
                "" => {}
                "msgid" => column = Some(0),
                "msgid_plural" | "msgctxt" => column = None,
                "msgstr" | "msgstr[0]" => column = Some(1),
                _ => column = None,
            }
            let Some(column) = column else { continue };
            if keyword.is_empty() {
                if let Some((_, spans)) = strings.last_mut() {
                    spans.push(span);
                }
            } else {
                strings.push((column, vec![span]));
            }
        }
    }
    // The entry with an empty source is the catalogue's own.
    let is_empty = |spans: &[Span]| spans.iter().all(|span| text[span.range()].is_empty());
    let mut kept = Vec::new();
    for (column, spans) in strings {
        if column == 0 {
            headed = is_empty(&spans);
        }
        if !headed && !is_empty(&spans) {
            let shown: String = spans.iter().map(|span| &text[span.range()]).collect();
            columns[column].add(&shown);
            kept.push((column, spans));
        }
    }
    if fuzzy {
        warnings.push(Warning::new("fuzzy-entries", "some translations are marked as fuzzy; they were read"));
    }
    let chosen = choose(&columns, options, warnings)?;
    let mut flow = Flow::new(decoded, true);
    for (_, spans) in kept.into_iter().filter(|(column, _)| *column == chosen) {
        for span in spans {
            flow.escaped(span, &Context { prose: true, ..Context::default() });
        }
        flow.flush_whole();
    }
    Ok(flow.finish())
}

/// The language that the header names.
fn language(text: &str) -> Option<String> {
    let head = crate::read::shape::prefix(text, 8192);
    let at = head.find("\"Language: ")? + "\"Language: ".len();
    let value: String =
        head[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    (!value.is_empty()).then(|| value.replace('_', "-"))
}
