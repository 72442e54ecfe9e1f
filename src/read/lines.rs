//! Files that have one sentence a line already: the lines are the segments.

use std::path::Path;

use super::{Options, source};
use crate::model::{Block, Document, Part, Segment, Segmented, Span, Witness};
use crate::{Error, ErrorKind, Outcome, Result};

/// Reads a file of one sentence a line: each line that is not blank is exactly one segment, a
/// blank line ends a paragraph, and [`Segmented::lines`] holds the 0-based line of each segment,
/// blank lines counted.
///
/// Only LF ends a line, a CR before it is dropped; U+2028, U+0085 and their like are characters as
/// others. Labels, headings and furniture are not looked for: the file is taken at its word.
///
/// # Errors
/// As [`read_bytes`](super::read_bytes).
pub fn read_lines(
    bytes: &[u8],
    path: Option<&Path>,
    witness: Witness,
    options: &Options,
) -> Result<Outcome<Segmented>> {
    let mut warnings = Vec::new();
    let in_file = |error: Error| match path {
        Some(path) => error.in_file(path),
        None => error,
    };
    if bytes.len() as u64 > options.max_bytes {
        return Err(in_file(super::too_large(bytes.len() as u64, options.max_bytes)));
    }
    let decoded = source::decode_text(bytes, options, None, &mut warnings).map_err(in_file)?;
    let mut part = Part {
        name: options.name.clone(),
        date: options.date.clone(),
        source: source::describe(bytes, path, "lines", decoded.encoding),
        text: decoded.text,
        map: decoded.map,
        ..Part::default()
    };
    let mut segments: Vec<Segment> = Vec::new();
    let mut lines = Vec::new();
    let mut open = false;
    let mut start = 0;
    for (number, line) in part.text.split_inclusive('\n').enumerate() {
        let span = Span::new(start, start + line.len()).trimmed(&part.text);
        start += line.len();
        if span.is_empty() {
            open = false;
            continue;
        }
        match part.blocks.last_mut() {
            Some(block) if open => block.span.end = span.end,
            _ => part.blocks.push(Block { span, ..Block::default() }),
        }
        let block = part.blocks.len() - 1;
        let index = match segments.last() {
            Some(last) if open => last.index + 1,
            _ => 0,
        };
        open = true;
        segments.push(Segment { part: 0, block, index, span });
        lines.push(number);
    }
    if segments.is_empty() {
        let hint = "check that the right file was saved; every line of it is blank";
        return Err(in_file(Error::new(ErrorKind::Empty, "the file holds no text").hint(hint)));
    }
    source::name_file(&mut warnings, path);
    let document = Document { witness, parts: vec![part] };
    Ok(Outcome { value: Segmented { document, segments, lines }, warnings })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Lang;

    fn read(text: &str) -> Segmented {
        let witness = Witness::new("X", Lang::und());
        read_lines(text.as_bytes(), None, witness, &Options::default()).unwrap().value
    }

    #[test]
    fn each_line_is_a_segment_and_blank_lines_count() {
        let read =
            read("One.\r\nTwo. Three.\r\n \t\r\n\u{2028}Four\u{2028}still four\u{b}.\n\n\nQUESTION: Five");
        assert_eq!(read.lines, [0, 1, 3, 6]);
        let texts: Vec<&str> = (0..read.len()).map(|segment| read.raw(segment)).collect();
        assert_eq!(texts, ["One.", "Two. Three.", "Four\u{2028}still four\u{b}.", "QUESTION: Five"]);
        let loci: Vec<(usize, usize)> = read.segments.iter().map(|s| (s.block, s.index)).collect();
        assert_eq!(loci, [(0, 0), (0, 1), (1, 0), (2, 0)]);
        assert_eq!(read.label(3), None);
    }

    #[test]
    fn a_file_of_blank_lines_is_empty() {
        let witness = Witness::new("X", Lang::und());
        let path = Some(Path::new("a.txt"));
        let error = read_lines(b" \n\r\n\n", path, witness, &Options::default()).unwrap_err();
        assert_eq!((error.kind(), error.path()), (ErrorKind::Empty, path));
    }

    proptest! {
        #[test]
        fn lines_are_those_of_the_file(text in "x[a \n\r\u{2028}é。-]{1,60}") {
            let read = read(&text);
            let expected: Vec<(usize, &str)> = text
                .split('\n')
                .enumerate()
                .map(|(number, line)| (number, line.trim()))
                .filter(|(_, line)| !line.is_empty())
                .collect();
            let got: Vec<(usize, &str)> =
                read.lines.iter().copied().zip((0..read.len()).map(|segment| read.raw(segment))).collect();
            prop_assert_eq!(got, expected);
        }
    }
}
