//! Every fault of a manifest: its message, its place, its hint.
// The helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use hexapla::ErrorKind;
use hexapla::model::{VariantClass, WitnessKind};
use hexapla::project::Manifest;

const DESIGNED: &str = r#"
[work]
title  = "The Second World War"
author = "Leon Trotsky"
base   = "FI"

[[witness]]
siglum    = "FI"
kind      = "transcription"
lang      = "en"
title     = "Fourth International, vol. 3 no. 8"
publisher = "Fourth International"
place     = "New York"
date      = "1942-08"
files     = ["texts/fi-1942.txt"]

[[witness]]
siglum = "PD"
kind   = "constructed"
lang   = "en"
files  = [{ path = "texts/pd-1.txt", part = "I", date = "1940-03-10" }, { path = "texts/pd-2.txt", part = "II", date = 1940-03-17 }]
note   = "constructed for tests"

[[witness]]
siglum = "fr"
kind   = "translation"
lang   = "fr"
of     = "FI"
encoding = "latin1"
format = "html"
content = "main"
drop = "nav, .foot"
note_selector = ".fn"
files  = ["texts/fr.html"]

[segment.en]
abbreviations = ["Gen.", "Col."]
quotes = "keep"

[compare]
rules = [{ from = "régime", to = "regime" }, { from = "to-day", to = "today", witness = "FI" }]
ignore = ["layout", "punctuation"]
"#;

#[test]
fn the_designed_manifest_is_understood() {
    let outcome = Manifest::parse(DESIGNED, "hexapla.toml").unwrap();
    assert!(outcome.warnings.is_empty(), "{:?}", outcome.warnings);
    let manifest = outcome.value;
    assert_eq!(manifest.sigla(), ["FI", "PD", "fr"]);
    assert_eq!(manifest.work.base.as_deref(), Some("FI"));
    let pd = manifest.find("PD").unwrap();
    assert_eq!(pd.witness.kind, WitnessKind::Constructed);
    assert_eq!(pd.files[1].path.to_str(), Some("texts/pd-2.txt"));
    assert_eq!(pd.files[1].part.as_deref(), Some("II"));
    assert_eq!(pd.files[1].date.as_deref(), Some("1940-03-17"));
    let fr = manifest.find("fr").unwrap();
    assert_eq!(manifest.original_of(fr), Some("FI"));
    assert_eq!(fr.encoding.as_deref(), Some("latin1"));
    assert_eq!(fr.note_selector.as_deref(), Some(".fn"));
    assert_eq!(manifest.segment["en"].abbreviations, ["Gen.", "Col."]);
    assert_eq!(manifest.segment["en"].quotes.as_deref(), Some("keep"));
    assert_eq!(manifest.compare.rules[1].witness.as_deref(), Some("FI"));
    assert_eq!(manifest.compare.ignore, [VariantClass::Layout, VariantClass::Punctuation]);
    let pairs: Vec<String> = manifest.default_pairs().iter().map(|(a, b)| format!("{a}-{b}")).collect();
    assert_eq!(pairs, ["FI-PD", "FI-fr"]);
}

#[test]
fn a_layer_stands_for_its_classes() {
    let text = format!("{}[compare]\nignore = [\"accidental\", \"layout\"]\n", witness("A", ""));
    let ignored = Manifest::parse(&text, "x").unwrap().value.compare.ignore;
    assert_eq!(ignored.len(), 11);
    assert!(ignored.contains(&VariantClass::Spelling) && !ignored.contains(&VariantClass::Number));
}

/// A witness with further lines.
fn witness(siglum: &str, lines: &str) -> String {
    format!("[[witness]]\nsiglum = \"{siglum}\"\nlang = \"en\"\nfiles = [\"{siglum}.txt\"]\n{lines}")
}

