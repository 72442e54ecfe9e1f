//! The same bytes for any order of the witnesses and any number of threads, in every format.

// Helpers of tests may fail loudly.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

const FORMATS: [&str; 17] = [
    "apparatus",
    "table",
    "inline",
    "markdown",
    "csv",
    "tsv",
    "json",
    "collatex",
    "tei",
    "tei-standoff",
    "latex",
    "graphml",
    "dot",
    "links",
    "distances",
    "nexus",
    "newick",
];

/// What is written of some texts of the repository, with the first edition as base.
fn written(files: &[&str], format: &str, jobs: &str) -> Vec<u8> {
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("texts");
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        std::fs::copy(texts.join(file), folder.path().join(file)).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_hexapla"))
        .args(["collate", "--quiet", "--lang", "en", "--base", "fi-1942", "--format", format, "--jobs", jobs])
        .args(files)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{format}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn neither_order_nor_threads_change_a_byte() {
    let orders = [
        ["fi-1942.txt", "ed.txt", "pdx-1.txt", "pdx-2.txt", "pdx-3.txt"],
        ["pdx-3.txt", "ed.txt", "pdx-2.txt", "fi-1942.txt", "pdx-1.txt"],
        ["pdx-2.txt", "pdx-3.txt", "fi-1942.txt", "pdx-1.txt", "ed.txt"],
    ];
    for format in FORMATS {
        let first = written(&orders[0], format, "1");
        assert!(!first.is_empty(), "{format}");
        for (order, jobs) in [(&orders[0], "4"), (&orders[1], "2"), (&orders[2], "1")] {
            // The rows of sentences are those of the first witness that is named.
            if format != "table" || order == &orders[0] {
                assert!(written(order, format, jobs) == first, "{format} {order:?} {jobs}");
            }
        }
    }
}
