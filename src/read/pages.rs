//! Paragraphs that a page break cut in two.
//!
//! Where page furniture (a page number, a running head) stands between two blocks and the sentence
//! goes on behind it, the printer broke one paragraph. The two become one block again, and the
//! furniture a [`LineBreak`] inside it, which readers of the text step over. Nothing is dropped: the
//! bytes stay where they are.

use super::{shape, speech};
use crate::model::{Block, BlockKind, FrontRole, LineBreak, LineBreakKind, Part, Script, Span};

/// More furniture than this many blocks or bytes is no page break but the end of a page on the web.
const MOST_BLOCKS: usize = 4;
const MOST_BYTES: usize = 240;
/// A paragraph shorter than this many bytes may be a title, which has no mark at its end either.
const SHORTEST_PROSE: usize = 100;
/// What looks like a title and has more words than this may be the first line of a paragraph.
const LONGEST_TITLE: usize = 6;

/// Joins the blocks of each part that a page break parts.
pub(super) fn join(parts: &mut [Part]) {
    for part in parts {
        let mut joined: Vec<Block> = Vec::with_capacity(part.blocks.len());
        let mut breaks = std::mem::take(&mut part.breaks);
        for block in std::mem::take(&mut part.blocks) {
            let furniture = furniture_before(&joined, &part.text, &block);
            let before = joined.len().checked_sub(furniture + 1).and_then(|at| joined.get(at));
            match before {
                Some(before) if furniture > 0 && runs_on(&part.text, before, &block, furniture) => {
                    let gap = Span::new(before.span.end, block.span.start);
                    joined.truncate(joined.len() - furniture);
                    if let Some(before) = joined.last_mut() {
                        before.span.end = block.span.end;
                        if is_title(before) {
                            *before = Block { span: before.span, ..block };
                        }
                    }
                    breaks.push(LineBreak { span: gap, kind: LineBreakKind::Page });
                }
                _ => joined.push(block),
            }
        }
        part.blocks = joined;
        part.breaks = breaks;
    }
}

/// How many blocks at the end of `joined` stand between two pages. A title beside a page number in the
/// middle of a sentence is a running head.
fn furniture_before(joined: &[Block], text: &str, after: &Block) -> usize {
    let is_furniture = |block: &&Block| block.kind == BlockKind::Furniture;
    let mid_sentence = shape::starts_upper(&text[after.span.range()]) == Some(false);
    let pages = joined.iter().rev().take_while(|b| is_furniture(b) || (mid_sentence && is_title(b)));
    let all: Vec<&Block> = pages.take(MOST_BLOCKS).collect();
    // Titles before the first piece of furniture belong to the text.
    match all.iter().rposition(is_furniture) {
        Some(last) if all.get(last + 1).is_some_and(|b| shape::is_capitals(&text[b.span.range()])) => {
            last + 2
        }
        Some(last) => last + 1,
        None => 0,
    }
}

/// Whether a sentence goes on from one block to the other over the furniture between them.
fn runs_on(text: &str, before: &Block, after: &Block, furniture: usize) -> bool {
    let gap = after.span.start - before.span.end;
    let prose = |block: &Block| {
        matches!(
            block.kind,
            BlockKind::Paragraph
                | BlockKind::Speech
                | BlockKind::Quotation
                | BlockKind::ListItem
                | BlockKind::Note
        )
    };
    let same = after.kind == BlockKind::Paragraph || after.kind == before.kind;
    if furniture > MOST_BLOCKS
        || gap > MOST_BYTES
        || !(prose(before) || is_title(before))
        || !same
        || after.label.is_some()
        || after.kind == BlockKind::Speech
    {
        return false;
    }
    let (head, tail) = (&text[before.span.range()], &text[after.span.range()]);
    if shape::ends_sentence(head) || shape::is_capitals(head) || speech::known_label(tail).is_some() {
        return false;
    }
    match shape::starts_upper(tail) {
        Some(false) => !is_title(before) || head.split_whitespace().count() > LONGEST_TITLE,
        _ if is_title(before) => false,
        // A name or a figure may open the new page, and where there is no case nothing shows it: then
        // both sides must look like prose.
        _ => {
            let wide = |c: Option<char>| c.is_some_and(Script::is_wide_context);
            let enough = if wide(shape::first_letter(tail)) { SHORTEST_PROSE / 2 } else { SHORTEST_PROSE };
            shape::ends_open(head) || (head.len() >= enough && tail.len() >= enough)
        }
    }
}

