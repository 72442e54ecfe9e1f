//! Any bytes as each format: read, segmented, and every segment brought back to the file.
#![no_main]

use hexapla::model::Witness;
use hexapla::{read, segment};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [None, Some(read::Format::Text), Some(read::Format::Markdown), Some(read::Format::Html)] {
        let options = read::Options { format, ..read::Options::default() };
        let Ok(part) = read::read_bytes(bytes, None, &options) else { continue };
        let document = read::document(Witness::new("X", "en".into()), vec![part.value]).value;
        let part = &document.parts[0];
        for s in segment::segment(&document, &segment::Options::default()) {
            assert!(!part.text[s.span.range()].trim().is_empty());
            assert!(part.map.source_of(s.span).end <= bytes.len());
        }
    }
});
