//! What holds for every input: reading never panics, loses nothing visible, and every block leads
//! back to the bytes of the file.

use hexapla::model::{Document, Lang, Part, Span, Witness};
use hexapla::read::{self, Format, Options};
use proptest::prelude::*;

fn options(format: Format) -> Options {
    Options { format: Some(format), ..Options::default() }
}

fn read_as(bytes: &[u8], format: Format) -> Option<Part> {
    read::read_bytes(bytes, None, &options(format)).ok().map(|outcome| outcome.value)
}

fn finish(part: Part) -> Document {
    read::document(Witness::new("X", Lang::und()), vec![part]).value
}

/// The invariants of a part, whatever it was read from.
fn check(part: &Part, bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = &part.text;
    prop_assert_eq!(part.map.text_len(), text.len());
    prop_assert_eq!(part.source.bytes, bytes.len());
    let mut end = 0;
    for block in &part.blocks {
        let span = block.span;
        prop_assert!(span.start >= end, "blocks overlap or stand out of order");
        prop_assert!(text[end..span.start].trim().is_empty(), "text outside of blocks");
        prop_assert!(!span.is_empty() && span == span.trimmed(text));
        if let Some(label) = block.label {
            prop_assert!(label.start == span.start && label.end <= span.end && !label.is_empty());
            prop_assert!(text.get(label.range()).is_some());
            prop_assert!(block.speaker.is_some());
        }
        prop_assert_eq!(block.level > 0, block.kind == hexapla::model::BlockKind::Heading);
        prop_assert_eq!(block.role.is_some() && block.kind != hexapla::model::BlockKind::FrontMatter, false);
        let source = part.map.source_of(span);
        prop_assert!(source.end <= bytes.len() && !source.is_empty());
        let read = part.reading(span);
        prop_assert!(!read.contains('\n'));
        end = span.end;
    }
    prop_assert!(text[end..].trim().is_empty(), "text after the last block");
    let mut last = 0;
    for line_break in &part.breaks {
        prop_assert!(line_break.span.start >= last && text.get(line_break.span.range()).is_some());
        last = line_break.span.end;
    }
    Ok(())
}

fn check_all(bytes: &[u8]) -> Result<(), TestCaseError> {
    for format in Format::ALL {
        if let Some(part) = read_as(bytes, format) {
            check(&part, bytes)?;
            let document = finish(part);
            check(&document.parts[0], bytes)?;
        }
    }
    Ok(())
}