/// Whether a block was taken for a title: a line without a mark at its end.
fn is_title(block: &Block) -> bool {
    block.kind == BlockKind::Heading || block.role == Some(FrontRole::Title)
}

#[cfg(test)]
mod tests {
    use crate::model::{BlockKind, Document, Lang, Witness};
    use crate::read::{Options, document, read_bytes};

    fn read(text: &str) -> Document {
        let part = read_bytes(text.as_bytes(), None, &Options::default()).unwrap().value;
        document(Witness::new("X", Lang::new("en")), vec![part]).value
    }

    fn paragraphs(document: &Document) -> Vec<String> {
        let part = &document.parts[0];
        let text = part.blocks.iter().filter(|block| block.kind.is_text());
        text.map(|block| part.reading(block.span)).collect()
    }

    #[test]
    fn a_sentence_goes_on_behind_a_page_number() {
        let document = read(
            "The war was the inevitable result of the alliance with Berlin and would be\n\n- 12 -\n\n\
             rather childish to explain otherwise. It was so.\n",
        );
        assert_eq!(
            paragraphs(&document),
            [
                "The war was the inevitable result of the alliance with Berlin and would be rather childish to \
              explain otherwise. It was so."
            ]
        );
        let part = &document.parts[0];
        assert_eq!(part.breaks[0].furniture(&part.text), Some("- 12 -"));
    }

    #[test]
    fn a_word_goes_on_behind_a_page_number() {
        let document = read(
            "It was completely clear. The war was the inevitable result of the alliance and was com-\n\n\
             - 12 -\n\npletely explained by it. It was so.\n",
        );
        let found = paragraphs(&document);
        assert!(found[0].contains("and was completely explained by it."), "{found:?}");
        let part = &document.parts[0];
        assert_eq!(part.breaks[0].furniture(&part.text), Some("- 12 -"));
    }

    #[test]
    fn a_title_beside_the_page_number_is_a_running_head() {
        for page in ["- 12 -\n\nTHE SECOND WORLD WAR", "THE SECOND WORLD WAR\n\n- 12 -"] {
            let document = read(&format!(
                "It was so from the beginning, and nobody asked. The war was the inevitable result of the \
                 alliance with Berlin and would be\n\n{page}\n\nrather childish to explain otherwise.\n"
            ));
            assert_eq!(paragraphs(&document).len(), 1, "{page}");
        }
    }

    #[test]
    fn a_paragraph_that_ends_with_its_page_stays_alone() {
        let document = read(
            "The war was the inevitable result of the alliance with Berlin.\n\n- 12 -\n\nIt would be rather \
             childish to explain it otherwise.\n",
        );
        assert_eq!(paragraphs(&document).len(), 2);
        assert_eq!(document.parts[0].blocks[1].kind, BlockKind::Furniture);
        let titled = read("The Question\n\n- 12 -\n\nThe war was the result of the alliance.\n");
        assert!(titled.parts[0].blocks.iter().any(|block| block.kind == BlockKind::Furniture));
    }

    #[test]
    fn a_turn_goes_on_over_a_page_and_a_new_one_does_not_join() {
        let document = read(
            "QUESTION: Did he have to make the alliance with Hitler, as he says, or\n\n- 3 -\n\nwas there \
             another way?\n\nANSWER: There was none, I think, and\n\n- 4 -\n\nQUESTION: None?\n",
        );
        let found = paragraphs(&document);
        assert_eq!(
            found[0],
            "QUESTION: Did he have to make the alliance with Hitler, as he says, or was there another way?"
        );
        assert_eq!(found.len(), 3);
    }
}
