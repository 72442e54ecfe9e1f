//! Spellings that these very witnesses alternate between.
//!
//! Where several different words differ between witnesses in the same letters, the letters are spelled
//! otherwise, in whatever language it may be: `ae` and `e`, `i` and `y`. Only differences inside of words
//! teach: at their end they may be other forms of the word.

use rustc_hash::{FxHashMap, FxHashSet};

use super::pack::{Pack, spans_difference, split_difference};
use super::shapes::confusable;

/// Different words that must show an alternation.
const WORDS: usize = 3;
/// The same for one that looks like a slip of the eye (`a`, `o`): it must be a habit.
const WORDS_ALIKE: usize = 5;
/// Most letters that alternate on a side.
const LETTERS: usize = 2;
/// Fewest letters behind the difference.
const TAIL: usize = 2;
/// Words with the same first letters count as one: they may be forms of one word.
const STEM: usize = 4;

/// Learned alternations, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alternations {
    groups: Vec<(String, String)>,
}

impl Alternations {
    /// Learns from pairs of keys that stand at one place in two witnesses. What the pack knows is not
    /// learned; what looks like a slip of the eye, only where it is a habit.
    pub fn learn<'w>(pairs: impl IntoIterator<Item = (&'w str, &'w str)>, pack: &Pack) -> Self {
        let mut shown: FxHashMap<(String, String), FxHashSet<String>> = FxHashMap::default();
        for (a, b) in pairs {
            let (head, x, y, tail) = split_difference(a, b);
            let (of_x, of_y) = (x.chars().count(), y.chars().count());
            let fits = of_x.max(of_y) <= LETTERS
                && tail.chars().count() >= TAIL
                // A letter before the word may be a particle.
                && !(head.is_empty() && of_x.min(of_y) == 0)
                && a.chars().chain(b.chars()).all(char::is_alphabetic);
            if !fits || pack.alternation(a, b).is_some() || pack.is_inflection(a, b) {
                continue;
            }
            let group = if x > y { (x, y) } else { (y, x) };
            let stem = head.chars().chain(tail.chars()).take(STEM).collect();
            shown.entry((group.0.to_owned(), group.1.to_owned())).or_default().insert(stem);
        }
        let needed = |(x, y): &(String, String)| if confusable(x, y) { WORDS_ALIKE } else { WORDS };
        let mut groups: Vec<(String, String)> = shown
            .into_iter()
            .filter(|(group, stems)| stems.len() >= needed(group))
            .map(|(group, _)| group)
            .collect();
        groups.sort();
        Self { groups }
    }

    /// The alternation that explains a difference between two keys, as `ae/e` (`h/` for a letter that one
    /// has and the other has not).
    pub fn explanation(&self, a: &str, b: &str) -> Option<String> {
        let (head, x, y, tail) = split_difference(a, b);
        self.groups.iter().find_map(|(p, q)| {
            let fits = |p: &str, q: &str| spans_difference(head, x, y, tail, p, q);
            (fits(p, q) || fits(q, p)).then(|| format!("{p}/{q}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATIN: [(&str, &str); 7] = [
        ("caelum", "celum"),
        ("quaerere", "querere"),
        ("praeterea", "preterea"),
        ("praesens", "presens"),
        ("christus", "cristus"),
        ("dominus", "domini"),
        ("terram", "terra"),
    ];

    #[test]
    fn what_recurs_in_different_words_is_a_spelling() {
        let learned = Alternations::learn(LATIN, &Pack::default());
        assert_eq!(learned.explanation("aetas", "etas").as_deref(), Some("a/"));
        assert_eq!(learned.explanation("chorus", "corus"), None, "one word is no rule");
        assert_eq!(learned.explanation("servus", "servi"), None, "endings teach nothing");
    }

    #[test]
    fn forms_of_one_word_and_known_spellings_teach_nothing() {
        let forms = [("lyeth", "lieth"), ("lyeths", "lieths"), ("lyethed", "liethed")];
        assert_eq!(Alternations::learn(forms, &Pack::default()), Alternations::default());
        let english = Pack::of(&crate::model::Lang::new("en"));
        let pairs =
            [("colours", "colors"), ("honours", "honors"), ("labours", "labors"), ("favours", "favors")];
        assert_eq!(Alternations::learn(pairs, english), Alternations::default());
    }
}
