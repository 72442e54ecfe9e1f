//! Witness after witness into one profile, then each once more against all others.

use super::join_order;
use super::lexicon::Lexicon;
use super::profile::{NOWHERE, Placement, Profile};
use super::region::Region;
use super::score::Scorer;
use super::source::Source;

/// So many firm words in a row hold when a witness is aligned once more.
const FIRM_RUN: usize = 3;

/// The profile of all witnesses.
pub(super) fn build(sources: &[Source], lexicon: &Lexicon) -> Profile {
    let is_word: Vec<bool> = lexicon.keys.iter().map(|key| key.is_word).collect();
    let mut profile = Profile::new(sources.len());
    let mut scorer = Scorer::new(lexicon);
    let order = join_order::order(sources);
    for &witness in &order {
        let keys = &sources[witness].keys;
        let occupancy = profile.occupancy();
        let mut region =
            Region { profile: &profile, occupancy: &occupancy, keys, scorer: &mut scorer, out: Vec::new() };
        region.solve(0..profile.order.len(), 0..keys.len(), 0);
        let placements = region.out;
        profile.insert(witness, &sources[witness], &is_word, &placements);
    }
    // With two witnesses there is nothing to learn from the others.
    if sources.len() > 2 {
        for &witness in &order {
            second_pass(&mut profile, witness, &sources[witness], &is_word, &mut scorer);
        }
    }
    profile
}

/// Aligns a witness that is in once more to what the others have: what came early could not know
/// the readings of those that came later.
fn second_pass(
    profile: &mut Profile,
    witness: usize,
    source: &Source,
    is_word: &[bool],
    scorer: &mut Scorer<'_>,
) {
    let before = profile.remove(witness, source);
    let positions = profile.positions();
    let occupancy = profile.occupancy();
    let firm = firm_places(profile, &before, &positions, &occupancy, &source.keys);
    let mut region = Region { profile, occupancy: &occupancy, keys: &source.keys, scorer, out: Vec::new() };
    let (mut column, mut token) = (0, 0);
    for &(position, matched) in &firm {
        region.solve(column..position as usize, token..matched as usize, 0);
        region.out.push((position, matched));
        (column, token) = (position as usize + 1, matched as usize + 1);
    }
    let (columns, tokens) = (region.profile.order.len(), source.keys.len());
    region.solve(column..columns, token..tokens, 0);
    let placements = region.out;
    profile.insert(witness, source, is_word, &placements);
}

/// Words about whose place nobody could disagree: all witnesses there have the same, and so have
/// those next to them.
fn firm_places(
    profile: &Profile,
    before: &[u32],
    positions: &[u32],
    occupancy: &[f32],
    keys: &[u32],
) -> Vec<Placement> {
    let is_firm = |token: usize| {
        let column = before[token] as usize;
        let position = positions[column];
        let twice = token > 0 && before[token - 1] == before[token];
        position != NOWHERE
            && !twice
            && occupancy[position as usize] >= 1.0
            && profile.columns[column].sole() == Some(keys[token])
    };
    let mut firm = Vec::new();
    let mut start = 0;
    while start < before.len() {
        let run = (start..before.len()).take_while(|&token| is_firm(token)).count();
        if run >= FIRM_RUN {
            // The words at the ends of a run may belong to either side of what differs.
            firm.extend((start + 1..start + run - 1).map(|t| (positions[before[t] as usize], t as u32)));
        }
        start += run.max(1);
    }
    firm
}
