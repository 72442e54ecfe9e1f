//! The founding text and its witnesses, end to end: what `hexapla demo` writes is right.

// Helpers of tests may fail loudly.
#![allow(clippy::expect_used)]

mod common;

use common::ProjectTest;
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_founding_text_is_the_witness_byte_for_byte() {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(include_bytes!("../texts/fi-1942.txt"));
    let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(hex, "37e7218d8fb4c7a47af83b8e9b4ec18321b7b6294d0ca173131ca400bc06615d");
}

#[test]
fn the_corrected_text_differs_exactly_where_it_was_corrected() {
    let demo = ProjectTest::demo();
    let diff = json(&demo.run(&["diff", "FI", "ed", "--json"]).expect_code(1).stdout());
    let witnesses = diff["witnesses"].as_array().expect("witnesses");
    let tokens = &witnesses.iter().find(|w| w["siglum"] == "FI").expect("FI")["tokens"];
    let found: Vec<(&Value, u64)> = diff["units"]
        .as_array()
        .expect("units")
        .iter()
        .map(|unit| {
            let places = unit["readings"].as_array().expect("readings").iter();
            let mut places = places.flat_map(|reading| reading["witnesses"].as_array().expect("witnesses"));
            let own = places.find(|place| place["siglum"] == "FI").expect("FI has it");
            let first = usize::try_from(own["tokens"][0].as_u64().expect("a token")).expect("small");
            let place = tokens[first]["source"][0].as_u64().expect("an offset");
            (&unit["readings"][1], place)
        })
        .collect();
    let gold: Vec<Value> =
        demo.read("alignments/gold/FI-ed.variants.jsonl").lines().skip(1).map(json).collect();
    assert_eq!(found.len(), gold.len(), "{found:#?}");
    for ((reading, place), gold) in found.iter().zip(&gold) {
        assert_eq!(reading["class"], gold["class"], "{gold}");
        let start = gold["a"]["start"].as_u64().expect("a start");
        let end = gold["a"]["end"].as_u64().expect("an end");
        assert!((*place..=place + 20).contains(&start) && end >= *place, "{reading} at {gold}");
        if reading["class"] == "scan-error" {
            assert_eq!(reading["lemma_is_suspect"], true, "the scan is that of FI");
        }
    }
}

#[test]
fn every_change_of_the_constructed_witness_is_found_and_none_is_invented() {
    let demo = ProjectTest::demo();
    let scores = json(&demo.run(&["eval", "--json"]).success().stdout());
    let pair = |name: &str| {
        scores.as_array().expect("pairs").iter().find(|p| p["pair"] == name).expect("the pair").clone()
    };
    let variants = &pair("FI-PDx")["variants"];
    assert_eq!(variants["missed"], json("[]"), "{variants:#}");
    assert_eq!(variants["invented"], json("[]"), "{variants:#}");
    let right =
        variants["class_right"].as_f64().expect("a count") / variants["gold"].as_f64().expect("a count");
    assert!(right >= 0.95, "{right:.3} rightly classed: {:#}", variants["misclassed"]);
    assert!(pair("FI-PDx")["strict"]["f1"].as_f64().expect("F1") >= 0.97);
}

#[test]
fn each_translation_is_aligned() {
    let demo = ProjectTest::demo();
    let scores = json(&demo.run(&["eval", "--json"]).success().stdout());
    for name in ["FI-fr", "FI-de", "FI-ru", "FI-zh"] {
        let pair = scores.as_array().expect("pairs").iter().find(|p| p["pair"] == name).expect("the pair");
        let f1 = pair["strict"]["f1"].as_f64().expect("F1");
        assert!(f1 >= 0.95, "{name}: {f1}");
        assert!(pair["lax"]["f1"].as_f64().expect("F1") >= f1, "{name}");
    }
    demo.run(&["eval", "--min", "0.999"]).expect_code(1);
    demo.run(&["eval", "--min", "0.95"]).success();
}

