//! The text as one reads it: soft line wraps undone, with the way back to the bytes.

use super::{LineBreak, LineBreakKind, Part, Script, Span};

/// A piece of a part's text as it is read, and the way back.
///
/// White space of any length and kind becomes one space (none between characters of scripts
/// written without spaces), soft hyphens (U+00AD) disappear, words broken at a line end are
/// joined, page furniture in the middle of a paragraph, marks of notes and signs of emphasis are left
/// out. Nothing else changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MappedText {
    /// The text as it is read.
    pub text: String,
    /// (offset in `text`, offset in the part's text) wherever the distance between them changes;
    /// both ascending, the first is (0, start).
    jumps: Vec<(usize, usize)>,
    end: usize,
}

impl MappedText {
    /// The bytes of the part's text from which `span` of the reading was made. Dropped characters
    /// (line ends, soft hyphens) inside it are included, those at its ends are not.
    pub fn to_part(&self, span: Span) -> Span {
        let start = self.offset_to_part(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        // The end is where the last character ends, not where the next one begins.
        let last = self.text[..span.end].char_indices().next_back().map_or(0, |(i, _)| i).max(span.start);
        Span::new(start, (self.offset_to_part(last) + (span.end - last)).min(self.end.max(start)))
    }

    fn offset_to_part(&self, offset: usize) -> usize {
        let index = self.jumps.partition_point(|&(reading, _)| reading <= offset);
        match index.checked_sub(1).and_then(|i| self.jumps.get(i)) {
            Some(&(reading, part)) => (part + (offset - reading)).min(self.end),
            None => self.end,
        }
    }

    /// Where in the reading the byte `offset` of the part's text stands; what was dropped stands where
    /// the text goes on behind it.
    pub fn offset_of(&self, offset: usize) -> usize {
        let index = self.jumps.partition_point(|&(_, part)| part <= offset);
        let next = self.jumps.get(index).map_or(self.text.len(), |&(reading, _)| reading);
        match index.checked_sub(1).and_then(|i| self.jumps.get(i)) {
            Some(&(reading, part)) => (reading + (offset - part)).min(next),
            None => 0,
        }
    }

    fn push(&mut self, piece: &str, part_offset: usize) {
        let here = self.text.len();
        let expected = self.jumps.last().map(|&(reading, part)| part + (here - reading));
        if expected != Some(part_offset) {
            self.jumps.push((here, part_offset));
        }
        self.text.push_str(piece);
    }
}

impl Part {
    /// The text of `span` as it is read. See [`MappedText`] for what that means.
    pub fn reading(&self, span: Span) -> String {
        self.mapped_reading(span).text
    }

    /// The text of `span` as it is read, with the way back to the part's text.
    pub fn mapped_reading(&self, span: Span) -> MappedText {
        let mut out = MappedText { end: span.end, ..MappedText::default() };
        let mut breaks = self.breaks_in(span).peekable();
        let mut at = span.start;
        while at < span.end {
            if let Some(line_break) = breaks.next_if(|b| b.span.start == at) {
                let after = line_break.span.end;
                match line_break.kind {
                    LineBreakKind::Broken | LineBreakKind::Mark => {}
                    LineBreakKind::Hyphenated => {
                        let hyphen = self.char_at(at);
                        out.push(&self.text[at..at + hyphen.len_utf8()], at);
                    }
                    LineBreakKind::Page => {
                        let wide = |c: Option<char>| c.is_some_and(Script::is_wide_context);
                        if !(wide(out.text.chars().next_back()) && wide(self.text[after..].chars().next())) {
                            out.push(" ", at);
                        }
                    }
                }
                at = after;
                continue;
            }
            let c = self.char_at(at);
            let next = at + c.len_utf8();
            if c == '\u{ad}' {
                at = next;
            } else if c.is_whitespace() {
                let rest = &self.text[at..span.end];
                let run = rest.len() - rest.trim_start().len();
                let after = rest[run..].chars().next();
                let between_unspaced = rest[..run].contains(['\n', '\r'])
                    && out.text.chars().next_back().is_some_and(Script::is_wide_context)
                    && after.is_some_and(Script::is_wide_context);
                let spaced = out.text.ends_with(' ');
                if !between_unspaced && !out.text.is_empty() && after.is_some() && !spaced {
                    out.push(" ", at);
                }
                at += run;
            } else {
                out.push(&self.text[at..next], at);
                at = next;
            }
        }
        // Before a mark at the end the space is the last one.
        out.text.truncate(out.text.trim_end_matches(' ').len());
        out.jumps.retain(|&(reading, _)| reading < out.text.len());
        if out.jumps.is_empty() {
            out.jumps.push((0, span.start));
        }
        out
    }

