//! From offsets in the text we work on back to bytes in the file it came from.

use serde::{Deserialize, Serialize};

use super::Span;

/// A piecewise map from text offsets to source offsets, both in bytes.
///
/// A run of characters that are as long in the source as the ones before them costs one entry,
/// however long it is: a whole UTF-8 file one, a word in KOI8-R one. An entity (`&amp;`) or a
/// dropped tag begins a new run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OffsetMap {
    runs: Vec<Run>,
}

/// Units of equal length, one behind the other in the text and in the source. A unit of one byte on
/// both sides stands for text that is in the source as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    text: usize,
    source: usize,
    units: usize,
    text_unit: u32,
    source_unit: u32,
}

impl Run {
    fn text_end(self) -> usize {
        self.text + self.units * self.text_unit as usize
    }

    fn source_end(self) -> usize {
        self.source + self.units * self.source_unit as usize
    }

    /// Where the source of a number of units ends.
    fn source_after(self, units: usize) -> usize {
        self.source + units.min(self.units) * self.source_unit as usize
    }
}

impl OffsetMap {
    /// An empty map, to be filled with [`push`](Self::push).
    pub fn new() -> Self {
        Self::default()
    }

    /// The map of a text that stands in its source byte for byte, from `source_start` on.
    pub fn verbatim(len: usize, source_start: usize) -> Self {
        let mut map = Self::new();
        map.push(len, Span::new(source_start, source_start + len));
        map
    }

    /// Appends `text_len` bytes of text that come from `source`. Runs are given in the order of
    /// the text; equal lengths mean that the bytes correspond one by one. A `text_len` of 0 is ignored.
    pub fn push(&mut self, text_len: usize, source: Span) {
        if text_len == 0 {
            return;
        }
        let (units, text_unit, source_unit) = match (u32::try_from(text_len), u32::try_from(source.len())) {
            (Ok(text), Ok(source)) if text != source => (1, text, source),
            // Lengths beyond 4 GiB occur in one piece only where the text stands in its source.
            _ => (text_len, 1, 1),
        };
        let text = self.text_len();
        if let Some(last) = self.runs.last_mut()
            && (last.text_unit, last.source_unit) == (text_unit, source_unit)
            && last.source_end() == source.start
        {
            last.units += units;
            return;
        }
        self.runs.push(Run { text, source: source.start, units, text_unit, source_unit });
    }

    /// Appends the map of a text that was appended; its source begins at `base` of this one's.
    pub fn append(&mut self, other: &Self, base: usize) {
        let by = self.text_len();
        self.runs.extend(other.runs.iter().map(|run| Run {
            text: run.text + by,
            source: run.source + base,
            ..*run
        }));
    }

    /// Length in bytes of the text mapped so far.
    pub fn text_len(&self) -> usize {
        self.runs.last().map_or(0, |run| run.text_end())
    }

    /// The bytes of the source from which `span` of the text was made. Where a character is longer or
    /// shorter in the source, it is returned whole.
    pub fn source_of(&self, span: Span) -> Span {
        let start = self.start_of(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.end_of(span.end))
    }

    fn start_of(&self, offset: usize) -> usize {
        let index = self.runs.partition_point(|run| run.text_end() <= offset);
        match self.runs.get(index) {
            Some(run) => run.source_after(offset.saturating_sub(run.text) / run.text_unit as usize),
            None => self.source_end(),
        }
    }

    fn end_of(&self, offset: usize) -> usize {
        let index = self.runs.partition_point(|run| run.text_end() < offset);
        match self.runs.get(index) {
            Some(run) => run.source_after(offset.saturating_sub(run.text).div_ceil(run.text_unit as usize)),
            None => self.source_end(),
        }
    }

    fn source_end(&self) -> usize {
        self.runs.last().map_or(0, |run| run.source_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a&amp;b` in the source is `a&b` in the text, after three bytes of BOM.
    fn entity() -> OffsetMap {
        let mut map = OffsetMap::new();
        map.push(1, Span::new(3, 4));
        map.push(1, Span::new(4, 9));
        map.push(1, Span::new(9, 10));
        map
    }

    #[test]
    fn entities_map_to_their_whole_source() {
        let map = entity();
        assert_eq!(map.text_len(), 3);
        assert_eq!(map.source_of(Span::new(0, 3)), Span::new(3, 10));
        assert_eq!(map.source_of(Span::new(1, 2)), Span::new(4, 9));
        assert_eq!(map.source_of(Span::new(2, 3)), Span::new(9, 10));
    }

    #[test]
    fn verbatim_runs_merge() {
        let mut map = OffsetMap::verbatim(4, 10);
        map.push(2, Span::new(14, 16));
        assert_eq!(map, OffsetMap::verbatim(6, 10));
        assert_eq!(map.source_of(Span::new(2, 5)), Span::new(12, 15));
    }

    #[test]
    fn letters_of_equal_length_share_a_run() {
        // `мир` in KOI8-R: one byte a letter, two in UTF-8.
        let mut map = OffsetMap::new();
        for at in 0..3 {
            map.push(2, Span::new(5 + at, 6 + at));
        }
        assert_eq!((map.runs.len(), map.text_len()), (1, 6));
        assert_eq!(map.source_of(Span::new(2, 4)), Span::new(6, 7));
        assert_eq!(map.source_of(Span::new(0, 6)), Span::new(5, 8));
        assert_eq!(map.source_of(Span::new(3, 3)), Span::new(6, 6));
    }
}