/// `text` fails with `message` at `place` (line:column), its carets stand below `marked`, and
/// `hint` is part of the hint.
#[track_caller]
fn fails(text: &str, place: &str, marked: &str, message: &str, hint: &str) -> ErrorKind {
    let error = Manifest::parse(text, "dir/hexapla.toml").unwrap_err();
    assert_eq!(error.to_string(), format!("dir/hexapla.toml:{place}: {message}"));
    let shown = error.shown_excerpt().unwrap();
    let (line, carets) = shown.split_once('\n').unwrap();
    let from = carets.chars().position(|c| c == '^').unwrap();
    let under: String = line.chars().skip(from).take(carets.matches('^').count()).collect();
    assert_eq!(under, marked, "\n{shown}");
    let shown_hint = error.shown_hint().unwrap_or_default();
    assert!(shown_hint.contains(hint) && shown_hint.is_empty() == hint.is_empty(), "hint: {shown_hint}");
    error.kind()
}

#[test]
fn unknown_keys() {
    let kind = fails(
        "[work]\ntitel = \"x\"\n",
        "2:1",
        "titel",
        "unknown key `titel`",
        "did you mean `title`? the keys here are `title`, `author`, `base`",
    );
    assert_eq!(kind, ErrorKind::Syntax);
    fails(&witness("A", "  lnag = \"fr\"\n"), "5:3", "lnag", "unknown key `lnag`", "did you mean `lang`?");
    fails(
        &witness("A", "colour = 1\n"),
        "5:1",
        "colour",
        "unknown key `colour`",
        "the keys here are `siglum`,",
    );
    fails("[[witnes]]\nsiglum = \"A\"\n", "1:3", "witnes", "unknown key `witnes`", "did you mean `witness`?");
    fails(
        "[segment.en]\nabreviations = []\n",
        "2:1",
        "abreviations",
        "unknown key `abreviations`",
        "did you mean `abbreviations`?",
    );
    fails(
        "[compare]\nrules = [{ form = \"a\", to = \"b\" }]\n",
        "2:12",
        "form",
        "unknown key `form`",
        "did you mean `from`?",
    );
    let part =
        "[[witness]]\nsiglum = \"A\"\nlang = \"en\"\nfiles = [\"a\", { path = \"b\", prat = \"I\" }]\n";
    fails(part, "4:29", "prat", "unknown key `prat`", "did you mean `part`?");
}

#[test]
fn values_of_the_wrong_type() {
    let text = "[[witness]]\nsiglum = 3\n";
    fails(text, "2:10", "3", "expected a string, found integer 3", "quotation marks");
    let text = "[[witness]]\nsiglum = \"A\"\nlang = \"en\"\nfiles = \"a.txt\"\n";
    fails(text, "4:9", "\"a.txt\"", "expected a list, found string \"a.txt\"", "square brackets");
    let text = "[[witness]]\nsiglum = \"A\"\nfiles = [\"a\", 3]\n";
    fails(text, "3:15", "3", "expected a path or a table { path, part, date }, found integer 3", "");
    let text = "[[witness]]\nsiglum = \"A\"\nfiles = [{ part = \"I\" }]\n";
    fails(text, "3:10", "{ part = \"I\" }", "the key `path` is missing here", "");
    fails("[witness]\nsiglum = \"A\"\n", "1:1", "[witness]", "expected a list, found table", "[[witness]]");
    let text = "[[witness]]\nsiglum = \"A\"\ndate = true\n";
    fails(text, "3:8", "true", "expected a date in quotes, found boolean", "");
    let text = "[[witness]]\nsiglum = \"A\"\nsiglum = \"B\"\n";
    fails(text, "3:1", "siglum", "this key stands here for the second time", "its own [[witness]]");
}

#[test]
fn what_is_not_toml() {
    let error = Manifest::parse("[work]\ntitle = \"The War\nbase = \"A\"\n", "hexapla.toml").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Syntax);
    assert_eq!(error.place().unwrap().line, 2);
    assert!(error.shown_hint().unwrap().contains("TOML"));
    let error = Manifest::parse("[[witness]]\ndate = 1942-08\n", "hexapla.toml").unwrap_err();
    assert_eq!(error.place().unwrap().line, 2);
    assert_eq!(error.shown_hint(), Some("write dates between quotation marks: date = \"1942-08\""));
}