    /// The line and page breaks that lie inside `span`.
    pub fn breaks_in(&self, span: Span) -> impl Iterator<Item = &LineBreak> {
        let first = self.breaks.partition_point(|b| b.span.start < span.start);
        self.breaks[first..].iter().take_while(move |b| b.span.end <= span.end)
    }

    fn char_at(&self, offset: usize) -> char {
        self.text[offset..].chars().next().unwrap_or('\u{fffd}')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> Part {
        Part { text: text.to_owned(), ..Part::default() }
    }

    #[test]
    fn white_space_collapses_and_maps_back() {
        let p = part("  one\r\n  two\u{a0}three ");
        let read = p.mapped_reading(Span::new(0, p.text.len()));
        assert_eq!(read.text, "one two three");
        let two = read.text.find("two").unwrap();
        assert_eq!(&p.text[read.to_part(Span::new(two, two + 3)).range()], "two");
        assert_eq!(&p.text[read.to_part(Span::new(0, 7)).range()], "one\r\n  two");
    }

    #[test]
    fn broken_words_join_and_hyphenated_ones_keep_their_hyphen() {
        let mut p = part("com-\npletely world-\n  wide");
        let broken = Span::new(3, 5);
        let kept_at = p.text.rfind('-').unwrap();
        let kept = Span::new(kept_at, kept_at + 4);
        p.breaks = vec![
            LineBreak { span: broken, kind: LineBreakKind::Broken },
            LineBreak { span: kept, kind: LineBreakKind::Hyphenated },
        ];
        let read = p.mapped_reading(Span::new(0, p.text.len()));
        assert_eq!(read.text, "completely world-wide");
        assert_eq!(&p.text[read.to_part(Span::new(0, 10)).range()], "com-\npletely");
    }

    #[test]
    fn page_furniture_is_stepped_over_and_its_place_is_known() {
        let mut p = part("it would be\n\n- 12 -\n\nrather");
        let page = Span::new(11, p.text.find("rather").unwrap());
        p.breaks = vec![LineBreak { span: page, kind: LineBreakKind::Page }];
        let read = p.mapped_reading(Span::new(0, p.text.len()));
        assert_eq!(read.text, "it would be rather");
        assert_eq!(read.offset_of(page.end), read.text.find("rather").unwrap());
        assert_eq!((read.offset_of(0), read.offset_of(5), read.offset_of(p.text.len())), (0, 5, 18));
        assert_eq!(p.breaks[0].furniture(&p.text), Some("- 12 -"));
    }

    #[test]
    fn marks_are_stepped_over() {
        let mut p = part("in 18482 and _so_. 3");
        let mark = |start, end| LineBreak { span: Span::new(start, end), kind: LineBreakKind::Mark };
        p.breaks = vec![mark(7, 8), mark(13, 14), mark(16, 17), mark(19, 20)];
        let read = p.mapped_reading(Span::new(0, p.text.len()));
        assert_eq!(read.text, "in 1848 and so.");
        assert_eq!(&p.text[read.to_part(Span::new(12, 15)).range()], "so_.");
        assert_eq!(p.breaks[0].furniture(&p.text), None);
    }

    #[test]
    fn soft_hyphens_vanish_and_wrapped_chinese_joins() {
        assert_eq!(part("Staats\u{ad}bürger").reading(Span::new(0, 15)), "Staatsbürger");
        let zh = part("战争\n不可避免。\nA b");
        assert_eq!(zh.reading(Span::new(0, zh.text.len())), "战争不可避免。 A b");
    }
}
