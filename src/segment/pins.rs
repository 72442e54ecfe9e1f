//! The project's own boundaries: strings never cut, and strings cut at a marked place.

use regex::Regex;

use super::{Decision, Options, Reason};
use crate::model::Span;

/// The strings of [`Options::join`] and [`Options::split`], ready for search.
#[derive(Debug, Default)]
pub(super) struct Pins {
    join: Vec<Regex>,
    split: Vec<Regex>,
}

impl Pins {
    /// Prepares the options' strings. Empty ones, and those too long for the search engine, are left out.
    pub(super) fn new(options: &Options) -> Self {
        let join = options.join.iter().filter_map(|s| Regex::new(&flexible(s)?).ok()).collect();
        let split = options
            .split
            .iter()
            .filter_map(|s| {
                let (before, after) = s.split_once('|')?;
                let pattern = format!("({})\\s*{}", flexible(before)?, flexible(after)?);
                Regex::new(&pattern).ok()
            })
            .collect();
        Self { join, split }
    }

    /// Changes and adds decisions accordingly.
    pub(super) fn apply(&self, text: &str, decisions: &mut Vec<Decision>) {
        for found in self.join.iter().flat_map(|pattern| pattern.find_iter(text)) {
            let first = decisions.partition_point(|decision| decision.at <= found.start());
            for decision in decisions[first..].iter_mut().take_while(|decision| decision.at < found.end()) {
                decision.boundary = false;
                decision.reason = Reason::PinnedJoin;
            }
        }
        if self.split.is_empty() {
            return;
        }
        let mut places: Vec<usize> = self
            .split
            .iter()
            .flat_map(|pattern| pattern.captures_iter(text))
            .filter_map(|captures| Some(captures.get(1)?.end()))
            .collect();
        places.sort_unstable();
        places.dedup();
        set(decisions, &places, Reason::PinnedSplit);
    }
}

/// Makes each of the (ascending) places a boundary, changing the decision that stands there or adding one.
pub(super) fn set(decisions: &mut Vec<Decision>, places: &[usize], reason: Reason) {
    let mut merged = Vec::with_capacity(decisions.len() + places.len());
    let mut old = decisions.drain(..).peekable();
    for &at in places {
        while let Some(decision) = old.next_if(|decision| decision.at < at) {
            merged.push(decision);
        }
        match old.next_if(|decision| decision.at == at) {
            Some(decision) if decision.boundary => merged.push(decision),
            Some(decision) => merged.push(Decision { boundary: true, reason, ..decision }),
            None => merged.push(Decision { mark: Span::new(at, at), at, boundary: true, reason }),
        }
    }
    merged.extend(old);
    *decisions = merged;
}

/// A pattern for the string in which white space stands for any white space; `None` for an empty one.
fn flexible(string: &str) -> Option<String> {
    let words: Vec<String> = string.split_whitespace().map(regex::escape).collect();
    (!words.is_empty()).then(|| words.join("\\s+"))
}
