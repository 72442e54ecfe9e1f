//! Makes the built-in lexica from Bibles: `cargo run --release --example packs -- BIBLES OUT`.
//!
//! BIBLES holds a file for each language, `LANG.tsv` (or `LANG.tsv.xz`, which `xz` unpacks): a verse a
//! line, its identifier, a tab, its text. OUT receives `LANG.pack`, which `src/align/packs` builds in. The
//! same files give the same bytes. docs/lexica.md tells how it is done and what the sources are.

#![expect(
    clippy::disallowed_methods,
    reason = "packs are made once and shipped: a last digit that differs between machines is never seen"
)]
// A tool for the command line.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

mod affixes;
mod concepts;
mod model;
mod source;

use std::collections::BTreeMap;
use std::path::PathBuf;

use hexapla::align::packs::{Word, encode};

use crate::concepts::Concepts;
use crate::source::{Bible, read};

/// The language whose words are the concepts.
const PIVOT: &str = "en";
/// Of words that occur once nothing certain is known.
const LEAST_OCCURRENCES: u32 = 2;
/// Concepts of a word with a smaller share are left out ...
const LEAST_SHARE: f32 = 0.03;
/// ... and all but so many.
const MOST_CONCEPTS: usize = 6;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(bibles), Some(out)) = (arguments.next(), arguments.next()) else {
        println!("usage: packs BIBLES OUT [LANG ...]");
        std::process::exit(2);
    };
    let (bibles, out) = (PathBuf::from(bibles), PathBuf::from(out));
    let only: Vec<String> = arguments.collect();
    std::fs::create_dir_all(&out).unwrap();
    let english = read(&bibles, PIVOT);
    let concepts = Concepts::of(&english);
    let mut total = 0;
    for lang in source::languages(&bibles) {
        if !only.is_empty() && !only.contains(&lang) {
            continue;
        }
        let words =
            if lang == PIVOT { concepts.words() } else { learn(&read(&bibles, &lang), &english, &concepts) };
        let bytes = encode(&words);
        println!("{lang}: {} words, {} bytes", words.len(), bytes.len());
        total += bytes.len();
        std::fs::write(out.join(format!("{lang}.pack")), bytes).unwrap();
    }
    println!("{total} bytes");
}

/// The words of a language with the concepts they stand for.
fn learn(bible: &Bible, english: &Bible, concepts: &Concepts) -> Vec<Word> {
    let mut forms: BTreeMap<&str, u32> = BTreeMap::new();
    bible.verses.values().flatten().for_each(|word| *forms.entry(word).or_insert(0) += 1);
    let names: Vec<&str> = forms.keys().copied().collect();
    let ids: BTreeMap<&str, u32> = names.iter().zip(0..).map(|(&name, id)| (name, id)).collect();
    let verses: Vec<(Vec<u32>, Vec<u32>)> = bible
        .verses
        .iter()
        .filter_map(|(id, words)| {
            let distinct = |mut list: Vec<u32>| {
                list.sort_unstable();
                list.dedup();
                list
            };
            let x = distinct(words.iter().map(|word| ids[word.as_str()]).collect());
            let e = distinct(english.verses.get(id)?.iter().map(|word| concepts.id(word)).collect());
            (!x.is_empty() && !e.is_empty()).then_some((x, e))
        })
        .collect();
    // First groups of forms, then the forms, which are held to what their group has learned.
    let stems = affixes::stems(&forms);
    let stem_of: Vec<u32> = names.iter().map(|&name| stems[name]).collect();
    let number = stem_of.iter().max().map_or(0, |&most| most as usize + 1);
    let grouped: Vec<(Vec<u32>, Vec<u32>)> = verses
        .iter()
        .map(|(x, e)| {
            let mut x: Vec<u32> = x.iter().map(|&form| stem_of[form as usize]).collect();
            x.sort_unstable();
            x.dedup();
            (x, e.clone())
        })
        .collect();
    let of_stems = model::train(&grouped, (number, concepts.len()), |_, _| None, 6);
    let prior = |form: u32, concept: u32| Some(of_stems.share(stem_of[form as usize], concept));
    let of_forms = model::train(&verses, (names.len(), concepts.len()), prior, 4);
    let mut words = Vec::new();
    for (form, &name) in (0u32..).zip(&names) {
        let occurrences = forms[name];
        let mut shares: Vec<(u32, f32)> = of_forms.row(form).filter(|s| s.1 >= LEAST_SHARE).collect();
        shares.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        shares.truncate(MOST_CONCEPTS);
        if occurrences < LEAST_OCCURRENCES || shares.is_empty() {
            continue;
        }
        let quantised = |&(concept, share): &(u32, f32)| {
            (concept as u16, (share * 255.0).round().clamp(1.0, 255.0) as u8)
        };
        let class = (f64::from(occurrences).log2() * 2.0).round() as u8;
        words.push(Word { text: name.to_owned(), class, concepts: shares.iter().map(quantised).collect() });
    }
    words
}
