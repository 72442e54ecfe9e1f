//! Speed of the segmenter, in bytes of text a second on one core: English prose, Russian prose, and
//! inputs made to hurt.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hexapla::model::Lang;
use hexapla::segment::{Evidence, Options, boundaries};

const ENGLISH: &str = "On November 15, I wrote to the editor of one of the most widely read weeklies: “During \
the next period, St. Petersburg will remain quiet. With Finland, Gen. Kuropatkin concluded a compromise.” The \
error, i.e. the failure of Nicholas I. and of the U.S. Government, was provoked by the fact that I ascribed \
to them more sense than they had. Was it so? It was, as L. D. Trotsky wrote in Vol. 3, No. 8, pp. 252–254! ";

const RUSSIAN: &str = "В 1917 г. в Петрограде, т. е. до переезда, он написал А. М. Горькому: «Я приду поздно». \
Что делать? — спросил проф. Покровский. Никто не знал... Потом все уехали, см. т. 5, стр. 12. ";

fn bench(c: &mut Criterion) {
    let inputs = [
        ("english", "en", ENGLISH.repeat(2_000)),
        ("russian", "ru", RUSSIAN.repeat(4_000)),
        ("dots", "en", ".".repeat(400_000)),
        ("spaced dots", "en", ". ".repeat(200_000)),
        ("initials", "en", "A. ".repeat(200_000)),
        ("no stop", "en", "word ".repeat(200_000)),
        ("unbalanced quotation marks", "en", "\" ‘ “ a. ".repeat(60_000)),
        ("brackets", "en", "((((. [[[[ a. ".repeat(50_000)),
    ];
    let mut group = c.benchmark_group("segment");
    for (name, lang, text) in &inputs {
        let lang = Lang::new(lang);
        let options = Options::default();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("{name}, learn and scan"), |b| {
            b.iter(|| boundaries(black_box(text), &lang, &options, &Evidence::of_text(text)));
        });
        let evidence = Evidence::of_text(text);
        group.bench_function(format!("{name}, scan"), |b| {
            b.iter(|| boundaries(black_box(text), &lang, &options, &evidence));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
