//! Any number of witnesses collated at once.
//!
//! Tokens become numbers ([`lexicon`], [`source`]); the witnesses join a profile in an order that
//! the texts themselves give ([`join_order`], [`build`]); within it anchors divide the work ([`anchors`],
//! [`region`]) and small regions are aligned exactly ([`gap`], [`grid`], [`score`]), as far as what
//! is found can be trusted ([`trust`]); readings that a witness has both are set apart ([`doublets`]).
//! From the finished [`table`] follow what each witness covers ([`presence`]), what stands elsewhere
//! ([`moves`]), the variation units ([`units`]), and the entries of what differs in place alone ([`places`]).
//!
//! The witnesses are sorted by siglum first and every tie is broken by number, so the result does
//! not depend on their order nor on threads. Cost: near-linear in the tokens of each witness;
//! regions without anchors are cut short rather than computed.

mod anchors;
mod build;
mod cells;
mod compact;
mod distance;
mod doublets;
mod frame;
mod gap;
mod grid;
mod join_order;
mod judge;
mod lexicon;
mod moves;
mod passages;
mod places;
mod presence;
mod profile;
mod region;
mod score;
mod slide;
mod source;
mod strays;
mod table;
#[cfg(test)]
mod tests;
mod trust;
mod unit_grouping;
mod units;
mod unlike;

use super::Options;
use crate::model::{Collation, Entry, EntryKind, Move, Segmented};
use crate::{Outcome, Warning};

/// Collates witnesses of one text. They are shown in the order of their sigla; a base is named by
/// its siglum in `options`.
pub(super) fn collate(witnesses: &[&Segmented], options: &Options) -> Outcome<Collation> {
    let Columns { table, sources, lexicon, present, moves, base } = in_columns(witnesses, options);
    let frame = frame::Frame { table: &table, sources: &sources, lexicon: &lexicon, present: &present, base };
    let mut entries = units::units(&frame, &moves, witnesses, options);
    entries.extend(places::of_moves(&frame, &moves, &options.rules));
    entries.extend(places::of_layout(&frame, witnesses, &options.rules));
    entries.sort_by_key(|entry| entry.columns.start);
    let columns = table.len() as u32;
    let witnesses = table.witnesses(sources, present);
    let mut collation = Collation { witnesses, base, columns, entries, moves };
    passages::gather(&mut collation, &options.rules);
    in_order(&mut collation);
    Outcome { value: collation, warnings: warnings(options, base) }
}

/// Puts the entries in the order of the base's text; what is said of a passage comes before what is said of
/// its words.
fn in_order(collation: &mut Collation) {
    let lead = collation.base.unwrap_or(0);
    let place = |entry: &Entry| {
        let mut places = entry.readings.iter().flat_map(|reading| &reading.witnesses);
        let own = places.find(|place| place.witness == lead).map(|place| place.tokens.clone());
        let own = own.or_else(|| Some(collation.witnesses.get(lead)?.tokens_in(entry.columns.clone())));
        // What was added at a place comes before the words that follow it.
        own.map(|tokens| (tokens.start, !tokens.is_empty()))
    };
    let key = |entry: &Entry| {
        let kind = (entry.kind != EntryKind::Layout, entry.is_of_words());
        (place(entry), kind, entry.columns.start, entry.columns.end)
    };
    let keys: Vec<_> = collation.entries.iter().map(key).collect();
    if keys.is_sorted() {
        return;
    }
    let mut keyed: Vec<_> = keys.into_iter().zip(std::mem::take(&mut collation.entries)).collect();
    keyed.sort_by(|(x, _), (y, _)| x.cmp(y));
    collation.entries = keyed.into_iter().map(|(_, entry)| entry).collect();
}

/// The same without the entries.
pub(super) fn columns(witnesses: &[&Segmented], options: &Options) -> Collation {
    let Columns { table, sources, present, moves, base, .. } = in_columns(witnesses, options);
    let columns = table.len() as u32;
    Collation { witnesses: table.witnesses(sources, present), base, columns, entries: Vec::new(), moves }
}

/// All tokens in their columns, and what is known of places.
struct Columns {
    table: table::Table,
    sources: Vec<source::Source>,
    lexicon: lexicon::Lexicon,
    present: Vec<Vec<std::ops::Range<u32>>>,
    moves: Vec<Move>,
    base: Option<usize>,
}

fn in_columns(witnesses: &[&Segmented], options: &Options) -> Columns {
    let (sources, lexicon) = source::sources(witnesses, &options.rules);
    let base = options.base.as_ref().and_then(|base| sources.iter().position(|s| s.siglum == *base));
    let profile = build::build(&sources, &lexicon);
    let table = table::Table::new(&profile, &sources, &lexicon);
    drop(profile);
    let table = doublets::apart(table, &sources, &lexicon);
    let table = strays::apart(table, &sources, &lexicon);
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
    Columns { table, sources, lexicon, present, moves, base }
}

fn warnings(options: &Options, base: Option<usize>) -> Vec<Warning> {
    let unknown = options.base.as_ref().filter(|_| base.is_none());
    let warning = |siglum: &String| {
        Warning::new("unknown-base", format!("the base `{siglum}` is none of the witnesses"))
            .hint("lemmas are the readings with most witnesses")
    };
    unknown.map(warning).into_iter().collect()
}
