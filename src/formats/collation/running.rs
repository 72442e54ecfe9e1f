//! The text of one witness with the places where others differ: what an edition prints.

use std::ops::Range;

use crate::model::{BlockKind, Collated, Entry, EntryReading, Judgement};

/// A piece of the running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// A block begins.
    Open(BlockKind),
    /// Words, with the space before them where they do not begin a block.
    Text(&'t str),
    /// The unit of this number begins here.
    Begin(usize),
    /// It ends here, perhaps in another block, perhaps behind no words at all.
    End(usize),
    /// The block ends.
    Close,
}

/// The running text of a witness in pieces. Units are numbered as given; they are ordered and disjoint.
pub(super) fn running<'t>(collated: &'t Collated, witness: usize, units: &[&Entry]) -> Vec<Piece<'t>> {
    let text = &collated.texts[witness];
    let of = &collated.collation.witnesses[witness];
    let block_of = |token: usize| {
        let segment = &text.segments[of.tokens[token].segment as usize];
        (segment.part, segment.block)
    };
    // What is said of a passage stands where it begins: what is said of its words stands inside.
    let place = |unit: &&Entry| {
        let own = unit.readings.iter().flat_map(|r| &r.witnesses).find(|at| at.witness == witness);
        let inside = match own {
            Some(at) if at.tokens.is_empty() => at.tokens.clone(),
            _ => of.tokens_in(unit.columns.clone()),
        };
        if unit.is_of_words() { inside } else { inside.start..inside.start }
    };
    let places: Vec<Range<u32>> = units.iter().map(place).collect();
    let mut next = 0;
    let mut open: Option<usize> = None;
    let mut pieces = Vec::new();
    for (token, t) in of.tokens.iter().enumerate() {
        let opens = token == 0 || block_of(token) != block_of(token - 1);
        let (part, block) = block_of(token);
        if opens && token > 0 {
            pieces.push(Piece::Close);
        }
        if opens {
            pieces.push(Piece::Open(text.document.parts[part].blocks[block].kind));
        }
        // What the witness lacks stands at the word before it.
        while next < units.len() && places[next].is_empty() && places[next].start as usize == token {
            pieces.extend([Piece::Begin(next), Piece::End(next)]);
            next += 1;
        }
        if !opens {
            let space = &of.text[of.tokens[token - 1].read.end as usize..t.read.start as usize];
            if !space.is_empty() {
                pieces.push(Piece::Text(space));
            }
        }
        if next < units.len() && places[next].start as usize == token {
            pieces.push(Piece::Begin(next));
            open = Some(next);
            next += 1;
        }
        pieces.push(Piece::Text(&of.text[t.read.start as usize..t.read.end as usize]));
        if let Some(unit) = open.filter(|&unit| places[unit].end as usize == token + 1) {
            pieces.push(Piece::End(unit));
            open = None;
        }
    }
    if of.tokens.is_empty() {
        pieces.push(Piece::Open(BlockKind::Paragraph));
    }
    pieces.extend((next..units.len()).flat_map(|unit| [Piece::Begin(unit), Piece::End(unit)]));
    pieces.push(Piece::Close);
    pieces
}

/// The witness whose text runs: the base, or without one the first.
pub(super) fn running_witness(collated: &Collated) -> usize {
    collated.collation.base.unwrap_or(0)
}

/// The reading of a witness in a unit, and all others with how they differ from it. A witness that is
/// absent has no reading.
pub(super) fn lemma_and_others(
    unit: &Entry,
    witness: usize,
) -> (Option<&EntryReading>, Vec<(&EntryReading, Option<&Judgement>)>) {
    let lemma = unit.readings.iter().position(|r| r.witnesses.iter().any(|place| place.witness == witness));
    let judged = |other: usize| match lemma {
        Some(lemma) => unit.judgement(lemma.min(other), lemma.max(other)),
        None => unit.readings[other].judgement.as_ref(),
    };
    let others = (0..unit.readings.len()).filter(|&other| Some(other) != lemma);
    (lemma.map(|lemma| &unit.readings[lemma]), others.map(|o| (&unit.readings[o], judged(o))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::{Options, collate};
    use crate::model::testing::paragraphs;
    use proptest::prelude::*;

    #[test]
    fn pieces_are_the_text_with_its_units() {
        let a = paragraphs("A", &[&["The colour of war."], &["It came."]]);
        let b = paragraphs("B", &[&["The color of the war."], &["It came soon."]]);
        let options = Options { base: Some("A".into()), ..Options::default() };
        let collated = collate(&[a, b], &options).unwrap().value;
        let units: Vec<&Entry> = collated.entries().iter().collect();
        let shown: String = running(&collated, 0, &units)
            .iter()
            .map(|piece| match piece {
                Piece::Open(_) => "<".to_owned(),
                Piece::Close => ">".to_owned(),
                Piece::Text(text) => (*text).to_owned(),
                Piece::Begin(unit) => format!("[{unit}:"),
                Piece::End(unit) => format!(":{unit}]"),
            })
            .collect();
        assert_eq!(shown, "<The [0:colour:0] of[1::1] war.><It came[2::2].>");
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_each_unit_stands_once(words in "[ab ]{1,30}", others in "[abc ]{1,30}") {
            let (a, b) = (format!("x {words}."), format!("x {others}."));
            let (a, b) = (paragraphs("A", &[&[&a], &["End."]]), paragraphs("B", &[&[&b], &["End it."]]));
            let collated = collate(&[a, b], &Options::default()).unwrap().value;
            let units: Vec<&Entry> = collated.entries().iter().filter(|entry| entry.is_of_words()).collect();
            for witness in 0..2 {
                let pieces = running(&collated, witness, &units);
                let text: String =
                    pieces.iter().filter_map(|p| if let Piece::Text(t) = p { Some(*t) } else { None }).collect();
                let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                prop_assert_eq!(letters(&text), letters(&collated.collation.witnesses[witness].text));
                let begun: Vec<usize> =
                    pieces.iter().filter_map(|p| if let Piece::Begin(u) = p { Some(*u) } else { None }).collect();
                let ended: Vec<usize> =
                    pieces.iter().filter_map(|p| if let Piece::End(u) = p { Some(*u) } else { None }).collect();
                prop_assert_eq!(&begun, &(0..units.len()).collect::<Vec<_>>());
                prop_assert_eq!(begun, ended);
            }
        }
    }
}
