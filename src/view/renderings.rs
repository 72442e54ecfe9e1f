//! How the words of two columns render each other across the work: what a page shows of a word that one
//! points at.

use std::ops::Range;

/// The words of a column and of its translation, with the rows in which they stand for each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renderings {
    /// The column of the text that is translated.
    pub of: usize,
    /// The column of its translation.
    pub by: usize,
    /// The words of both, in the order of `of` and `by`.
    pub terms: [Vec<Term>; 2],
    /// Which of them render each other, without repetition.
    pub links: Vec<TermLink>,
}

/// A word or an expression of several words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Term {
    /// The forms in which it stands in the text, the most frequent first.
    pub forms: Vec<String>,
    /// How often it stands in sentences that have a counterpart.
    pub count: usize,
    /// For an expression, the indices of its words in the same list; none for a word.
    pub words: Vec<usize>,
}

/// A word or expression and one of its renderings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TermLink {
    /// Index of the term of the text.
    pub of: usize,
    /// Index of the term of the translation.
    pub by: usize,
    /// How often they stand for each other in the whole work.
    pub count: usize,
    /// In which rows of the table, once for each time, ascending.
    pub rows: Vec<usize>,
}

impl Renderings {
    /// What concerns the words of some rows, with the rows counted from the first of them. Counts are
    /// still those of the whole work.
    pub(super) fn of_part(&self, rows: &Range<usize>) -> Self {
        let is_here = |link: &&TermLink| link.rows.iter().any(|row| rows.contains(row));
        let mut stands = self.terms.each_ref().map(|terms| vec![false; terms.len()]);
        for link in self.links.iter().filter(is_here) {
            stands[0][link.of] = true;
            stands[1][link.by] = true;
        }
        let wanted = |link: &&TermLink| stands[0][link.of] || stands[1][link.by];
        let links: Vec<&TermLink> = self.links.iter().filter(wanted).collect();
        // Every term of a link that is kept, and the words of every expression.
        let mut kept = self.terms.each_ref().map(|terms| vec![false; terms.len()]);
        for link in &links {
            for (side, term) in [(0, link.of), (1, link.by)] {
                kept[side][term] = true;
                self.terms[side][term].words.iter().for_each(|&word| kept[side][word] = true);
            }
        }
        let numbers = kept.map(|kept| {
            let mut next = 0;
            let number = |keep: bool| {
                next += usize::from(keep);
                keep.then(|| next - 1)
            };
            kept.into_iter().map(number).collect::<Vec<_>>()
        });
        let terms = [0, 1].map(|side| {
            let of_side = self.terms[side].iter().zip(&numbers[side]).filter(|(_, number)| number.is_some());
            let renumbered = of_side.map(|(term, _)| Term {
                words: term.words.iter().filter_map(|&word| numbers[side][word]).collect(),
                ..term.clone()
            });
            renumbered.collect()
        });
        let renumbered = links.into_iter().filter_map(|link| {
            let here = link.rows.iter().filter(|row| rows.contains(row)).map(|row| row - rows.start);
            let (of, by) = (numbers[0][link.of]?, numbers[1][link.by]?);
            Some(TermLink { of, by, count: link.count, rows: here.collect() })
        });
        Self { of: self.of, by: self.by, terms, links: renumbered.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_keeps_the_words_of_its_rows_and_what_renders_them_elsewhere() {
        let term = |form: &str, words: &[usize]| Term {
            forms: vec![form.to_owned()],
            count: 1,
            words: words.to_vec(),
        };
        let link = |of, by, rows: &[usize]| TermLink { of, by, count: rows.len(), rows: rows.to_vec() };
        let all = Renderings {
            of: 0,
            by: 1,
            terms: [
                vec![term("peace", &[]), term("war", &[]), term("world", &[]), term("world war", &[2, 1])],
                vec![term("guerre", &[]), term("paix", &[]), term("conflit", &[])],
            ],
            links: vec![link(0, 1, &[0]), link(1, 0, &[1, 5]), link(1, 2, &[2]), link(3, 0, &[6])],
        };
        let part = all.of_part(&(4..7));
        let forms = |side: usize| part.terms[side].iter().map(|t| t.forms[0].as_str()).collect::<Vec<_>>();
        assert_eq!(forms(0), ["war", "world", "world war"]);
        assert_eq!(forms(1), ["guerre", "conflit"]);
        assert_eq!(part.terms[0][2].words, [1, 0]);
        let expected = [
            TermLink { of: 0, by: 0, count: 2, rows: vec![1] },
            TermLink { of: 0, by: 1, count: 1, rows: vec![] },
            TermLink { of: 2, by: 0, count: 1, rows: vec![2] },
        ];
        assert_eq!(part.links, expected);
    }
}
