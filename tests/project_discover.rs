//! A folder of texts becomes a project: what is found, how it is named, what manifest is written.
// The helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::PathBuf;

use hexapla::model::WitnessKind;
use hexapla::project::{
    FILE_NAME, Manifest, Project, add_witness, draft, find_witnesses, guess_witness, init_manifest, scan,
    unique_siglum, write_atomically,
};

const EN: &str =
    "The war was not made by one man, and it will not be ended by one man either, whatever they say.";
const FR: &str =
    "La guerre n'a pas été faite par un seul homme, et ce n'est pas un seul homme qui y mettra fin.";
const DE: &str =
    "Der Krieg ist nicht von einem einzelnen Menschen gemacht worden, und keiner wird ihn beenden.";
const RU: &str =
    "Война не была делом одного человека, и один человек не положит ей конец, что бы ни говорили.";
const ZH: &str = "这场战争不是一个人造成的，也不会由一个人来结束，不管他们怎么说。";

fn files(list: &[(&str, &str)]) -> Vec<(PathBuf, String)> {
    list.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect()
}

/// `siglum lang files` of each witness.
fn found(list: &[(&str, &str)]) -> Vec<String> {
    let shown = |found: &hexapla::project::Found| {
        let entry = &found.entry;
        let files: Vec<String> = entry.files.iter().map(|f| f.path.display().to_string()).collect();
        format!("{} {} {}", entry.siglum(), entry.lang(), files.join("+"))
    };
    find_witnesses(&files(list), &[]).iter().map(shown).collect()
}

#[test]
fn sigla_and_languages_from_names() {
    let siglum = |path: &str, text: &str| {
        let guess = guess_witness(path, text);
        format!("{} {}", guess.siglum, guess.lang.unwrap_or_default())
    };
    assert_eq!(siglum("texts/fi-1942.txt", EN), "FI en");
    assert_eq!(siglum("en_moore1888_mia.txt", EN), "moore1888 en");
    assert_eq!(siglum("fr.txt", FR), "fr fr");
    assert_eq!(siglum("fr.txt", ""), "fr fr");
    assert_eq!(siglum("text.de.txt", DE), "text de");
    assert_eq!(siglum("ru_1948.txt", RU), "ru ru");
    assert_eq!(siglum("zh-Hant.txt", ZH), "zh-Hant zh-Hant");
    assert_eq!(siglum("война.txt", RU), "война ru");
    assert_eq!(siglum("1859.txt", EN), "1859 en");
    assert_eq!(siglum("---.txt", ""), "W und");
    assert_eq!(siglum("a very long title of a book.md", EN), "A en");
}

#[test]
fn html_is_judged_by_its_text() {
    let page =
        format!("<html lang=\"en\"><style>p {{ margin: 0 }}</style><p class=\"the of and\">{FR}</p></html>");
    assert_eq!(guess_witness("page.html", &page).lang.unwrap().tag(), "fr");
    let short = "<!DOCTYPE html><HTML dir=ltr LANG='pt-BR'><p>Olá</p>";
    assert_eq!(guess_witness("page.html", short).lang.unwrap().tag(), "pt-BR");
    assert_eq!(guess_witness("page.html", "<html lang=").lang, None);
    assert_eq!(guess_witness("page.html", "<script>a < b <").lang, None);
}

#[test]
fn kinds_from_names() {
    assert_eq!(guess_witness("moscow-translation.txt", EN).kind, WitnessKind::Translation);
    assert_eq!(guess_witness("fi-ocr.txt", EN).kind, WitnessKind::Transcription);
    assert_eq!(guess_witness("fi.txt", EN).kind, WitnessKind::Edition);
}

