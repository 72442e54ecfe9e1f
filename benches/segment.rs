//! Segmenting: plain prose, prose full of abbreviations, and a hostile text of stops.

// Benches may fail loudly.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hexapla::model::{Block, Document, Part, Span, Witness};
use hexapla::segment::{Options, segment};

fn document(paragraph: &str, bytes: usize) -> Document {
    let mut part = Part::default();
    while part.text.len() < bytes {
        let start = part.text.len();
        part.text.push_str(paragraph);
        part.blocks.push(Block { span: Span::new(start, part.text.len()), ..Block::default() });
        part.text.push_str("\n\n");
    }
    Document { witness: Witness::new("X", "en".into()), parts: vec![part] }
}

fn bench(c: &mut Criterion) {
    let prose = include_str!("../texts/fi-1942.txt");
    let paragraph = prose.lines().find(|line| line.len() > 900).unwrap();
    let texts = [
        ("prose", document(paragraph, 4_000_000)),
        ("abbreviations", document("Mr. J. P. Cannon of the U.S. Army, Gen. Smith, i.e., No. 3, Vol. 2, pp. 3 ff., met Dr. Who. ", 4_000_000)),
        ("stops", document(&".".repeat(400_000), 400_000)),
    ];
    let mut group = c.benchmark_group("segment");
    group.sample_size(10);
    for (name, document) in &texts {
        group.throughput(Throughput::Bytes(document.parts[0].text.len() as u64));
        group.bench_function(*name, |b| b.iter(|| segment(document, &Options::default())));
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
