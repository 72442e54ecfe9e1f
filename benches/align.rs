//! Speed of both engines on generated text: sentences over a made-up vocabulary with natural word
//! frequencies, and their "translation" word by word with some splits and losses.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hexapla::align::{Method, Options, Side, align_sides};
use hexapla::model::Lang;

/// A small linear congruential generator: the same text on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// A word with number `n` in a language of the given syllables.
fn word(mut n: u64, syllables: &[&str]) -> String {
    let mut out = String::new();
    n = n * 7 + 3;
    while n > 0 {
        out.push_str(syllables[(n % syllables.len() as u64) as usize]);
        n /= syllables.len() as u64;
    }
    out
}

/// `n` sentences in two languages.
fn pair(n: usize) -> (Side, Side) {
    const HERE: [&str; 7] = ["ba", "ke", "lin", "to", "mur", "sa", "de"];
    const THERE: [&str; 8] = ["vo", "ri", "stan", "je", "pul", "ha", "gre", "mi"];
    let mut random = Random(7);
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..n {
        let length = 6 + random.next(16);
        // The product of two uniform numbers is skewed like the frequencies of words.
        let words: Vec<u64> =
            (0..length).map(|_| random.next(60) * random.next(60) + random.next(20)).collect();
        let write = |words: &[u64], syllables: &[&str]| {
            words.iter().map(|&w| word(w, syllables)).collect::<Vec<_>>().join(" ") + "."
        };
        a.push(write(&words, &HERE));
        match random.next(20) {
            0 => {}
            1 | 2 => {
                let (head, tail) = words.split_at(words.len() / 2);
                b.push(write(head, &THERE));
                b.push(write(tail, &THERE));
            }
            _ => b.push(write(&words, &THERE)),
        }
    }
    (Side::from_lines(a, Lang::new("x-a")), Side::from_lines(b, Lang::new("x-b")))
}

/// `n` sentences and a second edition of them with some lost and one block moved.
fn editions(n: usize) -> (Side, Side) {
    let (a, _) = pair(n);
    let mut b = a.clone();
    b.units.rotate_left(n / 10);
    let mut k = 0;
    b.units.retain(|_| {
        k += 1;
        k % 17 != 0
    });
    (a, b)
}

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("align");
    group.sample_size(10);
    for n in [200, 1500] {
        group.throughput(Throughput::Elements(n as u64));
        for (name, method, (a, b)) in
            [("translation", Method::Translation, pair(n)), ("editions", Method::Editions, editions(n))]
        {
            let options = Options { method, ..Options::default() };
            group.bench_with_input(BenchmarkId::new(name, n), &n, |bencher, _| {
                bencher.iter(|| align_sides(black_box(&a), black_box(&b), &options));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
