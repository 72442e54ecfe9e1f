//! Markdown: from the source to its text without marks, with the way back.
//!
//! Parsed by pulldown-cmark (CommonMark with footnotes and metadata blocks). HTML in it is taken
//! as tags to leave out, its text stays.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::dialects::{self, Masked};
use super::draft::{Anchor, Draft, Drafted, NoteRef, Shape, Writer};
use super::encoding::Decoded;
use super::shape;
use crate::model::{FrontRole, Span};

/// The text and its paragraph-level stretches.
pub(crate) fn drafts(decoded: &Decoded) -> Drafted {
    let options = Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TABLES;
    let dialect = dialects::mask(&decoded.text);
    let mut page = Page::new(Writer::new(decoded), &dialect);
    for (event, range) in Parser::new_ext(&dialect.text, options).into_offset_iter() {
        page.event(event, Span::from(range));
    }
    page.flush();
    let (skips, refs, anchors) = (page.skips, page.refs, page.anchors);
    Drafted { skips, refs, anchors, ..page.out.finish(page.drafts) }
}

/// A text under construction.
struct Page<'s> {
    out: Writer<'s>,
    dialect: &'s Masked<'s>,
    drafts: Vec<Draft>,
    /// Marks of notes, where they lead, and the notes.
    skips: Vec<Span>,
    refs: Vec<NoteRef>,
    anchors: Vec<Anchor>,
    /// The note at hand.
    note: Option<String>,
    /// Where the block at hand begins in the source.
    place: usize,
    /// Where the block at hand begins in the text.
    start: usize,
    /// Offsets of hard and of soft line breaks in it.
    hard: Vec<usize>,
    soft: Vec<usize>,
    heading: Option<u8>,
    metadata: bool,
    quotes: usize,
    items: usize,
    notes: usize,
    bold: usize,
    /// Visible characters: all, and in bold.
    all: usize,
    all_bold: usize,
    ruled: bool,
}

impl<'s> Page<'s> {
    fn new(out: Writer<'s>, dialect: &'s Masked<'s>) -> Self {
        Self {
            out,
            dialect,
            drafts: Vec::new(),
            skips: Vec::new(),
            refs: Vec::new(),
            anchors: Vec::new(),
            note: None,
            place: 0,
            start: 0,
            hard: Vec::new(),
            soft: Vec::new(),
            heading: None,
            metadata: false,
            quotes: 0,
            items: 0,
            notes: 0,
            bold: 0,
            all: 0,
            all_bold: 0,
            ruled: false,
        }
    }

