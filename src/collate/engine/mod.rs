//! Any number of witnesses collated at once.
//!
//! Tokens become numbers ([`lexicon`], [`source`]); the witnesses join a profile in an order that
//! the texts themselves give ([`guide`], [`build`]); within it anchors divide the work ([`anchors`],
//! [`region`]) and small regions are aligned exactly ([`gap`], [`grid`], [`score`]), as far as what
//! is found can be trusted ([`trust`]); readings that a witness has both are set apart ([`doublets`]).
//! From the finished [`table`] follow what each witness covers ([`presence`]), what stands elsewhere
//! ([`moves`]) and the variation units ([`units`]).
//!
//! The witnesses are sorted by siglum first and every tie is broken by number, so the result does
//! not depend on their order nor on threads. Cost: near-linear in the tokens of each witness;
//! regions without anchors are cut short rather than computed.

mod anchors;
mod build;
mod compact;
mod distance;
mod doublets;
mod gap;
mod grid;
mod guide;
mod judge;
mod lexicon;
mod moves;
mod presence;
mod profile;
mod region;
mod score;
mod slide;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod together;
mod trust;
mod units;
mod unlike;

use super::Options;
use crate::model::{Collation, Segmented};
use crate::{Outcome, Warning};

/// Collates witnesses of one text. They are shown in the order of their sigla; a base is named by
/// its siglum in `options`.
pub fn collate(witnesses: &[&Segmented], options: &Options) -> Outcome<Collation> {
    let (sources, lexicon) = source::sources(witnesses, &options.rules);
    let base = options.base.as_ref().and_then(|base| sources.iter().position(|s| s.siglum == *base));
    let profile = build::build(&sources, &lexicon);
    let table = table::Table::new(&profile, &sources, &lexicon);
    drop(profile);
    let table = doublets::apart(table, &sources, &lexicon);
    let is_word: Vec<bool> = lexicon.keys.iter().map(|key| key.is_word).collect();
    let links = moves::find(&table, &sources, &lexicon);
    let moved = links.iter().flat_map(|link| [link.a, link.b]).collect();
    let detached = moves::to_detach(&links, &table);
    let table = if detached.is_empty() {
        table
    } else {
        compact::compacted(table.with_detached(&detached), &sources, &moved)
    };
    let table = slide::to_sentences(table, &sources, &moved);
    let coverage = presence::Coverage { table: &table, sources: &sources, is_word: &is_word, moved: &moved };
    let present = coverage.present();
    let moves = moves::assemble(&links, &table, &sources, &lexicon, base);
    let frame = units::Frame { table: &table, sources: &sources, lexicon: &lexicon, present: &present, base };
    let units = units::units(&frame, &moves, witnesses, options);
    let columns = table.len() as u32;
    let collation = Collation { witnesses: table.witnesses(sources, present), base, columns, units, moves };
    Outcome { value: collation, warnings: warnings(options, base) }
}

fn warnings(options: &Options, base: Option<usize>) -> Vec<Warning> {
    let unknown = options.base.as_ref().filter(|_| base.is_none());
    let warning = |siglum: &String| {
        Warning::new("unknown-base", format!("the base `{siglum}` is none of the witnesses"))
            .hint("lemmas are the readings with most witnesses")
    };
    unknown.map(warning).into_iter().collect()
}
