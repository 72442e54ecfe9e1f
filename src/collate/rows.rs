//! Rows by the division of the base: for people, a collation is cut where the base has its sentences.
//!
//! A row is a segment of the base, or several where a translation's bead joins them. What another edition
//! has there is told by the columns of the collation, inside its own sentence if need be, so that a witness
//! without stops makes no row longer. What the base does not have stands in rows of its own at its place,
//! by the sentences of the edition that has most of it; words inside of a sentence stay with it. Passages of
//! whole sentences that an edition has elsewhere are shown where the base has them. Cost: linear in the
//! tokens, apart from what moved.

use std::ops::Range;

use crate::model::{
    Collated, CollatedWitness, Confidence, MoveScale, Parallel, ParallelCell, ParallelRow, Status,
};

/// Cuts a collation into rows; the columns are those of `sigla`. `beside` has the rows of the texts that are
/// not collated, with the base (as its first column) and the editions that they were aligned with; without
/// it every segment of the base is a row.
pub fn rows(collated: &Collated, beside: Option<&Parallel>, sigla: &[String]) -> Parallel {
    let division = Division::new(collated, beside);
    let plans = division.plans();
    let witness_of: Vec<Option<usize>> = sigla.iter().map(|siglum| collated.witness(siglum)).collect();
    let placed: Vec<Placed> = (0..collated.texts.len()).map(|w| Placed::new(collated, w, &plans)).collect();
    let mut rows: Vec<ParallelRow> = Vec::with_capacity(plans.len());
    for (index, plan) in plans.iter().enumerate() {
        let beside_row = plan.beside.and_then(|row| beside.map(|parallel| (parallel, &parallel.rows[row])));
        let cell = |(siglum, witness): (&String, &Option<usize>)| match witness {
            Some(witness) => placed[*witness].cell(&collated.collation.witnesses[*witness], index),
            None => {
                let found = beside_row.and_then(|(p, row)| Some(row.cells[p.column(siglum)?].clone()));
                found.unwrap_or_default()
            }
        };
        let cells = sigla.iter().zip(&witness_of).map(cell).collect();
        rows.push(ParallelRow { cells, columns: plan.columns.clone() });
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.segments.is_empty()));
    keep_places(&mut rows, &witness_of);
    Parallel { sigla: sigla.to_vec(), rows }
}

/// In rows that only the collation made, the texts that are not collated stand where they stood.
fn keep_places(rows: &mut [ParallelRow], witness_of: &[Option<usize>]) {
    for (column, witness) in witness_of.iter().enumerate() {
        if witness.is_some() {
            continue;
        }
        let mut at = 0;
        for row in rows.iter_mut() {
            let cell = &mut row.cells[column];
            if cell.segments.is_empty() {
                let sure = cell.segments.start > 0 || cell.confidence.value() > 0.0;
                cell.segments = at..at;
                if !sure {
                    cell.confidence = Confidence::new(1.0);
                }
            } else if !cell.moved {
                at = cell.segments.end;
            }
        }
    }
}

/// A row to be.
#[derive(Debug, Clone, Default)]
struct Plan {
    columns: Range<u32>,
    /// The row of the texts beside.
    beside: Option<usize>,
}

/// The columns of a collation, and where the base's segments begin in them.
struct Division<'d> {
    collated: &'d Collated,
    base: &'d CollatedWitness,
    beside: Option<&'d Parallel>,
}

impl<'d> Division<'d> {
    fn new(collated: &'d Collated, beside: Option<&'d Parallel>) -> Self {
        Self { collated, base: &collated.collation.witnesses[collated.leader()], beside }
    }

