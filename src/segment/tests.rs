//! What the segmenter must get right, by kind of difficulty.

use proptest::prelude::*;

use super::*;
use crate::model::{Lang, Witness};

fn document(text: &str, lang: &str) -> Document {
    let block = Block { span: Span::new(0, text.len()), ..Block::default() };
    let part = Part { text: text.to_owned(), blocks: vec![block], ..Part::default() };
    Document { witness: Witness::new("A", Lang::new(lang)), parts: vec![part] }
}

fn sentences_with(text: &str, lang: &str, options: &Options) -> Vec<String> {
    let document = document(text, lang);
    segment(&document, options).into_iter().map(|s| document.parts[0].reading(s.span)).collect()
}

/// Checks that `cut`, with ‖ at its boundaries, is what the segmenter makes of it.
fn check(lang: &str, cut: &str) {
    let pieces: Vec<String> =
        cut.split('‖').map(|s| s.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(sentences_with(&cut.replace('‖', ""), lang, &Options::default()), pieces, "{lang}");
}

#[test]
fn plain_sentences_and_abbreviations() {
    check(
        "en",
        "Mr. Klyman of the St. Louis Post-Dispatch asked Gen. Krivitsky. ‖He answered, i.e., spoke. ‖See Vol. 3, No. 8, pp. 252-254.",
    );
    check("en", "It was made by Smith Co. in the U.S. Army camp. ‖The U.S. won. ‖It rained etc. ‖The end.");
    check(
        "en",
        "L. D. Trotsky met J. P. Cannon. ‖It was late, under Nicholas I. ‖It was plan B. ‖The next came.",
    );
    check(
        "de",
        "Am 15. November traf Dr. Klyman z. B. den General. ‖Das 19. Jahrhundert ging 1900 zu Ende. ‖Es war spät.",
    );
    check("fr", "M. Blum parla à 10 h. ‖Il dit\u{a0}: «\u{a0}Oui.\u{a0}» ‖Puis il se tut.");
    check("ru", "Об этом говорил т. Ленин в 1920 г. в Москве и т. д. ‖Мы помним.");
}

#[test]
fn what_follows_decides() {
    check(
        "en",
        "“Do you see these gentlemen?” the agents asked. ‖“If we divide it, they will not move.” ‖While signing, he waited.",
    );
    check("en", "Unfortunately we were too weak ... ‖At present it is stronger. ‖But ... not much.");
    check("en", "He won (!) the war. ‖He said so (see p. 3). ‖We agree.");
    check("ru", "— Да, — сказал он. ‖— Иди! — крикнула она. ‖Он ушел.");
    check(
        "en",
        "The war.The peace came. ‖The end of the peace. ‖Visit example.Com now."
            .replace("war.The", "war.‖The")
            .as_str(),
    );
}

#[test]
fn note_marks_stay_with_their_sentence() {
    check(
        "en",
        "The party was founded in 1898.¹ ‖It met in secret.[12] ‖The end.(3) ‖Then it fell.* ‖It is over.",
    );
}

#[test]
fn other_scripts() {
    check("zh", "战争不可避免。‖“我们看到了。”‖他说：“好。”‖结束了……‖是的！");
    check("ja", "彼は言った。‖「そうだ。」‖終わり。");
    check("el", "Τι είναι αυτό; ‖Δεν ξέρω. ‖Ναι.");
    check("hi", "यह एक वाक्य है। ‖यह दूसरा है।");
    check("hy", "Սա առաջինն է։ ‖Սա երկրորդն է։");
    check("ar", "هذه جملة. ‖هل هذا سؤال؟ ‖نعم.");
}

#[test]
fn a_project_s_abbreviations_end_nothing() {
    let text = "The Kpz. Army moved. It won.";
    assert_eq!(sentences_with(text, "en", &Options::default()).len(), 3);
    let options = Options { abbreviations: vec!["Kpz.".into()], ..Options::default() };
    assert_eq!(sentences_with(text, "en", &options), ["The Kpz. Army moved.", "It won."]);
}

#[test]
fn quotations_can_be_kept_whole_and_never_swallow_a_paragraph() {
    let options = Options { quotes: Quotes::Keep, ..Options::default() };
    assert_eq!(
        sentences_with("He wrote: “He stays. He waits.” Facts showed more.", "en", &options),
        ["He wrote: “He stays. He waits.”", "Facts showed more."]
    );
    let unclosed = format!("“Never closed. {}", "A sentence. ".repeat(500));
    assert_eq!(sentences_with(&unclosed, "en", &options).len(), 501);
}

#[test]
fn hostile_input_takes_linear_time() {
    // Each of these would take hours if a candidate looked at more than its neighbourhood.
    for text in [
        ".".repeat(400_000),
        "\"".repeat(400_000),
        "a".repeat(4_000_000),
        ". ".repeat(200_000),
        "(.".repeat(200_000),
        "…—".repeat(100_000),
    ] {
        let document = document(&text, "en");
        let segments = segment(&document, &Options::default());
        assert!(!segments.is_empty());
    }
}

fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Mr."),
        Just("war"),
        Just("The"),
        Just("."),
        Just("?"),
        Just("!”"),
        Just("“No"),
        Just("3."),
        Just("Nov."),
        Just("e.g."),
        Just("..."),
        Just("战争。"),
        Just("»"),
        Just("(x.)"),
        Just("U.S."),
        Just("is"),
        Just("é\u{301}"),
        Just("\u{a0}"),
        Just("—"),
        Just("[1]"),
        Just("A."),
    ];
    proptest::collection::vec(piece, 1..60).prop_map(|p| p.join(" "))
}

proptest! {
    #[test]
    fn segments_tile_any_text(text in prop_oneof![prose(), any::<String>()], lang in prop_oneof![Just("en"), Just("de"), Just("fr"), Just("zh"), Just("xx")]) {
        let document = document(&text, lang);
        let segments = segment(&document, &Options::default());
        let mut at = 0;
        for s in &segments {
            prop_assert!(!text[s.span.range()].is_empty());
            prop_assert!(text[at..s.span.start].trim().is_empty());
            at = s.span.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }

    #[test]
    fn soft_wraps_change_nothing(text in prose()) {
        let wrapped = text.replace(' ', "\n");
        for lang in ["en", "de"] {
            prop_assert_eq!(sentences_with(&text, lang, &Options::default()), sentences_with(&wrapped, lang, &Options::default()));
        }
    }
}