#[test]
fn words_that_are_not_known() {
    let kind = fails(
        &witness("A", "kind = \"editon\"\n"),
        "5:8",
        "\"editon\"",
        "unknown kind `editon`",
        "did you mean `edition`? it may be `edition`, `transcription`, `manuscript`, `translation`, `constructed`",
    );
    assert_eq!(kind, ErrorKind::Unknown);
    fails(
        &witness("A", "format = \"htlm\"\n"),
        "5:10",
        "\"htlm\"",
        "unknown format `htlm`",
        "did you mean `html`?",
    );
    fails(&witness("A", "encoding = \"utf-9\"\n"), "5:12", "\"utf-9\"", "unknown encoding `utf-9`", "WHATWG");
    let text = witness("A", "[segment.en]\nquotes = \"kepe\"\n");
    fails(&text, "6:10", "\"kepe\"", "unknown policy for quotes `kepe`", "did you mean `keep`?");
    let text = witness("A", "[compare]\nignore = [\"layout\", \"speling\"]\n");
    fails(&text, "6:21", "\"speling\"", "unknown class of differences `speling`", "did you mean `spelling`?");
}

#[test]
fn sigla() {
    let twice = witness("FI", "") + &witness("FI", "");
    let kind =
        fails(&twice, "6:10", "\"FI\"", "two witnesses have the siglum `FI`", "the first stands in line 2");
    assert_eq!(kind, ErrorKind::Conflict);
    fails(&witness("F I", ""), "2:10", "\"F I\"", "the siglum `F I` holds white space", "letters and digits");
    fails(&witness("a/b", ""), "2:10", "\"a/b\"", "the siglum `a/b` holds `/`", "letters and digits");
    fails(&witness("a:b", ""), "2:10", "\"a:b\"", "the siglum `a:b` holds `:`", "letters and digits");
    fails(&witness("", ""), "2:10", "\"\"", "a siglum cannot be empty", "letters and digits");
    fails(
        "[[witness]]\nlang = \"en\"\n",
        "1:1",
        "[[witness]]",
        "this witness has no siglum",
        "siglum = \"A\"",
    );
    let hyphens = witness("A", "") + &witness("B-C", "") + &witness("A-B", "") + &witness("C", "");
    let message = "the pairs `A`, `B-C` and `A-B`, `C` would have the same name, A-B-C";
    fails(&hyphens, "10:10", "\"A-B\"", message, "hyphen");
}

#[test]
fn languages_and_files() {
    let text = "[[witness]]\nsiglum = \"A\"\nfiles = [\"a\"]\n";
    fails(text, "2:10", "\"A\"", "the witness `A` has no language", "lang = \"en\"");
    let text = "[[witness]]\nsiglum = \"A\"\nlang = \" \"\nfiles = [\"a\"]\n";
    fails(text, "3:8", "\" \"", "the witness `A` has no language", "\"und\"");
    let text = "[[witness]]\nsiglum = \"A\"\nlang = \"en\"\n";
    fails(text, "2:10", "\"A\"", "the witness `A` has no files", "files = [");
    let text = "[[witness]]\nsiglum = \"A\"\nlang = \"en\"\nfiles = []\n";
    fails(text, "4:9", "[]", "the witness `A` has no files", "files = [");
    let text = "[[witness]]\nsiglum = \"A\"\nlang = \"en\"\nfiles = [{ path = \"\" }]\n";
    assert_eq!(Manifest::parse(text, "x").unwrap_err().message(), "this path is empty");
    let text = "[[witness]]\nsiglum = \"A\"\nlang = \"en\"\nfiles = [\"a\", \"a\"]\n";
    fails(text, "4:15", "\"a\"", "the witness `A` has the file a twice", "once");
}

