//! What a document itself tells of its stops.

use std::collections::{BTreeMap, BTreeSet};

/// Words seen in a document that decide doubtful stops elsewhere in it.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Words seen with a small first letter: a capital makes them the start of a sentence.
    small: BTreeSet<String>,
    /// Words seen with a stop before a small letter or a comma: abbreviations of this document.
    abbreviations: BTreeSet<String>,
}

impl Evidence {
    /// Looks through the texts once. Linear.
    pub fn learn<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut small = BTreeSet::new();
        // For each word: times seen before a stop that does not end a sentence, times without a stop.
        let mut stops: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        for text in texts {
            let mut rest = text.char_indices().peekable();
            while let Some((start, c)) = rest.next() {
                if !c.is_alphabetic() {
                    continue;
                }
                let mut end = start + c.len_utf8();
                while let Some((i, c)) =
                    rest.next_if(|(_, c)| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'))
                {
                    end = i + c.len_utf8();
                }
                let word = &text[start..end];
                if word.len() > 40 {
                    continue;
                }
                let lower = word.to_lowercase();
                if c.is_lowercase() {
                    small.insert(lower.clone());
                }
                let after = &text[end..];
                let continues = after.strip_prefix('.').map(|tail| {
                    let next = tail.chars().find(|c| !c.is_whitespace());
                    next.is_some_and(|n| n.is_lowercase() || matches!(n, ',' | ';' | ':'))
                        && !tail.starts_with('.')
                });
                let counts = stops.entry(lower).or_default();
                match continues {
                    Some(true) => counts.0 += 1,
                    Some(false) => {}
                    None => counts.1 += 1,
                }
            }
        }
        let often = |(word, (stop, bare)): (String, (u32, u32))| {
            (stop > 0 && stop >= bare && word.chars().count() <= 6).then_some(word)
        };
        Self { small, abbreviations: stops.into_iter().filter_map(often).collect() }
    }

    /// Whether a word (lower case) occurs with a small first letter.
    pub fn occurs_small(&self, word: &str) -> bool {
        self.small.contains(word)
    }

    /// Whether a word (lower case, without its stop) is used as an abbreviation.
    pub fn abbreviates(&self, word: &str) -> bool {
        self.abbreviations.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_learned_from_what_follows_them() {
        let e = Evidence::learn(["See Anm. 3 and Anm. to it, war. The war, abt. five."].into_iter());
        assert!(e.abbreviates("anm") && e.abbreviates("abt"));
        assert!(!e.abbreviates("war") && !e.abbreviates("it"));
        assert!(e.occurs_small("war") && !e.occurs_small("see"));
    }
}
