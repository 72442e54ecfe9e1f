//! Text that flows into blocks: what all formats with markup have in common.
//!
//! A format walks through its elements and tells with each piece of text what holds there
//! ([`Context`]); blocks begin and end where the format says. White space is as a browser shows it,
//! but that line ends of the source inside a paragraph stay line ends: pages are hard-wrapped like
//! other texts. Marks of notes stay in the text and are left out of its reading.

use super::draft::{Anchor, Draft, Drafted, NoteRef, Shape, Writer};
use super::encoding::Decoded;
use super::html::reference;
use super::{shape, text, words};
use crate::model::{Cut, FrontRole, LocusUnit, Milestone, Span};

/// Lines wider than this are no lines of verse or of a title page.
const WIDEST_LINE: usize = 75;
/// A table cell with more columns of text than this is a piece of layout.
const WIDEST_CELL: usize = 240;

/// What holds for a piece of text: the sum of all elements around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Context {
    /// It is not shown.
    pub(crate) hidden: bool,
    /// A page number of the print in the middle of the text.
    pub(crate) page_mark: bool,
    /// The mark of a note, or the way back from a note: no word of the text.
    pub(crate) mark: bool,
    /// Navigation and the like.
    pub(crate) furniture: bool,
    /// Navigation, if there are links in it.
    pub(crate) navigation: bool,
    /// A footnote.
    pub(crate) note: bool,
    /// The name of who speaks.
    pub(crate) label: bool,
    /// A stage direction.
    pub(crate) stage: bool,
    /// The title of the page and what belongs to it.
    pub(crate) titled: bool,
    /// What a site says about the text, before or after it.
    pub(crate) info: bool,
    /// A piece of front matter that the format names.
    pub(crate) front: Option<FrontRole>,
    /// Verse.
    pub(crate) verse: bool,
    /// Prose, whatever it looks like.
    pub(crate) prose: bool,
    /// Quoted from elsewhere.
    pub(crate) quoted: bool,
    /// Centred.
    pub(crate) centred: bool,
    /// White space means something.
    pub(crate) preformatted: bool,
    /// Bold.
    pub(crate) bold: bool,
    /// A link to another place.
    pub(crate) link: bool,
    /// An item of a list.
    pub(crate) listed: bool,
    /// A cell of a table.
    pub(crate) cell: bool,
    /// The level of a heading, or 0.
    pub(crate) heading: u8,
}

impl Context {
    /// What holds inside of an element around which `outer` holds.
    pub(crate) fn inside(self, outer: Self) -> Self {
        Self {
            hidden: self.hidden || outer.hidden,
            page_mark: self.page_mark || outer.page_mark,
            mark: self.mark || outer.mark,
            furniture: self.furniture || outer.furniture,
            navigation: self.navigation || outer.navigation,
            note: self.note || outer.note,
            label: self.label || outer.label,
            stage: self.stage || outer.stage,
            titled: self.titled || outer.titled,
            info: self.info || outer.info,
            front: self.front.or(outer.front),
            verse: self.verse || outer.verse,
            prose: self.prose || outer.prose,
            quoted: self.quoted || outer.quoted,
            centred: self.centred || outer.centred,
            preformatted: self.preformatted || outer.preformatted,
            bold: self.bold || outer.bold,
            link: self.link || outer.link,
            listed: self.listed || outer.listed,
            cell: self.cell || outer.cell,
            heading: if self.heading > 0 { self.heading } else { outer.heading },
        }
    }
}

/// A text under construction.
pub(crate) struct Flow<'s> {
    /// What is written.
    pub(crate) out: Writer<'s>,
    drafts: Vec<Draft>,
    skips: Vec<Span>,
    refs: Vec<NoteRef>,
    anchors: Vec<Anchor>,
    milestones: Vec<Milestone>,
    /// The block at hand.
    block: Current,
    /// White space not yet written: its place, and whether it has a line end.
    space: Option<(Span, bool)>,
    /// A rule stands before the next block.
    ruled: bool,
    /// The name of who speaks in the next block.
    label: Option<Span>,
    /// Whether the format says all: then nothing is judged by its look.
    told: bool,
    /// The letters of the page number at hand.
    page: String,
    /// The next white space is none: a word goes on.
    glued: bool,
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
    /// Visible characters: all but marks, marks, in bold, in links.
    all: usize,
    marks: usize,
    bold: usize,
    linked: usize,
    /// The words that are not in links, the first of them.
    unlinked: String,
    /// The end of the speaker's name at its beginning.
    label: usize,
    /// What holds for its first visible character.
    context: Context,
    /// The anchor of a note stands at its beginning.
    anchored: bool,
}

