//! The steps for which the whole witness must be known.

use std::collections::BTreeMap;

use super::{breaks, classify, pages, speech};
use crate::model::{Block, BlockKind, Document, Part, Witness};
use crate::{Outcome, Warning};

/// How many blocks at each end of a part may be a page's own.
const EDGE: usize = 4;

/// Joins the parts of a witness and decides what one part alone cannot tell: names of speakers
/// that come again in another part, whose turn goes on, what stands at the edge of every part
/// (page furniture), which paragraphs a page break cut in two, and what each hyphen at a line end
/// means.
///
/// Warns where a witness has no text besides front matter and furniture.
pub fn document(witness: Witness, parts: Vec<Part>) -> Outcome<Document> {
    let mut parts = parts;
    mark_repeated(&mut parts);
    if parts.len() > 1 {
        speech::mark(&mut parts);
    }
    speech::carry(&mut parts);
    pages::join(&mut parts);
    breaks::find(&mut parts);
    let mut warnings = Vec::new();
    if !parts.iter().flat_map(|part| &part.blocks).any(|block| block.kind.is_text()) {
        let who = if witness.siglum.is_empty() { "the witness" } else { &witness.siglum };
        let warning = Warning::new("no-text", format!("{who} holds nothing but front matter and furniture"))
            .hint("check that the right files are listed");
        warnings.push(match parts.first().and_then(|part| part.source.path.as_deref()) {
            Some(path) => warning.in_file(path),
            None => warning,
        });
    }
    Outcome { value: Document { witness, parts }, warnings }
}

/// The same short block at the edge of three parts or more is furniture.
fn mark_repeated(parts: &mut [Part]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for part in parts.iter() {
        let mut keys: Vec<String> = edges(part).filter_map(|at| key(part, at)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    for part in parts {
        let repeated: Vec<usize> = edges(part)
            .filter(|&at| key(part, at).and_then(|key| counts.get(&key)).is_some_and(|&count| count >= 3))
            .collect();
        for at in repeated {
            let span = part.blocks[at].span;
            part.blocks[at] = Block { kind: BlockKind::Furniture, span, ..Block::default() };
        }
    }
}

fn edges(part: &Part) -> impl Iterator<Item = usize> + use<> {
    let count = part.blocks.len();
    (0..count).filter(move |&at| at < EDGE || at + EDGE >= count)
}

/// Front matter keeps its roles even if each instalment repeats it.
fn key(part: &Part, at: usize) -> Option<String> {
    let block = part.blocks.get(at)?;
    let may_repeat = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem);
    let text = &part.text[block.span.range()];
    classify::short_key(text).filter(|_| may_repeat).map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::read::{Options, read_bytes};

    fn join(texts: &[&str]) -> Outcome<Document> {
        let part = |text: &&str| read_bytes(text.as_bytes(), None, &Options::default()).unwrap().value;
        document(Witness::new("X", Lang::new("en")), texts.iter().map(part).collect())
    }

    #[test]
    fn a_turn_goes_on_in_the_next_instalment() {
        let joined = join(&[
            "ANSWER: It is so, I think, and will be.\n",
            "By Leon Trotsky\n\nThat is the rest of what I say here.\n",
        ]);
        let next = &joined.value.parts[1].blocks;
        assert_eq!(next[0].kind, BlockKind::FrontMatter);
        assert_eq!(next[1].speaker.as_deref(), Some("ANSWER"));
    }

    #[test]
    fn names_and_words_are_counted_over_all_parts() {
        let joined = join(&[
            "Smith: Is it, as far as you know, com-\npletely so, do you think, or is it not\nso at all?\n\n\
             Jones: It is.\n",
            "Jones: It is completely so.\n\nSmith: Then let it be.\n",
        ]);
        let parts = &joined.value.parts;
        assert!(parts.iter().flat_map(|part| &part.blocks).all(|block| block.kind == BlockKind::Speech));
        assert!(parts[0].reading(parts[0].blocks[0].span).contains("completely"));
    }

    #[test]
    fn what_every_part_repeats_at_its_edge_is_furniture() {
        let part = |n: usize| {
            format!("This is paragraph number {n}, which is a text.\n\nMarxists Archive\n\nIt goes on.\n")
        };
        let joined = join(&[&part(1), &part(2), &part(3)]);
        for part in &joined.value.parts {
            assert_eq!(part.blocks[1].kind, BlockKind::Furniture);
        }
    }

    #[test]
    fn a_witness_without_text_is_reported() {
        assert_eq!(join(&["Last updated on: 1.1.2001\n"]).warnings[0].code, "no-text");
    }
}
