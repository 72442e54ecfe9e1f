//! The sparse translation table of one direction, and the lexicon made of both.

use crate::align::translation::text::Text;

/// T(b | a) for one direction: for each type a, the types b it may be rendered by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Where each row starts in the following arrays.
    pub(crate) offset: Vec<u32>,
    /// The column types b, ascending in each row.
    pub(crate) column: Vec<u32>,
    /// Expected link counts c(a, b).
    pub(crate) count: Vec<f32>,
    /// Prior precision q(a, b).
    pub(crate) prior: Vec<f32>,
    /// T(b | a) / p(b).
    pub(crate) ratio: Vec<f32>,
    /// Mass of a's row that goes to the background.
    pub(crate) free: Vec<f32>,
    /// Occurrences n(a) in the training beads.
    pub(crate) occurrences: Vec<f32>,
    /// Sum of the counts of each row.
    pub(crate) count_sum: Vec<f32>,
    /// Sum of the priors of each row.
    pub(crate) prior_sum: Vec<f32>,
    /// p(b): relative frequency in the other text.
    pub(crate) background: Vec<f32>,
    /// How much more often than the average b has no partner (mean 1).
    pub(crate) null_ratio: Vec<f32>,
    /// Where the links of each sentence start in `own`.
    pub(crate) own_offset: Vec<u32>,
    /// The links that each sentence contributed, for leave-one-out: (a, b, weight).
    pub(crate) own: Vec<(u32, u32, f32)>,
    /// The weight with which each sentence was trained on.
    pub(crate) own_weight: Vec<f32>,
}

impl Table {
    /// A table without counts over rows that are to be filled.
    pub(crate) fn new(other: &Text, occurrences: Vec<f32>) -> Self {
        let rows = occurrences.len();
        Self {
            offset: vec![0; rows + 1],
            background: other.counts.iter().map(|c| c / other.total.max(1.0)).collect(),
            null_ratio: vec![1.0; other.keys.len()],
            occurrences,
            ..Self::default()
        }
    }

    /// The range of row `a` in the arrays.
    #[inline]
    pub(crate) fn row(&self, a: u32) -> std::ops::Range<usize> {
        self.offset[a as usize] as usize..self.offset[a as usize + 1] as usize
    }

    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.occurrences.len()
    }

    /// Normalises the counts to probabilities: (c + α·q) / (n + α), the rest to the background.
    pub(crate) fn normalise(&mut self, alpha: f32) {
        let rows = self.rows();
        self.ratio.resize(self.column.len(), 0.0);
        self.free.resize(rows, 1.0);
        self.count_sum.resize(rows, 0.0);
        self.prior_sum.resize(rows, 0.0);
        for a in 0..rows {
            let row = self.row(a as u32);
            let count: f32 = self.count[row.clone()].iter().sum();
            let mut prior: f32 = self.prior[row.clone()].iter().sum();
            if prior > 0.9 {
                self.prior[row.clone()].iter_mut().for_each(|q| *q *= 0.9 / prior);
                prior = 0.9;
            }
            let n = self.occurrences[a].max(count);
            self.count_sum[a] = count;
            self.prior_sum[a] = prior;
            for x in row {
                let p = (self.count[x] + alpha * self.prior[x]) / (n + alpha);
                self.ratio[x] = p / self.background[self.column[x] as usize];
            }
            self.free[a] = (alpha * (1.0 - prior) + n - count) / (n + alpha);
        }
    }

    /// Drops the links for which `keep` (by position) is false.
    pub(crate) fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        let mut offset = vec![0u32; self.rows() + 1];
        let mut kept = 0;
        for a in 0..self.rows() {
            for x in self.row(a as u32) {
                if keep(x) {
                    self.column[kept] = self.column[x];
                    self.count[kept] = self.count[x];
                    self.prior[kept] = self.prior[x];
                    self.ratio[kept] = self.ratio[x];
                    kept += 1;
                }
            }
            offset[a + 1] = kept as u32;
        }
        self.offset = offset;
        for list in [&mut self.count, &mut self.prior, &mut self.ratio] {
            list.truncate(kept);
            list.shrink_to_fit();
        }
        self.column.truncate(kept);
        self.column.shrink_to_fit();
    }
}

/// Both directions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    /// T(b | a).
    pub(crate) forward: Table,
    /// T(a | b).
    pub(crate) backward: Table,
}
