//! What holds of every collation, and what an editor expects of some.

use proptest::prelude::*;

use crate::collate::{Options, collate};
use crate::model::testing::{paragraphs, text};
use crate::model::{Collation, EntryKind, MoveScale, Text, VariantClass as C};

fn collated(texts: &[Text]) -> Collation {
    let outcome = collate(texts, &Options::default()).unwrap();
    (*outcome.value.collation).clone()
}

/// The entries of words as an editor writes them: `lemma] reading BC; om. D`, with the sigla of the lemma.
fn apparatus(collation: &Collation) -> Vec<String> {
    let sigla = |reading: &crate::model::EntryReading| {
        let sigla = reading.witnesses.iter().map(|a| collation.witnesses[a.witness].siglum.as_str());
        sigla.collect::<Vec<_>>().join("")
    };
    let shown = |text: &str| if text.is_empty() { "om.".to_owned() } else { text.to_owned() };
    let of_words = collation.entries.iter().filter(|entry| entry.is_of_words());
    of_words
        .map(|unit| {
            let all = unit.readings.iter().map(|r| format!("{} {}", shown(&r.text), sigla(r)));
            all.collect::<Vec<_>>().join(" | ")
        })
        .collect()
}

fn lines(list: &[(&str, &[&str])]) -> Vec<Text> {
    list.iter().map(|(siglum, sentences)| text(siglum, sentences)).collect()
}

fn of(list: &[(&str, &[&str])]) -> Collation {
    let texts = lines(list);
    collated(&texts)
}

#[test]
fn readings_are_judged_against_each_other_too() {
    let collation = of(&[
        ("A", &["The house was red and stood alone."]),
        ("B", &["The house was blue and stood alone."]),
        ("C", &["The house was Blue and stood alone."]),
    ]);
    let [unit] = collation.entries.as_slice() else { panic!("{:?}", collation.entries) };
    let class = |a, b| unit.judgement(a, b).map(|judgement| judgement.class);
    assert_eq!(class(0, 1), Some(C::Substitution));
    assert_eq!(class(1, 2), Some(C::Capitalisation));
    assert_eq!(class(1, 1), None);
}

#[test]
fn units_of_three_witnesses() {
    let c = of(&[
        ("A", &["The quick brown fox jumps over the lazy dog."]),
        ("B", &["The quick red fox jumps over a lazy dog."]),
        ("C", &["The quick brown fox jumped over the dog."]),
    ]);
    assert_eq!(apparatus(&c), ["brown AC | red B", "jumps AB | jumped C", "the AC | a B", "lazy AB | om. C"]);
}

#[test]
fn a_phrase_replaced_is_one_unit() {
    let c = of(&[
        ("A", &["They played a rather pitiful role in those days."]),
        ("B", &["They played a sorry figure in those days."]),
    ]);
    assert_eq!(apparatus(&c), ["rather pitiful role A | sorry figure B"]);
}

#[test]
fn joined_words_share_a_column() {
    let c = of(&[
        ("A", &["He came to day again."]),
        ("B", &["He came today again."]),
        ("C", &["He came to day again."]),
    ]);
    assert_eq!(apparatus(&c), ["to day AC | today B"]);
    assert_eq!(c.entries[0].columns.len(), 1);
    assert_eq!(c.entries[0].readings[1].judgement.as_ref().map(|j| j.class), Some(C::WordDivision));
}

#[test]
fn words_joined_and_misread_share_a_column() {
    let c = of(&[("A", &["He left together with them."]), ("B", &["He left to gethcr with them."])]);
    assert_eq!(apparatus(&c), ["together A | to gethcr B"]);
    assert_eq!(c.entries[0].columns.len(), 1);
}

#[test]
fn who_has_two_readings_side_by_side_has_both_places() {
    let c = of(&[
        ("A", &["The large house stood on a hill."]),
        ("B", &["The great house stood on a hill."]),
        ("C", &["The large great house stood on a hill."]),
        ("D", &["The large house stood on a hill."]),
        ("E", &["The great house stood on a hill."]),
    ]);
    let column = |witness: usize, token: usize| c.witnesses[witness].tokens[token].column;
    assert_eq!((column(0, 1), column(1, 1)), (column(2, 1), column(2, 2)));
    assert_eq!(apparatus(&c), ["large AD | great BE | large great C"]);
}

