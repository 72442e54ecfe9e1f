//! One list of entries: what a collation says is the same in every format, in every view and on the page,
//! whatever the order of the witnesses, the number of threads, or how their sentences are cut.
//!
//! On random witnesses, and on those of the development sets where `HEXAPLA_DATA` names their folder.

// Helpers of tests may fail loudly and speak.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use hexapla::align::{self, Method};
use hexapla::collate::{Options, collate, rows};
use hexapla::formats::registry::{self, Chosen, Format};
use hexapla::model::{Collated, Entry, EntryReading, Segment, Segmented, Span, Text};
use hexapla::session::{self, FileOptions, PairOptions};
use hexapla::study::publications;
use hexapla::view::collation::{Form, write_markdown, write_text};
use hexapla::view::sigla::Groups;
use hexapla::view::style::Theme;
use hexapla::view::{entry_table, html};
use proptest::prelude::*;

/// Nothing is coloured.
const PLAIN: Theme = Theme { color: false, width: 80 };

fn load(siglum: &str, words: &str) -> Text {
    let options = FileOptions { lang: Some("en".into()), ..FileOptions::default() };
    session::load_bytes(words.as_bytes(), None, siglum, &options).unwrap().value
}

fn of(texts: &[Text]) -> Collated {
    let base = texts.first().map(|text| text.siglum().to_owned());
    collate(texts, &Options { base, ..Options::default() }).unwrap().value
}

/// What an entry says: where, the lemma with its witnesses, the other readings with theirs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    locus: String,
    readings: Vec<(String, BTreeSet<String>)>,
}

fn om(text: &str) -> String {
    if text.is_empty() { "om.".to_owned() } else { text.to_owned() }
}