/// Pieces of which texts with structure are made.
fn structured() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("QUESTION: Is it so?"),
        Just("ANSWER: It is com-\npletely so."),
        Just("EDITORS NOTE: One of them"),
        Just("(January 1940)"),
        Just("Leon Trotsky"),
        Just("THE WAR\n"),
        Just("a line, not long,\nAnd then another\nAnd a third one."),
        Just("12"),
        Just("[1] a note"),
        Just("* item"),
        Just("<p class=title>A<br>B</p>"),
        Just("<b>x</i> &amp; &#8211; &nope; <div>"),
        Just("<pre>a\n\n  b</pre>"),
        Just("<!-- <p> -->"),
        Just("# Title #"),
        Just("> quoted\nlazy  \nline"),
        Just("---\na: b\n---"),
        Just("[^1]: body\n\nx[^1]"),
        Just("\u{a0}"),
        Just("\r\n"),
        Just("\u{c}"),
        Just("\u{ad}\n"),
        Just("\n\n"),
        Just("\n"),
        Just(" "),
        Just("战争。"),
        Just("問："),
        Just("Last updated on: 1.1.2001"),
        Just("return return return"),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn structured_texts_keep_the_invariants(text in structured()) {
        check_all(text.as_bytes())?;
    }

    #[test]
    fn arbitrary_strings_keep_the_invariants(text in "\\PC{0,80}|[ -~\n]{0,200}|(<[a-z/!]{0,4}[ a-z=\"'>]{0,6}|\\PC){0,40}") {
        check_all(text.as_bytes())?;
    }

    #[test]
    fn arbitrary_bytes_keep_the_invariants(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check_all(&bytes)?;
    }

    #[test]
    fn a_plain_text_is_kept_byte_for_byte(text in structured(), mark: bool) {
        let file = if mark { format!("\u{feff}{text}") } else { text.clone() };
        if let Some(part) = read_as(file.as_bytes(), Format::Text) {
            prop_assert_eq!(&part.text, &text);
            let shift = if mark { 3 } else { 0 };
            for block in &part.blocks {
                prop_assert_eq!(part.map.source_of(block.span), block.span.shifted(shift));
            }
        }
    }

    /// Decoding the bytes to which a block leads gives its text, in every encoding.
    #[test]
    fn blocks_lead_back_to_their_bytes(text in "[a-zé.,\n жя战]{1,80}", which in 0..4usize) {
        let label = ["utf-16le", "utf-16be", "gb18030", "utf-8"][which];
        let bytes: Vec<u8> = match which {
            0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            1 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(&text).0.into_owned(),
        };
        let options = Options { encoding: Some(label.to_owned()), ..options(Format::Text) };
        if let Ok(outcome) = read::read_bytes(&bytes, None, &options) {
            let part = outcome.value;
            prop_assert_eq!(&part.text, &text);
            for block in &part.blocks {
                let source = part.map.source_of(block.span);
                let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
                let back = encoding.decode_without_bom_handling(&bytes[source.range()]).0;
                prop_assert_eq!(back.as_ref(), &part.text[block.span.range()]);
            }
        }
    }

    /// The letters of a page's blocks are those of its source, tags left out, in order.
    #[test]
    fn nothing_visible_is_lost_of_a_page(words in proptest::collection::vec(("[a-z]{1,6}|&amp;|&eacute;|é", 0..12usize), 1..30)) {
        const TAGS: [&str; 12] =
            ["<p>", "</p>", "<b>", "</b>", "<br>", "<div>", "</div>", "<td>", "<li>", "<h2>", " ", "<!-- x -->"];
        let page: String = words.iter().map(|(word, tag)| format!("{word}{}", TAGS[*tag])).collect();
        let visible: String = words.iter().map(|(word, _)| word.replace("&amp;", "&").replace("&eacute;", "é")).collect();
        let part = read_as(page.as_bytes(), Format::Html).unwrap();
        let shown: String = part.text.split_whitespace().collect();
        prop_assert_eq!(shown, visible);
        for (at, c) in part.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            let source = part.map.source_of(Span::new(at, at + c.len_utf8()));
            let own = &page[source.range()];
            prop_assert!(own == c.to_string() || (c == 'é' && own == "&eacute;"), "{own} for {c}");
        }
    }

    /// Wrapping a paragraph by hand changes nothing in what it is.
    #[test]
    fn wrapped_prose_is_never_verse(width in 34usize..90, seed in 0usize..40) {
        let words = ["the", "bureaucracy", "defends", "itself", "against", "a", "people", "of", "workers", "and", "Stalin"];
        let word = |n: usize, i: usize| {
            let letters = b"abcdefghijklmnopqrstuvwxyz";
            let ending = [letters[(i + n) % 26], letters[(i / 5 + seed) % 26]];
            format!("{}{}", words[(i * (seed + 3) + n * 5 + i / 7) % words.len()], String::from_utf8_lossy(&ending))
        };
        let paragraph = |n: usize| {
            let body: Vec<String> = (0..40 + n * 7).map(|i| word(n, i)).collect();
            format!("Paragraph {}.", body.join(" "))
        };
        let paragraphs: Vec<String> = (0..5).map(paragraph).collect();
        let wrapped: Vec<String> = paragraphs.iter().map(|text| textwrap::fill(text, width)).collect();
        let part = read_as(wrapped.join("\n\n").as_bytes(), Format::Text).unwrap();
        let read: Vec<String> = part.blocks.iter().map(|block| part.reading(block.span)).collect();
        prop_assert_eq!(read, paragraphs);
        prop_assert!(part.blocks.iter().all(|block| block.kind == hexapla::model::BlockKind::Paragraph));
    }
}

#[test]
fn nothing_overflows_or_stalls() {
    let deep = "<div>".repeat(100_000) + "text" + &"</div>".repeat(100_000);
    let part = read_as(deep.as_bytes(), Format::Html).unwrap();
    assert_eq!(part.reading(part.blocks[0].span), "text");
    let quoted = "> ".repeat(20_000) + "text";
    assert!(read_as(quoted.as_bytes(), Format::Markdown).is_some());
    let dots = ".".repeat(400_000);
    let line = "word ".repeat(1_000_000);
    for format in Format::ALL {
        let _ = (read_as(dots.as_bytes(), format), read_as(line.as_bytes(), format));
    }
    for format in [Format::Text, Format::Markdown, Format::Html] {
        assert_eq!(read_as(line.as_bytes(), format).unwrap().blocks.len(), 1);
    }
}
