//! Speed of the report: what is written of ten thousand rows of two editions, and of three columns with
//! a translation. Reading, aligning and collating are not measured.

// A benchmark may fail loudly.
#![allow(clippy::expect_used)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use hexapla::project::Project;
use hexapla::session::{self, PairOptions};
use hexapla::view::html;

#[path = "../tests/web/long.rs"]
mod long;

/// The founding text so often that there are ten thousand rows.
fn report(sigla: &[&str]) -> html::Report {
    let project = Project::open(env!("CARGO_MANIFEST_DIR")).expect("the founding text").value;
    let sigla: Vec<String> = sigla.iter().map(|&s| s.to_owned()).collect();
    let texts = session::load_witnesses(&project, &sigla).expect("its witnesses").value;
    let short = session::report(Some(&project), &texts, &PairOptions::default()).expect("a report").value;
    let times = 10_000 / short.table.rows.len() + 1;
    long::repeated(&short, times)
}

fn written(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("report");
    group.sample_size(10);
    for sigla in [&["FI", "PDx"][..], &["FI", "PDx", "fr"]] {
        let report = report(sigla);
        group.bench_function(sigla.join(" "), |b| {
            b.iter(|| html::write(black_box(&report), None));
        });
    }
    group.finish();
}

criterion_group!(benches, written);
criterion_main!(benches);
