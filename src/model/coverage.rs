//! What a fragment covers of the others.

use super::Collated;

/// A witness that does not cover the whole text, and what it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The witness, by its index.
    pub witness: usize,
    /// The witness whose places say what is covered: the base, or for the base itself the longest other.
    pub of: usize,
    /// The places, such as `B 1.10.1–1.14.2`, in order.
    pub places: Vec<String>,
}

impl Collated {
    /// The witnesses that cover a part only (a fragment, an instalment, a lost leaf), in their order.
    pub fn coverage(&self) -> Vec<Coverage> {
        let collation = &*self.collation;
        let is_part = |w: &usize| {
            let present = &collation.witnesses[*w].present;
            // Whoever has nothing at all is not said to cover anything.
            !present.is_empty() && *present != [0..collation.columns]
        };
        let coverage = |witness: usize| {
            let longest = (0..self.texts.len())
                .filter(|&w| w != witness)
                .max_by_key(|&w| (collation.witnesses[w].tokens.len(), std::cmp::Reverse(w)));
            let of = collation.base.filter(|&base| base != witness).or(longest)?;
            let (own, text) = (&collation.witnesses[of], &self.texts[of]);
            let place = |columns: &std::ops::Range<u32>| {
                let tokens = own.tokens_in(columns.clone());
                let first = own.tokens.get(tokens.start as usize)?;
                let last = own.tokens.get((tokens.end as usize).checked_sub(1)?)?;
                let segments = first.segment as usize..last.segment as usize + 1;
                (!tokens.is_empty()).then(|| text.locus_range(&segments))
            };
            let places: Vec<String> = collation.witnesses[witness].present.iter().filter_map(place).collect();
            (!places.is_empty()).then_some(Coverage { witness, of, places })
        };
        (0..self.texts.len()).filter(is_part).filter_map(coverage).collect()
    }

    /// The same as sentences for people: `frag covers book 1.10.1–1.14.2 only`.
    pub fn coverage_in_words(&self) -> Vec<String> {
        let told = |coverage: Coverage| {
            format!("{} covers {} only", self.siglum(coverage.witness), coverage.places.join(", "))
        };
        self.coverage().into_iter().map(told).collect()
    }
}
