//! Sentences of many kinds and languages, and the invariants on arbitrary text.

use proptest::prelude::*;

use super::*;
use crate::model::{Part, Witness};

fn document(blocks: &[(BlockKind, &str)]) -> Document {
    let mut part = Part::default();
    for &(kind, text) in blocks {
        let start = part.text.len();
        part.text.push_str(text);
        part.blocks.push(Block { kind, span: Span::new(start, part.text.len()), ..Block::default() });
        part.text.push_str("\n\n");
    }
    Document { witness: Witness::new("T", Lang::new("en")), parts: vec![part] }
}

/// Checks a text in which `‖` stands at each boundary.
fn check_with(options: &Options, lang: &str, marked: &str) {
    let text: String = marked.split('‖').collect();
    let found = sentences(&text, &Lang::new(lang), options, &Evidence::of_text(&text));
    let found: Vec<&str> = found.iter().map(|span| &text[span.range()]).collect();
    let expected: Vec<&str> = marked.split('‖').map(str::trim).collect();
    assert_eq!(found, expected, "{lang}");
}

fn check(lang: &str, marked: &str) {
    check_with(&Options::default(), lang, marked);
}

#[test]
fn abbreviations_titles_and_initials() {
    check(
        "en",
        "Gen. Krivitsky met L. D. Trotsky in St. Louis.‖ They talked, i.e., argued, about Vol.3 No.8, pp.252-254.‖ Dr. Watson left.",
    );
    check("en", "They are the strategists of Nicholas I.‖ He failed, but the reasons are clear.");
    check("en", "Having said A Stalin was compelled to say B.‖ But even so he lost.");
    check(
        "en",
        "He lived in the U.S.S.R. until 1930.‖ Then the U.S. Government spoke.‖ They sold coal, timber, etc.‖ Prices fell.",
    );
    check(
        "de",
        "Er kam z. B. am Montag, d. h. zu spät.‖ Am 15. November 1939 sprach Dr. Adler.‖ Der 2. Weltkrieg begann im Jahre 1939.‖ Er kaufte Brot, Milch usw.‖ Dann ging er.",
    );
    check(
        "ru",
        "Это было в 1917 г. в Петрограде, т. е. до переезда.‖ Он умер в 1924 г.‖ Его похоронили, см. т. 5, стр. 12.‖ Письмо А. М. Горького опубликовано.",
    );
}

#[test]
fn georgian_has_no_case() {
    check("ka", "ის წავიდა.‖ მე დავრჩი.‖ რატომ?‖ არ ვიცი!‖ „კარგი.“‖ შემდეგ დაჯდა.");
}

#[test]
fn sof_pasuq_ends_a_verse() {
    check("he", "בראשית ברא אלהים את השמים ואת הארץ׃‖ והארץ היתה תהו ובהו׃‖ ויאמר אלהים יהי אור׃");
}

#[test]
fn quotations_and_the_words_that_report_them() {
    check(
        "en",
        "“Do you see these gentlemen?” the German agents asked.‖ “If we divide Poland, they will not move.”‖ While signing, he smiled.",
    );
    check("en", "“Are you ready?” John asked.‖ “Yes!”‖ John left.");
    check("fr", "« Vive la Commune ! » cria la foule.‖ Il se tut.\u{a0}»‖ Les soldats attendaient.");
    check("de", "„Bist du fertig?“ fragte er.‖ „Gehen wir.“‖ Er ging.");
    check("ru", "— Да, — сказал он.‖ — Иди.‖ «Что делать?» — спросил он.‖ Никто не знал.");
    check("zh", "他说：“我们必胜！”‖大家都笑了。‖“你来吗？”他问。‖列宁在1917年回国；他立即开始工作。");
    check("ja", "「もう行くよ。」と彼は言った。‖彼女は黙っていた。");
}

#[test]
fn ellipses() {
    check("en", "Unfortunately we were too weak ...‖ At present the Kremlin is stronger.");
    check(
        "en",
        "I thought ... I would go.‖ The workers . . . have nothing [...] to lose.‖ “I thought…” he began.",
    );
    check_with(
        &Options { ellipsis: Ellipsis::Never, ..Options::default() },
        "en",
        "Too weak ... At present it is not.",
    );
}

