//! The library on bytes alone: no files, no threads, no terminal. `cargo run --example core` aligns the two
//! longest texts of the founding project and collates three editions of it; with `--no-default-features` it
//! prints the same bytes (`.ci/run` compares them).

use std::io::{self, Write};

use hexapla::formats::{collation, csv, jsonl};
use hexapla::model::{Aligned, Segmented, Text, Witness};
use hexapla::{Result, align, collate, read, segment};

fn text(siglum: &str, lang: &str, parts: &[&[u8]]) -> Result<Text> {
    let options = read::Options { lang: lang.into(), ..read::Options::default() };
    let parts = parts.iter().map(|bytes| Ok(read::read_bytes(bytes, None, &options)?.value));
    let document = read::document(Witness::new(siglum, lang.into()), parts.collect::<Result<_>>()?).value;
    let segments = segment::segment(&document, &segment::Options::default());
    Ok(Text::new(Segmented { document, segments, lines: Vec::new() }))
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let fi = text("FI", "en", &[include_bytes!("../texts/fi-1942.txt")])?;
    let de = text("de", "de", &[include_bytes!("../texts/de.txt")])?;
    let ed = text("ed", "en", &[include_bytes!("../texts/ed.txt")])?;
    let pdx: [&[u8]; 3] = [
        include_bytes!("../texts/pdx-1.txt"),
        include_bytes!("../texts/pdx-2.txt"),
        include_bytes!("../texts/pdx-3.txt"),
    ];
    let pdx = text("PDx", "en", &pdx)?;

    let mut out = io::stdout().lock();
    let alignment = align::align(&fi, &de, &align::Options::default()).value;
    jsonl::write(&Aligned::new(fi.clone(), de, alignment), &mut out)?;

    let collated = collate::collate(&[fi, ed, pdx], &collate::Options::default())?.value;
    collation::csv::write(&collated, collated.entries(), &csv::Options::default(), &mut out)?;
    Ok(out.flush()?)
}
