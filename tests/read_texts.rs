//! Real layouts: the founding text, a newspaper column, pages of marxists.org.
//!
//! The pages are development data outside of the repository: those tests need `HEXAPLA_DATA`.

// Helpers of tests may fail and talk like tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use hexapla::ErrorKind;
use hexapla::model::BlockKind::{
    FrontMatter, Furniture, Heading, ListItem, Note, Paragraph, Quotation, Speech, Verse,
};
use hexapla::model::FrontRole::{Author, Date, EditorNote, Publication, Title};
use hexapla::model::{Block, BlockKind, Document, FrontRole, Witness};
use hexapla::read::{self, Format, Options};

fn document(texts: &[&str], format: Format) -> Document {
    let options = Options { format: Some(format), ..Options::default() };
    let parts = texts.iter().map(|text| read::read_bytes(text.as_bytes(), None, &options).unwrap().value);
    read::document(Witness::new("X", "en".into()), parts.collect()).value
}

fn kinds(document: &Document) -> Vec<BlockKind> {
    document.parts[0].blocks.iter().map(|block| block.kind).collect()
}

fn roles(document: &Document) -> Vec<FrontRole> {
    document.parts[0].blocks.iter().filter_map(|block| block.role).collect()
}

fn text_of<'d>(document: &'d Document, block: &Block) -> &'d str {
    &document.parts[0].text[block.span.range()]
}

fn data() -> Option<PathBuf> {
    let path = std::env::var_os("HEXAPLA_DATA").map(PathBuf::from);
    if path.is_none() {
        println!("skipped: HEXAPLA_DATA is not set");
    }
    path
}

/// Byte for byte the layout of the founding text, its long paragraphs cut short.
const FOUNDING: &str = include_str!("read_data/founding_short.txt");

#[test]
fn every_block_of_the_founding_text_is_known() {
    let mut texts = vec![FOUNDING.to_owned()];
    let whole = [
        Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("texts/fi-1942.txt")),
        data().map(|data| data.join("../texts/fi-1942.txt")),
    ];
    texts.extend(whole.into_iter().flatten().filter_map(|path| std::fs::read_to_string(path).ok()));
    for text in texts {
        let document = document(&[&text], Format::Text);
        let part = &document.parts[0];
        assert_eq!(roles(&document), [Author, Title, Date, Publication, EditorNote, EditorNote]);
        let of = |kind| part.blocks.iter().filter(move |block| block.kind == kind);
        let labels: Vec<(&str, &str)> = of(Speech)
            .map(|block| (&part.text[block.label.unwrap().range()], block.speaker.as_deref().unwrap()))
            .collect();
        let turn = [("QUESTION:", "QUESTION"), ("ANSWER:", "ANSWER")];
        assert_eq!(labels, [turn, turn, turn].concat());
        let headings: Vec<&str> = of(Heading).map(|block| text_of(&document, block)).collect();
        assert_eq!(headings, ["The Question of the Seized Territories", "The Soviet-Finnish War"]);
        let verse: Vec<&str> = of(Verse).flat_map(|block| text_of(&document, block).lines()).collect();
        assert_eq!(verse.len(), 3);
        assert!(verse[0].ends_with("Easily written on paper,"));
        let furniture: Vec<&str> = of(Furniture).map(|block| text_of(&document, block)).collect();
        assert_eq!(furniture, ["return return return return return", "Last updated on: 22.4.2007"]);
        assert!(of(Paragraph).all(|block| block.speaker.as_deref() == Some("ANSWER")));
        assert_eq!(of(Paragraph).count() + 6 + 6 + 2 + 1 + 2, part.blocks.len());
    }
}

const COLUMN: &str = "\
THE SECOND WORLD WAR
By Leon Trotsky
First of three instalments

