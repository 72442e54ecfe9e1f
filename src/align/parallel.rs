//! From alignments of pairs to rows over all witnesses.
//!
//! The pairs form a tree (each translation with the text it translates, each edition with the base).
//! Segments that any pair puts into one bead belong to one row, so a row is as fine as all pairs
//! allow, and a translation of one edition meets the other editions in the rows of its own. A row
//! holds at most one run of consecutive segments of each witness.

use std::ops::Range;

use super::bead::heaviest_chain;
use crate::model::{Bead, Confidence, Link, Parallel, ParallelCell, ParallelRow, Status, Text};

/// Runs of one witness in one row that are no further apart than this many segments are joined into
/// one run, together with what stands between them.
const SMALL_GAP: usize = 2;

/// Puts witnesses side by side in rows, by the alignments between them.
///
/// The rows follow the order of the first witness; what it lacks stands behind what precedes it in
/// the witness that has it. A passage that stands elsewhere in another witness is in the row of what
/// it corresponds to, and its cell is marked as moved. The confidence of a cell is that of the
/// least sure bead that ties it to the row.
pub fn parallel(texts: &[Text], links: &[Link]) -> Parallel {
    let lengths: Vec<usize> = texts.iter().map(|text| text.len()).collect();
    let sigla = texts.iter().map(|text| text.siglum().to_owned()).collect();
    let rows = order(&groups(&lengths, links), &lengths);
    let links: Vec<Index<'_>> = links.iter().map(|link| Index::new(link, &lengths)).collect();
    let mut rows: Vec<ParallelRow> = rows.into_iter().map(|cells| row(cells, &links)).collect();
    mark_moved(&mut rows, &lengths);
    place_empty(&mut rows, &lengths);
    Parallel { sigla, rows }
}

/// For each row and witness its run of segments; rows in no particular order.
type Runs = Vec<Range<usize>>;

/// The segments of all witnesses in sets that correspond.
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn root(&mut self, mut x: usize) -> usize {
        while self.parent[x] != x {
            self.parent[x] = self.parent[self.parent[x]];
            x = self.parent[x];
        }
        x
    }

    fn join(&mut self, x: usize, y: usize) {
        let (x, y) = (self.root(x), self.root(y));
        // The smaller number leads, so that the result does not depend on the order of joining.
        self.parent[x.max(y)] = x.min(y);
    }
}

fn groups(lengths: &[usize], links: &[Link]) -> Vec<Runs> {
    let first: Vec<usize> = lengths
        .iter()
        .scan(0, |sum, len| {
            let first = *sum;
            *sum += len;
            Some(first)
        })
        .collect();
    let mut sets = Sets { parent: (0..lengths.iter().sum()).collect() };
    for link in links {
        for bead in link.alignment.beads.iter().filter(|bead| bead.is_matched()) {
            let of = |witness: usize, range: &Range<usize>| {
                range.clone().map(move |segment| (witness, segment)).collect::<Vec<_>>()
            };
            let members = [of(link.a, &bead.a), of(link.b, &bead.b)].concat();
            for pair in members.windows(2) {
                sets.join(first[pair[0].0] + pair[0].1, first[pair[1].0] + pair[1].1);
            }
        }
    }
    close_gaps(lengths, &first, &mut sets);
    split_into_runs(lengths, &first, &mut sets)
}

/// Joins what stands between two segments of one set that are close to each other. One such joining
/// may bring others close, so it is repeated until nothing changes.
fn close_gaps(lengths: &[usize], first: &[usize], sets: &mut Sets) {
    let mut changed = true;
    while changed {
        changed = false;
        for (&len, &start) in lengths.iter().zip(first) {
            for i in 0..len {
                for j in (i + 2)..len.min(i + 2 + SMALL_GAP) {
                    if sets.root(start + i) == sets.root(start + j)
                        && (i + 1..j).any(|k| sets.root(start + k) != sets.root(start + i))
                    {
                        (i + 1..j).for_each(|k| sets.join(start + i, start + k));
                        changed = true;
                    }
                }
            }
        }
    }
}