#[test]
fn numbered_files_are_parts_of_one_witness() {
    let list = [("texts/pd-1.txt", EN), ("texts/pd-10.txt", EN), ("texts/pd-2.txt", EN)];
    assert_eq!(found(&list[..1]), ["PD en texts/pd-1.txt"]);
    // 3 to 9 are missing: what is not a series stays apart.
    assert_eq!(found(&list).len(), 3);
    let list = [("pd-1.txt", EN), ("pd-3.txt", EN), ("pd-2.txt", EN), ("zz.txt", EN)];
    assert_eq!(found(&list), ["PD en pd-1.txt+pd-2.txt+pd-3.txt", "ZZ en zz.txt"]);
    let parts = find_witnesses(&files(&list), &[]);
    assert_eq!(parts[0].entry.files[1].part.as_deref(), Some("2"));
    assert_eq!(parts[1].entry.files[0].part, None);
    assert_eq!(found(&[("x_I.txt", EN), ("x_II.txt", EN)]), ["X en x_I.txt+x_II.txt"]);
    assert_eq!(
        found(&[("chapter01.txt", EN), ("chapter02.txt", EN)]),
        ["chapter en chapter01.txt+chapter02.txt"]
    );
}

#[test]
fn years_versions_and_languages_are_no_parts() {
    assert_eq!(found(&[("1859.txt", EN), ("1860.txt", EN)]), ["1859 en 1859.txt", "1860 en 1860.txt"]);
    assert_eq!(
        found(&[("war-v1.txt", EN), ("war-v2.txt", EN)]),
        ["WAR-v1 en war-v1.txt", "WAR-v2 en war-v2.txt"]
    );
    assert_eq!(found(&[("a-1.txt", EN), ("a-2.txt", DE)]).len(), 2);
    assert_eq!(found(&[("W.txt", EN), ("W243.txt", EN)]), ["W en W.txt", "W243 en W243.txt"]);
    // `ch` is a chapter here, no Chamorro.
    assert_eq!(
        found(&[("wage_ch01.txt", EN), ("wage_ch02.txt", EN)]),
        ["wage en wage_ch01.txt+wage_ch02.txt"]
    );
}

#[test]
fn sigla_are_unique_and_stay_readable() {
    let list = [("fi-1942.txt", EN), ("fi-1942-corrected.txt", EN), ("other/fi-1942.txt", EN)];
    assert_eq!(
        found(&list).iter().map(|f| f.split(' ').next().unwrap()).collect::<Vec<_>>(),
        ["FI", "FI-corrected", "FI2"]
    );
    let list = [("w_old_v1.txt", EN), ("w_old_v2.txt", EN), ("w_v1.txt", EN)];
    assert_eq!(found(&list), ["W-old-v1 en w_old_v1.txt", "W-v2 en w_old_v2.txt", "W-v1 en w_v1.txt"]);
    let list = [("fr_1950_paris.txt", FR), ("fr_1970_lyon.txt", FR)];
    assert_eq!(found(&list), ["paris fr fr_1950_paris.txt", "lyon fr fr_1970_lyon.txt"]);
    let list = [("fr-1950.txt", FR), ("fr-1970.txt", FR)];
    assert_eq!(found(&list), ["fr-1950 fr fr-1950.txt", "fr-1970 fr fr-1970.txt"]);
    assert_eq!(find_witnesses(&files(&[("fr.txt", FR)]), &["FR"])[0].entry.siglum(), "fr2");
    assert_eq!(unique_siglum("A", &["a", "A2"]), "A3");
    assert_eq!(unique_siglum("A", &["B"]), "A");
}

