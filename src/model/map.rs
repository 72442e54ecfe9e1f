//! From offsets in the text we work on back to bytes in the file it came from.

use serde::{Deserialize, Serialize};

use super::Span;

/// A piecewise map from text offsets to source offsets, both in bytes.
///
/// A run of characters that stand in the source as they stand in the text costs one entry,
/// however long; an entity (`&amp;`), a Latin-1 letter or a dropped tag begins a new one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OffsetMap {
    runs: Vec<Run>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    text: usize,
    source: usize,
    text_len: usize,
    source_len: usize,
}

impl Run {
    /// Whether the run maps byte for byte.
    fn is_verbatim(self) -> bool {
        self.text_len == self.source_len
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
    /// the text; equal lengths mean that the bytes stand there verbatim. A `text_len` of 0 is ignored.
    pub fn push(&mut self, text_len: usize, source: Span) {
        if text_len == 0 {
            return;
        }
        let text = self.text_len();
        if let Some(last) = self.runs.last_mut()
            && last.is_verbatim()
            && text_len == source.len()
            && last.source + last.source_len == source.start
        {
            last.text_len += text_len;
            last.source_len += text_len;
            return;
        }
        self.runs.push(Run { text, source: source.start, text_len, source_len: source.len() });
    }

    /// Length in bytes of the text mapped so far.
    pub fn text_len(&self) -> usize {
        self.runs.last().map_or(0, |run| run.text + run.text_len)
    }

    /// The bytes of the source from which `span` of the text was made. Within a run that is not
    /// verbatim the whole run's source is returned.
    pub fn source_of(&self, span: Span) -> Span {
        let start = self.start_of(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.end_of(span.end))
    }

    fn start_of(&self, offset: usize) -> usize {
        let index = self.runs.partition_point(|run| run.text + run.text_len <= offset);
        match self.runs.get(index) {
            Some(run) if run.is_verbatim() => run.source + offset.saturating_sub(run.text),
            Some(run) => run.source,
            None => self.runs.last().map_or(0, |run| run.source + run.source_len),
        }
    }

    fn end_of(&self, offset: usize) -> usize {
        let index = self.runs.partition_point(|run| run.text + run.text_len < offset);
        match self.runs.get(index) {
            Some(run) if run.is_verbatim() => run.source + offset.saturating_sub(run.text),
            Some(run) => run.source + run.source_len,
            None => self.runs.last().map_or(0, |run| run.source + run.source_len),
        }
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
}
