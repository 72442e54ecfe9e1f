//! Levenshtein's distance, in whole words of the machine.
//!
//! One word is prepared as bit masks, and the other is read letter by letter against all of it at once
//! (Myers 1999, in the form of Hyyrö 2003): for words of up to 64 letters a step a letter. Longer ones,
//! which are hardly words, are compared without their common beginning and end.

/// Letters that fit into a machine word.
const LONGEST: usize = 64;

/// A word to which others are compared. Letters are the numbers that the lexicon gives them.
#[derive(Debug, Clone, Default)]
pub(super) struct Pattern {
    /// For each letter the places where it stands.
    masks: Vec<u64>,
    letters: Vec<u32>,
}

impl Pattern {
    /// Takes a word, which may be given in two pieces.
    pub(super) fn set(&mut self, first: &[u32], second: &[u32]) {
        for &letter in &self.letters {
            if let Some(mask) = self.masks.get_mut(letter as usize) {
                *mask = 0;
            }
        }
        self.letters.clear();
        self.letters.extend(first.iter().chain(second));
        if self.letters.len() > LONGEST {
            return;
        }
        let most = self.letters.iter().max().map_or(0, |&letter| letter as usize + 1);
        if self.masks.len() < most {
            self.masks.resize(most, 0);
        }
        for (at, &letter) in self.letters.iter().enumerate() {
            self.masks[letter as usize] |= 1 << at;
        }
    }

    /// Its distance to another word, which may be given in two pieces. For words of more than 64 letters at
    /// most so much.
    pub(super) fn to(&self, first: &[u32], second: &[u32]) -> usize {
        let len = self.letters.len();
        if len == 0 {
            return first.len() + second.len();
        }
        if len > LONGEST || first.len() + second.len() > LONGEST {
            let other: Vec<u32> = first.iter().chain(second).copied().collect();
            return between(&self.letters, &other);
        }
        let last = 1u64 << (len - 1);
        let (mut more, mut less) = (u64::MAX, 0u64);
        let mut distance = len;
        for &letter in first.iter().chain(second) {
            let here = self.masks.get(letter as usize).copied().unwrap_or(0);
            let same = here | less;
            let diagonal = ((here & more).wrapping_add(more) ^ more) | here;
            let up = less | !(diagonal | more);
            let down = diagonal & more;
            distance += usize::from(up & last != 0);
            distance -= usize::from(down & last != 0);
            let up = up << 1 | 1;
            more = down << 1 | !(same | up);
            less = up & same;
        }
        distance
    }
}

/// The distance of two words; of words of more than 64 letters, apart from their common beginning and end,
/// an upper bound.
pub(super) fn between<L: PartialEq + Copy>(a: &[L], b: &[L]) -> usize {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if a.is_empty() || b.is_empty() || a.len() > LONGEST || b.len() > LONGEST {
        return a.len().max(b.len());
    }
    let mut line: [u8; LONGEST + 1] = std::array::from_fn(|at| at as u8);
    for (row, x) in a.iter().enumerate() {
        let mut before = row as u8;
        line[0] = before + 1;
        for (column, y) in b.iter().enumerate() {
            let both = before + u8::from(x != y);
            before = line[column + 1];
            line[column + 1] = both.min(before + 1).min(line[column] + 1);
        }
    }
    usize::from(line[b.len()])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn distances(a: &[u32], b: &[u32], cut: usize) -> [usize; 2] {
        let mut pattern = Pattern::default();
        // What was set before leaves no trace.
        pattern.set(&[0, 1, 2, 3, 1], &[2]);
        pattern.set(&a[..cut.min(a.len())], &a[cut.min(a.len())..]);
        [pattern.to(&b[..cut.min(b.len())], &b[cut.min(b.len())..]), between(a, b)]
    }

    proptest! {
        #[test]
        fn it_is_the_distance(
            a in proptest::collection::vec(0u32..4, 0..64),
            b in proptest::collection::vec(0u32..5, 0..64),
            cut in 0usize..64,
        ) {
            let text = |word: &[u32]| word.iter().filter_map(|&l| char::from_digit(l, 10)).collect::<String>();
            let expected = strsim::levenshtein(&text(&a), &text(&b));
            prop_assert_eq!(distances(&a, &b, cut), [expected; 2]);
        }
    }

    #[test]
    fn long_words_are_compared_without_what_they_share() {
        let mut a: Vec<u32> = (0..1000).map(|n| n % 7).collect();
        let b = a.clone();
        a[500] = 9;
        a.insert(510, 8);
        assert_eq!(distances(&a, &b, 400), [2, 2]);
        let other: Vec<u32> = (0..900).map(|n| 10 + n % 7).collect();
        assert_eq!(distances(&a, &other, 400), [1001, 1001]);
    }
}
