//! Speed of collation, in tokens a second: texts made of a vocabulary with the frequencies of a
//! language, with the differences of a new edition. Reading and segmenting are not measured.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hexapla::collate::{Options, collate};
use hexapla::model::{Lang, Text};
use hexapla::session::{FileOptions, load_bytes};

/// Numbers that are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// A word: the square of an even number makes low ranks frequent, as in a language.
fn word(numbers: &mut Numbers) -> String {
    let x = numbers.below(1_000_000) as f64 / 1e6;
    let mut rank = (x * x * x * 30_000.0) as u64 + 1;
    let mut out = String::new();
    while rank > 0 {
        let (consonants, vowels) = (b"bdfglmnprstv", b"aeiou");
        out.push(char::from(consonants[(rank % 12) as usize]));
        out.push(char::from(vowels[(rank / 12 % 5) as usize]));
        rank /= 60;
    }
    out
}

/// The words of a text of sentences of about twenty words.
fn original(words: usize) -> Vec<String> {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    (0..words)
        .map(|at| {
            let mut word = word(&mut numbers);
            if at % 20 == 19 {
                word.push('.');
            } else if numbers.below(9) == 0 {
                word.push(',');
            }
            word
        })
        .collect()
}

/// Another edition: of a hundred words two are replaced, one is left out, one added, one misspelled.
fn edition(original: &[String], seed: u64) -> String {
    let mut numbers = Numbers(seed | 1);
    let mut words: Vec<String> = Vec::with_capacity(original.len());
    for one in original {
        match numbers.below(100) {
            0 | 1 => words.push(word(&mut numbers)),
            2 => {}
            3 => words.extend([one.clone(), word(&mut numbers)]),
            4 => words.push(one.replacen('a', "e", 1)),
            _ => words.push(one.clone()),
        }
    }
    let paragraphs: Vec<String> = words.chunks(120).map(|words| words.join(" ")).collect();
    paragraphs.join("\n\n")
}

fn text(words: &str, siglum: &str) -> Option<Text> {
    let options = FileOptions { lang: Some(Lang::new("en")), ..FileOptions::default() };
    load_bytes(words.as_bytes(), None, siglum, &options).ok().map(|outcome| outcome.value)
}

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("collate");
    group.sample_size(10);
    for (words, witnesses) in
        [(10_000, 2), (10_000, 6), (100_000, 2), (400_000, 2), (1_000_000, 2), (750, 127)]
    {
        let original = original(words);
        let texts: Vec<Text> = (0..witnesses)
            .filter_map(|n| text(&edition(&original, 7919 * (n + 1)), &format!("W{n:03}")))
            .collect();
        let id = BenchmarkId::new(format!("{witnesses} witnesses"), words);
        group.throughput(Throughput::Elements(words as u64 * witnesses));
        group.bench_function(id, |b| b.iter(|| collate(black_box(&texts), &Options::default())));
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
