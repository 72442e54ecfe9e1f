//! Vectors of sentences as evidence: they help where they are true, do nothing where they are noise, and
//! reach the aligner from files and from a project's encoder.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use hexapla::align::{Method, Options, Side, SideVectors, TranslationParams, align, align_sides, explain};
use hexapla::formats::npy;
use hexapla::model::{Aligned, Lang, Text, Vectors};
use hexapla::session::{self, EmbeddingFile, EmbeddingSource, FileOptions};
use hexapla::{ErrorKind, Result};
use proptest::prelude::*;

const FOLDER: &str = "tests/cmd/vectors.in";

/// Numbers from −1 to 1.
fn draw(state: &mut u64) -> f32 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
}

fn vectors(rows: &[Vec<f32>]) -> SideVectors {
    SideVectors::of_segments(Vectors::new(rows[0].len(), rows.concat()).unwrap())
}

/// Sentences without a word in common, all of the same length; the second text lacks `gap`.
fn wordless(n: usize, gap: usize) -> (Side, Side) {
    let word = |k: usize, letters: &[u8]| -> String {
        (0..6).map(|p| letters[(k * 31 + k / 7 + p * 17 + k * p) % letters.len()] as char).collect()
    };
    let lines = |letters: &'static [u8], skip: Option<usize>| {
        (0..n)
            .filter(move |&k| Some(k) != skip)
            .map(move |k| format!("{} {}.", word(k, letters), word(k + 1000, letters)))
    };
    let a = Side::from_lines(lines(b"bcdfghjklm", None), Lang::new("en"));
    let b = Side::from_lines(lines(b"npqrstvwxz", Some(gap)), Lang::new("hu"));
    (a, b)
}

fn noisy(n: usize, gap: usize, noise: f32, seed: u64) -> (SideVectors, SideVectors) {
    let mut state = seed;
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for k in 0..n {
        let meaning: Vec<f32> = (0..24).map(|_| draw(&mut state)).collect();
        let mut near = || meaning.iter().map(|x| x + noise * draw(&mut state)).collect::<Vec<f32>>();
        a.push(near());
        if k != gap {
            b.push(near());
        }
    }
    (vectors(&a), vectors(&b))
}

fn options(params: TranslationParams) -> Options {
    Options { method: Method::Translation, translation: params, ..Options::default() }
}

#[test]
fn vectors_find_what_nothing_else_tells() {
    let (n, gap) = (30, 11);
    let (mut a, mut b) = wordless(n, gap);
    let right = |a: &Side, b: &Side, params: TranslationParams| {
        let beads = align_sides(a, b, &options(params)).value.beads;
        let is_right = |i: usize| {
            let j = if i < gap { i } else { i - 1 };
            beads.iter().any(|x| x.a == (i..i + 1) && x.b == (j..j + 1))
        };
        (0..n).filter(|&i| i != gap && is_right(i)).count()
    };
    let without = right(&a, &b, TranslationParams::default());
    let (x, y) = noisy(n, gap, 0.5, 1);
    (a.vectors, b.vectors) = (Some(x), Some(y));
    assert_eq!(right(&a, &b, TranslationParams::default()), n - 1, "without vectors {without}");
    let off =
        TranslationParams { vector_weight: 0.0, clause_vector_weight: 0.0, ..TranslationParams::default() };
    assert_eq!(right(&a, &b, off), without, "the weight switches them off");
}

#[test]
fn noise_changes_nothing() {
    let (a, b) = wordless(60, 20);
    let plain = align_sides(&a, &b, &options(TranslationParams::default())).value;
    for seed in 1..6 {
        let (x, _) = noisy(60, 20, 0.0, seed);
        let (_, y) = noisy(60, 20, 0.0, seed + 100);
        let (a, b) = (Side { vectors: Some(x), ..a.clone() }, Side { vectors: Some(y), ..b.clone() });
        assert_eq!(align_sides(&a, &b, &options(TranslationParams::default())).value, plain, "seed {seed}");
    }
}