#[test]
fn what_editions_contain() {
    check(
        "en",
        "The party was founded in 1898.¹‖ It met in secret.[12]‖ The war ended.(3)‖ “He never returned.”²‖ His letters are lost.",
    );
    check("en", "Count Ciano .explained the alliance.‖ The war ended .‖ Nobody cheered .");
    check("en", "It was the end of the war.‖The workers rejoiced, see example.com and v1.2.3 of the file.");
    check("en", "See p. 214, n. 3.‖ The italics are ours.‖ – Editor, Fourth International, 1942");
    check("en", "Q. Did you meet Mr. Howard?‖ A. I did.");
    check("en", "1. Peace now.‖ 2. Land to the peasants.‖ 3. Bread.");
    check("el", "Τι να κάνουμε;‖ Να δουλέψουμε.");
    check("ar", "هل ستكون هناك حرب؟‖ لا، لن تكون.‖ هذا مؤكد.");
}

#[test]
fn policies() {
    let keep = Options { quotes: Quotes::Keep, dashes: Dashes::Keep, ..Options::default() };
    check_with(&keep, "en", "He said: “We came. We saw.”‖ Then he left (nobody saw him. Nobody cared).");
    check_with(&keep, "ru", "— Да, — сказал он. — Иди.");
    check_with(&keep, "en", "An unclosed “quotation swallows nothing.‖ It goes on.‖ And on.");
    let speech = Options { colon: Colon::Speech, ..Options::default() };
    check_with(&speech, "en", "He said:‖ “We came.‖ We saw.”‖ They had: bread.");
}

#[test]
fn the_projects_own_abbreviations_and_boundaries() {
    let options = Options {
        abbreviations: vec!["Gosizd.".to_owned()],
        join: vec!["Yahoo! Answers".to_owned()],
        split: vec!["the end;|and".to_owned()],
        ..Options::default()
    };
    check_with(
        &options,
        "en",
        "See Gosizd. Moscow.‖ They asked Yahoo!\nAnswers.‖ It was the end;‖ and so on.",
    );
}

fn document_of_one(kind: BlockKind, text: &str) -> Document {
    document(&[(kind, text)])
}

#[test]
fn kinds_of_blocks() {
    let document = document(&[
        (BlockKind::Heading, "Chapter IV. War and Peace"),
        (BlockKind::Verse, "Easily written on paper,\nBut the gullies. Forgotten.\r\nAnd we had to march."),
        (BlockKind::FrontMatter, "Where and when. It appeared."),
        (BlockKind::Furniture, "Last. Updated."),
        (BlockKind::Note, "See p. 5. The text is new."),
    ]);
    let segments = segment(&document, &Options::default());
    let counts: Vec<usize> = (0..5).map(|b| segments.iter().filter(|s| s.block == b).count()).collect();
    assert_eq!(counts, [1, 3, 2, 1, 2]);
    assert!(explain(&document, &Options::default()).iter().all(|e| [0, 2, 4].contains(&e.block)));
    // What looks like a heading because it is short is cut as the paragraph that it may be.
    let short = document_of_one(BlockKind::Heading, "The league. Our team has won.");
    assert_eq!(segment(&short, &Options::default()).len(), 2);
}

#[test]
fn a_label_belongs_to_no_segment() {
    let text = "QUESTION: What now? And then?";
    let block = Block {
        kind: BlockKind::Speech,
        span: Span::new(0, text.len()),
        label: Some(Span::new(0, 9)),
        ..Block::default()
    };
    let part = Part { text: text.to_owned(), blocks: vec![block], ..Part::default() };
    let document = Document { witness: Witness::new("T", Lang::new("en")), parts: vec![part] };
    let spans: Vec<&str> =
        segment(&document, &Options::default()).iter().map(|s| &text[s.span.range()]).collect();
    assert_eq!(spans, ["What now?", "And then?"]);
}