#[test]
fn the_last_stop_of_a_fragment_is_that_of_its_last_sentence() {
    let rest = "Then came the long winter of which nobody who had lived through it cared to speak again in later years, \
                and when the snow had gone the whole valley was changed beyond what any of them could recognise.";
    let c =
        of(&[("A", &["They left the valley in autumn.", rest]), ("B", &["They left the valley in autumn."])]);
    let last = c.witnesses[1].tokens.last().unwrap();
    assert_eq!(last.column, c.witnesses[0].tokens[6].column);
}

#[test]
fn letter_forms_and_unicode_forms_meet() {
    for (a, b) in [
        ("le réveil vint", "le re\u{301}veil vint"),
        ("שָׁלוֹם עולם טוב", "שלום עולם טוב"),
        ("كَتَبَ الولد درسا", "كتب الولد درسا"),
        ("և ի յամին", "եւ ի յամին"),
        ("ἐν ἀρχῇ ἦν", "εν αρχη ην"),
        ("всё было так", "все было так"),
    ] {
        let c = of(&[("A", &[a]), ("B", &[b])]);
        assert!(c.columns == 3, "{a}: {:?}", apparatus(&c));
        let classes: Vec<C> =
            c.entries.iter().filter_map(|u| u.readings[1].judgement.as_ref()).map(|j| j.class).collect();
        assert!(classes.iter().all(|&class| class == C::Graphic), "{a}: {classes:?}");
    }
    let zh = of(&[("A", &["戰爭不可避免"]), ("B", &["戰爭可避免"])]);
    assert_eq!(apparatus(&zh), ["不 A | om. B"]);
}

#[test]
fn words_that_changed_places_are_a_move_and_no_variant() {
    let c = of(&[
        ("A", &["They had already gone to the front."]),
        ("B", &["They had gone already to the front."]),
    ]);
    assert_eq!((c.moves.len(), c.entries.len()), (1, 1), "{:?}", apparatus(&c));
    assert_eq!(c.entries[0].kind, EntryKind::Move(0));
    assert_eq!(c.moves[0].scale, MoveScale::Word);
}

const PARAGRAPHS: [&[&str]; 5] = [
    &["The harbour lay quiet under a heavy fog that morning.", "No bell was heard."],
    &["Every merchant counted his barrels twice before breakfast.", "It was the custom of their guild."],
    &["A stranger asked for the house with green shutters.", "Nobody wished to answer him at first."],
    &["Later the children found seven coins beneath the bridge.", "They divided them among themselves."],
    &["In the evening all windows were lit for the feast.", "Music came from the upper town."],
];

#[test]
fn a_displaced_paragraph_is_a_move_and_collated_inside() {
    let a = paragraphs("A", &PARAGRAPHS);
    let mut order: Vec<&[&str]> = PARAGRAPHS.to_vec();
    let moved: [&str; 2] =
        ["Every merchant counted his barrels thrice before breakfast.", "It was the custom of their guild."];
    order.remove(1);
    order.push(&moved);
    let b = paragraphs("B", &order);
    let c = collated(&[a, b]);
    assert_eq!(c.moves.len(), 1);
    assert_eq!(c.moves[0].scale, MoveScale::Block);
    assert_eq!(c.moves[0].links.len(), 17);
    assert_eq!(apparatus(&c), ["twice A | thrice B"]);
    assert!(c.entries.iter().any(|entry| entry.is_of_words() && entry.in_move == Some(0)));
}

#[test]
fn a_fragment_is_absent_beyond_its_ends() {
    let words: Vec<String> = (0..300).map(|n| format!("word{n}")).collect();
    let whole = words.join(" ");
    let middle = words[100..200].join(" ").replace("word150 ", "");
    let c = of(&[("A", &[&whole]), ("B", &[&middle])]);
    assert_eq!(apparatus(&c), ["word150 A | om. B"]);
    assert_eq!(c.witnesses[1].present, vec![100..200]);
    assert_eq!(c.witnesses[0].present, vec![0..300]);
}