fn sigla(list: &str) -> BTreeSet<String> {
    list.split(' ').filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

/// The entries themselves.
fn said(collated: &Collated) -> Vec<Said> {
    let reading = |reading: &EntryReading| {
        let witnesses = reading.witnesses.iter().map(|at| collated.siglum(at.witness).to_owned());
        (om(&reading.text), witnesses.collect())
    };
    let entries = collated.entries().iter();
    entries
        .map(|entry| Said {
            locus: collated.locus(&collated.place(entry)).to_string(),
            readings: entry.readings.iter().map(reading).collect(),
        })
        .collect()
}

fn written(format: &str, collated: &Collated) -> String {
    let entries: Vec<&Entry> = collated.entries().iter().collect();
    let mut out = Vec::new();
    let of = Chosen { collated, entries: &entries };
    Format::of_name(format).unwrap().write_collation(of, &registry::Options::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The entries as a table tells them.
fn of_table(table: &str, delimiter: u8, expected: &[Said]) -> Vec<Said> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(table.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let field = |row: usize, name: &str| rows[row][heads.iter().position(|h| h == name).unwrap()].to_owned();
    (0..rows.len())
        .map(|row| {
            let mut readings = vec![(field(row, "lemma"), sigla(&field(row, "lemma_sigla")))];
            // Readings may hold the signs that part them: they are looked for by what they must be.
            let all = field(row, "readings");
            let wanted = expected.get(row).map(|said| &said.readings[1..]).unwrap_or_default();
            let told: Vec<String> = wanted
                .iter()
                .map(|(text, by)| format!("{text} [{}]", by.iter().cloned().collect::<Vec<_>>().join(" ")))
                .collect();
            if told.join(" | ") == all {
                readings.extend(wanted.iter().cloned());
            } else {
                readings.push((all, BTreeSet::new()));
            }
            Said { locus: field(row, "locus"), readings }
        })
        .collect()
}

fn of_json(document: &str) -> Vec<Said> {
    let document: serde_json::Value = serde_json::from_str(document).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let reading = |reading: &serde_json::Value| {
        let witnesses = reading["witnesses"].as_array().unwrap().iter().map(|w| text(&w["siglum"]));
        (om(reading["text"].as_str().unwrap()), witnesses.collect())
    };
    let units = document["units"].as_array().unwrap().iter();
    units
        .map(|unit| Said {
            locus: text(&unit["locus"]),
            readings: unit["readings"].as_array().unwrap().iter().map(reading).collect(),
        })
        .collect()
}

/// The entries in the data of the page; it cites rows, so their loci are left out.
fn of_page(texts: &[Text]) -> Vec<Vec<(String, BTreeSet<String>)>> {
    let report = session::report(None, texts, &PairOptions::default()).unwrap().value;
    let page = html::write(&report, None).unwrap().remove(0).html;
    let start = page.find("type=\"application/json\"").unwrap();
    let start = start + page[start..].find('>').unwrap() + 1;
    let end = start + page[start..].find("</script>").unwrap();
    let data: serde_json::Value = serde_json::from_str(&page[start..end]).unwrap();
    let reading = |reading: &serde_json::Value| {
        let witnesses = reading["witnesses"].as_array().unwrap().iter();
        let siglum = |w: &serde_json::Value| texts[w.as_u64().unwrap() as usize].siglum().to_owned();
        (om(reading["text"].as_str().unwrap()), witnesses.map(siglum).collect())
    };
    let units = data["units"].as_array().unwrap().iter();
    units.map(|unit| unit["readings"].as_array().unwrap().iter().map(reading).collect()).collect()
}

/// Fails unless every output has the entries.
fn same_everywhere(texts: &[Text]) {
    let collated = &of(texts);
    let name = || texts.iter().map(|text| text.siglum()).collect::<Vec<_>>().join(" ");
    let entries: Vec<&Entry> = collated.entries().iter().collect();
    let said = said(collated);
    assert_eq!(of_table(&written("csv", collated), b',', &said), said, "CSV of {}", name());
    assert_eq!(of_table(&written("tsv", collated), b'\t', &said), said, "TSV of {}", name());
    assert_eq!(of_json(&written("json", collated)), said, "JSON of {}", name());
    let readings: Vec<_> = said.iter().map(|said| said.readings.clone()).collect();
    assert_eq!(of_page(texts), readings, "the page of {}", name());

    let loci: Vec<&str> = said.iter().map(|said| said.locus.as_str()).collect();
    let form = Form { classes: true, ..Form::default() };
    let mut text = Vec::new();
    write_text(collated, entries.iter().copied(), &form, PLAIN, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let shown: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once("  ")?.0)).collect();
    assert_eq!(shown, loci, "the apparatus of {}", name());
    let mut markdown = Vec::new();
    write_markdown(collated, &entries, &form, &mut markdown).unwrap();
    let markdown = String::from_utf8(markdown).unwrap();
    let (_, listed) = markdown.split_once("\n## Substantive variants\n").unwrap();
    let mut shown: Vec<&str> = listed.lines().filter_map(|line| line.strip_prefix("* ")).collect();
    shown.iter_mut().for_each(|line| {
        let locus = loci.iter().filter(|locus| line.starts_with(**locus)).max_by_key(|locus| locus.len());
        *line = locus.copied().unwrap_or(line);
    });
    shown.sort_unstable();
    let mut sorted = loci.clone();
    sorted.sort_unstable();
    assert_eq!(shown, sorted, "the Markdown of {}", name());
    let mut table = Vec::new();
    entry_table::write(collated, &entries, &Groups::default(), PLAIN, &mut table).unwrap();
    let lines = String::from_utf8(table).unwrap().lines().count();
    let of_readings: usize = said.iter().map(|said| said.readings.len() - 1).sum();
    assert_eq!(lines, 1 + of_readings, "the table of {}", name());
    assert_eq!(written("latex", collated).matches("\\edtext{").count(), said.len(), "LaTeX of {}", name());
    let standoff = written("tei-standoff", collated);
    assert_eq!(standoff.matches("<app ").count(), said.len(), "TEI of {}", name());
    if texts.len() == 2 {
        let counted = publications(collated, &entries, 0, 1);
        assert_eq!(counted.variants, said.len(), "the summary of {}", name());
        assert_eq!(counted.classes.iter().map(|class| class.count).sum::<usize>(), said.len());
    }
}

/// Every token of every witness stands in one row, and together the tokens are the text.
fn whole(texts: &[Text]) {
    let collated = of(texts);
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for (witness, text) in collated.collation.witnesses.iter().zip(&collated.texts) {
        let tokens = witness.tokens.iter();
        let words: String =
            tokens.map(|t| squeezed(&witness.text[t.read.start as usize..t.read.end as usize])).collect();
        assert_eq!(words, squeezed(&witness.text), "{}", text.siglum());
        assert!(witness.tokens.is_sorted_by_key(|token| token.column), "{}", text.siglum());
    }
    let names: Vec<String> = collated.texts.iter().map(|text| text.siglum().to_owned()).collect();
    let cut = rows::rows(&collated, None, &names);
    for (column, witness) in collated.collation.witnesses.iter().enumerate() {
        let mut tokens: Vec<u32> = cut.rows.iter().flat_map(|row| row.cells[column].tokens.clone()).collect();
        tokens.sort_unstable();
        assert_eq!(tokens, (0..witness.tokens.len() as u32).collect::<Vec<_>>(), "{}", witness.siglum);
    }
}

/// Beads of two editions hold every sentence of both once.
fn partitioned(a: &Text, b: &Text) {
    let options = align::Options { method: Method::Editions, ..align::Options::default() };
    let beads = align::align(a, b, &options).value;
    assert_eq!(beads.check(a.len(), b.len()), Ok(()), "{} {}", a.siglum(), b.siglum());
}

/// Which words of two witnesses meet: by their numbers among the words.
fn links(collated: &Collated) -> BTreeSet<(usize, usize, usize, usize)> {
    let mut of_column: Vec<Vec<(usize, usize)>> = vec![Vec::new(); collated.collation.columns as usize];
    for (index, witness) in collated.collation.witnesses.iter().enumerate() {
        let is_word = |t: &&hexapla::model::CollatedToken| {
            witness.text[t.read.start as usize..t.read.end as usize].chars().any(char::is_alphanumeric)
        };
        for (number, token) in witness.tokens.iter().filter(is_word).enumerate() {
            of_column[token.column as usize].push((index, number));
        }
    }
    let mut links = BTreeSet::new();
    for column in of_column {
        for &(w, x) in &column {
            links.extend(column.iter().filter(|(v, _)| *v > w).map(|&(v, y)| (w, x, v, y)));
        }
    }
    links
}

/// The same text, its sentences cut somewhere else: after so many words each.
fn recut(text: &Text, every: &[usize]) -> Text {
    let mut cut = Segmented { segments: Vec::new(), ..(**text).clone() };
    let mut sizes = every.iter().copied().cycle();
    for (part, of) in text.document.parts.iter().enumerate() {
        for (block, place) in of.blocks.iter().enumerate() {
            let body = &of.text[place.span.range()];
            let mut index = 0;
            let mut words: Vec<(usize, usize)> = Vec::new();
            let mut start = None;
            for (at, c) in body.char_indices().chain([(body.len(), ' ')]) {
                match (start, c.is_whitespace()) {
                    (None, false) => start = Some(at),
                    (Some(from), true) => {
                        words.push((place.span.start + from, place.span.start + at));
                        start = None;
                    }
                    _ => {}
                }
            }
            let mut rest = words.as_slice();
            while !rest.is_empty() {
                let size = sizes.next().unwrap().clamp(1, rest.len());
                let span = Span::new(rest[0].0, rest[size - 1].1);
                cut.segments.push(Segment { part, block, index, span });
                index += 1;
                rest = &rest[size..];
            }
        }
    }
    cut.into()
}

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "war",
        "War",
        "peace",
        "the",
        "The",
        "of",
        "to",
        "day",
        "today",
        "colour",
        "color",
        "army",
        "river",
        "eleven",
        "11",
        "&",
        "and",
        "government",
        "people",
        "régime",
        "regime",
        ",",
        ";",
        ".",
        "?",
        "“",
        "”",
        "战",
        "争",
        "—",
        "\n\n",
    ])
}

