//! USFM (Unified Standard Format Markers), the format of Bible translators: chapters and verses are
//! loci, which paragraphs and lines of verse cross freely.

use super::draft::Drafted;
use super::encoding::Decoded;
use super::flow::{Context, Flow};
use crate::model::{FrontRole, LocusUnit, Span};
use crate::{Result, Warning};

/// Whether a text is marked up so.
pub(crate) fn looks_like(text: &str) -> bool {
    let head = super::shape::prefix(text, 32 * 1024);
    let mut lines = head.lines().map(str::trim_start);
    let begins = lines
        .clone()
        .find(|line| !line.is_empty())
        .is_some_and(|line| line.trim_start_matches('\u{feff}').starts_with("\\id "));
    let numbered = |line: &str, marker: &str| {
        line.strip_prefix(marker)
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    };
    let verses = lines.by_ref().filter(|line| numbered(line, "\\v ") || numbered(line, "\\c ")).count();
    begins && (verses > 0 || head.contains("\\p")) || verses > 2
}

/// What a marker does.
enum Marker {
    /// The rest of the line is no text.
    Drop,
    /// A block begins.
    Block(Context),
    /// A line of verse begins.
    Line,
    Chapter,
    Verse,
    /// A note up to its closing marker.
    Note,
    /// What stands up to its closing marker is no text.
    DropSpan,
    /// The look of characters.
    Characters,
}

fn marker(name: &str) -> Marker {
    let base = name.trim_start_matches('+').trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    let plain = Context::default();
    let heading = |level| Marker::Block(Context { heading: level, ..plain });
    match base {
        "id" | "ide" | "usfm" | "sts" | "rem" | "toc" | "toca" | "ca" | "cp" | "va" | "vp" | "lit"
        | "restore" => Marker::Drop,
        "h" => Marker::Drop,
        "mt" | "mte" | "imt" => Marker::Block(Context { front: Some(FrontRole::Title), ..plain }),
        "s" | "ms" | "is" | "sp" | "qa" | "d" | "mr" | "sr" | "r" => {
            heading(if base == "ms" { 2 } else { 3 })
        }
        "cl" | "cd" => heading(2),
        "c" => Marker::Chapter,
        "v" => Marker::Verse,
        "q" | "qr" | "qc" | "qm" | "qd" | "iq" => Marker::Line,
        "b" | "ib" => Marker::Block(plain),
        "li" | "ili" | "lim" | "lh" | "lf" => Marker::Block(Context { listed: true, ..plain }),
        "tr" => Marker::Block(Context { cell: true, ..plain }),
        "th" | "tc" | "thr" | "tcr" => Marker::Characters,
        "p" | "m" | "po" | "pr" | "cls" | "pmo" | "pm" | "pmc" | "pmr" | "pi" | "mi" | "nb" | "pc" | "ph"
        | "ip" | "im" | "ipi" | "imi" | "ipq" | "imq" | "ipr" | "ie" | "io" | "iot" | "pb" => {
            Marker::Block(Context { prose: true, ..plain })
        }
        "f" | "fe" | "x" | "ef" | "ex" => Marker::Note,
        "fig" | "rb" | "rq" => Marker::DropSpan,
        _ => Marker::Characters,
    }
}

/// Reads USFM.
///
/// # Errors
/// None; markers that are not known are taken for marks of the look of words.
pub(crate) fn read(decoded: &Decoded, _warnings: &mut Vec<Warning>) -> Result<Drafted> {
    let text = decoded.text.as_str();
    let mut reader = Reader {
        text,
        flow: Flow::new(decoded, true),
        context: Context { prose: true, ..Context::default() },
        in_lines: false,
        book: String::new(),
        chapter: String::new(),
        notes: Vec::new(),
    };
    reader.run(Span::new(0, text.len()));
    let notes = std::mem::take(&mut reader.notes);
    for (span, name) in notes {
        reader.flow.flush();
        let start = reader.flow.here();
        reader.context = Context { note: true, ..Context::default() };
        reader.note(span);
        reader.flow.flush();
        reader.flow.anchor(&name, start);
    }
    Ok(reader.flow.finish())
}

struct Reader<'s> {
    text: &'s str,
    flow: Flow<'s>,
    context: Context,
    in_lines: bool,
    book: String,
    chapter: String,
    /// Notes put aside, with the names that lead to them.
    notes: Vec<(Span, String)>,
}