#[test]
fn unlike_words_stand_opposite_each_other_from_the_left() {
    let c = of(&[
        ("A", &["It was of old Mary of Bethlehem the queen."]),
        ("B", &["It was of old Mary of Bethlehem the queen."]),
        ("C", &["It was John the queen."]),
    ]);
    let column = |witness: usize, word: usize| c.witnesses[witness].tokens[word].column;
    assert_eq!(column(2, 2), column(0, 2), "John opposite the first of what the others have");
    assert_eq!(column(2, 3), column(0, 7), "the");
}

#[test]
fn an_abbreviation_stands_opposite_its_word() {
    let c = of(&[
        ("A", &["առաւել քան զառաւել լինէր"]),
        ("B", &["առաւել քան զառաւել լինէր"]),
        ("C", &["առաւել ք՟ զառաւել լինէր"]),
    ]);
    assert_eq!(apparatus(&c), ["քան AB | ք՟ C"]);
}

#[test]
fn an_omission_begins_with_its_sentence() {
    let whole =
        &["We came here.", "It is for us to stand where they stood.", "It is rather for us to go on."];
    let c = of(&[("A", whole), ("B", &["We came here.", "It is rather for us to go on."])]);
    assert_eq!(apparatus(&c), ["It is for us to stand where they stood. A | om. B"]);
}

#[test]
fn what_several_lack_alike_was_added_and_is_no_lacuna() {
    let added: Vec<String> = (0..130).map(|n| format!("more{n}")).collect();
    let long = format!("The tree was green {} and it stood there in the rain all day.", added.join(" "));
    let short = "The tree was green and it stood there in the rain all day.";
    let c = of(&[("A", &[&long]), ("B", &[short]), ("C", &[short])]);
    assert_eq!(c.entries.len(), 1);
    assert!(c.entries[0].absent.is_empty());
    let c = of(&[("A", &[&long]), ("B", &[&long]), ("C", &[short])]);
    assert!(c.entries.is_empty(), "a lost leaf of one witness: {:?}", apparatus(&c));
}

#[test]
fn the_title_over_an_instalment_does_not_make_omissions() {
    let words: Vec<String> = (0..600).map(|n| format!("word{n}")).collect();
    let (first, second) = (words[..300].join(" "), words[300..].join(" "));
    let c = of(&[
        ("A", &["The War", &first, &second]),
        ("B", &["The War", &first]),
        ("C", &["The War", "Second of two", &second]),
    ]);
    assert!(
        c.entries.iter().all(|unit| unit.readings.iter().all(|r| r.text.len() < 20)),
        "{:?}",
        apparatus(&c)
    );
    assert!(
        !c.witnesses[2].is_present(150) && c.witnesses[2].is_present(1) && c.witnesses[2].is_present(450)
    );
}

#[test]
fn what_is_dropped_and_put_in_around_a_particle_is_one_entry() {
    let c = of(&[
        ("A", &["a place for those who here gave their lives in it"]),
        ("B", &["a place for those who died here in it"]),
    ]);
    assert_eq!(apparatus(&c), ["here gave their lives A | died here B"]);
}

#[test]
fn a_moved_word_in_another_spelling_belongs_to_the_move() {
    let plain = &["the bright flowers standing upright in the garden"];
    let c = of(&[
        ("A", plain),
        ("B", plain),
        ("C", &["the bright flowres standing upright in the garden"]),
        ("D", &["the bright standing flowers upright in the garden"]),
    ]);
    assert_eq!(c.moves.len(), 1, "{:?}", apparatus(&c));
    let of_move: usize = c.moves[0].home.witnesses.len() + c.moves[0].away.witnesses.len();
    assert_eq!(of_move, 4, "{:?}", c.moves);
}

#[test]
fn one_witness_and_none_are_collations_too() {
    assert_eq!(collated(&[]).columns, 0);
    let empty = text("E", &[]);
    let some = text("S", &["Some words."]);
    assert_eq!(collated(std::slice::from_ref(&empty)).columns, 0);
    let c = collated(&[empty, some]);
    assert_eq!((c.columns, c.entries.len()), (3, 0));
    assert!(c.witnesses[0].present.is_empty());
}

