//! Subtitles: SubRip and WebVTT. Cues join to sentences; their times are loci.

use super::draft::Drafted;
use super::encoding::Decoded;
use super::flow::{Context, Flow};
use crate::model::{LocusUnit, Span};
use crate::{Result, Warning};

/// A pause of more seconds than this ends a paragraph.
const LONG_PAUSE: f64 = 4.0;

/// Whether a text has cues with times.
pub(crate) fn looks_like(text: &str) -> bool {
    let head = super::shape::prefix(text, 16 * 1024);
    head.trim_start_matches('\u{feff}').starts_with("WEBVTT")
        || head.lines().any(|line| times(line).is_some())
}

/// A cue: when it begins and ends, in seconds, how its time is written, and its lines.
struct Cue {
    from: f64,
    to: f64,
    shown: String,
    lines: Vec<Span>,
}

/// Reads subtitles.
///
/// # Errors
/// None; what is no cue is left out with a warning.
pub(crate) fn read(decoded: &Decoded, warnings: &mut Vec<Warning>) -> Result<Drafted> {
    let text = decoded.text.as_str();
    let cues = cues(text);
    let mut flow = Flow::new(decoded, true);
    let mut last: Option<&Cue> = None;
    let mut overlapping = 0;
    for cue in &cues {
        let shown: String = cue.lines.iter().map(|line| text[line.range()].to_owned() + " ").collect();
        let furniture = is_advertisement(&shown);
        let turns = cue.lines.iter().filter(|line| is_turn(&text[line.range()])).count();
        let paused = last.is_none_or(|last| cue.from - last.to > LONG_PAUSE);
        overlapping += usize::from(last.is_some_and(|last| cue.from < last.from));
        // A cue in brackets or between notes says what is heard.
        let heard = is_heard(&shown);
        if paused || furniture || heard || turns > 0 {
            flow.flush();
        }
        let context = Context { prose: !heard, furniture, stage: heard, ..Context::default() };
        flow.milestone(LocusUnit::Time, cue.shown.clone());
        for line in &cue.lines {
            if is_turn(&text[line.range()]) {
                flow.flush();
            }
            plain(&mut flow, text, *line, &context);
            flow.wrap(Span::new(line.end, line.end));
        }
        let ends = super::shape::ends_sentence(shown.trim());
        if furniture || heard || turns > 0 && ends {
            flow.flush();
        }
        last = Some(cue);
    }
    if overlapping > 0 {
        warnings.push(Warning::new(
            "cues-out-of-order",
            format!("{overlapping} cues begin before the one before them"),
        ));
    }
    Ok(flow.finish())
}

/// `- A.` or `– A.`: a turn of somebody else.
fn is_turn(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace());
    let line = if line.starts_with('<') { line.split_once('>').map_or(line, |(_, rest)| rest) } else { line };
    line.starts_with(['-', '–', '—', '‐']) && !line.starts_with("--")
}

fn is_heard(shown: &str) -> bool {
    let mut inner = String::new();
    let mut in_tag = false;
    for c in shown.chars() {
        match c {
            '<' | '{' => in_tag = true,
            '>' | '}' => in_tag = false,
            c if !in_tag => inner.push(c),
            _ => {}
        }
    }
    let inner = inner.trim();
    let bracketed = inner.starts_with(['(', '['])
        && inner.ends_with([')', ']'])
        && inner.matches(['(', '[']).count() == 1;
    bracketed || !inner.is_empty() && inner.chars().all(|c| matches!(c, '♪' | '♫' | '#' | '*' | ' ' | '\n'))
}

fn is_advertisement(shown: &str) -> bool {
    const WORDS: [&str; 10] = [
        "opensubtitles",
        "subtitles by",
        "subtitled by",
        "synced by",
        "sync and correct",
        "untertitel:",
        "www.",
        "http://",
        "https://",
        "sous-titres",
    ];
    let lowered = shown.to_lowercase();
    WORDS.iter().any(|word| lowered.contains(word))
}

/// Writes a line without the marks of its look: `<i>`, `{\an8}`, `<00:01.000>`.
fn plain(flow: &mut Flow<'_>, text: &str, line: Span, context: &Context) {
    let own = &text[line.range()];
    let mut at = 0;
    while at < own.len() {
        let rest = &own[at..];
        let next = rest.find(['<', '{']).unwrap_or(rest.len());
        flow.text(Span::new(line.start + at, line.start + at + next), true, context);
        at += next;
        let rest = &own[at..];
        let Some(first) = rest.chars().next() else { break };
        let is_tag = match first {
            '<' => rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/'),
            _ => rest.starts_with("{\\") || rest.get(2..3) == Some(":"),
        };
        let close = rest.find(if first == '<' { '>' } else { '}' }).filter(|_| is_tag);
        match close {
            Some(close) => at += close + 1,
            None => {
                flow.text(Span::new(line.start + at, line.start + at + 1), false, context);
                at += 1;
            }
        }
    }
}

fn cues(text: &str) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::new();
    let mut start = 0;
    let mut open = false;
    let mut lines: Vec<(Span, &str)> = Vec::new();
    let end = if text.contains('\n') { '\n' } else { '\r' };
    for piece in text.split_inclusive(end) {
        let span = Span::new(start, start + piece.len()).trimmed(text);
        lines.push((span, &text[span.range()]));
        start += piece.len();
    }
    for (at, (span, line)) in lines.iter().enumerate() {
        if let Some((from, to)) = times(line) {
            let shown = line.split([',', '.', ' ']).next().unwrap_or_default();
            let shown =
                if shown.matches(':').count() == 1 { format!("00:{shown}") } else { shown.to_owned() };
            out.push(Cue { from, to, shown, lines: Vec::new() });
            open = true;
        } else if line.is_empty() {
            open = false;
        } else if line.bytes().all(|b| b.is_ascii_digit())
            && lines.get(at + 1).is_some_and(|(_, next)| times(next).is_some())
        {
            // The number of the next cue, where no blank line stands before it.
            open = false;
        } else if let Some(cue) = out.last_mut().filter(|_| open) {
            cue.lines.push(*span);
        }
    }
    out
}

/// `00:01:12,500 --> 00:01:14,000`.
fn times(line: &str) -> Option<(f64, f64)> {
    let (from, to) = line.trim_start_matches('\u{feff}').split_once("-->")?;
    Some((seconds(from.trim())?, seconds(to.split_whitespace().next()?)?))
}

fn seconds(time: &str) -> Option<f64> {
    let mut sum = 0.0;
    let fields: Vec<&str> = time.split(':').collect();
    if !(2..=3).contains(&fields.len()) {
        return None;
    }
    for field in fields {
        let value: f64 = field.trim().replace(',', ".").parse().ok()?;
        if !(0.0..1e6).contains(&value) {
            return None;
        }
        sum = sum * 60.0 + value;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_both_formats() {
        assert_eq!(times("00:01:12,500 --> 00:01:14,000"), Some((72.5, 74.0)));
        assert_eq!(times("01:12.500 --> 01:14.000 align:start"), Some((72.5, 74.0)));
        assert_eq!(times("a --> b"), None);
        assert!(!looks_like("An arrow --> is no time.\n"));
    }
}
