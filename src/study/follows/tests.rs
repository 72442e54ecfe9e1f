//! What decides and what does not, on small texts; the founding text is in `tests/follows.rs`.

use super::*;
use crate::align::{Options, align};
use crate::collate::{self, collate};
use crate::model::{Aligned, Text};

fn text(siglum: &str, lang: &str, words: &str) -> Text {
    let options = crate::session::FileOptions {
        lang: Some(crate::model::Lang::new(lang)),
        ..crate::session::FileOptions::default()
    };
    crate::session::load_bytes(words.as_bytes(), None, siglum, &options).unwrap().value
}

/// The verdicts of all substantive variants, with what speaks for them.
fn verdicts(a: &str, b: &str, lang: &str, translation: &str) -> Vec<(String, Verdict, Vec<EvidenceKind>)> {
    let [a, b, t] = [text("A", "en", a), text("B", "en", b), text("T", lang, translation)];
    let collated = collate(&[a.clone(), b.clone()], &collate::Options::default()).unwrap().value;
    let with = |x: Text| {
        let alignment = align(&x, &t, &Options::default()).value;
        Aligned::new(x, t.clone(), alignment)
    };
    let witnesses = Witnesses { collated, with_a: with(a), with_b: with(b) };
    let shown = |f: Followed| {
        let kinds = f.evidence.iter().map(|e| e.kind).collect();
        (format!("{}/{}", f.a.text, f.b.text), f.verdict, kinds)
    };
    follows(&witnesses).into_iter().map(shown).collect()
}

#[test]
fn a_number_decides_in_figures_and_in_words() {
    let (a, b) = ("It was signed ten months before.", "It was signed seven months before.");
    let one = |t: &str, lang: &str| verdicts(a, b, lang, t).remove(0).1;
    assert_eq!(one("Il fut signé sept mois plus tôt.", "fr"), Verdict::Second);
    assert_eq!(one("Er wurde 10 Monate zuvor unterzeichnet.", "de"), Verdict::First);
    assert_eq!(one("Он был подписан за десять месяцев до того.", "ru"), Verdict::First);
    assert_eq!(one("它是七个月以前签订的。", "zh"), Verdict::Second);
    assert_eq!(one("Il fut signé plus tôt.", "fr"), Verdict::Undecided);
    assert_eq!(one("Il fut signé sept mois, non dix mois, plus tôt.", "fr"), Verdict::Undecided);
}

#[test]
fn a_name_decides_if_it_is_there_and_its_absence_only_beside_others() {
    let (a, b) = ("General Krivitsky revealed it.", "General Walter Krivitsky revealed it.");
    let one = |t: &str, lang: &str| verdicts(a, b, lang, t).remove(0).1;
    assert_eq!(one("Le général Walter Krivitsky le révéla.", "fr"), Verdict::Second);
    assert_eq!(one("Генерал Вальтер Кривицкий раскрыл это.", "ru"), Verdict::Second);
    assert_eq!(one("Генерал Кривицкий раскрыл это.", "ru"), Verdict::First);
    assert_eq!(one("Le général le révéla.", "fr"), Verdict::Undecided);
    assert_eq!(one("克里维茨基将军揭露了这件事。", "zh"), Verdict::Undecided);
}

#[test]
fn words_that_nothing_kept_tell_of_stay_undecided() {
    let found = verdicts(
        "They are weary of the war.",
        "They are tired of the war.",
        "fr",
        "Ils sont las de la guerre.",
    );
    assert_eq!(found, [("weary/tired".to_owned(), Verdict::Undecided, vec![])]);
}

#[test]
fn a_sentence_that_is_there_or_not_decides() {
    let a = "The army crossed the river in the night. Nobody had expected it. The town fell in the morning.";
    let b = "The army crossed the river in the night. The town fell in the morning.";
    let with = "L’armée franchit le fleuve dans la nuit. Personne ne s’y attendait. La ville tomba au matin.";
    let found = verdicts(a, b, "fr", with);
    assert_eq!(found.len(), 1);
    // Three sentences are few: the aligner may be unsure, but never is the verdict the wrong one.
    assert_ne!(found[0].1, Verdict::Second);
}

#[test]
fn a_word_decides_where_the_translation_shows_how_it_renders_both() {
    let english = |word: &str| {
        format!(
            "The man was tired. The evening fell upon the town. The king was weary. The rain did not cease. \
             The horse was tired. Nobody spoke in the house. The soldier was weary. The door stood open. \
             The child was tired. The bread was on the table. The queen was weary. The prisoners were {word}."
        )
    };
    let french = |word: &str| {
        format!(
            "L’homme était fatigué. Le soir tomba sur la ville. Le roi était lassé. La pluie ne cessait pas. \
             Le cheval était fatigué. Personne ne parlait dans la maison. Le soldat était lassé. La porte \
             restait ouverte. L’enfant était fatigué. Le pain était sur la table. La reine était lassé. \
             Les prisonniers étaient {word}."
        )
    };
    let (weary, tired) = (english("weary"), english("tired"));
    let one = |word: &str| verdicts(&weary, &tired, "fr", &french(word)).pop().unwrap();
    assert_eq!(one("lassé"), ("weary/tired".to_owned(), Verdict::First, vec![EvidenceKind::Word]));
    assert_eq!(one("fatigué"), ("weary/tired".to_owned(), Verdict::Second, vec![EvidenceKind::Word]));
    assert_eq!(one("accablés"), ("weary/tired".to_owned(), Verdict::Undecided, vec![]));
    assert_eq!(one("lassé, fatigué"), ("weary/tired".to_owned(), Verdict::Undecided, vec![]));
}