#[test]
fn the_base_gives_the_lemma() {
    let texts = lines(&[("A", &["one two three"]), ("B", &["one 2 three"]), ("C", &["one two three"])]);
    let options = Options { base: Some("B".into()), ..Options::default() };
    let outcome = collate(&texts, &options).unwrap();
    assert_eq!(apparatus(&outcome.value.collation), ["2 B | two AC"]);
    let options = Options { base: Some("X".into()), ..Options::default() };
    let outcome = collate(&texts, &options).unwrap();
    assert_eq!(outcome.warnings[0].code, "unknown-base");
}

/// Sentences of few words, so that everything repeats and moves about.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("war"),
        Just("War"),
        Just("of"),
        Just("the"),
        Just("colour"),
        Just("color"),
        Just("to"),
        Just("day"),
        Just("today"),
        Just(","),
        Just(";"),
        Just("战"),
        Just("争"),
        Just("e\u{301}te\u{301}"),
        Just("été"),
        Just("peace"),
        Just("people"),
        Just("government"),
    ];
    proptest::collection::vec(word, 0..24).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn every_token_stands_once_and_in_order(texts in proptest::collection::vec(sentence(), 0..6)) {
        let texts: Vec<Text> =
            texts.iter().enumerate().map(|(n, s)| text(&format!("W{n}"), &[s])).collect();
        let c = collated(&texts);
        prop_assert_eq!(check(&c), Ok(()));
        for (text, witness) in texts.iter().zip(&c.witnesses) {
            let part = &text.document.parts[0].text;
            let words: String = witness.tokens.iter().map(|t| &part[t.span.range()]).collect();
            prop_assert_eq!(words, part.split_whitespace().collect::<String>());
        }
    }

    #[test]
    fn the_order_of_the_witnesses_does_not_matter(
        texts in proptest::collection::vec(sentence(), 2..6),
        turn in 0usize..6,
    ) {
        let texts: Vec<Text> =
            texts.iter().enumerate().map(|(n, s)| text(&format!("W{n}"), &[s])).collect();
        let mut given = texts.clone();
        let first = collated(&given);
        given.rotate_left(turn % texts.len());
        given.swap(0, 1);
        prop_assert_eq!(first, collated(&given));
    }

    #[test]
    fn witnesses_that_agree_have_no_units(one in sentence(), n in 1usize..5) {
        let texts: Vec<Text> = (0..n).map(|k| text(&format!("W{k}"), &[&one])).collect();
        let c = collated(&texts);
        prop_assert!(c.entries.is_empty() && c.moves.is_empty());
    }
}

/// The invariants of the model.
fn check(c: &Collation) -> Result<(), String> {
    for witness in &c.witnesses {
        if !witness.tokens.is_sorted_by_key(|t| t.column) {
            return Err(format!("{} goes back", witness.siglum));
        }
        if witness.tokens.iter().any(|t| t.column >= c.columns || !witness.is_present(t.column)) {
            return Err(format!("{} has a token where it is not", witness.siglum));
        }
        if !witness.present.windows(2).all(|p| p[0].end <= p[1].start) {
            return Err(format!("{}: ranges cross", witness.siglum));
        }
    }
    // The entries stand in the order of the base's text, which is not that of the columns where it moved.
    let mut of_words: Vec<_> = c.entries.iter().filter(|e| e.is_of_words()).map(|e| &e.columns).collect();
    of_words.sort_by_key(|columns| (columns.start, columns.end));
    if !of_words.windows(2).all(|p| p[0].end <= p[1].start) {
        return Err("units cross".to_owned());
    }
    for unit in &c.entries {
        let mut seen: Vec<usize> = unit.absent.clone();
        seen.extend(unit.readings.iter().flat_map(|r| r.witnesses.iter().map(|a| a.witness)));
        seen.sort_unstable();
        // Who repeats a passage has it at both of its places.
        if unit.moved().is_some() {
            seen.dedup();
        }
        if seen != (0..c.witnesses.len()).collect::<Vec<_>>() || unit.readings.len() < 2 {
            return Err(format!("unit {unit:?} has not every witness once"));
        }
        if unit.readings[0].judgement.is_some() || unit.readings[1..].iter().any(|r| r.judgement.is_none()) {
            return Err("the lemma alone has no judgement".to_owned());
        }
    }
    Ok(())
}