/// Of each set the longest run of each witness makes the row; shorter ones, which stand elsewhere,
/// are rows of their own.
fn split_into_runs(lengths: &[usize], first: &[usize], sets: &mut Sets) -> Vec<Runs> {
    let empty = vec![0..0; lengths.len()];
    let mut row_of_root: Vec<Option<usize>> = vec![None; sets.parent.len()];
    let mut rows: Vec<Runs> = Vec::new();
    for (witness, (&len, &start)) in lengths.iter().zip(first).enumerate() {
        let mut from = 0;
        while from < len {
            let root = sets.root(start + from);
            let end = (from..len).find(|&i| sets.root(start + i) != root).unwrap_or(len);
            let row = *row_of_root[root].get_or_insert_with(|| {
                rows.push(empty.clone());
                rows.len() - 1
            });
            let mut run = from..end;
            if run.len() > rows[row][witness].len() {
                std::mem::swap(&mut rows[row][witness], &mut run);
            }
            if !run.is_empty() {
                let mut alone = empty.clone();
                alone[witness] = run;
                rows.push(alone);
            }
            from = end;
        }
    }
    rows
}

/// The rows in the order of the first witness that has them, each of the others behind the row of
/// what precedes it there.
fn order(rows: &[Runs], lengths: &[usize]) -> Vec<Runs> {
    // A list in which rows can be put behind others; the last entry stands for its head.
    let head = rows.len();
    let mut next: Vec<Option<usize>> = vec![None; rows.len() + 1];
    // The first witness that has a row; what comes from the very first one stands already.
    let mut placed: Vec<Option<usize>> = vec![None; rows.len()];
    for witness in 0..lengths.len() {
        let mut own: Vec<usize> = (0..rows.len()).filter(|&r| !rows[r][witness].is_empty()).collect();
        own.sort_unstable_by_key(|&r| rows[r][witness].start);
        let mut before = head;
        for r in own {
            if placed[r].is_none() {
                // Behind what other witnesses have added here before.
                while let Some(other) = next[before]
                    && placed[other].is_some_and(|by| by > 0)
                    && rows[other][witness].is_empty()
                {
                    before = other;
                }
                next[r] = next[before];
                next[before] = Some(r);
                placed[r] = Some(witness);
            }
            before = r;
        }
    }
    let mut out = Vec::with_capacity(rows.len());
    let mut at = next[head];
    while let Some(r) = at {
        out.push(rows[r].clone());
        at = next[r];
    }
    out
}

/// A link with the bead of each segment.
struct Index<'t> {
    link: &'t Link,
    bead_of_a: Vec<usize>,
    bead_of_b: Vec<usize>,
}

impl<'t> Index<'t> {
    fn new(link: &'t Link, lengths: &[usize]) -> Self {
        let mut bead_of_a = vec![0; lengths[link.a]];
        let mut bead_of_b = vec![0; lengths[link.b]];
        for (number, bead) in link.alignment.beads.iter().enumerate() {
            bead_of_a[bead.a.clone()].fill(number);
            bead_of_b[bead.b.clone()].fill(number);
        }
        Self { link, bead_of_a, bead_of_b }
    }

    /// The beads that hold a segment of the row on either side.
    fn beads(&self, cells: &[ParallelCell]) -> impl Iterator<Item = &'t Bead> {
        let a = &self.bead_of_a[cells[self.link.a].segments.clone()];
        let b = &self.bead_of_b[cells[self.link.b].segments.clone()];
        let beads = &self.link.alignment.beads;
        a.iter().chain(b).map(move |&number| &beads[number])
    }
}