/// A text of some words, in sentences and paragraphs as they come.
fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(word(), 1..40).prop_map(|words| format!("x {}", words.join(" ")))
}

/// Witnesses that have most in common: a text, and others in which words were put, left out or replaced,
/// or of which a part stands elsewhere.
fn witnesses(number: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    let base = proptest::collection::vec(word(), 4..40);
    let change = (0usize..40, 0usize..4, word(), 1usize..6);
    (base, proptest::collection::vec(proptest::collection::vec(change, 0..5), number)).prop_map(
        |(base, all)| {
            let changed = |changes: Vec<(usize, usize, &'static str, usize)>| {
                let mut words = base.clone();
                for (at, kind, word, many) in changes {
                    let at = at % words.len();
                    match kind {
                        0 => words[at] = word,
                        1 => words.insert(at, word),
                        2 if words.len() > 2 => drop(words.remove(at)),
                        _ => {
                            let to = words.len();
                            words[at..].rotate_left(many.min(to - at) % (to - at).max(1));
                        }
                    }
                }
                format!("x {}", words.join(" "))
            };
            all.into_iter().map(changed).collect()
        },
    )
}

fn loaded(list: &[String]) -> Vec<Text> {
    list.iter().enumerate().map(|(index, words)| load(&format!("W{index}"), words)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_output_has_the_same_entries(list in witnesses(2..5)) {
        same_everywhere(&loaded(&list));
    }

    #[test]
    fn so_it_is_of_witnesses_that_have_little_in_common(list in proptest::collection::vec(words(), 2..4)) {
        same_everywhere(&loaded(&list));
    }

    #[test]
    fn every_token_stands_once(list in witnesses(2..5)) {
        whole(&loaded(&list));
    }

    #[test]
    fn beads_partition_both_sides(a in words(), b in words(), like in witnesses(2..3)) {
        partitioned(&load("A", &a), &load("B", &b));
        partitioned(&load("A", &like[0]), &load("B", &like[1]));
    }

    #[test]
    fn neither_order_nor_threads_matter(list in witnesses(2..6), turn in 0usize..6) {
        let texts = loaded(&list);
        let options = Options { base: Some("W0".into()), ..Options::default() };
        let first = collate(&texts, &options).unwrap().value;
        let mut other = texts;
        let turn = turn % other.len();
        other.rotate_left(turn);
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let again = pool.install(|| collate(&other, &options)).unwrap().value;
            prop_assert_eq!(&first.collation, &again.collation);
        }
    }

    #[test]
    fn words_meet_wherever_sentences_are_cut(
        list in witnesses(2..4),
        every in proptest::collection::vec(1usize..9, 1..5),
    ) {
        let texts = loaded(&list);
        let cut: Vec<Text> = texts.iter().map(|text| recut(text, &every)).collect();
        prop_assert_eq!(links(&of(&texts)), links(&of(&cut)));
    }
}

