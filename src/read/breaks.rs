//! Hyphens at the ends of lines and pages: did the printer break a word there, or has the word a hyphen?
//!
//! The witness itself is asked first: a form that it prints elsewhere inside a line decides. Where
//! it is silent, a few facts about hyphens do: figures and names keep theirs, everything else was
//! most likely broken by the printer.

use std::collections::{BTreeSet, HashMap};

use super::shape;
use crate::model::{BlockKind, LineBreak, LineBreakKind, Part, Span};

/// A hyphen at a line end inside a word.
#[derive(Debug)]
struct Candidate<'t> {
    part: usize,
    span: Span,
    /// The letters before, back to the white space or dash before them.
    before: &'t str,
    /// The letters after.
    after: &'t str,
    /// A soft hyphen, the double one of old print (`⸗`) or a scanner's `¬`, which stand nowhere but at breaks.
    soft: bool,
}

/// First parts of compounds that keep their hyphen in English print.
const KEEPS_AFTER: &[&str] = &[
    "self", "ex", "half", "well", "ill", "vice", "quasi", "twenty", "thirty", "forty", "fifty", "sixty",
    "seventy", "eighty", "ninety", "по", "кое", "во", "в", "из",
];

/// Second parts that hang on to the word before by a hyphen (French inversion, Russian particles).
const KEEPS_BEFORE: &[&str] = &[
    "il",
    "elle",
    "on",
    "ils",
    "elles",
    "vous",
    "nous",
    "je",
    "ce",
    "là",
    "ci",
    "même",
    "mêmes",
    "t",
    "то",
    "нибудь",
    "либо",
    "таки",
    "ка",
];

/// Words after which a hyphen was left hanging: `Nord- und Südpol`, `two- or threefold`.
const SUSPENDS: &[&str] =
    &["und", "oder", "bis", "and", "or", "to", "et", "ou", "en", "of", "och", "eller", "и", "или"];

/// Finds the line breaks of all parts and decides each by what the whole witness prints. A page
/// break that parts the halves of a word (`com-` / 12 / `pletely`) becomes one of these.
pub(crate) fn find(parts: &mut [Part]) {
    let mut found: Vec<Vec<LineBreak>> = vec![Vec::new(); parts.len()];
    {
        let candidates = candidates(parts);
        let counts = Counts::of(parts, &candidates);
        for candidate in &candidates {
            if let Some(kind) = decide(candidate, &counts) {
                found[candidate.part].push(LineBreak { span: candidate.span, kind });
            }
        }
    }
    for (part, mut breaks) in parts.iter_mut().zip(found) {
        let pages = std::mem::take(&mut part.breaks);
        let ends: BTreeSet<usize> = breaks.iter().map(|b| b.span.end).collect();
        breaks.extend(pages.into_iter().filter(|page| !ends.contains(&page.span.end)));
        // What lies inside of a page break, or reaches into a break, goes with it.
        breaks.sort_by_key(|b| (b.span.start, std::cmp::Reverse(b.span.end)));
        let mut end = 0;
        breaks.retain(|b| {
            let apart = b.span.start >= end;
            end = end.max(b.span.end);
            apart
        });
        part.breaks = breaks;
    }
}

fn candidates(parts: &[Part]) -> Vec<Candidate<'_>> {
    let mut out = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        // Lines of verse are units of their own.
        for block in part.blocks.iter().filter(|block| block.kind != BlockKind::Verse) {
            let body = block.body();
            let text = &part.text[body.range()];
            let pages = part.breaks_in(body).filter(|b| b.kind == LineBreakKind::Page);
            let pages: Vec<Span> = pages
                .map(|page| Span::new(page.span.start - body.start, page.span.end - body.start))
                .collect();
            let ends = text.match_indices('\n').filter_map(|(at, _)| {
                let head = text[..at].trim_end();
                let rest = text[at..].trim_start();
                let gap = Span::new(head.len(), text.len() - rest.len());
                // Behind the first line feed of several there is a blank line.
                let one_line = text[gap.range()].matches('\n').count() == 1;
                let first = pages.partition_point(|page| page.end < gap.start);
                let in_page = pages.get(first).is_some_and(|page| page.start <= at && at < page.end);
                (one_line && !in_page).then_some(gap)
            });
            for gap in ends.chain(pages.iter().copied()) {
                if let Some(candidate) = candidate(text, gap) {
                    out.push(Candidate {
                        part: number,
                        span: candidate.span.shifted(body.start),
                        ..candidate
                    });
                }
            }
        }
    }
    out
}

