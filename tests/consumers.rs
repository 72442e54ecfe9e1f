//! What we write, read by the programs it is meant for: TEI by jing with the schema of the TEI, graphs by
//! Graphviz.
//!
//! `HEXAPLA_TEI_SCHEMA` names `tei_all.rng`. What is not installed is not tested, and says so.

// Helpers of tests may fail loudly and speak.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::process::Command;

use common::ProjectTest;

/// Whether a program can be started.
fn has(program: &str, version: &str) -> bool {
    let there = Command::new(program).arg(version).output().is_ok();
    if !there {
        println!("skipped: {program} is not installed");
    }
    there
}

/// Three short editions with all that makes TEI hard: headings, turns, verse, a fragment, a move, signs of
/// markup in the text.
fn editions() -> ProjectTest {
    let a = "THE TITLE\n\nA first paragraph & a <b>sign</b>. It goes on.\n\n\
        Second Heading\n\nQUESTION: What came of it in the end?\n\nANSWER: Nothing came of it. We waited long.\n\n\
        The last paragraph of all stands here, and nobody moves it anywhere at all.\n";
    let b = "THE TITLE\n\nThe last paragraph of all stands here, and nobody moves it anywhere at all.\n\n\
        A first paragraph & a <b>sign</b>. It went on.\n\n\
        Second Heading\n\nQUESTION: What came of it?\n\nANSWER: Nothing came of it. We waited long.\n";
    let c = "Second Heading\n\nQUESTION: What came of it in the end?\n\nANSWER: Nothing, came of it. We waited.\n";
    ProjectTest::empty().file("1859.txt", a).file("b.txt", b).file("c.txt", c)
}

#[test]
fn tei_is_valid() {
    if !has("jing", "-version") {
        return;
    }
    let Some(schema) = std::env::var_os("HEXAPLA_TEI_SCHEMA") else {
        println!("skipped: HEXAPLA_TEI_SCHEMA is not set");
        return;
    };
    let texts = ["1859.txt", "b.txt", "c.txt"];
    let own = editions();
    let demo = ProjectTest::demo();
    let mut cases: Vec<(&ProjectTest, Vec<&str>)> = Vec::new();
    for format in ["tei", "tei-standoff"] {
        for base in [&["--no-base"][..], &["--base", "b"]] {
            cases.push((&own, [&["collate", "--lang", "en", "--format", format][..], base, &texts].concat()));
        }
        cases.push((&demo, vec!["collate", "--format", format]));
    }
    for text in texts {
        cases.push((&own, vec!["segment", "--format", "tei", text]));
    }
    for siglum in ["FI", "PDx", "fr", "zh"] {
        cases.push((&demo, vec!["segment", "--format", "tei", siglum]));
    }
    for (test, arguments) in cases {
        let file = test.path("checked.xml");
        std::fs::write(&file, test.run(&arguments).stdout()).unwrap();
        let output = Command::new("jing").arg(&schema).arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
    }
}

#[test]
fn graphs_are_drawn() {
    if !has("dot", "-V") {
        return;
    }
    let own = editions();
    let graph = own.path("graph.dot");
    let arguments = ["collate", "--lang", "en", "--format", "dot", "1859.txt", "b.txt", "c.txt"];
    std::fs::write(&graph, own.run(&arguments).stdout()).unwrap();
    let output = Command::new("dot").arg("-Tsvg").arg(&graph).output().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let picture = String::from_utf8(output.stdout).unwrap();
    let nodes = picture.matches("class=\"node\"").count();
    assert!(nodes > 10 && picture.contains("&lt;"), "{nodes} nodes\n{picture}");
}