[Constructed witness for tests of collation; not
a newspaper's print.]

(January/March 1940)

QUESTION: What is your opinion of the German-
Russian alliance? Did Stalin have to make it?

ANSWER: Foreign policy is an extension and de-
velopment of domestic policy. In order to un-
derstand correctly the Kremlin's policy it is
always necessary to bear in mind the world-
wide position of the bureaucracy and its own.

MOSCOW TURNS TO BERLIN

Already in 1934 Hitler said so to Rauschning.
The bureaucracy is com-
pletely without scruple, and the policy is so.

\"Easily written on paper,
But the gullies forgotten,
And we had to march in them.\"

The decapitated staff repeats the strategists
of Nicholas, a world-wide joke of domestic po-
licy, and an old one.
";

#[test]
fn a_newspaper_column_is_unwrapped() {
    let document = document(&[COLUMN], Format::Text);
    let part = &document.parts[0];
    assert_eq!(roles(&document), [Title, Author, Publication, EditorNote, Date]);
    let rest: Vec<BlockKind> = kinds(&document).split_off(5);
    assert_eq!(rest, [Speech, Speech, Heading, Paragraph, Verse, Paragraph]);
    let answer = part.reading(part.blocks[6].body());
    assert!(answer.starts_with("Foreign policy is an extension and development of domestic policy."));
    assert!(answer.contains("the world-wide position"));
    assert!(part.reading(part.blocks[5].body()).contains("German-Russian alliance?"));
    assert!(part.reading(part.blocks[8].span).contains("is completely without"));
    assert!(part.reading(part.blocks[10].span).contains("domestic policy, and"));
    assert_eq!(part.reading(part.blocks[3].span).matches('\n').count(), 0);
}

#[test]
fn paragraphs_of_one_line_without_blank_lines() {
    let text = "A Heading Here\nThe first paragraph is quite long and goes on for some time, as they do.\n\
                \u{201c}Yes,\u{201d} he said.\nThe third paragraph is long as well, if not quite as long as the first, and ends.\n\
                No.\nThe last one.\n";
    let document = document(&[text], Format::Text);
    assert_eq!(document.parts[0].blocks.len(), 6);
    assert!(!kinds(&document).contains(&Verse));
}

#[test]
fn indented_paragraphs_without_blank_lines() {
    let text = "    The bureaucracy defends the country but first of all\nitself, and that is its policy. It has no \
                other, as all\nthe world can see.\n    The second paragraph begins with a line that is moved\nin, as \
                printers do, and it goes on for a second line\nand a third.\n";
    let document = document(&[text], Format::Text);
    assert_eq!(kinds(&document), [Paragraph, Paragraph]);
}

#[test]
fn a_few_wrapped_lines_are_prose() {
    let text = "ANSWER: As far as I can\njudge, no.\n\nThe policy is of a\nkind that we know.\n";
    assert_eq!(kinds(&document(&[text], Format::Text)), [Speech, Paragraph]);
    let verse = "Rain on the roof,\nand no one comes;\nThe road is white.\n";
    assert_eq!(kinds(&document(&[&verse.replace("and", "And")], Format::Text)), [Verse]);
}

#[test]
fn chinese_layouts() {
    let text = "列夫·托洛茨基\n\n第二次世界大战\n\n（1940年1月/3月）\n\n首次发表：《第四国际》第3卷第8期，1942年8月。\n\n\
                编者按：这是托洛茨基最后的访谈之一。\n\n\n问：您对德俄同盟有何看法？斯大林是否不得不缔结这个同盟？\n\n\
                答：对外政策是对内政策的延伸和发展。要正确理解克里姆林宫的对外政策，必须始终考虑两个因素。\n\n\
                官僚集团保卫苏联，但首先保卫它自己。\n\n\n被占领土问题\n\n问：您认为有必要吗？\n\n答：毫无疑问。\n\n返回目录\n";
    let document = document(&[text], Format::Text);
    assert_eq!(roles(&document), [Author, Title, Date, Publication, EditorNote]);
    let rest: Vec<BlockKind> = kinds(&document).split_off(5);
    assert_eq!(rest, [Speech, Speech, Paragraph, Heading, Speech, Speech, Furniture]);
    assert_eq!(document.parts[0].blocks[7].speaker.as_deref(), Some("答"));
}

#[test]
fn front_matter_in_other_languages() {
    for (text, expected) in [
        (
            "Léon Trotsky\n\nLa Seconde Guerre mondiale\n\n(janvier-mars 1940)\n\nPremière publication : Fourth \
             International, août 1942.\n\nNOTE DE LA RÉDACTION : L’un des derniers entretiens.\n\nComme d’habitude, \
             Trotsky ne s’en est pas tenu là.\n\nQUESTION : Que pensez-vous ?\n\nRÉPONSE : La politique.\n",
            vec![Author, Title, Date, Publication, EditorNote, EditorNote],
        ),
        (
            "Лев Троцкий\n\nВторая мировая война\n\n(январь/март 1940)\n\nВпервые опубликовано: Fourth International, \
             август 1942.\n\nПРИМЕЧАНИЕ РЕДАКЦИИ: Одно из последних интервью.\n\nВОПРОС: Что вы думаете?\n\nОТВЕТ: \
             Внешняя политика.\n",
            vec![Author, Title, Date, Publication, EditorNote],
        ),
        (
            "Leo Trotzki\n\nDer Zweite Weltkrieg\n\n(Januar/März 1940)\n\nÜbersetzt für das Hexapla-Projekt\n\n\
             Erstveröffentlichung: Fourth International.\n\nANMERKUNG DER REDAKTION: Eines der letzten Interviews.\n\n\
             FRAGE: Wie denken Sie?\n\nANTWORT: Die Außenpolitik.\n",
            vec![Author, Title, Date, Publication, Publication, EditorNote],
        ),
    ] {
        let document = document(&[text], Format::Text);
        assert_eq!(roles(&document), expected, "{text}");
        assert_eq!(kinds(&document).iter().filter(|kind| **kind == Speech).count(), 2);
    }
}

#[test]
fn markdown_is_read_without_its_marks() {
    let text = "---\ntitle: x\n---\n\n# The War\n\nA *first* paragraph\nof two lines[^1] &amp; more.\n\n> quoted text \
                here\n\n- one item\n- another item\n\nEasily written,  \nBut forgotten  \nAnd marched.\n\n[^1]: The \
                note.\n\n**QUESTION:** Is it so?\n\n**ANSWER:** It is.\n";
    let document = document(&[text], Format::Markdown);
    let part = &document.parts[0];
    assert_eq!(
        kinds(&document),
        [FrontMatter, Heading, Paragraph, Quotation, ListItem, ListItem, Verse, Note, Speech, Speech]
    );
    assert_eq!(part.reading(part.blocks[2].span), "A first paragraph of two lines & more.");
    assert_eq!(part.blocks[1].level, 1);
    assert_eq!(part.text[part.blocks[6].span.range()].lines().count(), 3);
    let source = part.map.source_of(part.blocks[8].span);
    assert_eq!(&text[source.range()], "QUESTION:** Is it so?");
}

#[test]
fn front_matter_of_pages_with_markup() {
    let markdown = "列夫·托洛茨基\n\n# 第二次世界大战\n\n（1940年1月／3月）\n\n为项目翻译\n\n首次发表：《第四国际》。\n\n\
                    编者按：最后的谈话之一。\n\n克莱曼提出了问题。\n\n**问**：您有什么看法？\n\n**答**：对外政策。\n";
    let read = document(&[markdown], Format::Markdown);
    assert_eq!(roles(&read), [Author, Title, Date, Publication, EditorNote, EditorNote]);
    assert_eq!(kinds(&read).iter().filter(|kind| **kind == FrontMatter).count(), 7);
    let page = "<p class=author>Лев Троцкий</p><h1>Вторая мировая война</h1><p class=info>(Январь — март 1940)</p>\
                <p class=note>ПРИМЕЧАНИЕ РЕДАКЦИИ: Одно из интервью.</p><p class=note>По обыкновению, он диктовал. — \
                Редакция, 1942</p><p><b>ВОПРОС:</b> Каково ваше мнение?</p><p><b>ОТВЕТ:</b> Политика.</p>";
    let read = document(&[page], Format::Html);
    assert_eq!(roles(&read), [Author, Title, Date, EditorNote, EditorNote]);
    let letter =
        "<h1>A Letter</h1><p>Dear comrades</p><p>The policy of the party is known to all of you.</p>";
    assert_eq!(kinds(&document(&[letter], Format::Html)), [Heading, Paragraph, Paragraph]);
}

#[test]
fn selectors_choose_what_is_read() {
    let page = "<div id=nav><a href=x>Home</a></div><div id=text><h1>T</h1><p>One.</p><p class=ad>Buy!</p>\
                <p class=apparatus>12 one] two</p></div>";
    let options = Options {
        format: Some(Format::Html),
        content: Some("#text".to_owned()),
        drop: Some(".ad".to_owned()),
        note: Some("p.apparatus".to_owned()),
        ..Options::default()
    };
    let part = read::read_bytes(page.as_bytes(), None, &options).unwrap().value;
    let found: Vec<BlockKind> = part.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(found, [Heading, Paragraph, Note]);
    let missing = Options { content: Some("#none".to_owned()), ..options };
    assert_eq!(read::read_bytes(page.as_bytes(), None, &missing).unwrap_err().kind(), ErrorKind::Empty);
}

#[test]
fn bad_files_are_named_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let options = Options::default();
    for (path, kind) in [
        (folder.path().join("missing.txt"), ErrorKind::NotFound),
        (folder.path().to_owned(), ErrorKind::IsDirectory),
        (write("empty.txt", b""), ErrorKind::Empty),
        (write("blank.txt", b" \n\n\t\n"), ErrorKind::Empty),
        (write("scan.pdf", b"%PDF-1.4\n..."), ErrorKind::Unsupported),
        (write("image.txt", b"\x89PNG\r\n\x1A\n...."), ErrorKind::Binary),
    ] {
        let error = read::read_file(&path, &options).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.path(), Some(path.as_path()));
        assert!(error.shown_hint().is_some());
    }
    let small = Options { max_bytes: 3, ..Options::default() };
    let error = read::read_file(&write("large.txt", b"four"), &small).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[test]
