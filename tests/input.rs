//! Bad input: one clear error that names file and place and gives a hint, exit code 2, nothing half
//! written.

// Helpers of tests may fail loudly.
#![allow(clippy::expect_used)]

mod common;

use common::ProjectTest;

fn test() -> ProjectTest {
    ProjectTest::empty().file("good.txt", "One sentence. Another one.\n")
}

#[test]
fn a_missing_file() {
    test().run(&["align", "good.txt", "gone.txt"]).error(&["gone.txt: no such file", "hint: "]);
}

#[test]
fn a_folder_instead_of_a_file() {
    let t = test().file("folder/x.txt", "x");
    t.run(&["segment", "folder"]).error(&["folder", "folder, not a file", "hint: "]);
}

#[test]
fn an_empty_file() {
    for empty in ["", " \n\t\n", "\u{feff}"] {
        let t = test().file("empty.txt", empty);
        t.run(&["segment", "empty.txt"]).error(&["empty.txt", "hint: "]);
        t.run(&["diff", "good.txt", "empty.txt"]).error(&["empty.txt"]);
    }
}

#[test]
fn a_binary_file() {
    let mut png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".to_vec();
    png.extend((0..2000u32).map(|i| (i * 7919 % 256) as u8));
    test().file("image.txt", png).run(&["segment", "image.txt"]).error(&["image.txt", "hint: "]);
    let pdf = test().file("book.pdf", "%PDF-1.4\n%\u{e2}\u{e3}\n1 0 obj\n");
    pdf.run(&["segment", "book.pdf"]).error(&["book.pdf", "pdftotext"]);
}

#[test]
fn a_wrong_or_unknown_encoding() {
    let t = test().file("latin.txt", b"Caf\xe9 au lait. D\xe9j\xe0 vu, et voil\xe0 la f\xeate.\n");
    t.run(&["segment", "latin.txt", "--encoding", "klingon"]).error(&["klingon", "hint: "]);
    let detected = t.run(&["segment", "latin.txt", "--lang", "fr"]).success();
    assert!(detected.stdout().contains("Café au lait."), "{}", detected.stdout());
    assert!(detected.stderr().contains("warning: "), "a guess is told: {}", detected.stderr());
    let forced =
        t.run(&["segment", "latin.txt", "--lang", "fr", "--encoding", "windows-1252", "--quiet"]).success();
    assert_eq!(forced.stdout(), detected.stdout());
}

#[test]
fn a_manifest_with_a_typo() {
    let t = test().file(
        "hexapla.toml",
        "[work]\ntitle = \"T\"\n\n[[witness]]\nsiglum = \"A\"\nlnag = \"en\"\nfiles = [\"good.txt\"]\n",
    );
    t.run(&["status"]).error(&["hexapla.toml:6:", "lnag", "did you mean", "lang", "^"]);
    // Commands on plain files do not need it.
    t.run(&["segment", "good.txt", "--lang", "en"]).success();
    t.run(&["diff", "good.txt", "good.txt", "--lang", "en"]).success();
    t.run(&["diff", "A", "good.txt"]).error(&["hexapla.toml:6:"]);
}

#[test]
fn a_manifest_with_a_missing_file_or_the_same_siglum_twice() {
    let witness = |siglum: &str, file: &str| {
        format!("[[witness]]\nsiglum = \"{siglum}\"\nlang = \"en\"\nfiles = [\"{file}\"]\n")
    };
    let t = test().file(
        "hexapla.toml",
        format!("[work]\ntitle = \"T\"\n{}{}", witness("A", "good.txt"), witness("B", "gone.txt")),
    );
    t.run(&["status"]).error(&["gone.txt", "no such file"]);
    let t = test().file(
        "hexapla.toml",
        format!("[work]\ntitle = \"T\"\n{}{}", witness("A", "good.txt"), witness("A", "good.txt")),
    );
    t.run(&["status"]).error(&["hexapla.toml:", "A", "hint: "]);
}

#[test]
fn an_unknown_siglum() {
    let t = ProjectTest::demo();
    t.run(&["align", "FI", "frr"]).error(&["frr", "fr", "hint: "]);
}

