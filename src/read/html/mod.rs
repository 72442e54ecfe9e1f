//! HTML: from a page to its visible text, with the way back to the source.
//!
//! [`tokens`] scans the source, [`tree`] tells which elements are open, [`hints`] what they mean,
//! [`select`] which of them the user means; here the text is put together. White space is as a
//! browser shows it, but that the line ends of the source inside a paragraph stay line ends:
//! pages are hard-wrapped like other texts. Marks of notes stay in the text as it prints them.

mod hints;
mod select;
mod tokens;
mod tree;

use hints::Hints;
use tokens::Tag;
use tree::Event;

use super::draft::{Draft, Drafted, Shape, Writer};
use super::encoding::Decoded;
use super::{Options, shape, text, words};
use crate::model::Span;
use crate::{Result, Warning};

/// Lines wider than this are no lines of verse or of a title page.
const WIDEST_LINE: usize = 75;

/// The visible text of a page and its paragraph-level stretches.
///
/// # Errors
/// A malformed selector.
pub(crate) fn drafts(decoded: &Decoded, options: &Options, warnings: &mut Vec<Warning>) -> Result<Drafted> {
    let source = decoded.text.as_str();
    let [content, drop, note] = select::select(
        source,
        [
            ("content", options.content.as_deref()),
            ("drop", options.drop.as_deref()),
            ("note", options.note.as_deref()),
        ],
    )?;
    let mut page = Page::new(decoded);
    let mut found = false;
    if content.is_given() {
        page.outside.hidden = true;
    }
    tree::walk(source, &mut |event| match event {
        Event::Open { id, tag, .. } => {
            let mut hints = Hints::of(tag);
            hints.hidden |= drop.holds(id);
            hints.note |= note.holds(id);
            let enters = content.holds(id);
            found |= enters;
            page.open(id, tag, hints, enters);
        }
        Event::Close { id } => page.close(id),
        Event::Text(span) => page.text(span, true),
        Event::Raw(span) => page.text(span, false),
    });
    page.flush();
    if content.is_given() && !found {
        let selector = options.content.as_deref().unwrap_or_default();
        warnings.push(
            Warning::new("selector-matches-nothing", format!("no element matches `{selector}` (content)"))
                .hint("look at the page's source for the element that holds the text"),
        );
    }
    if page.page_marks > 0 {
        let message = format!("{} page numbers inside paragraphs were left out", page.page_marks);
        warnings.push(Warning::new("page-numbers-dropped", message));
    }
    Ok(page.out.finish(page.drafts))
}

struct Element {
    id: usize,
    block: bool,
    hints: Hints,
}

/// A page under construction.
struct Page<'s> {
    out: Writer<'s>,
    drafts: Vec<Draft>,
    open: Vec<Element>,
    /// What holds where no element is open.
    outside: Hints,
    /// The block at hand.
    block: Current,
    /// White space not yet written: its place, and whether it has a line end.
    space: Option<(Span, bool)>,
    /// A rule stands before the next block.
    ruled: bool,
    page_marks: usize,
}

/// What is known of the block at hand.
#[derive(Default)]
struct Current {
    /// Where it begins in the text.
    start: usize,
    /// Where its last line begins.
    line: usize,
    /// Offsets of the line breaks that the page asks for.
    breaks: Vec<usize>,
    /// Offsets of other line ends.
    wraps: Vec<usize>,
    /// Visible characters: all, in bold, in links.
    all: usize,
    bold: usize,
    linked: usize,
    /// The hints of its first visible character.
    hints: Hints,
    /// The anchor of a note stands at its beginning.
    anchored: bool,
}

impl<'s> Page<'s> {
    fn new(decoded: &'s Decoded) -> Self {
        Self {
            out: Writer::new(decoded),
            drafts: Vec::new(),
            open: Vec::new(),
            outside: Hints::default(),
            block: Current::default(),
            space: None,
            ruled: false,
            page_marks: 0,
        }
    }

