//! Page furniture: what belongs to a page or a file and not to the text on it.
//!
//! [`mark_lines`] finds the furniture of plain texts by where and how often lines stand (page
//! numbers, running heads, a library's licence); [`is_phrase`] knows it by its words.

use std::collections::BTreeMap;
use std::ops::Range;

use super::layout::Line;
use super::{shape, words};
use crate::model::Script;

/// Longer lines are no running heads.
const WIDEST_HEAD: usize = 70;

/// For each line, whether it is furniture.
pub(crate) fn mark_lines(text: &str, lines: &[Line], runs: &[Range<usize>]) -> Vec<bool> {
    let mut marked = vec![false; lines.len()];
    mark_licence(text, lines, runs, &mut marked);
    let printed: Vec<usize> = runs.iter().cloned().flatten().filter(|&line| !marked[line]).collect();
    let page = Page::new(text, lines, &printed);
    page.mark_numbers(&mut marked);
    page.mark_running_heads(&mut marked);
    marked
}

/// Project Gutenberg's header and licence, which stand before and after two marker lines.
fn mark_licence(text: &str, lines: &[Line], runs: &[Range<usize>], marked: &mut [bool]) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let own = &text[first.span.start..last.span.end.max(first.span.start)];
    if !["Gutenberg", "GUTENBERG"].iter().any(|name| own.contains(name)) {
        return;
    }
    let begins = |line: &Line, phrases: &[&str]| {
        let own = line.of(text).trim_start_matches(['*', ' ']);
        own.starts_with(['S', 's', 'E', 'e'])
            && phrases.iter().any(|phrase| words::lowered(own).starts_with(phrase))
    };
    let start = runs.iter().cloned().flatten().rfind(|&at| {
        begins(&lines[at], &["start of the project gutenberg", "start of this project gutenberg"])
            || begins(&lines[at], &["end*the small print", "end the small print"])
    });
    let end = runs.iter().cloned().flatten().find(|&at| {
        start.is_none_or(|start| at > start)
            && begins(
                &lines[at],
                &[
                    "end of the project gutenberg",
                    "end of this project gutenberg",
                    "end of project gutenberg",
                    "end of the etext",
                ],
            )
    });
    // A marker may go on over several lines of its run.
    let run_end = |at: usize| runs.iter().find(|run| run.contains(&at)).map_or(at + 1, |run| run.end);
    if let Some(start) = start {
        marked[..run_end(start)].fill(true);
    }
    if let Some(end) = end {
        marked[end..].fill(true);
    }
}

struct Page<'t> {
    text: &'t str,
    lines: &'t [Line],
    /// The lines to look at, in order; what follows counts in it.
    printed: &'t [usize],
    /// Lines that may be page numbers, in order.
    numbers: Vec<(usize, shape::PageNumber)>,
    /// Short lines that come three times or more, digits in them aside.
    recurring: Vec<Vec<usize>>,
    /// Which lines are one or the other.
    suspect: Vec<bool>,
}

impl<'t> Page<'t> {
    fn new(text: &'t str, lines: &'t [Line], printed: &'t [usize]) -> Self {
        let mut page =
            Self { text, lines, printed, numbers: Vec::new(), recurring: Vec::new(), suspect: Vec::new() };
        let mut heads: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in 0..printed.len() {
            let Some(line) = page.line(at).filter(|line| line.width <= WIDEST_HEAD) else { continue };
            let own = line.of(text);
            if let Some(number) = shape::page_number(own) {
                page.numbers.push((at, number));
            }
            let key: String = own.chars().filter(|c| c.is_alphabetic()).collect();
            // No head begins in the middle of a sentence.
            if key.chars().count() >= 4 && shape::starts_sentence(own) {
                heads.entry(key.to_lowercase()).or_default().push(at);
            }
        }
        page.recurring = heads.into_values().filter(|places| places.len() >= 3).collect();
        page.suspect = vec![false; printed.len()];
        for &at in page.numbers.iter().map(|(at, _)| at).chain(page.recurring.iter().flatten()) {
            page.suspect[at] = true;
        }
        page
    }