impl<'s> Flow<'s> {
    /// An empty text made of `decoded`; `told` says that the format tells what each block is.
    pub(crate) fn new(decoded: &'s Decoded, told: bool) -> Self {
        Self {
            out: Writer::new(decoded),
            drafts: Vec::new(),
            skips: Vec::new(),
            refs: Vec::new(),
            anchors: Vec::new(),
            milestones: Vec::new(),
            block: Current::default(),
            space: None,
            ruled: false,
            label: None,
            told,
            page: String::new(),
            glued: false,
        }
    }

    /// The text with its drafts.
    pub(crate) fn finish(mut self) -> Drafted {
        self.flush();
        self.release_label();
        let (skips, refs, anchors, milestones) = (self.skips, self.refs, self.anchors, self.milestones);
        let drafted = self.out.finish(self.drafts);
        Drafted { skips, refs, anchors, milestones, told: self.told, ..drafted }
    }

    /// Whether nothing is written in the block at hand.
    pub(crate) fn is_at_start(&self) -> bool {
        self.block.all == 0 && self.block.marks == 0
    }

    /// What is written of the block at hand.
    pub(crate) fn written(&self) -> &str {
        self.out.text.get(self.block.start..).unwrap_or_default()
    }

    /// The offset at which the next character will stand, or shortly before it.
    pub(crate) fn here(&self) -> usize {
        self.out.len()
    }

    /// A rule stands before the next block.
    pub(crate) fn rule(&mut self) {
        self.ruled = true;
    }

    /// The anchor of a note stands here.
    pub(crate) fn note_anchor(&mut self) {
        self.block.anchored |= self.block.all == 0;
    }

    /// A named place begins at `start` and ends here.
    pub(crate) fn anchor(&mut self, name: &str, start: usize) {
        self.anchors
            .push(Anchor { name: name.to_owned(), span: Span::new(start, self.out.len().max(start)) });
    }

    /// The mark written from offset `from` on leads to `target`.
    pub(crate) fn refer(&mut self, from: usize, target: String, certain: bool) {
        let here = self.out.len();
        let mark = match self.skips.last() {
            Some(last) if last.end > from => Span::new(last.start.max(from), last.end),
            _ => Span::new(here, here),
        };
        self.refs.push(NoteRef { mark, target, certain });
    }

    /// From here on the source counts so.
    pub(crate) fn milestone(&mut self, unit: LocusUnit, name: impl Into<String>) {
        let name = name.into();
        if name.is_empty() {
            return;
        }
        // Before a block is begun two line feeds will come.
        let at = if self.is_at_start() && self.out.len() > 0 { self.out.len() + 2 } else { self.out.len() };
        self.milestones.push(Milestone { at, unit, name });
    }

    /// A page number was read to its end.
    pub(crate) fn end_page(&mut self) {
        let name = page_name(&self.page);
        self.page.clear();
        self.milestone(LocusUnit::Page, name);
    }

    /// Writes a piece of the source; `resolve` says that character references stand for characters.
    pub(crate) fn text(&mut self, span: Span, resolve: bool, context: &Context) {
        if context.hidden {
            return;
        }
        let source = self.out.source();
        let mut at = span.start;
        while at < span.end {
            let rest = &source[at..span.end];
            let Some(c) = rest.chars().next() else { break };
            // Letters and digits are copied together.
            if c.is_ascii_alphanumeric() && !context.page_mark {
                let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
                self.word(&rest[..run], Span::new(at, at + run), context);
                at += run;
                continue;
            }
            let found = (resolve && c == '&').then(|| reference(rest)).flatten();
            let (chars, len) = match found {
                Some(found) => (found.chars, found.len),
                None => ([Some(c), None], c.len_utf8()),
            };
            let place = Span::new(at, at + len);
            for c in chars.into_iter().flatten() {
                self.character(c, place, context);
            }
            at += len;
        }
    }

    /// Writes characters that stand at `place` in another form.
    pub(crate) fn insert(&mut self, piece: &str, place: Span, context: &Context) {
        if !context.hidden {
            piece.chars().for_each(|c| self.character(c, place, context));
        }
    }

    fn word(&mut self, word: &str, place: Span, context: &Context) {
        self.visible(word.len(), place.start, context);
        if !context.link && !context.mark && self.block.unlinked.len() < 60 {
            self.block.unlinked.push_str(word);
        }
        self.out.push_str(word, place);
        self.wrote(word.len(), context);
    }

