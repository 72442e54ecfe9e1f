//! Plain text to paragraph-level stretches: by blank lines, by indentation, and where neither is
//! there by the way lines are ended.
//!
//! Works on a stretch of a larger text too, so that `<pre>` in a page is read by the same rules.

use std::ops::Range;

use super::draft::{Draft, Shape};
use super::layout::{self, Line, WIDEST_VERSE, Wrap};
use super::{furniture, shape, speech, words};
use crate::model::Span;

/// A line of its own that may be a title is not wider than this.
const WIDEST_LINE: usize = 90;

/// The drafts of `span` in `text`, in order; all that they leave out is white space.
pub(crate) fn drafts(text: &str, span: Span) -> Vec<Draft> {
    drafts_without(text, span, &|_| false)
}

/// As [`drafts`]; lines for which `dropped` holds are furniture.
pub(crate) fn drafts_without(text: &str, span: Span, dropped: &dyn Fn(&str) -> bool) -> Vec<Draft> {
    let lines = layout::lines(text, span);
    let printed = runs(&lines);
    let mut furniture = furniture::mark_lines(text, &lines, &printed);
    for (mark, line) in furniture.iter_mut().zip(&lines) {
        *mark |= !line.is_blank() && dropped(line.of(text));
    }
    let of_text = split_at_furniture(&printed, &furniture);
    let wrap = Wrap::of(text, &lines, &of_text);
    let mut splitter =
        Splitter { text, lines: &lines, wrap, drafts: Vec::new(), prose_seen: false, set_off: false };
    let usual = splitter.wrap;
    let numbers = layout::verse_numbers(text, &lines);
    let numbered = |run: &Range<usize>| {
        let (first, last) = (numbers.first().map_or(usize::MAX, |n| n.0), numbers.last().map_or(0, |n| n.0));
        let inside = run.end + 12 > first && run.start <= last + 12;
        inside && run.len() > 1 && lines[run.clone()].iter().all(|line| line.width <= WIDEST_VERSE + 10)
    };
    for run in printed {
        let first = splitter.drafts.len();
        let mut at = run.start;
        while at < run.end {
            let is_furniture = furniture[at];
            let end = (at..run.end).find(|&line| furniture[line] != is_furniture).unwrap_or(run.end);
            if is_furniture {
                splitter.push(at..end, Shape::Furniture, false);
            } else if numbered(&(at..end)) {
                splitter.push(at..end, Shape::Verse, false);
            } else {
                let several = usual.width.is_none();
                let columns = if several {
                    layout::columns(text, &lines[at..end])
                } else {
                    std::iter::once(0..end - at).collect()
                };
                let one = columns.len() == 1 && at == run.start && end == run.end;
                for column in columns {
                    let column = at + column.start..at + column.end;
                    splitter.wrap = usual.near(text, &lines, &column);
                    splitter.run(column, one);
                }
                splitter.wrap = usual;
            }
            at = end;
        }
        let blank = lines[..run.start].iter().rev().take_while(|line| line.is_blank()).count();
        if let Some(draft) = splitter.drafts.get_mut(first) {
            draft.gap = blank;
        }
    }
    splitter.drafts
}

/// Ranges of consecutive lines that are not blank.
pub(crate) fn runs(lines: &[Line]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() {
            continue;
        }
        match out.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => out.push(at..at + 1),
        }
    }
    out
}

fn split_at_furniture(runs: &[Range<usize>], furniture: &[bool]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for run in runs {
        let mut open = false;
        for line in run.clone() {
            match out.last_mut() {
                _ if furniture[line] => open = false,
                Some(last) if open => last.end = line + 1,
                _ => {
                    out.push(line..line + 1);
                    open = true;
                }
            }
        }
    }
    out
}

struct Splitter<'t> {
    text: &'t str,
    lines: &'t [Line],
    wrap: Wrap,
    drafts: Vec<Draft>,
    /// Whether running prose has come already: before it stand titles.
    prose_seen: bool,
    /// Whether all lines of the run at hand are indented more than prose usually is.
    set_off: bool,
}