    fn hints(&self) -> Hints {
        self.open.last().map_or(self.outside, |element| element.hints)
    }

    fn open(&mut self, id: usize, tag: &Tag, own: Hints, enters: bool) {
        let mut outer = self.hints();
        outer.hidden &= !enters;
        let hints = own.inside(outer);
        let block = tree::is_block(&tag.name);
        if block {
            self.flush();
        }
        match tag.name.as_str() {
            "br" => self.line_break(tag.span),
            "hr" => self.ruled = true,
            _ => {}
        }
        self.page_marks += usize::from(own.page_mark && !outer.page_mark && !hints.hidden);
        self.block.anchored |= self.block.all == 0 && hints::is_note_anchor(tag);
        self.open.push(Element { id, block, hints });
    }

    fn close(&mut self, id: usize) {
        let Some(at) = self.open.iter().rposition(|element| element.id == id) else { return };
        let element = self.open.remove(at);
        if element.block {
            self.flush();
        }
    }

    fn text(&mut self, span: Span, resolve: bool) {
        let hints = self.hints();
        if hints.hidden || hints.page_mark {
            return;
        }
        let mut at = span.start;
        while at < span.end {
            let rest = &self.out.source()[at..span.end];
            let Some(c) = rest.chars().next() else { break };
            let found = (resolve && c == '&').then(|| tokens::reference(rest)).flatten();
            let (chars, len) = match found {
                Some(found) => (found.chars, found.len),
                None => ([Some(c), None], c.len_utf8()),
            };
            let place = Span::new(at, at + len);
            for c in chars.into_iter().flatten() {
                self.character(c, place, hints);
            }
            at += len;
        }
    }