fn pages_of_marxists_org() {
    let Some(data) = data() else { return };
    let pages = data.join("formats/marxists_org_html");
    let open = |name: &str| {
        let part = read::read_file(&pages.join(name), &Options::default()).unwrap();
        let codes: Vec<&str> = part.warnings.iter().map(|warning| warning.code).collect();
        (read::document(Witness::new("X", "en".into()), vec![part.value]).value, codes)
    };
    // Title and author in one paragraph, a heading, prose, navigation at the foot.
    for (chapter, blocks, furniture, misdeclared) in [
        (1, 13, 2, false),
        (2, 15, 1, false),
        (3, 22, 2, false),
        (4, 12, 2, true),
        (5, 21, 2, true),
        (6, 25, 1, true),
        (7, 17, 1, true),
        (8, 23, 2, true),
        (9, 25, 1, true),
    ] {
        let (document, codes) = open(&format!("wage_labour_ch{chapter:02}.htm"));
        assert_eq!(roles(&document), [Author, Title], "chapter {chapter}");
        let kinds = kinds(&document);
        assert_eq!((kinds.len(), kinds[2]), (blocks, Heading), "chapter {chapter}");
        let count = |kind| kinds.iter().filter(|own| **own == kind).count();
        assert_eq!(count(Furniture), furniture, "chapter {chapter}");
        assert!(kinds[kinds.len() - furniture..].iter().all(|kind| *kind == Furniture));
        assert_eq!(count(Heading), if chapter == 8 { 2 } else { 1 });
        assert_eq!(count(Paragraph), blocks - 2 - count(Heading) - furniture);
        assert_eq!(codes.contains(&"encoding-misdeclared"), misdeclared, "chapter {chapter}");
    }
    let (document, _) = open("value_price_profit_ch01.htm");
    let kinds = kinds(&document);
    assert_eq!(kinds.iter().filter(|kind| **kind == Heading).count(), 6);
    assert_eq!(kinds[kinds.len() - 3..], [Note, Note, Note]);
    assert!(kinds[..kinds.len() - 3].iter().all(|kind| matches!(kind, Heading | Paragraph)));
    let (document, _) = open("value_price_profit_notes.htm");
    assert_eq!(roles(&document), [Title, Publication, EditorNote, EditorNote]);
    let (document, _) = open("value_price_profit_preface.htm");
    assert_eq!(self::kinds(&document), [Heading, Paragraph, Paragraph]);
}
