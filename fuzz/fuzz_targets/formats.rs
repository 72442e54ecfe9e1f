//! Any bytes as each of the other formats: the first byte says which. What comes out keeps the
//! invariants of a part.
#![no_main]

use hexapla::model::Witness;
use hexapla::{read, segment};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&which, bytes)) = bytes.split_first() else { return };
    let format = read::Format::ALL[usize::from(which) % read::Format::ALL.len()];
    for column in [None, Some("1".to_owned())] {
        let options = read::Options { format: Some(format), column, ..read::Options::default() };
        let Ok(part) = read::read_bytes(bytes, None, &options) else { continue };
        let document = read::document(Witness::new("X", "en".into()), vec![part.value]).value;
        let part = &document.parts[0];
        let unpacked = part.source.entries.last().map_or(bytes.len(), |entry| entry.start + entry.bytes);
        for s in segment::segment(&document, &segment::Options::default()) {
            assert!(!part.text[s.span.range()].trim().is_empty());
            assert!(part.map.source_of(s.span).end <= unpacked);
            let _ = part.reading(s.span);
        }
    }
});