impl Splitter<'_> {
    fn push(&mut self, lines: Range<usize>, shape: Shape, alone: bool) {
        let (Some(first), Some(last)) = (self.lines.get(lines.start), self.lines.get(lines.end - 1)) else {
            return;
        };
        let span = first.span.to(last.span);
        let text = &self.text[span.range()];
        let shape = match shape {
            Shape::Open if shape::is_ornament(text) => Shape::Furniture,
            shape => shape,
        };
        let width = first.width;
        let centred = lines.len() == 1
            && alone
            && first.indent > self.wrap.indent + 8
            && self.wrap.width.is_some_and(|w| (first.indent + width / 2).abs_diff(w / 2) <= w / 8);
        self.prose_seen |= shape == Shape::Open && !alone && (lines.len() > 2 || width > 100);
        self.drafts.push(Draft { alone, centred, ..Draft::shaped(span, shape) });
    }

    /// One run of lines without furniture; `whole` says that blank lines stand on both sides.
    fn run(&mut self, run: Range<usize>, whole: bool) {
        let deep = self.wrap.indent + 2;
        self.set_off =
            self.wrap.width.is_some() && self.lines[run.clone()].iter().all(|line| line.indent >= deep);
        let mut at = run.start;
        // Up to here the lines are known to be paragraphs: each stretch is judged once.
        let mut prose_until = run.start;
        while at < run.end {
            let end = if at < prose_until {
                at + usize::from(self.ends_early(at))
            } else {
                self.stretch_end(at, &run)
            };
            let judged = at < prose_until;
            let lone = whole && at == run.start && end == run.end;
            if end > at && !judged && self.are_lines(at..end, lone) {
                self.lines_of(at..end, lone);
                at = end;
            } else if end > at && self.is_title(at) {
                self.push(at..at + 1, Shape::Open, true);
                at += 1;
            } else {
                let verse = at..self.next_title(at..end);
                if !judged && self.is_verse(verse.clone(), false) {
                    at = verse.end;
                    self.push(verse, Shape::Verse, false);
                } else {
                    prose_until = prose_until.max(verse.end);
                    at = self.paragraph(at, &run);
                }
            }
        }
    }

    /// Whether short lines are units: where no prose is wrapped, or where they fill a run of their own;
    /// not where they go on in small letters like wrapped prose, unless the text is long enough to
    /// show that it has none.
    fn are_lines(&self, stretch: Range<usize>, lone: bool) -> bool {
        match self.wrap.width {
            Some(_) => lone && !self.goes_on(stretch),
            None => !self.wrap.few || !self.goes_on(stretch),
        }
    }

    /// Titles in capitals stand among verses and paragraphs in print.
    fn is_title(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| shape::is_capitals(line.of(self.text)))
    }

    /// The first title in a stretch, or its end.
    fn next_title(&self, stretch: Range<usize>) -> usize {
        stretch.clone().find(|&line| self.is_title(line)).unwrap_or(stretch.end)
    }

    /// The end of the longest stretch of lines from `at` on of which each ends early. The last
    /// one of a run counts if it is short too.
    fn stretch_end(&self, at: usize, run: &Range<usize>) -> usize {
        let mut end = at;
        while end + 1 < run.end && self.ends_early(end) {
            end += 1;
        }
        let short = |line: &Line| match self.wrap.width {
            Some(width) => line.reach() * 8 < width * 7,
            None => line.width <= WIDEST_VERSE,
        };
        if end < run.end && short(&self.lines[end]) && (end + 1 == run.end || self.ends_early(end)) {
            end += 1;
        }
        end
    }

    fn ends_early(&self, line: usize) -> bool {
        match (self.lines.get(line), self.lines.get(line + 1)) {
            (Some(line), Some(_)) if self.wrap.width.is_none() => line.width <= WIDEST_VERSE,
            (Some(line), Some(next)) => self.wrap.ends_early(line, next),
            _ => false,
        }
    }

    /// Whether most lines that begin in the middle of a sentence begin with a small letter.
    fn goes_on(&self, stretch: Range<usize>) -> bool {
        let mut small = 0;
        let mut all = 0;
        for pair in self.lines[stretch].windows(2) {
            if let [line, next] = pair
                && !shape::ends_sentence(line.of(self.text))
                && let Some(upper) = shape::starts_upper(next.of(self.text))
            {
                all += 1;
                small += usize::from(!upper);
            }
        }
        small * 2 > all
    }

    /// Emits a stretch of short lines as verse, or line by line.
    fn lines_of(&mut self, stretch: Range<usize>, lone: bool) {
        let mut at = stretch.start;
        while at < stretch.end {
            let end = self.next_title(at..stretch.end);
            if end == at {
                self.push(at..at + 1, Shape::Open, true);
                at += 1;
                continue;
            }
            if self.is_verse(at..end, lone && end - at == stretch.len()) {
                self.push(at..end, Shape::Verse, false);
            } else {
                for line in at..end {
                    let bullet = words::is_bullet(self.lines[line].of(self.text));
                    let shape = if bullet { Shape::ListItem } else { Shape::Open };
                    let prose = shape::ends_sentence(self.lines[line].of(self.text));
                    self.push(line..line + 1, shape, !prose || end - at == 1);
                }
            }
            at = end;
        }
    }

    fn is_verse(&self, stretch: Range<usize>, lone: bool) -> bool {
        let lines = &self.lines[stretch.clone()];
        let of = |line: &Line| line.of(self.text);
        let count = |test: &dyn Fn(&str) -> bool| lines.iter().filter(|line| test(of(line))).count();
        if lines.len() < 2 || lines.iter().any(|line| line.width > WIDEST_VERSE) {
            return false;
        }
        let ended = count(&shape::ends_sentence);
        let open = count(&shape::ends_open);
        let listed = count(&|line| words::is_bullet(line) || words::is_numbered(line));
        if listed * 2 > lines.len() || count(&|line| speech::known_label(line).is_some()) > 0 {
            return false;
        }
        // Before the text stand titles, in lines without marks at their ends.
        if !self.prose_seen && ended + open == 0 && lines.len() <= 4 && self.drafts.len() < 12 {
            return false;
        }
        // In a text whose prose is wrapped, lines that go on in small letters are prose, too.
        if (self.wrap.width.is_some() || self.wrap.few) && self.goes_on(stretch) {
            return false;
        }
        if shape::is_signature(&lines.iter().map(of).collect::<Vec<_>>()) && open <= lines.len() - ended {
            return false;
        }
        let mid_sentence = lines.len() - ended;
        if lone && self.wrap.separated {
            return mid_sentence > 0 && (open > 0 || lines.len() > 2);
        }
        lines.len() >= 3 && mid_sentence * 2 >= lines.len() && open > 0
    }

    /// Emits the paragraph that begins at line `at` and returns where it ends.
    fn paragraph(&mut self, at: usize, run: &Range<usize>) -> usize {
        let mut end = at + 1;
        while end < run.end && !self.begins_paragraph(end, run) {
            end += 1;
        }
        let lines = &self.lines[at..end];
        let first = lines.first().map_or("", |line| line.of(self.text));
        let shape = if words::is_bullet(first) {
            Shape::ListItem
        } else if self.set_off && lines.len() > 1 {
            Shape::Quotation
        } else {
            Shape::Open
        };
        let alone = lines.len() == 1 && run.len() == 1 && lines.iter().all(|line| line.width <= WIDEST_LINE);
        self.push(at..end, shape, alone);
        end
    }

    /// Whether a paragraph begins at `line`, which is not the first of its run.
    fn begins_paragraph(&self, line: usize, run: &Range<usize>) -> bool {
        let (before, this) = (&self.lines[line - 1], &self.lines[line]);
        let here = this.of(self.text);
        if self.wrap.width.is_none() {
            let goes_on =
                shape::starts_upper(here) == Some(false) && !shape::ends_sentence(before.of(self.text));
            return !(self.wrap.few && goes_on);
        }
        let indented = this.indent > before.indent + 1 && this.indent <= before.indent + 10;
        if indented && shape::starts_sentence(here) {
            return true;
        }
        if this.new_page && before.new_page {
            return false;
        }
        let early = self.ends_early(line - 1);
        if early && speech::known_label(here).is_some() {
            return true;
        }
        let parted = (early || self.wrap.ends_short(before, this))
            && shape::ends_sentence(before.of(self.text))
            && shape::starts_sentence(here);
        let title = early && shape::is_capitals(here) && line + 1 < run.end && self.ends_early(line);
        // A stretch of verse inside the run begins here.
        let verse = early && !self.ends_early(line.saturating_sub(2)) && self.starts_verse(line, run);
        (parted && !self.wrap.separated) || title || verse
    }

    fn starts_verse(&self, line: usize, run: &Range<usize>) -> bool {
        let end = self.stretch_end(line, run);
        end >= line + 3 && self.is_verse(line..end, false)
    }
}
