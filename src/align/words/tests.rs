use super::*;
use crate::model::{Alignment, Text};
use crate::session::{FileOptions, load_bytes};

/// One sentence a line.
fn text(siglum: &str, lang: &str, lines: &[&str]) -> Text {
    let options = FileOptions { lang: Some(lang.into()), lines: true, ..FileOptions::default() };
    load_bytes(lines.join("\n").as_bytes(), None, siglum, &options).unwrap().value
}

/// Line by line.
fn one_to_one(n: usize) -> Alignment {
    Alignment { beads: (0..n).map(|i| Bead::new(i..i + 1, i..i + 1, 1.0)).collect() }
}

const ENGLISH: [&str; 12] = [
    "The war came.",
    "The workers wanted peace.",
    "The workers feared the war.",
    "The war ended.",
    "Peace came.",
    "The general wanted the war.",
    "The general feared the workers.",
    "The peace ended.",
    "The general came.",
    "A worker ended the war.",
    "The general wanted peace.",
    "The workers came.",
];
const GERMAN: [&str; 12] = [
    "Der Krieg kam.",
    "Die Arbeiter wollten Frieden.",
    "Die Arbeiter fürchteten den Krieg.",
    "Der Krieg endete.",
    "Der Frieden kam.",
    "Der General wollte den Krieg.",
    "Der General fürchtete die Arbeiter.",
    "Der Frieden endete.",
    "Der General kam.",
    "Ein Arbeiter beendete den Krieg.",
    "Der General wollte Frieden.",
    "Die Arbeiter kamen.",
];

fn lexicon() -> WordLexicon {
    let (a, b) = (text("E", "en", &ENGLISH), text("D", "de", &GERMAN));
    WordLexicon::learn(&[Aligned::new(a, b, one_to_one(12))])
}

#[test]
fn words_find_their_renderings() {
    let lexicon = lexicon();
    let best = |word: &str| lexicon.renderings(word).first().map(|e| (e.b.clone(), e.count));
    assert_eq!(best("war"), Some(("krieg".to_owned(), 5)));
    assert_eq!(best("War"), Some(("krieg".to_owned(), 5)));
    assert_eq!(best("peace").unwrap().0, "frieden");
    assert_eq!(best("general").unwrap().0, "general");
    assert_eq!(best("nothing"), None);
    let war = &lexicon.renderings("war")[0];
    assert_eq!((war.forward, war.backward), (1.0, 1.0));
    let beads: Vec<u32> = war.places.iter().map(|p| p.bead).collect();
    assert_eq!(beads, [0, 2, 3, 5, 9]);
}

#[test]
fn links_are_bytes_of_the_passages() {
    let (a, b) = ("The general feared the war.", "Den Krieg fürchtete der General.");
    let links = lexicon().link(a, b);
    let shown: Vec<(&str, &str)> = links.iter().map(|l| (&a[l.a.clone()], &b[l.b.clone()])).collect();
    assert!(shown.contains(&("general", "General")), "{shown:?}");
    assert!(shown.contains(&("war", "Krieg")), "{shown:?}");
    assert!(links.windows(2).all(|w| w[0].a.end <= w[1].a.start));
}

#[test]
fn a_lexicon_is_the_same_when_it_is_read_again() {
    let lexicon = lexicon();
    let json = serde_json::to_string(&lexicon).unwrap();
    let again: WordLexicon = serde_json::from_str(&json).unwrap();
    assert_eq!(again, lexicon);
    assert_eq!(serde_json::to_string(&again).unwrap(), json);
}

#[test]
fn nothing_to_learn_from_is_an_empty_lexicon() {
    let (a, b) = (Text::default(), text("D", "de", &["Ein Satz."]));
    let alignment = Alignment { beads: vec![Bead::new(0..0, 0..1, 0.5)] };
    let lexicon = WordLexicon::learn(&[Aligned::new(a, b, alignment)]);
    assert!(lexicon.entries().is_empty() && lexicon.link("war", "Krieg").is_empty());
    assert!(WordLexicon::learn(&[]).renderings("").is_empty());
}

#[test]
fn words_of_chinese_are_recovered() {
    let english = [
        "war came",
        "peace came",
        "workers came",
        "war ended",
        "peace ended",
        "workers wanted peace",
        "workers wanted war",
        "peace wanted workers",
    ];
    let chinese = [
        "战争来了",
        "和平来了",
        "工人来了",
        "战争结束了",
        "和平结束了",
        "工人要和平",
        "工人要战争",
        "和平要工人",
    ];
    let repeat = |list: &[&'static str]| list.iter().cycle().take(24).copied().collect::<Vec<_>>();
    let (a, b) = (text("E", "en", &repeat(&english)), text("Z", "zh", &repeat(&chinese)));
    let lexicon = WordLexicon::learn(&[Aligned::new(a, b, one_to_one(24))]);
    assert_eq!(lexicon.renderings("war")[0].b, "战争");
    assert_eq!(lexicon.renderings("workers")[0].b, "工人");
}

#[test]
fn what_is_learned_is_written_with_its_accents() {
    let fr = ["Il a réussi.", "Elle a réussi hier.", "Réussi, il part.", "Il a dormi hier."];
    let hi = ["वह घर में है।", "वह मैं हूँ।", "घर में माँ है।", "माँ घर में है।"];
    let (a, b) = (text("F", "fr", &fr), text("H", "hi", &hi));
    let lexicon = WordLexicon::learn(&[Aligned::new(a, b, one_to_one(4))]);
    assert_eq!(lexicon.a.written("a reussi"), "a réussi");
    let forms: Vec<&str> = lexicon.b.forms().map(|form| form.0).collect();
    assert!(["में", "मैं", "माँ"].iter().all(|word| forms.contains(word)), "{forms:?}");
    let vi = ["Năm nay được mùa.", "Người nam ở đây.", "Năm người ở nhà.", "Nam và nữ được mùa."];
    let (a, b) = (text("V", "vi", &vi), text("F", "fr", &fr));
    let lexicon = WordLexicon::learn(&[Aligned::new(a, b, one_to_one(4))]);
    let forms: Vec<&str> = lexicon.vocabulary_a().map(|form| form.0).collect();
    assert!(forms.contains(&"năm") && forms.contains(&"nam"), "{forms:?}");
}
