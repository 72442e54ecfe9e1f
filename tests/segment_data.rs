//! Measures the segmenter on development data that is not part of the repository: treebanks, golden
//! rules, edition probes. Run with `HEXAPLA_DATA=<folder> cargo test --release --test segment_data --
//! --nocapture`; without the variable every test is skipped with a message. `HEXAPLA_MISSES=1` prints
//! each error as well.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measuring test talks, and stops at the first trouble"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hexapla::model::{Block, Document, Lang, Part, Span, Witness};
use hexapla::segment::{Evidence, Options, Quotes, explain, segment, sentences};

fn data() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("HEXAPLA_DATA") else {
        println!("skipped: HEXAPLA_DATA is not set");
        return None;
    };
    Some(Path::new(&folder).join("segmentation"))
}

fn show_misses() -> bool {
    std::env::var_os("HEXAPLA_MISSES").is_some()
}

/// A document whose blocks are separated by blank lines.
fn document(text: &str, lang: &str) -> Document {
    let mut blocks = Vec::new();
    let mut from = 0;
    for piece in text.split_inclusive("\n\n") {
        let span = Span::new(from, from + piece.len()).trimmed(text);
        from += piece.len();
        if !span.is_empty() {
            blocks.push(Block { span, ..Block::default() });
        }
    }
    let part = Part { text: text.to_owned(), blocks, ..Part::default() };
    Document { witness: Witness::new("T", Lang::new(lang)), parts: vec![part] }
}

/// Ends of sentences, counted in characters that are no white space.
type Ends = BTreeSet<usize>;

fn ends(text: &str, spans: impl Iterator<Item = Span>) -> Ends {
    let mut counted = (0, 0);
    let mut ends = Ends::new();
    for span in spans {
        counted.1 += text[counted.0..span.end].chars().filter(|c| !c.is_whitespace()).count();
        counted.0 = span.end;
        ends.insert(counted.1);
    }
    ends
}

#[derive(Default, Clone, Copy)]
struct Score {
    hits: usize,
    missed: usize,
    wrong: usize,
}

impl Score {
    fn f1(self) -> f64 {
        200.0 * self.hits as f64 / (2 * self.hits + self.missed + self.wrong).max(1) as f64
    }
}

fn score(set: &Path, file: &str, lang: &str, ignored: &Ends, misses: bool) -> (Score, Ends) {
    let text = std::fs::read_to_string(set.join(file)).unwrap();
    let text = text.as_str();
    let document = document(text, lang);
    let segments = segment(&document, &Options::default());
    let found = ends(text, segments.iter().map(|segment| segment.span));
    let mut blocks = ends(text, document.parts[0].blocks.iter().map(|block| block.span));
    blocks.extend(ignored);
    let gold_text = std::fs::read_to_string(set.join("gold.txt")).unwrap();
    let mut from = 0;
    let lines = gold_text.split_inclusive('\n').map(|line| {
        from += line.len();
        Span::new(from - line.len(), from)
    });
    let gold = ends(&gold_text, lines);
    let hits = found.intersection(&gold).filter(|end| !blocks.contains(end)).count();
    let missed = gold.difference(&found).filter(|end| !blocks.contains(end)).count();
    let wrong = found.difference(&gold).filter(|end| !blocks.contains(end)).count();
    let score = Score { hits, missed, wrong };
    if misses {
        let places: Vec<usize> = text
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace())
            .map(|(at, c)| at + c.len_utf8())
            .collect();
        let reasons = explain(&document, &Options::default());
        for end in found.symmetric_difference(&gold).filter(|end| !blocks.contains(end)) {
            let Some(&at) = places.get(end - 1) else { continue };
            let reason =
                reasons.iter().find(|e| e.decision.at == at).map_or("-", |e| e.decision.reason.word());
            let before: String =
                text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            let after: String = text[at..].chars().take(40).collect();
            let kind = if gold.contains(end) { "MISSED" } else { "WRONG " };
            println!("{kind} {reason:22} {}‖{}", before.replace('\n', "⏎"), after.replace('\n', "⏎"));
        }
    }
    (score, found)
}