impl Reader<'_> {
    fn run(&mut self, span: Span) {
        let mut at = span.start;
        while at < span.end {
            let rest = &self.text[at..span.end];
            let Some(next) = rest.find('\\') else {
                self.words(Span::new(at, span.end));
                return;
            };
            self.words(Span::new(at, at + next));
            let name = name_of(&rest[next + 1..]);
            let marked = at + next;
            at = marked + 1 + name.len();
            if name.is_empty() {
                self.flow.text(Span::new(marked, marked + 1), false, &self.context);
                continue;
            }
            // One white space ends a marker.
            let after = self.text[at..span.end].chars().next();
            if after == Some('*') {
                at += 1;
                continue;
            }
            if after == Some(' ') {
                at += 1;
            }
            at = self.marker(name, marked, at, span.end);
        }
    }

    fn marker(&mut self, name: &str, marked: usize, at: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let line_end = at + rest.find(['\n', '\r']).unwrap_or(rest.len());
        match marker(name) {
            Marker::Drop => {
                if name == "id" {
                    self.book =
                        self.text[at..line_end].split_whitespace().next().unwrap_or_default().to_owned();
                }
                return line_end;
            }
            Marker::Chapter => {
                let number = number_of(rest);
                self.chapter = number.trim().to_owned();
                self.flow.flush();
                self.flow.milestone(LocusUnit::Section, format!("{} {}", self.book, self.chapter));
                self.context = Context { prose: true, ..Context::default() };
                self.in_lines = false;
                return at + number.len();
            }
            Marker::Verse => {
                let number = number_of(rest);
                let locus = format!("{} {}.{}", self.book, self.chapter, number.trim());
                self.flow.milestone(LocusUnit::Verse, locus);
                self.flow.insert(" ", Span::new(marked, marked), &self.context);
                return at + number.len();
            }
            Marker::Block(context) => {
                self.flow.flush();
                self.in_lines = false;
                self.context = context;
            }
            Marker::Line => {
                let place = Span::new(marked, marked);
                if self.in_lines {
                    self.flow.line_break(place, &self.context);
                } else {
                    self.flow.flush();
                }
                self.in_lines = true;
                self.context = Context { verse: true, ..Context::default() };
            }
            Marker::Note | Marker::DropSpan => {
                let close = format!("\\{name}*");
                let Some(found) = rest.find(&close) else { return line_end };
                if matches!(marker(name), Marker::Note) {
                    let label = format!("\u{0}{marked}");
                    self.flow.refer(self.flow.here(), label.clone(), true);
                    self.notes.push((Span::new(at, at + found), label));
                }
                return at + found + close.len();
            }
            Marker::Characters => {}
        }
        at
    }

    /// Text; attributes of words (`|strong="H1"`) are none.
    fn words(&mut self, span: Span) {
        let own = &self.text[span.range()];
        let mut from = span.start;
        for (at, _) in own.match_indices('|') {
            let rest = &own[at..];
            let is_attribute = rest.contains("=\"") || self.text[span.end..].starts_with("\\w*");
            if is_attribute && span.start + at >= from {
                self.flow.text(Span::new(from, span.start + at), false, &self.context);
                from = span.end;
            }
        }
        self.flow.text(Span::new(from, span.end), false, &self.context);
    }

    /// The text of a note: its caller, its origin and its marks are none.
    fn note(&mut self, span: Span) {
        let own = &self.text[span.range()];
        // The caller: `+`, `-` or a letter.
        let caller = own.len() - own.trim_start().len();
        let first = own.trim_start().chars().next().map_or(0, char::len_utf8);
        let mut at = span.start + if own.trim_start().starts_with('\\') { 0 } else { caller + first };
        while at < span.end {
            let rest = &self.text[at..span.end];
            let next = rest.find('\\').unwrap_or(rest.len());
            self.flow.text(Span::new(at, at + next), false, &self.context);
            at += next;
            if at >= span.end {
                break;
            }
            let name = name_of(&self.text[at + 1..span.end]);
            at += 1 + name.len();
            if self.text[at..span.end].starts_with(['*', ' ']) {
                at += 1;
            }
            if matches!(name, "fr" | "xo") {
                let rest = &self.text[at..span.end];
                at += rest.find('\\').unwrap_or(rest.len());
            }
        }
    }
}

fn name_of(rest: &str) -> &str {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '+' || c == '-')).unwrap_or(rest.len());
    &rest[..end]
}

/// `5`, `5-6` or `5a`, with the white space behind.
fn number_of(rest: &str) -> &str {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "-–,".contains(c))).unwrap_or(rest.len());
    &rest[..end]
}