/// All witnesses of each development set.
fn sets() -> Vec<(String, Vec<Text>)> {
    let Some(folder) = std::env::var_os("HEXAPLA_DATA").map(PathBuf::from) else {
        println!("skipped: HEXAPLA_DATA is not set");
        return Vec::new();
    };
    let listed = |folder: PathBuf| {
        let mut all: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        all.sort();
        all
    };
    let folders = listed(folder.join("editions")).into_iter().filter(|path| path.is_dir());
    folders
        .map(|set| {
            let files = listed(set.clone()).into_iter().filter(|f| f.extension().is_some_and(|e| e == "txt"));
            let text = |file: PathBuf| {
                let siglum = file.file_stem().unwrap().to_string_lossy().into_owned();
                let bytes = std::fs::read(&file).unwrap();
                session::load_bytes(&bytes, None, &siglum, &FileOptions::default()).unwrap().value
            };
            (set.file_name().unwrap().to_string_lossy().into_owned(), files.map(text).collect())
        })
        .filter(|(_, texts): &(String, Vec<Text>)| texts.len() > 1)
        .collect()
}

#[test]
fn the_development_editions_have_the_same_entries_everywhere() {
    for (set, texts) in sets() {
        println!("{set}: {} witnesses", texts.len());
        same_everywhere(&texts);
        same_everywhere(&[texts[0].clone(), texts[1].clone()]);
        whole(&texts);
    }
}

#[test]
fn beads_of_the_development_editions_partition_both_sides() {
    for (_, texts) in sets() {
        texts[1..].iter().for_each(|other| partitioned(&texts[0], other));
    }
}

#[test]
fn words_of_the_development_editions_meet_wherever_sentences_are_cut() {
    for (set, texts) in sets() {
        let cut: Vec<Text> =
            texts.iter().zip(1usize..).map(|(text, by)| recut(text, &[3 + by, 11, 2 * by])).collect();
        let (before, after) = (links(&of(&texts)), links(&of(&cut)));
        let lost = before.symmetric_difference(&after).count();
        println!("{set}: {lost} of {} word links differ", before.len());
        assert_eq!(lost, 0, "{set}");
    }
}

/// The same words with all stops taken out of one witness, each line by itself.
#[test]
fn words_of_the_development_editions_meet_without_stops() {
    for (set, texts) in sets() {
        let bare = |text: &Text| {
            let words =
                text.document.parts.iter().map(|part| part.text.replace(['.', ',', ';', ':', '!', '?'], " "));
            load(text.siglum(), &words.collect::<Vec<_>>().join("\n\n"))
        };
        let pointed = [texts[0].clone(), texts[1].clone()];
        let (a, b) = (bare(&texts[0]), bare(&texts[1]));
        let plain = links(&of(&[a.clone(), b.clone()]));
        for (name, pair) in [("first", [a, pointed[1].clone()]), ("second", [pointed[0].clone(), b])] {
            let found = links(&of(&pair));
            let lost = plain.symmetric_difference(&found).count();
            println!("{set}, {name} without stops: {lost} of {} word links differ", plain.len());
            assert!(lost * 200 <= plain.len(), "{set}, {name}: {lost} of {}", plain.len());
        }
    }
}