    fn character(&mut self, c: char, place: Span, context: &Context) {
        if context.page_mark {
            if self.page.len() < 40 {
                self.page.push(c);
            }
            return;
        }
        if !context.preformatted && matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            if self.glued {
                return;
            }
            let line_end = matches!(c, '\n' | '\r');
            self.space = Some(match self.space {
                Some((span, ended)) => (span.to(place), ended || line_end),
                None => (place, line_end),
            });
            return;
        }
        self.visible(usize::from(!c.is_whitespace()), place.start, context);
        if !context.link && !context.mark && self.block.unlinked.len() < 60 {
            self.block.unlinked.push(if c.is_alphanumeric() { c } else { ' ' });
        }
        self.out.push(c, place);
        self.wrote(c.len_utf8(), context);
    }

    /// Before characters are written: the block begins, white space is written.
    fn visible(&mut self, count: usize, at: usize, context: &Context) {
        if self.is_at_start() && self.block.start == self.out.len() {
            self.begin(at);
        }
        self.glued = false;
        if let Some((span, line_end)) = self.space.take()
            && self.out.len() > self.block.start
            && !self.out.text.ends_with('\n')
        {
            if line_end {
                self.block.wraps.push(self.out.len());
            }
            self.out.push(if line_end { '\n' } else { ' ' }, span);
            self.block.unlinked.push(' ');
        }
        if count == 0 {
            return;
        }
        if self.block.all == 0 && !context.mark {
            self.block.context = *context;
        }
        if context.mark {
            self.block.marks += count;
            return;
        }
        self.block.all += count;
        self.block.bold += if context.bold { count } else { 0 };
        self.block.linked += if context.link { count } else { 0 };
    }

    /// After `len` bytes were written.
    fn wrote(&mut self, len: usize, context: &Context) {
        let end = self.out.len();
        if context.mark {
            match self.skips.last_mut() {
                Some(last) if last.end == end - len => last.end = end,
                _ => self.skips.push(Span::new(end - len, end)),
            }
        }
        if context.label && self.block.label.max(self.block.start) + 4 >= end - len {
            self.block.label = end;
        }
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

    /// The format asks for a new line at `place`.
    pub(crate) fn line_break(&mut self, place: Span, context: &Context) {
        self.space = None;
        if context.hidden || context.page_mark || self.is_at_start() {
            return;
        }
        if self.out.text[self.block.line..].trim().is_empty() {
            // An empty line ends the paragraph.
            if !self.told {
                self.flush();
            }
            return;
        }
        self.block.breaks.push(self.out.len());
        self.out.push('\n', place);
        self.block.line = self.out.len();
    }

    /// The printer's line ends here: a line end like those of hard-wrapped text.
    pub(crate) fn wrap(&mut self, place: Span) {
        if !self.is_at_start() {
            self.space = Some((place, true));
        }
    }

    /// The printer's line ends inside a word: a hyphen before is one of the print, white space is none.
    pub(crate) fn join(&mut self, place: Span) {
        self.space = None;
        if self.out.text.ends_with(['-', '\u{2010}', '\u{ad}', '¬']) {
            self.space = Some((place, true));
        }
        self.glued = true;
    }

    /// Ends the block at hand.
    pub(crate) fn flush(&mut self) {
        self.space = None;
        let mut block = std::mem::take(&mut self.block);
        let span = Span::new(block.start.min(self.out.len()), self.out.len()).trimmed(&self.out.text);
        self.block.start = self.out.len();
        self.block.line = self.out.len();
        if block.all == 0 && block.marks > 0 && !span.is_empty() {
            // Nothing but a way back.
            self.skips.retain(|skip| skip.start < span.start);
            self.drafts.push(Draft::shaped(span, Shape::Furniture));
            return;
        }
        if block.all == 0 {
            self.block.anchored = block.anchored;
            return;
        }
        let context = block.context;
        if context.label && block.label >= span.end {
            self.release_label();
            self.label = Some(span);
            return;
        }
        let is_text = !context.preformatted;
        if is_text && (!block.breaks.is_empty() || context.verse) {
            self.unwrap_lines(&block);
        }
        block.unlinked = block.unlinked.trim().to_lowercase();
        let shape = self.shape(&block, span);
        let speaks = matches!(shape, Shape::Open | Shape::Prose | Shape::Verse | Shape::Quotation);
        let label = if block.label > span.start && speaks {
            Some(Span::new(span.start, block.label.min(span.end)))
        } else if speaks {
            self.label.take()
        } else {
            self.release_label();
            None
        };
        let draft = Draft {
            span: Span::new(label.map_or(span.start, |label| label.start.min(span.start)), span.end),
            shape,
            strong: block.bold == block.all,
            linked: block.linked > 0 && is_navigation(&block.unlinked),
            centred: context.centred,
            titled: context.titled,
            info: context.info,
            ruled: std::mem::take(&mut self.ruled),
            label,
            ..Draft::default()
        };
        if !is_text && !self.told {
            self.preformatted(draft);
        } else if block.breaks.is_empty() || draft.shape != Shape::Open || self.told {
            self.drafts.push(draft);
        } else {
            self.lines(draft);
        }
    }

    /// A name behind which nobody speaks is a paragraph.
    fn release_label(&mut self) {
        if let Some(label) = self.label.take() {
            let at = self.drafts.partition_point(|draft| draft.span.start < label.start);
            self.drafts.insert(at, Draft { label: Some(label), ..Draft::shaped(label, Shape::Prose) });
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
        let context = block.context;
        let own = &self.out.text[span.range()];
        let first = own.chars().next().unwrap_or(' ');
        let numbered = first.is_ascii_digit() || "[(*†‡^↩".contains(first);
        if context.furniture || (context.navigation && block.linked > 0) {
            Shape::Furniture
        } else if context.note || (block.anchored && numbered) {
            Shape::Note
        } else if let Some(role) = context.front {
            Shape::Front(Some(role))
        } else if context.heading > 0 {
            Shape::Heading(context.heading)
        } else if context.stage {
            Shape::Stage
        } else if context.verse
            || (context.quoted && !block.breaks.is_empty() && !self.told && self.is_verse(span))
        {
            Shape::Verse
        } else if context.quoted {
            Shape::Quotation
        } else if context.listed {
            Shape::ListItem
        } else if context.cell
            && self.label.is_none()
            && block.label <= span.start
            && !context.titled
            && block.linked < block.all
            && self.is_cell(span)
        {
            Shape::ListItem
        } else if context.prose {
            Shape::Prose
        } else {
            Shape::Open
        }
    }

    fn is_cell(&self, span: Span) -> bool {
        self.told || shape::is_within(&self.out.text[span.range()], WIDEST_CELL)
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
            && !shape::is_signature(&lines)
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
            let signed = shape::is_signature(&own.split('\n').collect::<Vec<_>>());
            let shape = match self.is_verse(draft.span) {
                true => Shape::Verse,
                false if signed => Shape::Prose,
                false => Shape::Open,
            };
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

    /// Ends the block at hand and makes it one segment, whatever is in it.
    pub(crate) fn flush_whole(&mut self) {
        let before = self.drafts.len();
        self.flush();
        for draft in self.drafts.get_mut(before..).unwrap_or_default() {
            draft.cut = Cut::Whole;
        }
    }

    /// Writes what stands in a quoted cell, where two quotation marks are one.
    pub(crate) fn text_with_pairs(&mut self, span: Span, paired: bool, context: &Context) {
        let source = self.out.source();
        let own = &source[span.range()];
        let mut from = 0;
        for (at, _) in own.match_indices("\"\"").filter(|_| paired) {
            self.text(Span::new(span.start + from, span.start + at + 1), false, context);
            from = at + 2;
        }
        self.text(Span::new(span.start + from.min(own.len()), span.end), false, context);
    }

    /// Writes a string in which a backslash escapes (JSON, gettext).
    pub(crate) fn escaped(&mut self, span: Span, context: &Context) {
        let source = self.out.source();
        let own = &source[span.range()];
        let mut at = 0;
        while let Some(found) = own[at..].find('\\') {
            self.text(Span::new(span.start + at, span.start + at + found), false, context);
            at += found;
            let (shown, len) = escape(&own[at..]);
            if let Some(c) = shown {
                let place = Span::new(span.start + at, span.start + at + len);
                self.insert(c.encode_utf8(&mut [0; 4]), place, context);
            }
            at += len;
        }
        self.text(Span::new(span.start + at, span.end), false, context);
    }
}

/// Whether what stands between the links of a block only names where they lead: `Next:`, `|`.
fn is_navigation(unlinked: &str) -> bool {
    unlinked.split_whitespace().all(|word| words::NAVIGATION.contains(&word)) && unlinked.len() < 40
}

/// The number of a page without its dress: `12` of `[Pg 12]`, `xiv` of `p. xiv`.
pub(crate) fn page_name(shown: &str) -> String {
    let is_number = |word: &&str| {
        word.bytes().any(|b| b.is_ascii_digit())
            || !word.is_empty() && word.bytes().all(|b| b"ivxlcIVXLC".contains(&b))
    };
    let mut parts = shown.split(|c: char| !c.is_alphanumeric() && c != '-');
    parts.find(is_number).map(|word| word.trim_matches('-').to_owned()).unwrap_or_default()
}

/// The character that an escape stands for, and its length.
fn escape(text: &str) -> (Option<char>, usize) {
    let unit = |at: usize| text.get(at..at + 4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let Some(c) = text.chars().nth(1) else { return (Some('\\'), text.len()) };
    match c {
        'n' => (Some('\n'), 2),
        't' => (Some('\t'), 2),
        'r' | 'b' | 'f' => (Some(' '), 2),
        'u' => match (unit(2), text.get(6..8), unit(8)) {
            (Some(high @ 0xD800..0xDC00), Some("\\u"), Some(low @ 0xDC00..0xE000)) => {
                (char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), 12)
            }
            (Some(code), _, _) => (Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)), 6),
            (None, _, _) => (Some('u'), 2),
        },
        c => (Some(c), 1 + c.len_utf8()),
    }
}