/// The break at a gap between two lines or pages, if a hyphen between two letters stands before it.
fn candidate(text: &str, gap: Span) -> Option<Candidate<'_>> {
    let (head, rest) = (&text[..gap.start], &text[gap.end..]);
    let hyphen = head.chars().next_back().filter(|c| matches!(c, '-' | '\u{2010}' | '\u{ad}' | '¬' | '⸗'))?;
    let start = head.len() - hyphen.len_utf8();
    let in_word = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '\u{ad}');
    let before = &head[..start];
    let begin = before.rfind(|c: char| !(in_word(c) || matches!(c, '-' | '\u{2010}')));
    let before = &before[begin.map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8))..];
    let after = &rest[..rest.find(|c: char| !in_word(c)).unwrap_or(rest.len())];
    let joins = before.chars().next_back().is_some_and(char::is_alphabetic)
        && after.chars().next().is_some_and(char::is_alphabetic);
    joins.then(|| Candidate {
        part: 0,
        span: Span::new(start, gap.end),
        before,
        after,
        soft: matches!(hyphen, '\u{ad}' | '¬' | '⸗'),
    })
}

/// How often the witness prints certain words inside a line.
struct Counts(HashMap<String, usize>);

impl Counts {
    fn of(parts: &[Part], candidates: &[Candidate<'_>]) -> Self {
        let mut counts = HashMap::new();
        for candidate in candidates {
            for word in [candidate.joined(), candidate.hyphenated()] {
                counts.insert(word, 0);
            }
        }
        if counts.is_empty() {
            return Self(counts);
        }
        let in_word = |c: char| c.is_alphabetic() || matches!(c, '-' | '\u{2010}' | '\'' | '’' | '\u{ad}');
        for part in parts {
            for word in part.text.split(|c: char| !in_word(c)) {
                let word = word.trim_matches(|c: char| !c.is_alphabetic());
                if let Some(count) = counts.get_mut(&normal(word)) {
                    *count += 1;
                }
            }
        }
        Self(counts)
    }

    fn get(&self, word: &str) -> usize {
        self.0.get(word).copied().unwrap_or(0)
    }
}

/// Lower case, one kind of hyphen, no soft ones.
fn normal(word: &str) -> String {
    word.chars()
        .filter(|&c| c != '\u{ad}')
        .map(|c| if c == '\u{2010}' { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

impl Candidate<'_> {
    fn joined(&self) -> String {
        normal(self.before) + &normal(self.after)
    }

    fn hyphenated(&self) -> String {
        normal(self.before) + "-" + &normal(self.after)
    }
}

/// `None` where the hyphen belongs to the first word alone.
fn decide(candidate: &Candidate<'_>, counts: &Counts) -> Option<LineBreakKind> {
    use LineBreakKind::{Broken, Hyphenated};
    if candidate.soft {
        return Some(Broken);
    }
    let (joined, hyphenated) = (counts.get(&candidate.joined()), counts.get(&candidate.hyphenated()));
    if joined != hyphenated {
        return Some(if joined > hyphenated { Broken } else { Hyphenated });
    }
    let (before, after) = (normal(candidate.before), normal(candidate.after));
    if SUSPENDS.contains(&after.as_str()) {
        return None;
    }
    let last = before.rsplit('-').next().unwrap_or_default();
    // `Anglo-` / `Saxon`; in a heading set in capitals a capital proves nothing.
    let capital = shape::starts_upper(candidate.after) == Some(true) && !shape::is_capitals(candidate.before);
    let single = before.chars().count() == 1;
    let keeps = capital || single || KEEPS_AFTER.contains(&last) || KEEPS_BEFORE.contains(&after.as_str());
    Some(if keeps { Hyphenated } else { Broken })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Block;

    fn read(text: &str) -> String {
        let mut parts = [Part { text: text.to_owned(), ..Part::default() }];
        let span = Span::new(0, text.len());
        parts[0].blocks.push(Block { span, ..Block::default() });
        find(&mut parts);
        parts[0].reading(span)
    }

    #[test]
    fn the_witness_decides_first() {
        assert_eq!(read("some-\nthing, and something"), "something, and something");
        assert_eq!(read("a world-wide war, a world-\nwide one"), "a world-wide war, a world-wide one");
    }

    #[test]
    fn facts_about_hyphens_decide_where_it_is_silent() {
        assert_eq!(read("com-\r\n  pletely"), "completely");
        assert_eq!(read("Anglo-\nSaxon"), "Anglo-Saxon");
        assert_eq!(read("twenty-\neight"), "twenty-eight");
        assert_eq!(read("dit-\nil"), "dit-il");
        assert_eq!(read("Nord-\nund Südpol"), "Nord- und Südpol");
        assert_eq!(read("WORLD AL-\nLIANCE"), "WORLD ALLIANCE");
        assert_eq!(read("abom\u{ad}\nination"), "abomination");
        assert_eq!(read("ver⸗\nſprochene"), "verſprochene");
        assert_eq!(read("что-\nто"), "что-то");
        assert_eq!(read("father-in-\nlaw, a father-in-law"), "father-in-law, a father-in-law");
    }

    #[test]
    fn dashes_figures_and_blank_lines_are_left_alone() {
        assert_eq!(read("so --\nthen"), "so -- then");
        assert_eq!(read("1914-\n1918"), "1914- 1918");
        assert_eq!(read("com-\n\npletely"), "com- pletely");
        assert_eq!(read("-\nx"), "- x");
    }
}