#[test]
fn the_folder_of_the_founding_text() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("texts")).unwrap();
    fs::create_dir(dir.path().join("texts/sub.txt")).unwrap();
    let texts =
        [("texts/fi-1942.txt", EN), ("texts/ed.txt", EN), ("texts/pd-1.txt", EN), ("texts/pd-2.txt", EN)];
    let translations = [("texts/de.txt", DE), ("texts/fr.txt", FR), ("texts/ru.txt", RU), ("zh.md", ZH)];
    let others = [
        ("README.md", EN),
        ("texts/SOURCES.md", EN),
        ("LICENSE-MIT.txt", EN),
        (".hidden.txt", EN),
        ("ARCHITECTURE.md", EN),
        ("x.pdf", ""),
    ];
    for (path, text) in texts.iter().chain(&translations).chain(&others) {
        fs::write(dir.path().join(path), text).unwrap();
    }
    let scanned = scan(dir.path()).unwrap();
    let shown: Vec<&str> = scanned.iter().map(|path| path.to_str().unwrap()).collect();
    let expected = [
        "texts/de.txt",
        "texts/ed.txt",
        "texts/fi-1942.txt",
        "texts/fr.txt",
        "texts/pd-1.txt",
        "texts/pd-2.txt",
        "texts/ru.txt",
        "zh.md",
    ];
    assert_eq!(shown, expected);

    let read = |path: &PathBuf| (path.clone(), fs::read_to_string(dir.path().join(path)).unwrap());
    let draft = draft(&scanned.iter().map(read).collect::<Vec<_>>());
    assert_eq!(draft.base.as_deref(), Some("ED"));
    let text = init_manifest(&draft);
    write_atomically(dir.path().join(FILE_NAME), |out| out.write_all(text.as_bytes())).unwrap();
    let outcome = Project::open(dir.path()).unwrap();
    assert!(outcome.warnings.is_empty(), "{:?}", outcome.warnings);
    let project = outcome.value;
    assert!(project.missing_files().is_empty());
    assert_eq!(project.manifest.sigla(), ["de", "ED", "FI", "fr", "PD", "ru", "zh"]);
    assert_eq!(project.witness("PD").unwrap().files.len(), 2);
    assert_eq!(project.witness("zh").unwrap().witness.of.as_deref(), Some("ED"));
    let pairs: Vec<String> = project.default_pairs().iter().map(|(a, b)| format!("{a}-{b}")).collect();
    assert_eq!(pairs, ["ED-de", "ED-FI", "ED-fr", "ED-PD", "ED-ru", "ED-zh", "FI-PD"]);
}

#[test]
fn a_manifest_of_nothing_is_a_manifest() {
    let text = init_manifest(&draft(&[]));
    let outcome = Manifest::parse(&text, FILE_NAME).unwrap();
    assert_eq!(outcome.warnings[0].code, "no-witness");
    assert!(text.contains("# [[witness]]"));
    // What the comments show is right when the signs are taken away.
    let example: String = text
        .split("looks like this:\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap()
        .lines()
        .map(|line| line.trim_start_matches(['#', ' ']).to_owned() + "\n")
        .collect();
    assert_eq!(Manifest::parse(&example, FILE_NAME).unwrap().value.sigla(), ["A"]);
}

#[test]
fn a_draft_is_readable() {
    let text = init_manifest(&draft(&files(&[("fi-1942.txt", EN), ("fr.txt", "Oui."), ("x.txt", "")])));
    let expected = r#"# A Hexapla project. What stands here was guessed from the files: check and complete it.
# Paths are relative to this file.

[work]
# title  = ""
# author = ""
base   = "FI"            # the witness that the others are compared with

[[witness]]
siglum = "FI"
kind   = "edition"
lang   = "en"
files  = ["fi-1942.txt"]

# The language fr is not sure (0.80): check it.
[[witness]]
siglum = "fr"
kind   = "translation"
lang   = "fr"
of     = "FI"
files  = ["fr.txt"]

# The language was not recognised: write its tag (en, fr, zh-Hant) for "und".
[[witness]]
siglum = "X"
kind   = "edition"
lang   = "und"
files  = ["x.txt"]

"#;
    assert!(text.starts_with(expected), "{text}");
    let mut more = find_witnesses(&files(&[("de.txt", DE)]), &["FI", "fr", "X"]).remove(0).entry;
    more.witness.kind = WitnessKind::Translation;
    let longer = add_witness(&text, &more).unwrap();
    assert!(longer.starts_with(&text));
    assert_eq!(Manifest::parse(&longer, FILE_NAME).unwrap().value.sigla(), ["FI", "fr", "X", "de"]);
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let error = scan("no/such/folder").unwrap_err();
    assert_eq!(error.kind(), hexapla::ErrorKind::NotFound);
}