    /// The rows, in order: those of the base and between them those of what it lacks.
    fn plans(&self) -> Vec<Plan> {
        let mut plans: Vec<Plan> = Vec::new();
        let mut at = 0;
        let mut between: Vec<usize> = Vec::new();
        for (row, segments) in self.rows_of_base() {
            if segments.is_empty() {
                between.extend(row);
                continue;
            }
            let tokens = &self.base.tokens[tokens_of(self.base, &segments)];
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
                plans.push(Plan { columns: at..at, beside: row });
                continue;
            };
            let next = Plan { columns: first.column.max(at)..last.column + 1, beside: row };
            self.fill(&mut plans, at..next.columns.start, Some(next), &std::mem::take(&mut between));
            at = plans.last().map_or(at, |plan| plan.columns.end);
        }
        self.fill(&mut plans, at..self.collated.collation.columns, None, &between);
        plans
    }

    /// The base's segments in rows: each by itself, or as they stand beside other texts.
    fn rows_of_base(&self) -> Vec<(Option<usize>, Range<usize>)> {
        let Some(parallel) = self.beside else {
            let len = self.collated.texts[self.collated.leader()].len();
            return (0..len).map(|segment| (None, segment..segment + 1)).collect();
        };
        let column = parallel.column(&self.base.siglum).unwrap_or(0);
        parallel
            .rows
            .iter()
            .enumerate()
            .map(|(r, row)| (Some(r), row.cells[column].segments.clone()))
            .collect()
    }

    /// Shares the columns out in which the base has nothing: what goes on in the row before, rows of its
    /// own, and what belongs to the row behind. `between` are the rows beside in which the base has nothing.
    fn fill(&self, plans: &mut Vec<Plan>, free: Range<u32>, next: Option<Plan>, between: &[usize]) {
        let (to, from) = self.bounds(&free, !plans.is_empty(), next.is_some());
        if let Some(before) = plans.last_mut() {
            before.columns.end = to;
        }
        let mut rest = between.iter().copied().peekable();
        let mut column = to;
        while column < from {
            let beside = self.row_beside(column, between);
            let upto = self.end_of_own(column..from, beside, between);
            while let Some(other) = rest.next_if(|&row| beside.is_some_and(|beside| row <= beside)) {
                if Some(other) != beside {
                    plans.push(Plan { columns: column..column, beside: Some(other) });
                }
            }
            plans.push(Plan { columns: column..upto, beside });
            column = upto;
        }
        plans.extend(rest.map(|row| Plan { columns: from..from, beside: Some(row) }));
        if let Some(mut next) = next {
            next.columns.start = from;
            plans.push(next);
        }
    }

    /// Up to where free columns belong to the row before them, and from where to the row behind: a sentence
    /// that has words in that row, too, takes them along.
    fn bounds(&self, free: &Range<u32>, has_before: bool, has_behind: bool) -> (u32, u32) {
        let mut before = vec![0i32; free.len()];
        let mut behind = vec![0i32; free.len()];
        for witness in &self.collated.collation.witnesses {
            let own = witness.tokens_in(free.clone());
            let (start, end) = (own.start as usize, own.end as usize);
            let segment = |token: Option<usize>| Some(witness.tokens.get(token?)?.segment);
            let (of_before, of_behind) = (segment(start.checked_sub(1)), segment(Some(end)));
            for token in &witness.tokens[start..end] {
                let at = (token.column - free.start) as usize;
                let (is_before, is_behind) =
                    (of_before == Some(token.segment), of_behind == Some(token.segment));
                // Within one sentence on both sides, or in a sentence of its own.
                before[at] += if is_before { 1 } else { -1 };
                behind[at] += if is_behind && !is_before { 1 } else { -1 };
            }
        }
        let to = before.iter().rposition(|&votes| votes > 0).map_or(0, |at| at + 1);
        let from =
            behind.iter().enumerate().skip(to).find(|(_, votes)| **votes > 0).map_or(free.len(), |x| x.0);
        let (to, from) = (if has_before { to } else { 0 }, if has_behind { from } else { free.len() });
        (free.start + to as u32, free.start + from.max(to) as u32)
    }

    /// The row beside in which an edition has the words of a column.
    fn row_beside(&self, column: u32, between: &[usize]) -> Option<usize> {
        let parallel = self.beside?;
        let editions = parallel.sigla.iter().enumerate().filter_map(|(c, siglum)| {
            Some((c, &self.collated.collation.witnesses[self.collated.witness(siglum)?]))
        });
        editions.into_iter().find_map(|(c, witness)| {
            let token = witness.tokens.get(witness.tokens_in(column..column + 1).start as usize)?;
            let has = |row: &usize| parallel.rows[*row].cells[c].segments.contains(&(token.segment as usize));
            between.iter().copied().find(has).filter(|_| token.column == column)
        })
    }

    /// Where a row of its own ends that begins with a column: with the sentence of the edition that has most
    /// words in these columns, or where another row beside begins.
    fn end_of_own(&self, columns: Range<u32>, beside: Option<usize>, between: &[usize]) -> u32 {
        let other = |column: &u32| self.row_beside(*column, between) != beside;
        let end = if self.beside.is_some() && !between.is_empty() {
            (columns.start + 1..columns.end).find(other).unwrap_or(columns.end)
        } else {
            columns.end
        };
        let columns = columns.start..end;
        if beside.is_some() {
            return end;
        }
        let fullest =
            self.collated.collation.witnesses.iter().max_by_key(|w| w.tokens_in(columns.clone()).len());
        let Some(witness) = fullest else { return end };
        let own = witness.tokens_in(columns.clone());
        let tokens = &witness.tokens[own.start as usize..own.end as usize];
        let Some(first) = tokens.first() else { return end };
        let same = tokens.iter().take_while(|token| token.segment == first.segment).count();
        // What stands behind the sentence in other editions alone goes with it.
        tokens.get(same).map_or(end, |token| token.column)
    }
}