#[test]
fn tables_of_every_pair_are_written_and_lose_no_sentence() {
    let demo = ProjectTest::demo();
    for (a, b) in
        [("FI", "ed"), ("FI", "PDx"), ("ed", "PDx"), ("FI", "fr"), ("FI", "de"), ("FI", "ru"), ("FI", "zh")]
    {
        let text = demo.read(&format!("alignments/{a}-{b}.csv"));
        let mut table = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(table.headers().expect("a header").len(), 15);
        let (mut ids_a, mut ids_b) = (Vec::new(), Vec::new());
        for row in table.records() {
            let row = row.expect("a row");
            let ids = |field: usize| row[field].split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(row[5].parse::<usize>().expect("a count"), ids(1).len());
            assert_eq!(row[6].parse::<usize>().expect("a count"), ids(2).len());
            ids_a.extend(ids(1));
            ids_b.extend(ids(2));
        }
        for (siglum, mut ids) in [(a, ids_a), (b, ids_b)] {
            let all = demo.run(&["segment", siglum, "--format", "jsonl"]).success().stdout();
            let mut expected: Vec<String> =
                all.lines().map(|l| json(l)["id"].as_str().expect("an id").to_owned()).collect();
            ids.sort();
            expected.sort();
            assert_eq!(ids, expected, "{a}-{b}: each segment of {siglum} stands in one row");
        }
    }
}

#[test]
fn one_thread_and_two_write_the_same_bytes() {
    let (one, two) = (ProjectTest::empty(), ProjectTest::empty());
    let first = one.run(&["demo", ".", "--jobs", "1", "--quiet"]).success();
    let second = two.run(&["demo", ".", "--jobs", "2", "--quiet"]).success();
    assert_eq!(first.stdout(), second.stdout());
    assert_eq!(one.all_files(), two.all_files());
}

#[test]
fn every_witness_is_cut_as_a_person_cut_it() {
    let demo = ProjectTest::demo();
    let squeeze = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for (gold, side, siglum) in [
        ("FI-de", "a", "FI"),
        ("FI-PDx", "b", "PDx"),
        ("FI-fr", "b", "fr"),
        ("FI-de", "b", "de"),
        ("FI-ru", "b", "ru"),
        ("FI-zh", "b", "zh"),
    ] {
        let gold = demo.read(&format!("alignments/gold/{gold}.jsonl"));
        let beads = gold.lines().skip(1).map(json);
        let mut expected: Vec<String> = beads
            .flat_map(|bead| bead[side].as_array().expect("sentences").clone())
            .map(|s| squeeze(s.as_str().expect("a sentence")))
            .collect();
        let lines = demo.run(&["segment", siglum, "--format", "jsonl"]).success().stdout();
        let mut found: Vec<String> =
            lines.lines().map(|l| squeeze(json(l)["text"].as_str().expect("text"))).collect();
        // The gold stands in the order of FI, a moved passage included.
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{siglum}");
    }
}

#[test]
fn segments_lead_back_to_the_bytes_of_the_file() {
    let demo = ProjectTest::demo();
    for siglum in ["FI", "PDx", "ru", "zh"] {
        for line in demo.run(&["segment", siglum, "--format", "jsonl"]).success().stdout().lines() {
            let segment = json(line);
            let bytes =
                std::fs::read(demo.path(segment["file"].as_str().expect("a file"))).expect("readable");
            let at =
                |i: usize| usize::try_from(segment["source"][i].as_u64().expect("an offset")).expect("fits");
            let there = String::from_utf8(bytes[at(0)..at(1)].to_vec()).expect("whole characters");
            // Markup and line breaks may stand between; the letters are the same.
            let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).take(12).collect::<String>();
            assert_eq!(
                letters(&there),
                letters(segment["text"].as_str().expect("text")),
                "{siglum}: {segment}"
            );
        }
    }
}

#[test]
fn the_demo_leaves_a_changed_file_alone() {
    let demo = ProjectTest::demo().file("texts/ed.txt", "mine");
    demo.run(&["demo", "."]).error(&["texts/ed.txt", "hint: "]);
    assert_eq!(demo.read("texts/ed.txt"), "mine");
}