#[test]
fn treebanks() {
    let Some(data) = data() else { return };
    let only = std::env::var("HEXAPLA_SET").ok();
    let mut sets: Vec<PathBuf> = std::fs::read_dir(data)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    sets.sort();
    let (mut sum, mut count) = (0.0, 0.0);
    for set in sets {
        let name = set.file_name().unwrap().to_str().unwrap().to_owned();
        if only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
            continue;
        }
        let lang = name.split('-').next().unwrap();
        let (text, sentences) = score(&set, "text.txt", lang, &Ends::new(), show_misses());
        let (_, wrapped) = score(&set, "wrap.txt", lang, &Ends::new(), false);
        // The ends of the paragraphs are not scored in the text run together either.
        let paragraphs = std::fs::read_to_string(set.join("text.txt")).unwrap();
        let paragraphs_ends =
            ends(&paragraphs, document(&paragraphs, lang).parts[0].blocks.iter().map(|b| b.span));
        let (flat, _) = score(&set, "flat.txt", lang, &paragraphs_ends, false);
        for end in sentences.symmetric_difference(&wrapped) {
            let text = std::fs::read_to_string(set.join("text.txt")).unwrap();
            let solid: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            let around = &solid[end.saturating_sub(30)..(end + 10).min(solid.len())];
            println!("wrapped text differs at {}", around.iter().collect::<String>());
        }
        println!(
            "{name:16} {:6.2}  flat {:6.2}  hits {} missed {} wrong {}{}",
            text.f1(),
            flat.f1(),
            text.hits,
            text.missed,
            text.wrong,
            if sentences == wrapped { "" } else { "  WRAPPED TEXT DIFFERS" }
        );
        assert!(sentences == wrapped, "{name}: wrapped text gives other sentences");
        if !matches!(lang, "zh" | "ja") {
            sum += text.f1();
            count += 1.0;
        }
    }
    println!("macro-F1 of {count} cased sets: {:.2}", sum / count);
    assert!(only.is_some() || sum / count >= 94.9);
}

#[test]
fn golden_rules() {
    let Some(data) = data() else { return };
    let cases = std::fs::read_to_string(data.join("golden_rules_dev.json")).unwrap();
    let cases: Vec<serde_json::Value> = serde_json::from_str(&cases).unwrap();
    let options = Options { quotes: Quotes::Keep, ..Options::default() };
    let (mut passed, mut named, mut named_passed) = (0, 0, 0);
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let lang = Lang::new(case["lang"].as_str().unwrap());
        let expected: Vec<String> =
            case["exp"].as_array().unwrap().iter().map(|e| normal(e.as_str().unwrap())).collect();
        let found = sentences(text, &lang, &options, &Evidence::of_text(text));
        let found: Vec<String> = found.iter().map(|span| normal(&text[span.range()])).collect();
        let is_right = found == expected;
        passed += usize::from(is_right);
        if case["suite"] == "golden" && lang.tag() == "en" {
            named += 1;
            named_passed += usize::from(is_right);
        }
        if !is_right && show_misses() {
            println!(
                "{} {} {}\n   want {}\n   have {}",
                case["suite"],
                lang,
                case["id"],
                expected.join(" ‖ "),
                found.join(" ‖ ")
            );
        }
    }
    println!("golden rules: {passed} of {}; English named so: {named_passed} of {named}", cases.len());
    assert!(passed >= 562 && named_passed >= 47);
}

fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn edition_probes() {
    let Some(data) = data() else { return };
    let probes = std::fs::read_to_string(data.join("edition_probes_dev.tsv")).unwrap();
    let (mut passed, mut all) = (0, 0);
    for line in probes.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let marked = fields[2].replace("\\n", "\n");
        let (mut text, mut must, mut may) = (String::new(), Ends::new(), Ends::new());
        let mut count = 0;
        for c in marked.chars() {
            match c {
                '‖' => _ = must.insert(count),
                '¦' => _ = may.insert(count),
                _ => {
                    text.push(c);
                    count += usize::from(!c.is_whitespace());
                }
            }
        }
        let document = document(&text, fields[0]);
        let segments = segment(&document, &Options::default());
        let mut found = ends(&text, segments.iter().map(|segment| segment.span));
        found.remove(&count);
        let is_right =
            must.is_subset(&found) && found.iter().all(|end| must.contains(end) || may.contains(end));
        all += 1;
        passed += usize::from(is_right);
        if !is_right && show_misses() {
            let found: Vec<String> = segments.iter().map(|s| normal(&text[s.span.range()])).collect();
            println!("{} {}: {marked}\n   have {}", fields[0], fields[1], found.join(" ‖ "));
        }
    }
    println!("edition probes: {passed} of {all}");
    assert!(passed >= 88);
}