#[test]
fn threads_make_no_difference() {
    let (mut a, mut b) = wordless(80, 30);
    let (x, y) = noisy(80, 30, 1.0, 3);
    (a.vectors, b.vectors) = (Some(x), Some(y));
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| align_sides(&a, &b, &options(TranslationParams::default())).value)
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn vectors_that_do_not_fit_are_left_out_with_a_warning() {
    let (a, b) = wordless(12, 5);
    let (x, y) = noisy(12, 5, 0.1, 1);
    let plain = align_sides(&a, &b, &options(TranslationParams::default())).value;
    let other = SideVectors::of_segments(Vectors::new(3, vec![1.0; 33]).unwrap());
    for (of_a, of_b) in [(Some(x.clone()), None), (Some(y.clone()), Some(y)), (Some(x), Some(other))] {
        let (a, b) = (Side { vectors: of_a, ..a.clone() }, Side { vectors: of_b, ..b.clone() });
        let outcome = align_sides(&a, &b, &options(TranslationParams::default()));
        assert_eq!(outcome.value, plain);
        assert!(outcome.warnings.iter().any(|w| w.code == "vectors-ignored"), "{:?}", outcome.warnings);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_the_vectors_everything_is_covered(
        n in 1usize..14, m in 1usize..14, seed in any::<u64>(), zeros in 0usize..14, large in any::<bool>(),
    ) {
        let mut state = seed;
        let mut side = |count: usize, letter: &str, lang| {
            let mut side = Side::from_lines((0..count).map(|k| format!("{} {}.", letter.repeat(3 + k % 5), k)), Lang::new(lang));
            let scale = if large { 1e37 } else { 1.0 };
            let row = |k: usize| -> Vec<f32> { (0..5).map(|_| if k < zeros { 0.0 } else { scale * draw(&mut state) }).collect() };
            side.vectors = Some(vectors(&(0..count).map(row).collect::<Vec<_>>()));
            side
        };
        let (a, b) = (side(n, "ab", "en"), side(m, "xy", "fr"));
        let alignment = align_sides(&a, &b, &options(TranslationParams::default())).value;
        prop_assert_eq!(alignment.check(n, m), Ok(()));
    }
}

fn text(name: &str, lang: &str) -> Text {
    let bytes = fs::read(Path::new(FOLDER).join(name)).unwrap();
    let options = FileOptions { lang: Some(Lang::new(lang)), lines: true, ..FileOptions::default() };
    session::load_bytes(&bytes, Some(Path::new(name)), name, &options).unwrap().value
}

fn of_files(
    a: &str,
    b: &str,
    overlaps: Option<[&str; 2]>,
) -> Result<hexapla::Outcome<Option<hexapla::align::Embeddings>>> {
    let file = |name: &str, k: usize| EmbeddingFile {
        vectors: Path::new(FOLDER).join(name),
        overlaps: overlaps.map(|names| Path::new(FOLDER).join(names[k])),
    };
    EmbeddingSource::Files(Box::new([file(a, 0), file(b, 1)]))
        .vectors(&text("en.txt", "en"), &text("hu.txt", "hu"))
}

#[test]
fn files_must_belong_to_the_texts() {
    let good = of_files("en.npy", "hu.npy", None).unwrap().value.unwrap();
    assert_eq!((good.a.len(), good.b.len(), good.a.dimension()), (12, 12, 16));
    let overlaps = of_files("en.emb", "hu.emb", Some(["en.overlaps", "hu.overlaps"])).unwrap();
    assert!(overlaps.warnings.is_empty());
    assert_ne!(overlaps.value.unwrap().fingerprint, good.fingerprint);
    for (a, b, kind, message) in [
        ("short.npy", "hu.npy", ErrorKind::Conflict, "5 vectors, but en.txt has 12 sentences"),
        ("en.npy", "other.npy", ErrorKind::Conflict, "vectors of 8 numbers, those of the other text have 16"),
        ("cut.npy", "hu.npy", ErrorKind::Syntax, "need 768 bytes"),
        ("nan.npy", "hu.npy", ErrorKind::Unsupported, "row 2, column 3"),
        ("en.txt", "hu.npy", ErrorKind::Syntax, "no array"),
        ("none.npy", "hu.npy", ErrorKind::NotFound, "no such file"),
    ] {
        let error = of_files(a, b, None).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.message().contains(message), "{error}");
    }
    let error = of_files("hu.emb", "hu.emb", Some(["hu.overlaps", "hu.overlaps"])).unwrap_err();
    assert!(error.message().contains("no sentence of en.txt stands here"), "{error}");
    // Written by NumPy, read and written again: the same bytes.
    let bytes = fs::read(Path::new(FOLDER).join("en.npy")).unwrap();
    assert_eq!(npy::bytes_of(&npy::read(&bytes, Path::new("en.npy")).unwrap())[128..], bytes[128..]);
}

