//! The built-in lexica: short texts that nothing else holds together, and the switches.

#![cfg(feature = "packs")]

use std::ops::Range;

use assert_cmd::Command;
use hexapla::align::{Method, Options, Side, align_sides, packs};
use hexapla::model::Lang;

/// Sentences of like length, without a name, number or cognate to go by; two are missing in each translation.
const DE: [&str; 9] = [
    "Die Mutter wusch am Morgen die Kleider.",
    "Der Hund schlief unter dem Baum.",
    "Am Abend kam ein Fremder an die Tür.",
    "Er hatte kein Brot und kein Wasser.",
    "Die Kinder sahen den Mond und die Sterne.",
    "Der König sandte sieben Boten in die Stadt.",
    "Das Feuer verbrannte das Haus des Priesters.",
    "Die Frau weinte bitter über ihren Sohn.",
    "Im Winter fiel viel Schnee auf den Berg.",
];
const FR: [&str; 7] = [
    "La mère lavait le matin les vêtements.",
    "Le soir, un étranger vint à la porte.",
    "Il n’avait ni pain ni eau.",
    "Les enfants regardaient la lune et les étoiles.",
    "Le feu brûla la maison du prêtre.",
    "La femme pleura amèrement son fils.",
    "En hiver, beaucoup de neige tomba sur la montagne.",
];
const ZH: [&str; 7] = [
    "母亲早晨洗衣服。",
    "晚上有一个外人来到门口。",
    "他没有饼，也没有水。",
    "孩子们看见月亮和星星。",
    "火烧了祭司的房屋。",
    "妇人为儿子痛哭。",
    "冬天有许多雪落在山上。",
];
const RIGHT: [usize; 7] = [0, 2, 3, 4, 6, 7, 8];

fn right(a: Side, b: Side, packs: bool) -> usize {
    let mut options = Options { method: Method::Translation, ..Options::default() };
    options.translation.packs = packs;
    let beads = align_sides(&a, &b, &options).value.beads;
    let stands = |i: usize, j: usize| {
        let one = |at: usize| -> Range<usize> { at..at + 1 };
        beads.iter().any(|bead| bead.a == one(i) && bead.b == one(j))
    };
    RIGHT.iter().enumerate().filter(|&(j, &i)| stands(i, j)).count()
}

#[test]
fn a_short_text_with_omissions_gains() {
    let side = |lines: &[&str], lang: &str| Side::from_lines(lines.iter().copied(), Lang::new(lang));
    for (other, lang) in [(FR, "fr"), (ZH, "zh")] {
        let with = right(side(&DE, "de"), side(&other, lang), true);
        let without = right(side(&DE, "de"), side(&other, lang), false);
        assert!(with >= 5 && with > without, "{lang}: {with} with packs, {without} without");
    }
}

#[test]
fn languages_without_a_pack_are_aligned_all_the_same() {
    let side = |lang: &str| Side::from_lines(FR, Lang::new(lang));
    let options = Options { method: Method::Translation, ..Options::default() };
    for (a, b) in [("fr", "und"), ("br", "fr"), ("fr", "fr"), ("he", "no")] {
        let beads = align_sides(&side(a), &side(b), &options).value.beads;
        assert_eq!(beads.len(), FR.len(), "{a}–{b}");
    }
    assert_eq!(packs::between(&Lang::new("fr"), &Lang::new("fr-CA")), None);
    assert_eq!(packs::between(&Lang::new("he"), &Lang::new("no")), Some(["hbo", "nb"]));
}

#[test]
fn the_command_line_lists_packs_and_switches_them_off() {
    let folder = tempfile::tempdir().unwrap();
    let hexapla = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("hexapla").unwrap();
        command.current_dir(&folder).env("HEXAPLA_DICTIONARIES", folder.path()).args(arguments);
        String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
    };
    let write =
        |name: &str, lines: &[&str]| std::fs::write(folder.path().join(name), lines.join("\n")).unwrap();
    write("de.txt", &DE);
    write("fr.txt", &FR);
    write("freedict-deu-fra.index", &["mond\tA\tK"]);
    write("freedict-deu-fra.dict", &["Mond", "lune", ""]);
    let listed = hexapla(&["dictionaries"]);
    assert_eq!(listed.lines().filter(|line| line.starts_with("pack\t")).count(), 27);
    assert!(listed.lines().any(|line| line.starts_with("installed\tfreedict-deu-fra\t")), "{listed}");
    let align = ["align", "de.txt", "fr.txt", "--lines", "--from", "de", "--to", "fr", "--format", "csv"];
    let with = hexapla(&align);
    let without = hexapla(&[&align[..], &["--dictionaries", "none"]].concat());
    assert_ne!(with, without);
    let named = [&align[..], &["--dictionaries", "none", "--dictionary", "freedict-deu-fra"]].concat();
    assert_ne!(hexapla(&named), "");
}