#[test]
fn no_project_where_one_is_needed() {
    test().run(&["status"]).error(&["hexapla.toml", "hexapla init"]);
}

#[test]
fn a_million_words_in_one_line() {
    let line = "word ".repeat(1_000_000);
    let t = test().file("long.txt", line);
    let out = t.run(&["segment", "long.txt", "--lang", "en", "--format", "lines"]).success().stdout();
    assert_eq!(out.split_whitespace().count(), 1_000_000, "no word is lost");
}

#[test]
fn malformed_gold_names_the_line() {
    let t = test().file("gold.txt", "[0]:[0]\n[1]:[x]\n").file("pred.txt", "[0]:[0]:1.0\n");
    t.run(&["eval", "--gold", "gold.txt", "pred.txt"]).error(&["gold.txt:2:", "hint: "]);
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing() {
    let t = test();
    t.run(&["align", "good.txt", "good.txt", "-o", "good.txt/out.csv"]).error(&["good.txt/out.csv"]);
    assert_eq!(t.all_files().len(), 1);
}

#[test]
fn hostile_text_is_shown_as_text() {
    let t = ProjectTest::empty()
        .file("a.txt", "One \u{1b}[31mred word.\n")
        .file("b.txt", "One \u{1b}[31mblue \u{202e}word.\n");
    for view in ["side", "inline", "apparatus"] {
        let out = t.run(&["diff", "a.txt", "b.txt", "--lang", "en", "--view", view]).expect_code(1).stdout();
        assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}'), "{view}: {out:?}");
    }
}

#[test]
fn one_text_may_come_from_standard_input() {
    let t = test();
    let run = t.run_with_input(&["diff", "good.txt", "-", "--lang", "en"], b"One sentence. Another two.\n");
    run.expect_code(1);
    t.run(&["align", "-", "-"]).error(&["standard input"]);
    t.run_with_input(&["segment", "-"], b"").error(&["standard input", "hint: "]);
}

#[test]
fn a_witness_is_added_from_the_project_s_own_folder() {
    let t = ProjectTest::demo();
    t.run(&["add", "texts/de.txt", "--siglum", "de2", "--lang", "de", "--of", "FI"]).success();
    assert!(t.read("hexapla.toml").contains("siglum = \"de2\""), "{}", t.read("hexapla.toml"));
    assert!(t.run(&["status"]).success().stdout().contains("FI-de2"));
    t.run(&["add", "texts/gone.txt"]).error(&["texts/gone.txt: no such file"]);
    t.run(&["add", "texts/ed.txt", "--siglum", "de2"]).success();
    assert!(t.read("hexapla.toml").contains("texts/ed.txt\"]"), "a known siglum gets a further part");
}

#[test]
fn a_damaged_alignment_is_refused_and_can_be_made_anew() {
    let t = ProjectTest::demo();
    let damaged = t.read("alignments/FI-fr.jsonl").replacen("\"confidence\":", "\"confidence\":x", 1);
    let t = t.file("alignments/FI-fr.jsonl", damaged);
    t.run(&["align", "FI", "fr"]).error(&["FI-fr.jsonl:2", "--anew"]);
    t.run(&["align", "FI", "fr", "--anew"]).success();
    t.run(&["align", "FI", "fr"]).success();
}

/// Unix only: what `hexapla ... | head -1` does.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let t = ProjectTest::demo();
    for args in [
        &["align", "FI", "fr", "--format", "csv"][..],
        &["align", "FI", "fr", "--format", "jsonl"],
        &["align", "FI", "fr", "--format", "table"],
        &["segment", "FI", "--format", "csv"],
        &["segment", "FI", "--format", "tei"],
        &["diff", "FI", "PDx", "--json"],
        &["find", "the"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hexapla"))
            .args(args)
            .current_dir(t.path("."))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let mut first = [0; 1];
        let mut out = child.stdout.take().expect("piped");
        out.read_exact(&mut first).expect("a byte");
        drop(out);
        let end = child.wait_with_output().expect("it ends");
        let stderr = String::from_utf8_lossy(&end.stderr);
        assert!(!stderr.contains("error"), "{args:?}: {stderr}");
        assert_ne!(end.status.code(), Some(2), "{args:?}");
    }
}