#[test]
fn references_to_witnesses() {
    let text = format!("[work]\nbase = \"F1\"\n{}", witness("FI", ""));
    fails(&text, "2:8", "\"F1\"", "`base` names a witness `F1` that does not exist", "did you mean `FI`?");
    let text = witness("fr", "of = \"FI\"\n") + &witness("F", "");
    fails(
        &text,
        "5:6",
        "\"FI\"",
        "`of` names a witness `FI` that does not exist",
        "the witnesses are `fr`, `F`",
    );
    let text = witness("fr", "of = \"fr\"\n");
    fails(&text, "5:6", "\"fr\"", "the witness `fr` cannot be a translation of itself", "was translated");
    let text = witness("A", "of = \"B\"\n") + &witness("B", "of = \"A\"\n");
    fails(
        &text,
        "5:6",
        "\"B\"",
        "the witness `A` is, by way of `B`, a translation of itself",
        "leave its `of` out",
    );
    let text = witness("fr", "kind = \"translation\"\n");
    fails(&text, "2:10", "\"fr\"", "the translation `fr` does not say of what", "of = \"A\"");
    let rule = "[compare]\nrules = [{ from = \"a\", to = \"b\", witness = \"X\" }]\n";
    let message = "`witness` names a witness `X` that does not exist";
    fails(&witness("FI", rule), "6:44", "\"X\"", message, "the witnesses are `FI`");
    let rule = "[compare]\nrules = [{ from = \" \", to = \"b\" }]\n";
    fails(&witness("FI", rule), "6:19", "\" \"", "this rule replaces nothing", "regime");
}

#[test]
fn a_base_is_the_original_of_translations_that_name_none() {
    let text = "[work]\nbase = \"FI\"\n".to_owned()
        + &witness("FI", "")
        + &witness("fr", "kind = \"translation\"\n");
    let manifest = Manifest::parse(&text, "x").unwrap().value;
    assert_eq!(manifest.original_of(manifest.find("fr").unwrap()), Some("FI"));
    assert_eq!(manifest.original_of(manifest.find("FI").unwrap()), None);
}

#[test]
fn what_is_odd_is_a_warning() {
    let warnings = |text: &str| -> Vec<String> {
        let outcome = Manifest::parse(text, "hexapla.toml").unwrap();
        outcome.warnings.iter().map(|w| format!("{} {w}", w.code)).collect()
    };
    assert_eq!(warnings(""), ["no-witness hexapla.toml: the project has no witness yet"]);
    let text = "[[witness]]\nsiglum = \"A\"\nlang = \"english\"\nfiles = [\"a\"]\n";
    assert_eq!(warnings(text), ["language-tag hexapla.toml:3:8: `english` is not a language tag"]);
    let text = witness("FR", "") + &witness("fr", "");
    assert_eq!(
        warnings(&text),
        ["sigla-case hexapla.toml:6:10: the sigla `FR` and `fr` differ in case only"]
    );
    let text = witness("A", "[segment.fr]\nabbreviations = []\n");
    let expected = "unused-rules hexapla.toml:5:10: there are rules for segmenting `fr`, but no witness has this language";
    assert_eq!(warnings(&text), [expected]);
    let text = witness("A", "") + "[[witness]]\nsiglum = \"B\"\nlang = \"en\"\nfiles = [\"A.txt\"]\n";
    let expected = "file-shared hexapla.toml:8:10: the witnesses `A` and `B` have the same file A.txt";
    assert_eq!(warnings(&text), [expected]);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_no_harm() {
    let text = format!("\u{feff}{}", witness("A", "kind = \"x\"\n").replace('\n', "\r\n"));
    fails(&text, "5:8", "\"x\"", "unknown kind `x`", "it may be");
}

mod any_text {
    use hexapla::project::Manifest;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn never_panics(
            lines in proptest::collection::vec(
                proptest::sample::select(vec![
                    "[work]", "[[witness]]", "[witness]", "siglum = \"A\"", "siglum = 'é é'", "lang = \"en\"", "of = \"A\"",
                    "files = [\"a\", { path = \"b\" }]", "files = [", "]", "base = \"A\"", "[segment.en]", "quotes = 1",
                    "[compare]", "ignore = [\"x\"]", "date = 1942", "\"", "x = {", "kind = \"translation\"", "\u{0}", "é = 1",
                ]),
                0..12,
            ),
        ) {
            let text = lines.join("\n");
            if let Err(error) = Manifest::parse(&text, "hexapla.toml") {
                prop_assert!(error.place().is_some() && error.shown_excerpt().is_some());
            }
        }
    }
}