    fn line(&self, at: usize) -> Option<&'t Line> {
        self.printed.get(at).and_then(|&line| self.lines.get(line))
    }

    /// Whether a sentence runs on over the line, other suspects beside it left out.
    fn interrupts(&self, at: usize) -> bool {
        let is_text = |other: &usize| self.suspect.get(*other) == Some(&false);
        let before = (0..at).rev().take(4).find(is_text).and_then(|other| self.line(other));
        let after = (at + 1..at + 5).find(is_text).and_then(|other| self.line(other));
        let (Some(before), Some(after)) = (before, after) else { return false };
        let (before_text, after_text) = (before.of(self.text), after.of(self.text));
        let runs_on = shape::starts_upper(after_text) == Some(false)
            || shape::first_letter(after_text).is_some_and(Script::is_wide_context);
        runs_on && before.width > 20 && !shape::ends_sentence(before_text)
    }

    fn mark_numbers(&self, marked: &mut [bool]) {
        let proven = |&(at, page): &(usize, shape::PageNumber)| {
            page.certain || self.interrupts(at) || self.line(at).is_some_and(|line| line.new_page)
        };
        let count = self.numbers.iter().filter(|number| proven(number)).count();
        let ascending = self.numbers.is_sorted_by(|(_, a), (_, b)| a.number < b.number);
        // Where a third are proven to be pages, the others that count on with them are too.
        let all = ascending && count * 3 >= self.numbers.len().max(1);
        for number in self.numbers.iter().filter(|number| all || proven(number)) {
            marked[self.printed[number.0]] = true;
        }
    }

    /// Lines that come again at page breaks.
    fn mark_running_heads(&self, marked: &mut [bool]) {
        for places in &self.recurring {
            let is_marked = |at: usize| self.printed.get(at).is_some_and(|&line| marked[line]);
            let at_break = |at: usize| {
                at.checked_sub(1).is_some_and(is_marked)
                    || is_marked(at + 1)
                    || self.line(at).is_some_and(|line| line.new_page)
                    || self.interrupts(at)
            };
            if places.iter().filter(|&&at| at_break(at)).count() * 2 > places.len() {
                places.iter().for_each(|&at| marked[self.printed[at]] = true);
            }
        }
    }
}

/// Whether a block is furniture by its words: "Last updated on", "return return", "Back to …".
pub(crate) fn is_phrase(text: &str) -> bool {
    if !shape::is_within(text, 100) {
        return false;
    }
    let lowered = words::lowered(text);
    if text.starts_with('[') && lowered.starts_with("illustration") {
        return true;
    }
    if words::begins_with(&lowered, words::FURNITURE) {
        // "Back to the village they went." is a sentence.
        return !shape::ends_sentence(text) || lowered.bytes().any(|b| b.is_ascii_digit());
    }
    let mut count = 0;
    let parts = lowered.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in parts {
        if !words::NAVIGATION.contains(&word) && !word.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        count += usize::from(!word.bytes().all(|b| b.is_ascii_digit()));
    }
    let arrows = text.contains(['|', '<', '>', '«', '»', '←', '→', '^', '↑', '[']);
    count >= 2 && (lowered.contains("return") || arrows || count >= 3) || (count == 1 && arrows)
}

#[cfg(test)]
mod tests {
    use super::super::{layout, text};
    use super::*;
    use crate::model::Span;

    fn furniture(text: &str) -> Vec<&str> {
        let lines = layout::lines(text, Span::new(0, text.len()));
        let runs = text::runs(&lines);
        let marked = mark_lines(text, &lines, &runs);
        lines
            .iter()
            .zip(marked)
            .filter(|(line, marked)| *marked && !line.is_blank())
            .map(|(line, _)| line.of(text))
            .collect()
    }

    #[test]
    fn phrases_of_navigation() {
        for text in [
            "return return return return return",
            "Last updated on: 22.4.2007",
            "[Illustration]",
            "Zuletzt aktualisiert am 3. Mai 2003.",
            "Top of page",
            "<< Previous | Next >>",
            "返回目录",
            "Dernière mise à jour : 1.1.2001",
        ] {
            assert!(is_phrase(text), "{text}");
        }
        for text in
            ["Return", "Back to the village they went.", "The Soviet-Finnish War", "Next came the war"]
        {
            assert!(!is_phrase(text), "{text}");
        }
    }

    #[test]
    fn page_numbers_and_running_heads_in_the_middle_of_sentences() {
        let page = |n: usize, words: [&str; 2]| {
            format!(
                "The {} was the inevitable result of the\nalliance with {} and would be\n{n}\nTHE SECOND WORLD \
                 WAR\nrather childish, said {}, to expect\nanother end of the {} than that.\n",
                words[0], words[1], words[1], words[0]
            )
        };
        let text =
            page(12, ["war", "Berlin"]) + &page(13, ["pact", "Rome"]) + &page(14, ["treaty", "London"]);
        let found = furniture(&text);
        assert_eq!(found.len(), 6, "{found:?}");
        assert_eq!(&found[..2], ["12", "THE SECOND WORLD WAR"]);
    }

    #[test]
    fn numbered_chapters_are_no_pages() {
        let text = "1\n\nThe first chapter says so.\n\n2\n\nThe second chapter too.\n\n3\n\nAnd the third.\n";
        assert!(furniture(text).is_empty());
    }

    #[test]
    fn recurring_speakers_are_no_running_heads() {
        let text = "HAMLET.\nTo be.\n\nHORATIO.\nNot to be.\n\nHAMLET.\nAgain.\n\nHAMLET.\nSo.\n";
        assert!(furniture(text).is_empty());
    }

    #[test]
    fn the_licence_of_a_library_at_both_ends() {
        let text = "Title: Candide\n\n*** START OF THE PROJECT GUTENBERG EBOOK\nCANDIDE ***\n\nText here.\n\n\
                    *** END OF THE PROJECT GUTENBERG EBOOK CANDIDE ***\n\nLicence.\n";
        let found = furniture(text);
        assert_eq!(found.len(), 5);
        assert!(!found.contains(&"Text here."));
    }
}
