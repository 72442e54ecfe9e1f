//! The segmenter on hand-made sentence lists of whole texts that are not part of the repository: run with
//! `HEXAPLA_LISTS=<folder>` that holds `fi.sent` and `<lang>.beads`; skipped without it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measuring test talks, and stops at the first trouble"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use hexapla::model::{Block, BlockKind, Document, FrontRole, Lang, Part, Span, Witness};
use hexapla::segment::{Options, explain, segment};

/// Blocks of a text and its sentences.
struct List {
    document: Document,
    expected: Vec<String>,
}

impl List {
    fn new(lang: &str) -> Self {
        let part = Part::default();
        Self {
            document: Document { witness: Witness::new("T", Lang::new(lang)), parts: vec![part] },
            expected: Vec::new(),
        }
    }

    fn push(&mut self, kind: BlockKind, role: Option<FrontRole>, sentences: &[String], glue: &str) {
        let part = &mut self.document.parts[0];
        let start = part.text.len();
        part.text.push_str(&sentences.join(glue));
        part.blocks.push(Block { kind, role, span: Span::new(start, part.text.len()), ..Block::default() });
        part.text.push_str("\n\n");
        self.expected.extend_from_slice(sentences);
    }

    /// The number of differences, each printed.
    fn compare(&self) -> usize {
        let text = &self.document.parts[0].text;
        let segments = segment(&self.document, &Options::default());
        let found: Vec<&str> = segments.iter().map(|s| &text[s.span.range()]).collect();
        let ends = |pieces: Vec<&str>| -> BTreeSet<usize> {
            pieces
                .iter()
                .scan(0, |sum, piece| {
                    *sum += piece.chars().filter(|c| !c.is_whitespace()).count();
                    Some(*sum)
                })
                .collect()
        };
        let (have, want) = (ends(found.clone()), ends(self.expected.iter().map(String::as_str).collect()));
        let solid: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
        let reasons = explain(&self.document, &Options::default());
        for &end in have.symmetric_difference(&want) {
            let at = solid[end - 1].0 + solid[end - 1].1.len_utf8();
            let before: String =
                text[..at].chars().rev().take(70).collect::<Vec<_>>().into_iter().rev().collect();
            let after: String = text[at..].chars().take(40).collect();
            let reason =
                reasons.iter().find(|e| e.decision.at == at).map_or("-", |e| e.decision.reason.word());
            println!("{} ({reason}) {before}‖{after}", if want.contains(&end) { "missed" } else { "wrong" });
        }
        have.symmetric_difference(&want).count()
    }
}

#[test]
fn hand_made_lists() {
    let Some(folder) = std::env::var_os("HEXAPLA_LISTS").map(PathBuf::from) else {
        println!("skipped: HEXAPLA_LISTS is not set");
        return;
    };
    let mut differences = 0;
    for lang in ["en", "de", "fr", "ru", "zh"] {
        let mut list = List::new(lang);
        let glue = if lang == "zh" { "" } else { " " };
        let (mut kind, mut role, mut sentences): (_, _, Vec<String>) =
            (BlockKind::Paragraph, None, Vec::new());
        let path = folder.join(if lang == "en" { "fi.sent".to_owned() } else { format!("{lang}.beads") });
        let Ok(source) = std::fs::read_to_string(&path) else { continue };
        if lang == "en" {
            for (index, block) in source.split("\n\n").filter(|block| !block.trim().is_empty()).enumerate() {
                let lines = block.lines().filter_map(|line| Some(line.split_once('\t')?.1));
                let lines: Vec<String> =
                    lines.map(|s| s.split_once('}').map_or(s, |(_, rest)| rest).trim().to_owned()).collect();
                let is_verse = lines.len() > 1 && lines[0].starts_with('”');
                let kind = if is_verse { BlockKind::Verse } else { BlockKind::Paragraph };
                let (kind, role) =
                    if index < 4 { (BlockKind::FrontMatter, Some(FrontRole::Title)) } else { (kind, None) };
                let kind = if lines[0].starts_with("Last updated") { BlockKind::Furniture } else { kind };
                list.push(kind, role, &lines, if is_verse { "\n" } else { glue });
            }
        } else {
            for line in source.lines().chain(["## end"]) {
                if let Some(name) = line.strip_prefix("## ") {
                    if !sentences.is_empty() {
                        list.push(kind, role, &sentences, if kind == BlockKind::Verse { "\n" } else { glue });
                        sentences.clear();
                    }
                    (kind, role) = match name {
                        "author" | "title" | "date" | "front" => {
                            (BlockKind::FrontMatter, Some(FrontRole::Title))
                        }
                        "heading" => (BlockKind::Heading, None),
                        "verse" => (BlockKind::Verse, None),
                        "furniture" => (BlockKind::Furniture, None),
                        _ => (BlockKind::Paragraph, None),
                    };
                } else if let Some((_, pieces)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
                    sentences
                        .extend(pieces.split("||").map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()));
                }
            }
        }
        println!("{lang}: {} sentences", list.expected.len());
        differences += list.compare();
    }
    assert_eq!(differences, 0);
}
