//! Rows of numbers that stand for the meaning of texts, as sentence encoders give them.

/// Vectors of one dimension, one a row. Every number is finite.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vectors {
    dimension: usize,
    values: Vec<f32>,
}

impl Vectors {
    /// Vectors from their numbers, row by row.
    ///
    /// # Errors
    /// What is wrong with the numbers, in words: a dimension of 0, a part of a row, a number that is none
    /// (NaN) or infinite.
    pub fn new(dimension: usize, values: Vec<f32>) -> Result<Self, String> {
        if dimension == 0 {
            return Err("the vectors have no numbers (their dimension is 0)".to_owned());
        }
        if !values.len().is_multiple_of(dimension) {
            return Err(format!("{} numbers are no whole rows of {dimension}", values.len()));
        }
        if let Some(at) = values.iter().position(|x| !x.is_finite()) {
            let (row, column) = (at / dimension, at % dimension);
            return Err(format!("row {row}, column {column} (from 0) is {}, which is no number", values[at]));
        }
        Ok(Self { dimension, values })
    }

    /// Numbers in a row.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len() / self.dimension.max(1)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// A row, from 0.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.dimension..][..self.dimension]
    }

    /// The numbers, row by row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The numbers, row by row.
    pub fn into_values(self) -> Vec<f32> {
        self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_of_numbers_is_refused() {
        assert!(Vectors::new(0, Vec::new()).unwrap_err().contains("dimension is 0"));
        assert!(Vectors::new(2, vec![1.0; 3]).unwrap_err().contains("no whole rows of 2"));
        let fault = Vectors::new(2, vec![1.0, 2.0, 3.0, f32::NAN]).unwrap_err();
        assert!(fault.contains("row 1, column 1"), "{fault}");
        let vectors = Vectors::new(2, vec![1.0, 2.0, 3.0, 4.0]).unwrap();
        assert_eq!((vectors.len(), vectors.row(1)), (2, &[3.0, 4.0][..]));
        assert!(Vectors::new(5, Vec::new()).unwrap().is_empty());
    }
}