fn row(runs: Runs, links: &[Index<'_>]) -> ParallelRow {
    let sure =
        |segments| ParallelCell { segments, confidence: Confidence::new(1.0), ..ParallelCell::default() };
    let mut cells: Vec<ParallelCell> = runs.into_iter().map(sure).collect();
    for index in links {
        let (mut confidence, mut status) = (Confidence::new(1.0), Status::Auto);
        for bead in index.beads(&cells) {
            if bead.confidence < confidence {
                confidence = bead.confidence;
            }
            // What a person changed anywhere in the row counts for the whole.
            if status == Status::Auto || bead.status == Status::Edited {
                status = bead.status;
            }
        }
        let cell = &mut cells[index.link.b];
        (cell.confidence, cell.status) = (confidence, status);
    }
    ParallelRow { cells, ..ParallelRow::default() }
}

/// Marks the cells that do not run in the order of the rows.
fn mark_moved(rows: &mut [ParallelRow], lengths: &[usize]) {
    for (witness, &len) in lengths.iter().enumerate() {
        let own: Vec<usize> =
            (0..rows.len()).filter(|&r| !rows[r].cells[witness].segments.is_empty()).collect();
        let run = |&r: &usize| rows[r].cells[witness].segments.clone();
        let runs: Vec<(Range<usize>, usize)> =
            own.iter().map(run).map(|run| (run.clone(), run.len())).collect();
        for (&r, in_place) in own.iter().zip(heaviest_chain(&runs, len)) {
            rows[r].cells[witness].moved = !in_place;
        }
    }
}

/// Gives empty cells the place where their segments would stand.
fn place_empty(rows: &mut [ParallelRow], lengths: &[usize]) {
    for witness in 0..lengths.len() {
        let mut at = 0;
        for row in rows.iter_mut() {
            let cell = &mut row.cells[witness];
            if cell.segments.is_empty() {
                cell.segments = at..at;
            } else if !cell.moved {
                at = cell.segments.end;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Alignment;
    use crate::model::testing::text;

    fn beads(list: &[(Range<usize>, Range<usize>)], lengths: (usize, usize)) -> Alignment {
        let raw = list.iter().map(|(a, b)| super::super::bead::RawBead {
            a: a.clone(),
            b: b.clone(),
            confidence: 0.9,
        });
        super::super::bead::assemble(raw.collect(), lengths.0, lengths.1)
    }

    fn shown(parallel: &Parallel) -> Vec<String> {
        let cell = |cell: &ParallelCell| match (cell.segments.len(), cell.moved) {
            (0, _) => "–".to_owned(),
            (_, moved) => {
                let numbers: Vec<String> = cell.segments.clone().map(|s| s.to_string()).collect();
                numbers.join("+") + if moved { "m" } else { "" }
            }
        };
        parallel.rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn a_translation_of_one_edition_meets_the_other_in_its_rows() {
        let texts =
            [text("A", &["1", "2", "3"]), text("B", &["1", "2", "x", "3"]), text("fr", &["1", "2", "3"])];
        let ab = beads(&[(0..1, 0..1), (1..2, 1..2), (2..3, 3..4)], (3, 4));
        // The translation has B's addition, and joins two of its sentences.
        let b_fr = beads(&[(0..2, 0..1), (2..3, 1..2), (3..4, 2..3)], (4, 3));
        let links = [Link::new(0, 1, ab), Link::new(1, 2, b_fr)];
        let found = parallel(&texts, &links);
        assert_eq!(shown(&found), ["0+1 0+1 0", "– 2 1", "2 3 2"]);
        assert_eq!(found.rows[1].cells[0].segments, 2..2);
        assert_eq!(found.rows[0].cells[1].confidence.value(), 0.9);
    }

    #[test]
    fn additions_at_one_place_stand_in_the_order_of_the_witnesses() {
        let texts = [text("A", &["1", "2"]), text("B", &["1", "x", "y", "2"]), text("C", &["1", "z", "2"])];
        let ab = beads(&[(0..1, 0..1), (1..2, 3..4)], (2, 4));
        let ac = beads(&[(0..1, 0..1), (1..2, 2..3)], (2, 3));
        let links = [Link::new(0, 1, ab), Link::new(0, 2, ac)];
        assert_eq!(shown(&parallel(&texts, &links)), ["0 0 0", "– 1 –", "– 2 –", "– – 1", "1 3 2"]);
    }

    #[test]
    fn a_moved_passage_stands_in_the_row_of_what_it_corresponds_to() {
        let texts = [text("A", &["1", "2", "3", "4"]), text("B", &["3", "1", "2", "4"])];
        let ab = beads(&[(0..1, 1..2), (1..2, 2..3), (2..3, 0..1), (3..4, 3..4)], (4, 4));
        let found = parallel(&texts, &[Link::new(0, 1, ab)]);
        assert_eq!(shown(&found), ["0 1", "1 2", "2 0m", "3 3"]);
    }

    /// An alignment of two texts: some beads in order, and perhaps two of them changed in place.
    fn alignment(a: usize, b: usize) -> impl Strategy<Value = Alignment> {
        let cuts = |n: usize| proptest::collection::vec(0..=n, 0..8);
        (cuts(a), cuts(b), any::<bool>()).prop_map(move |(mut x, mut y, cross)| {
            x.sort_unstable();
            y.sort_unstable();
            let mut list: Vec<(Range<usize>, Range<usize>)> = x
                .windows(2)
                .zip(y.windows(2))
                .map(|(x, y)| (x[0]..x[1], y[0]..y[1]))
                .filter(|(x, y)| !x.is_empty() && !y.is_empty())
                .collect();
            if let (true, [first, .., last]) = (cross, list.as_mut_slice()) {
                std::mem::swap(&mut first.1, &mut last.1);
            }
            beads(&list, (a, b))
        })
    }

    fn case() -> impl Strategy<Value = (Vec<usize>, Vec<(usize, usize, Alignment)>)> {
        proptest::collection::vec(0..9usize, 2..5).prop_flat_map(|lengths| {
            let links: Vec<_> = (1..lengths.len())
                .map(|b| {
                    let lengths = lengths.clone();
                    (0..b).prop_flat_map(move |a| {
                        alignment(lengths[a], lengths[b]).prop_map(move |found| (a, b, found))
                    })
                })
                .collect();
            (Just(lengths), links)
        })
    }

    proptest! {
        #[test]
        fn rows_hold_every_segment_once_and_in_order((lengths, links) in case()) {
            let sentences = ["s"; 9];
            let texts: Vec<Text> = lengths.iter().map(|&n| text("W", &sentences[..n])).collect();
                let links: Vec<Link> =
                links.into_iter().map(|(a, b, alignment)| Link::new(a, b, alignment)).collect();
            let found = parallel(&texts, &links);
            for (witness, &len) in lengths.iter().enumerate() {
                let cells: Vec<&ParallelCell> = found.rows.iter().map(|row| &row.cells[witness]).collect();
                let mut seen: Vec<usize> = cells.iter().flat_map(|cell| cell.segments.clone()).collect();
                seen.sort_unstable();
                prop_assert_eq!(seen, (0..len).collect::<Vec<_>>());
                let mut last = 0;
                for cell in cells.into_iter().filter(|cell| !cell.moved) {
                    prop_assert!(cell.segments.start >= last);
                    last = cell.segments.end;
                }
            }
            let firsts: Vec<usize> = found
                .rows
                .iter()
                .filter(|row| !row.cells[0].segments.is_empty())
                .map(|row| row.cells[0].segments.start)
                .collect();
            prop_assert!(firsts.is_sorted(), "the rows follow the first witness");
            prop_assert!(found.rows.iter().all(|row| row.cells.iter().any(|c| !c.segments.is_empty())));
        }
    }
}