/// The tokens of some segments.
fn tokens_of(witness: &CollatedWitness, segments: &Range<usize>) -> Range<usize> {
    let at = |segment: usize| witness.tokens.partition_point(|token| (token.segment as usize) < segment);
    at(segments.start)..at(segments.end)
}

/// Which tokens of a witness stand in which row.
struct Placed {
    /// For each row its tokens, and whether they moved there.
    rows: Vec<(Range<u32>, bool)>,
}

impl Placed {
    fn new(collated: &Collated, witness: usize, plans: &[Plan]) -> Self {
        let own = &collated.collation.witnesses[witness];
        let mut rows: Vec<(Range<u32>, bool)> =
            plans.iter().map(|plan| (own.tokens_in(plan.columns.clone()), false)).collect();
        for passage in &collated.collation.moves {
            let Some(run) = passage.away.witnesses.iter().find(|place| place.witness == witness) else {
                continue;
            };
            if matches!(passage.scale, MoveScale::Sentence | MoveScale::Block) {
                bring_home(&mut rows, plans, own, run.tokens.clone(), &passage.links);
            }
        }
        Self { rows }
    }

    /// What a witness has in a row.
    fn cell(&self, witness: &CollatedWitness, row: usize) -> ParallelCell {
        let (tokens, moved) = self.rows[row].clone();
        let own = &witness.tokens[tokens.start as usize..tokens.end as usize];
        let segments = match (own.first(), own.last()) {
            (Some(first), Some(last)) => first.segment as usize..last.segment as usize + 1,
            _ => {
                let before = (tokens.start as usize).checked_sub(1).and_then(|t| witness.tokens.get(t));
                let at = before.map_or(0, |token| token.segment as usize + 1);
                at..at
            }
        };
        ParallelCell { segments, tokens, moved, confidence: Confidence::new(1.0), status: Status::Auto }
    }
}

/// Shows a passage where the base has it, if the witness has nothing else in those rows and the rows where
/// it stands hold nothing else of the witness.
fn bring_home(
    rows: &mut [(Range<u32>, bool)],
    plans: &[Plan],
    own: &CollatedWitness,
    run: Range<u32>,
    links: &[(u32, u32)],
) {
    let row_of = |column: u32| plans.partition_point(|plan| plan.columns.end <= column);
    // The home row of each token of the run: that of the link at or before it.
    let mut linked = links.iter().peekable();
    let Some(first) = links.first() else { return };
    let mut row = row_of(first.0);
    let mut homes: Vec<(usize, Range<u32>)> = Vec::new();
    for token in run.clone() {
        while let Some(link) = linked.next_if(|link| link.1 <= own.tokens[token as usize].column) {
            row = row_of(link.0).max(row);
        }
        match homes.last_mut() {
            Some((last, tokens)) if *last == row => tokens.end = token + 1,
            _ => homes.push((row, token..token + 1)),
        }
    }
    let is_free = homes.iter().all(|(row, _)| rows.get(*row).is_some_and(|(tokens, _)| tokens.is_empty()));
    let here: Vec<usize> =
        (0..rows.len()).filter(|&r| rows[r].0.start < run.end && run.start < rows[r].0.end).collect();
    let is_alone = here.iter().all(|&r| run.start <= rows[r].0.start && rows[r].0.end <= run.end);
    if !is_free || !is_alone || rows.iter().any(|(_, moved)| *moved) && here.iter().any(|&r| rows[r].1) {
        return;
    }
    here.into_iter().for_each(|r| rows[r].0 = run.end..run.end);
    homes.into_iter().for_each(|(row, tokens)| rows[row] = (tokens, true));
}