    fn character(&mut self, c: char, place: Span, hints: Hints) {
        if !hints.preformatted && matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            let line_end = matches!(c, '\n' | '\r');
            self.space = Some(match self.space {
                Some((span, ended)) => (span.to(place), ended || line_end),
                None => (place, line_end),
            });
            return;
        }
        if self.block.all == 0 && self.block.start == self.out.len() {
            self.begin(place.start);
        }
        if let Some((span, line_end)) = self.space.take()
            && self.out.len() > self.block.start
            && !self.out.text.ends_with('\n')
        {
            if line_end {
                self.block.wraps.push(self.out.len());
            }
            self.out.push(if line_end { '\n' } else { ' ' }, span);
        }
        if !c.is_whitespace() {
            if self.block.all == 0 {
                self.block.hints = hints;
            }
            self.block.all += 1;
            self.block.bold += usize::from(hints.bold);
            self.block.linked += usize::from(hints.link);
        }
        self.out.push(c, place);
    }

    /// Parts the block to come from the one before.
    fn begin(&mut self, at: usize) {
        if self.out.len() > 0 {
            self.out.push('\n', Span::new(at, at));
            self.out.push('\n', Span::new(at, at));
        }
        self.block.start = self.out.len();
        self.block.line = self.out.len();
    }

    fn line_break(&mut self, place: Span) {
        let hints = self.hints();
        self.space = None;
        if hints.hidden || hints.page_mark || self.block.all == 0 {
            return;
        }
        if self.out.text[self.block.line..].trim().is_empty() {
            // An empty line ends the paragraph.
            self.flush();
            return;
        }
        self.block.breaks.push(self.out.len());
        self.out.push('\n', place);
        self.block.line = self.out.len();
    }

    /// Ends the block at hand.
    fn flush(&mut self) {
        self.space = None;
        let block = std::mem::take(&mut self.block);
        let span = Span::new(block.start.min(self.out.len()), self.out.len()).trimmed(&self.out.text);
        self.block.start = self.out.len();
        self.block.line = self.out.len();
        if block.all == 0 {
            self.block.anchored = block.anchored;
            return;
        }
        let hints = block.hints;
        let is_text = !hints.preformatted;
        if is_text && !block.breaks.is_empty() {
            self.unwrap_lines(&block);
        }
        let draft = Draft {
            span,
            shape: self.shape(&block, span),
            strong: block.bold == block.all,
            linked: block.linked == block.all,
            centred: hints.centred,
            titled: hints.titled,
            ruled: std::mem::take(&mut self.ruled),
            ..Draft::default()
        };
        if !is_text {
            self.preformatted(draft);
        } else if block.breaks.is_empty() || draft.shape != Shape::Open {
            self.drafts.push(draft);
        } else {
            self.lines(draft);
        }
    }

    /// Where a page breaks lines itself, the line ends of its source mean nothing.
    fn unwrap_lines(&mut self, block: &Current) {
        for &at in &block.wraps {
            // A line feed and a space are one byte each: the map stays true.
            self.out.text.replace_range(at..=at, " ");
        }
    }

    fn shape(&self, block: &Current, span: Span) -> Shape {
        let hints = block.hints;
        let own = &self.out.text[span.range()];
        let first = own.chars().next().unwrap_or(' ');
        let numbered = first.is_ascii_digit() || "[(*†‡^↩".contains(first);
        if hints.furniture {
            Shape::Furniture
        } else if hints.note || (block.anchored && numbered) {
            Shape::Note
        } else if hints.heading > 0 {
            Shape::Heading(hints.heading)
        } else if hints.verse || (hints.quoted && !block.breaks.is_empty() && self.is_verse(span)) {
            Shape::Verse
        } else if hints.quoted {
            Shape::Quotation
        } else if hints.listed {
            Shape::ListItem
        } else {
            Shape::Open
        }
    }

    /// Whether the lines of a block are verse: short, and not each a sentence.
    fn is_verse(&self, span: Span) -> bool {
        let lines: Vec<&str> = self.out.text[span.range()].split('\n').collect();
        let ended = lines.iter().filter(|line| shape::ends_sentence(line)).count();
        let open = lines.iter().filter(|line| shape::ends_open(line)).count();
        lines.len() > 1
            && lines.iter().all(|line| shape::is_within(line, WIDEST_LINE))
            && ended < lines.len()
            && (open > 0 || lines.len() > 3)
            && !lines.iter().any(|line| words::is_numbered(line))
    }

    /// A paragraph with line breaks: verse, lines of a title page, or prose.
    fn lines(&mut self, draft: Draft) {
        let own = &self.out.text[draft.span.range()];
        let lowered = words::lowered(own);
        let told = words::begins_with(&lowered, words::PUBLICATIONS);
        let of_title = |line: &str| {
            shape::is_within(line, WIDEST_LINE) && !shape::ends_sentence(line) && !shape::ends_open(line)
        };
        if !told && own.split('\n').count() <= 6 && own.split('\n').all(of_title) {
            let mut start = draft.span.start;
            let mut ruled = draft.ruled;
            for line in own.split('\n') {
                let span = Span::new(start, start + line.len()).trimmed(&self.out.text);
                start += line.len() + 1;
                if !span.is_empty() {
                    self.drafts.push(Draft {
                        span,
                        ruled: std::mem::take(&mut ruled),
                        alone: true,
                        ..draft.clone()
                    });
                }
            }
        } else {
            let shape = if self.is_verse(draft.span) { Shape::Verse } else { Shape::Open };
            self.drafts.push(Draft { shape, ..draft });
        }
    }

    /// Preformatted text is plain text.
    fn preformatted(&mut self, draft: Draft) {
        let mut pieces = text::drafts(&self.out.text, draft.span);
        if let Some(first) = pieces.first_mut() {
            first.ruled = draft.ruled;
        }
        for piece in &mut pieces {
            if draft.shape != Shape::Open && piece.shape == Shape::Open {
                piece.shape = draft.shape;
            }
        }
        self.drafts.append(&mut pieces);
    }
}
