//! The nodes of a lattice: for each row i (segments of the first text consumed) an interval of
//! columns j (segments of the second consumed). Rows and columns only move forward.

/// A band of nodes.
#[derive(Debug, Clone)]
pub(crate) struct Band {
    low: Vec<u32>,
    high: Vec<u32>,
    offset: Vec<usize>,
}

impl Band {
    /// From the first and last column of each row; made monotone, with both corners inside.
    pub(crate) fn new(mut low: Vec<u32>, mut high: Vec<u32>, columns: usize) -> Self {
        if let Some(first) = low.first_mut() {
            *first = 0;
        }
        if let Some(last) = high.last_mut() {
            *last = columns as u32;
        }
        for i in (1..low.len()).rev() {
            low[i - 1] = low[i - 1].min(low[i]);
        }
        for i in 1..low.len() {
            // Neighbouring rows must touch, or no path leads from one to the next.
            low[i] = low[i].min(high[i - 1]);
            high[i] = high[i].max(high[i - 1]).max(low[i]);
        }
        let mut offset = Vec::with_capacity(low.len() + 1);
        let mut total = 0;
        offset.push(0);
        for (l, h) in low.iter().zip(&high) {
            total += (h - l + 1) as usize;
            offset.push(total);
        }
        Self { low, high, offset }
    }

    /// The part of the band that paths forced over `nodes` (ascending on both sides) need: between two
    /// of them, nothing outside of their rectangle.
    pub(crate) fn forced(self, nodes: &[(usize, usize)], columns: usize) -> Self {
        if nodes.is_empty() {
            return self;
        }
        let last = (self.rows() - 1, columns);
        let (mut low, mut high) = (self.low, self.high);
        let mut from = (0, 0);
        for &to in nodes.iter().chain([&last]) {
            for i in from.0 + 1..to.0 {
                low[i] = low[i].clamp(from.1 as u32, to.1 as u32);
                high[i] = high[i].clamp(from.1 as u32, to.1 as u32);
            }
            from = to;
        }
        for row in nodes.chunk_by(|x, y| x.0 == y.0) {
            (low[row[0].0], high[row[0].0]) = (row[0].1 as u32, row[row.len() - 1].1 as u32);
        }
        Self::new(low, high, columns)
    }

    /// Every node of `rows` × `columns`.
    pub(crate) fn full(rows: usize, columns: usize) -> Self {
        Self::new(vec![0; rows + 1], vec![columns as u32; rows + 1], columns)
    }

    /// Number of nodes.
    pub(crate) fn nodes(&self) -> usize {
        self.offset.last().copied().unwrap_or(0)
    }

    /// Number of rows: segments of the first text plus one.
    pub(crate) fn rows(&self) -> usize {
        self.low.len()
    }

    /// First column of row `i`.
    pub(crate) fn low(&self, i: usize) -> usize {
        self.low[i] as usize
    }

    /// Last column of row `i`.
    pub(crate) fn high(&self, i: usize) -> usize {
        self.high[i] as usize
    }

    /// Number of the row's first node.
    pub(crate) fn offset(&self, i: usize) -> usize {
        self.offset[i]
    }

    /// Number of nodes of row `i`.
    pub(crate) fn width(&self, i: usize) -> usize {
        self.offset[i + 1] - self.offset[i]
    }

    /// The number of node (i, j), if it lies in the band.
    #[inline]
    pub(crate) fn node(&self, i: usize, j: usize) -> Option<usize> {
        let (&low, &high) = (self.low.get(i)?, self.high.get(i)?);
        let j = u32::try_from(j).ok()?;
        (low <= j && j <= high).then(|| self.offset[i] + (j - low) as usize)
    }

    /// The band of the nodes that matter (`posterior` above `floor`), padded.
    pub(crate) fn narrowed(&self, posterior: &[f32], floor: f32, pad: usize, columns: usize) -> Self {
        let rows = self.rows();
        let (mut low, mut high) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
        let mut last = 0;
        for i in 0..rows {
            let row = &posterior[self.offset(i)..self.offset(i + 1)];
            let first_in = row.iter().position(|&p| p > floor).map(|k| self.low[i] + k as u32);
            let last_in = row.iter().rposition(|&p| p > floor).map(|k| self.low[i] + k as u32);
            let (a, b) = first_in.zip(last_in).unwrap_or((last, last));
            last = b;
            low.push(a);
            high.push(b);
        }
        Self::padded(&low, &high, pad, columns)
    }

    /// The band of all nodes that lie at most `pad` steps, down or across, from a node of the rows.
    /// (A square of that size around each node would be twice as wide along a diagonal.)
    fn padded(low: &[u32], high: &[u32], pad: usize, columns: usize) -> Self {
        let last = low.len().saturating_sub(1);
        let around = |i: usize| {
            (i.saturating_sub(pad)..=(i + pad).min(last)).map(move |k| (k, (pad - k.abs_diff(i)) as u32))
        };
        let left = |i: usize| around(i).map(|(k, d)| low[k].saturating_sub(d)).min().unwrap_or(0);
        let right = |i: usize| around(i).map(|(k, d)| high[k] + d).max().unwrap_or(0).min(columns as u32);
        Self::new((0..=last).map(left).collect(), (0..=last).map(right).collect(), columns)
    }

    /// The band around a chain of points: the rectangles between neighbours, padded on all sides.
    pub(crate) fn corridor(points: &[(usize, usize)], rows: usize, columns: usize, pad: usize) -> Self {
        let mut low = vec![columns as u32; rows + 1];
        let mut high = vec![0; rows + 1];
        let mut chain = vec![(0, 0)];
        chain.extend_from_slice(points);
        chain.push((rows, columns));
        for pair in chain.windows(2) {
            let ((i0, j0), (i1, j1)) = (pair[0], pair[1]);
            for i in i0..=i1 {
                low[i] = low[i].min(j0 as u32);
                high[i] = high[i].max(j1 as u32);
            }
        }
        Self::padded(&low, &high, pad, columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_numbered_row_by_row() {
        let band = Band::new(vec![0, 0, 2], vec![1, 3, 3], 3);
        assert_eq!(band.nodes(), 2 + 4 + 2);
        assert_eq!(band.node(1, 0), Some(2));
        assert_eq!(band.node(2, 1), None);
        assert_eq!(band.node(2, 3), Some(7));
        assert_eq!(band.node(3, 0), None);
    }

    #[test]
    fn rows_touch_even_where_the_chain_jumps() {
        let band = Band::new(vec![0, 9, 9], vec![1, 10, 10], 10);
        for i in 1..band.rows() {
            assert!(band.low(i) <= band.high(i - 1));
        }
    }
}