    fn event(&mut self, event: Event<'_>, place: Span) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) if self.metadata => self.about(&text, place),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, place);
            }
            Event::Html(html) => self.html(&html, place),
            Event::InlineHtml(html) => {
                if html.to_ascii_lowercase().starts_with("<br") {
                    self.line_break(place, true);
                }
            }
            Event::FootnoteReference(label) => {
                self.text(&self.out.source()[place.range()], place);
                let end = self.out.len();
                let mark = Span::new(end - place.len().min(end), end);
                self.skips.push(mark);
                self.refs.push(NoteRef { mark, target: label.to_string(), certain: true });
            }
            Event::SoftBreak => self.line_break(place, false),
            Event::HardBreak => self.line_break(place, true),
            Event::Rule => {
                self.flush();
                self.ruled = true;
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Emphasis
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
            block => {
                self.flush();
                match block {
                    Tag::Heading { level, .. } => self.heading = Some(level_number(*level)),
                    Tag::BlockQuote(_) => self.quotes += 1,
                    Tag::Item => self.items += 1,
                    Tag::FootnoteDefinition(label) => {
                        self.notes += 1;
                        self.note = Some(label.to_string());
                    }
                    Tag::MetadataBlock(_) => self.metadata = true,
                    // A fence's info string is no text; an indented block is one of plain text.
                    Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {}
                    _ => {}
                }
            }
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {}
            block => {
                self.flush();
                match block {
                    TagEnd::Heading(_) => self.heading = None,
                    TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
                    TagEnd::Item => self.items = self.items.saturating_sub(1),
                    TagEnd::FootnoteDefinition => self.notes = self.notes.saturating_sub(1),
                    TagEnd::MetadataBlock(_) => self.metadata = false,
                    _ => {}
                }
            }
        }
    }

    /// Writes a text that stands at `place`, or is made of what stands there (an entity).
    fn text(&mut self, text: &str, place: Span) {
        self.begin(place.start);
        // Code stands between its marks; an entity is made of other characters.
        let inner = self.out.source().get(place.range()).and_then(|own| own.find(text));
        let place = inner.map_or(place, |at| Span::new(place.start + at, place.start + at + text.len()));
        self.out.push_str(text, place);
        let visible = text.chars().filter(|c| !c.is_whitespace()).count();
        self.all += visible;
        if self.bold > 0 {
            self.all_bold += visible;
        }
    }

    /// Writes the text of HTML, tags left out.
    fn html(&mut self, html: &str, place: Span) {
        let mut at = 0;
        let mut in_tag = false;
        for piece in html.split_inclusive(['<', '>']) {
            let text = piece.trim_end_matches(['<', '>']);
            if !in_tag && !text.trim().is_empty() && self.out.source().get(place.range()) == Some(html) {
                let span =
                    Span::new(place.start + at, place.start + at + text.len()).trimmed(self.out.source());
                if self.out.len() > self.start {
                    self.line_break(Span::new(span.start, span.start), false);
                }
                self.text(&self.out.source()[span.range()], span);
            }
            in_tag = piece.ends_with('<') || (in_tag && !piece.ends_with('>'));
            at += piece.len();
        }
    }

    fn line_break(&mut self, place: Span, hard: bool) {
        if self.out.len() == self.start || self.out.text.ends_with('\n') {
            return;
        }
        if hard { &mut self.hard } else { &mut self.soft }.push(self.out.len());
        self.out.push('\n', place);
    }

    /// Title, author and date of a metadata block are front matter, its other lines furniture.
    fn about(&mut self, text: &str, place: Span) {
        let mut at = place.start;
        for line in text.split_inclusive('\n') {
            let span = Span::new(at, at + line.len());
            at += line.len();
            let found = line.split_once([':', '=']).and_then(|(key, value)| {
                let role = match key.trim() {
                    "title" => FrontRole::Title,
                    "author" | "creator" => FrontRole::Author,
                    "date" => FrontRole::Date,
                    _ => return None,
                };
                let start = span.start + key.len() + 1;
                let bare = value.trim().trim_matches(['"', '\'']);
                let offset = value.find(bare).unwrap_or_default();
                Some((role, Span::new(start + offset, start + offset + bare.len())))
            });
            let (shape, span) = match found {
                Some((role, span)) if !span.is_empty() => (Shape::Front(Some(role)), span),
                _ => (Shape::Furniture, span.trimmed(self.out.source())),
            };
            if span.is_empty() {
                continue;
            }
            self.begin(span.start);
            let own = self.out.source()[span.range()].to_owned();
            self.out.push_str(&own, span);
            self.drafts.push(Draft::shaped(Span::new(self.start, self.out.len()), shape));
            self.start = self.out.len();
        }
    }

    fn begin(&mut self, at: usize) {
        if self.out.len() == self.start {
            self.place = at;
        }
        if self.out.len() == self.start && self.out.len() > 0 {
            self.out.push_str("\n\n", Span::new(at, at));
            self.start = self.out.len();
        }
    }

    fn flush(&mut self) {
        let span = Span::new(self.start, self.out.len()).trimmed(&self.out.text);
        let (hard, soft) = (std::mem::take(&mut self.hard), std::mem::take(&mut self.soft));
        let (all, bold) = (std::mem::take(&mut self.all), std::mem::take(&mut self.all_bold));
        self.start = self.out.len();
        if span.is_empty() {
            return;
        }
        let told = self.dialect.shape_at(self.place);
        if !hard.is_empty() && told != Some(Shape::Verse) {
            // Where the author breaks lines, the others are only wrapped.
            for at in soft {
                self.out.text.replace_range(at..=at, " ");
            }
        }
        let lines = || self.out.text[span.range()].split('\n');
        let verse = !hard.is_empty()
            && lines().all(|line| shape::is_within(line, 75))
            && lines().any(|line| !shape::ends_sentence(line));
        let shape = match self.heading {
            _ if self.metadata => Shape::Furniture,
            _ if self.notes > 0 => Shape::Note,
            Some(level) => Shape::Heading(level),
            None if told.is_some() => told.unwrap_or_default(),
            None if verse => Shape::Verse,
            None if self.quotes > 0 => Shape::Quotation,
            None if self.items > 0 => Shape::ListItem,
            None => Shape::Open,
        };
        if let Some(name) = self.note.take() {
            self.anchors.push(Anchor { name, span: Span::new(span.start, span.start) });
        }
        self.drafts.push(Draft {
            strong: bold == all && all > 0,
            ruled: std::mem::take(&mut self.ruled),
            ..Draft::shaped(span, shape)
        });
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