#[test]
fn hostile_input_takes_linear_time_and_no_stack() {
    let deep = "(".repeat(100_000);
    let inputs = [
        ".".repeat(400_000),
        ". ".repeat(200_000),
        "a.".repeat(200_000),
        "A. ".repeat(100_000),
        format!("{deep}. {deep}? a"),
        "\"a. ‘b. “c. ".repeat(20_000),
        "word ".repeat(200_000),
        format!("a.{} b", " ".repeat(400_000)),
        "1. a 2. b ".repeat(40_000),
        "。」".repeat(100_000),
    ];
    for quotes in [Quotes::Split, Quotes::Keep] {
        let options = Options { quotes, ..Options::default() };
        for text in &inputs {
            let pieces = sentences(text, &Lang::new("en"), &options, &Evidence::of_text(text));
            let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
            assert_eq!(pieces.iter().map(|p| solid(&text[p.range()])).sum::<usize>(), solid(text));
        }
    }
}

#[test]
fn a_missing_capital() {
    check("en", "The parliament adjourned.‖ it met again after the harvest, approx. in May.");
    check("it", "La cosa è chiara (vedi sopra).‖ per questo tutti tacciono, ad es. il ministro.");
}

/// Text in which the marks that matter are frequent.
fn messy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,6}",
        2 => Just(" ".to_owned()),
        2 => prop::sample::select(vec![
            ".", "?", "!", "…", "。", ":", ";", "\"", "“", "”", "„", "«", "»", "(", ")", "[", "]", "'", "’", "—", "-", "•",
            "1", "12", "¹", "\u{a0}", "\n", "Mr.", "U.S.", "z. B.", "Он", "слово", "他说", "「", "」", "I", "\u{200f}", "。”",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn any_options() -> impl Strategy<Value = Options> {
    (any::<bool>(), any::<bool>(), any::<bool>(), 0..3usize).prop_map(|(quotes, colon, dashes, ellipsis)| {
        Options {
            quotes: if quotes { Quotes::Keep } else { Quotes::Split },
            colon: if colon { Colon::Speech } else { Colon::Keep },
            dashes: if dashes { Dashes::Keep } else { Dashes::Split },
            ellipsis: [Ellipsis::Capital, Ellipsis::Always, Ellipsis::Never][ellipsis],
            ..Options::default()
        }
    })
}

fn lang() -> impl Strategy<Value = Lang> {
    prop::sample::select(vec!["en", "de", "fr", "ru", "zh", "ja", "el", "hy", "hu", "und"])
        .prop_map(Lang::new)
}

proptest! {
    #[test]
    fn segments_tile_the_text(text in messy(), lang in lang(), options in any_options()) {
        let mut from = 0;
        for span in sentences(&text, &lang, &options, &Evidence::of_text(&text)) {
            prop_assert!(!span.is_empty() && span.trimmed(&text) == span);
            prop_assert!(text[from..span.start].trim().is_empty());
            from = span.end;
        }
        prop_assert!(text[from..].trim().is_empty());
    }

    #[test]
    fn decisions_are_in_order_and_at_characters(text in messy(), lang in lang(), options in any_options()) {
        let decisions = boundaries(&text, &lang, &options, &Evidence::default());
        prop_assert!(decisions.iter().all(|d| text.is_char_boundary(d.at) && d.mark.end <= d.at));
        prop_assert!(decisions.windows(2).all(|pair| pair[0].at <= pair[1].at));
    }

    #[test]
    fn wrapped_text_gives_the_same_sentences(text in messy(), lang in lang()) {
        let wrapped = text.replace(' ', "\n");
        let (options, evidence) = (Options::default(), Evidence::of_text(&text));
        prop_assert_eq!(&evidence, &Evidence::of_text(&wrapped));
        prop_assert_eq!(sentences(&text, &lang, &options, &evidence), sentences(&wrapped, &lang, &options, &evidence));
    }

    #[test]
    fn one_thread_and_two_agree(texts in prop::collection::vec(messy(), 1..8)) {
        let blocks: Vec<(BlockKind, &str)> = texts.iter().map(|text| (BlockKind::Paragraph, text.as_str())).collect();
        let document = document(&blocks);
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| segment(&document, &Options::default()))
        };
        prop_assert_eq!(run(1), run(2));
    }
}