#[cfg(feature = "model2vec")]
#[test]
fn a_project_names_its_encoder_and_notices_another() {
    use hexapla::project::{Freshness, Project};
    use hexapla::session::{EncoderFolder, PairOptions};

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["en.txt", "hu.txt"] {
        fs::copy(Path::new(FOLDER).join(name), at(name)).unwrap();
    }
    fs::create_dir(at("model")).unwrap();
    for name in ["model.safetensors", "tokenizer.json", "config.json"] {
        fs::copy(Path::new(FOLDER).join("model").join(name), at("model").join(name)).unwrap();
    }
    let manifest = "[work]\nbase = \"E\"\n[[witness]]\nsiglum = \"E\"\nlang = \"en\"\nfiles = [\"en.txt\"]\n\
        [[witness]]\nsiglum = \"H\"\nkind = \"translation\"\nlang = \"hu\"\nfiles = [\"hu.txt\"]\n";
    let open = |extra: &str| {
        fs::write(at("hexapla.toml"), format!("{manifest}{extra}")).unwrap();
        Project::open(folder.path()).unwrap().value
    };
    let plain = open("");
    let load = |siglum: &str| session::load_witness(&plain, siglum).unwrap().value;
    let (a, b) = (load("E"), load("H"));
    let options = PairOptions::default();
    let with = open("[align]\nencoder = \"model\"\n");
    assert_eq!(with.manifest.align.encoder.as_deref(), Some(Path::new("model")));
    let pair = session::align_pair(Some(&with), &a, &b, &options).unwrap().value;
    session::store_alignment(&with, &pair, &options).unwrap();
    assert_eq!(session::freshness(&with, &a, &b, &options).unwrap(), Freshness::Fresh);
    assert_ne!(
        session::freshness(&plain, &a, &b, &options).unwrap(),
        Freshness::Fresh,
        "the encoder is gone"
    );
    fs::write(at("model").join("config.json"), "{}").unwrap();
    assert_ne!(session::freshness(&with, &a, &b, &options).unwrap(), Freshness::Fresh, "it is another");
    let given =
        PairOptions { embeddings: EmbeddingSource::Encoder(EncoderFolder::new(at("none"))), ..options };
    let error = session::align_pair(Some(&plain), &a, &b, &given).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn explanations_say_what_the_vectors_say() {
    let (a, b) = (text("en.txt", "en"), text("hu.txt", "hu"));
    let aligner = Options {
        embeddings: of_files("en.npy", "hu.npy", None).unwrap().value,
        method: Method::Translation,
        ..Options::default()
    };
    let alignment = align(&a, &b, &aligner).value;
    let pair = Aligned::new(a.clone(), b.clone(), alignment);
    let meaning = |options: &Options| {
        let explained = explain(&pair, options);
        explained.iter().filter_map(|e| Some(e.evidence?.meaning)).fold(0.0, f64::max)
    };
    assert!(meaning(&aligner) > 2.0, "{}", meaning(&aligner));
    assert_eq!(meaning(&Options { embeddings: None, ..aligner }), 0.0);
}

/// `tests/encoder` holds a model of 480 bytes: a table of six vectors, looked up and masked.
#[cfg(feature = "onnx")]
#[test]
fn an_onnx_encoder_is_run_and_pooled() {
    let encoder = hexapla::encode::open(Path::new("tests/encoder")).unwrap();
    let texts = ["war", "peace and war", "unheard", ""].map(str::to_owned);
    let vectors = encoder.encode(&texts).unwrap();
    assert_eq!((vectors.len(), vectors.dimension()), (4, 3));
    // [CLS] is (4, 4, 4), [SEP] (8, 8, 8), war (1, 0, 0), peace (0, 1, 0), and (0, 0, 1).
    assert_eq!(vectors.row(0), [13.0 / 3.0, 4.0, 4.0]);
    assert_eq!(vectors.row(1), [2.6, 2.6, 2.6]);
    assert_eq!(vectors.row(2), [4.0, 4.0, 4.0]);
    assert_eq!(vectors.row(3), [6.0, 6.0, 6.0]);
}
