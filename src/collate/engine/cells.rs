//! The scores of the cells of a region.

/// The scores of all cells, row by row; kept between regions, so that their memory is asked for once.
#[derive(Debug, Default)]
pub(super) struct Scores {
    pub(super) pair: Vec<f32>,
    pub(super) two_rows: Vec<f32>,
    pub(super) two_columns: Vec<f32>,
    /// The keys of the grid's columns, each once, and for each column which of them it has.
    pub(super) distinct: Vec<u32>,
    pub(super) distinct_of: Vec<u32>,
    /// For each key of the lexicon its place in `distinct`.
    pub(super) place: Vec<u32>,
    pub(super) line: Vec<f32>,
    pub(super) best: Vec<f32>,
    pub(super) sum: Vec<f32>,
}

impl Scores {
    /// Numbers the different keys of the grid's columns.
    pub(super) fn number_columns(&mut self, keys: impl Iterator<Item = u32>, of_lexicon: usize) {
        const NONE: u32 = u32::MAX;
        self.place.resize(of_lexicon, NONE);
        self.distinct.clear();
        self.distinct_of.clear();
        for key in keys {
            let place = &mut self.place[key as usize];
            if *place == NONE {
                *place = self.distinct.len() as u32;
                self.distinct.push(key);
            }
            self.distinct_of.push(*place);
        }
        for &key in &self.distinct {
            self.place[key as usize] = NONE;
        }
    }
}
