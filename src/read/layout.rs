//! How a plain text is laid out: its lines, and whether they are wrapped by hand.
//!
//! In a hard-wrapped text a line ends because the next word would not have fitted. Where the next
//! word *would* have fitted, the line was ended on purpose: a paragraph, a heading, a verse ends
//! there. All of the layout's evidence is this one test, [`Wrap::ends_early`].

use unicode_width::UnicodeWidthChar;

use super::shape;
use crate::model::Span;

/// Columns are counted up to here: no layout needs more, and a line may be the whole file.
const MANY: usize = 10_000;
/// Lines longer than this (in columns) are not wrapped by hand.
const LONGEST_WRAP: usize = 160;
/// Fewer line ends than this inside paragraphs prove little.
const FEW: usize = 8;
/// Lines shorter than this are no column of prose; newspaper columns have 28 and more.
const SHORTEST_WRAP: usize = 25;

/// One line of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its bytes without the white space around them; empty for a blank line.
    pub(crate) span: Span,
    /// Columns of white space before it.
    pub(crate) indent: usize,
    /// Columns of its text; wide characters count two.
    pub(crate) width: usize,
    /// Columns of its first word; of its first character in a script without spaces.
    pub(crate) first_word: usize,
    /// Whether a form feed stands in it or before it: a page begins here.
    pub(crate) new_page: bool,
}

impl Line {
    /// Whether nothing is to be seen in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.span.is_empty()
    }

    /// Its text.
    pub(crate) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.range()]
    }

    /// The column after its last character.
    pub(crate) fn reach(&self) -> usize {
        self.indent + self.width
    }

    fn new(text: &str, raw: Span) -> Self {
        let slice = &text[raw.range()];
        let span = raw.trimmed(text);
        let indent = slice
            .chars()
            .take_while(|c| c.is_whitespace())
            .map(|c| if c == '\t' { 8 } else { c.width().unwrap_or(0) })
            .sum::<usize>();
        let mut width = 0;
        let mut first_word = None;
        for c in text[span.range()].chars() {
            if first_word.is_none() && (c.is_whitespace() || crate::model::Script::is_wide_context(c)) {
                first_word = Some(width + if c.is_whitespace() { 0 } else { 2 });
            }
            width += c.width().unwrap_or(0);
            if width >= MANY {
                break;
            }
        }
        let new_page = slice.starts_with('\u{c}') || slice.ends_with('\u{c}');
        Self { span, indent: indent.min(MANY), width, first_word: first_word.unwrap_or(width), new_page }
    }
}

/// The lines of a stretch of text. Lines end at LF; at CR only where there is no LF at all.
pub(crate) fn lines(text: &str, span: Span) -> Vec<Line> {
    let slice = &text[span.range()];
    let end = if slice.contains('\n') || !slice.contains('\r') { '\n' } else { '\r' };
    let mut out = Vec::new();
    let mut at = span.start;
    for piece in slice.split_inclusive(end) {
        out.push(Line::new(text, Span::new(at, at + piece.len())));
        at += piece.len();
    }
    out
}

/// Verse lines are not wider than this many columns.
pub(crate) const WIDEST_VERSE: usize = 75;
/// Fewer lines than this are no column.
const SHORTEST_COLUMN: usize = 4;

/// Ranges of lines of about the same width: a page that was set in columns of several widths holds
/// several, one behind the other.
pub(crate) fn columns(text: &str, lines: &[Line]) -> Vec<std::ops::Range<usize>> {
    /// So many lines are looked at on both sides of a line.
    const NEAR: usize = 5;
    let reach = |at: usize| lines.get(at).map_or(0, Line::reach);
    let widest = |range: std::ops::Range<usize>| range.map(reach).max().unwrap_or_default();
    let mut out = Vec::new();
    let mut start = 0;
    for at in 1..lines.len() {
        if at < start + SHORTEST_COLUMN || at - start < SHORTEST_COLUMN || lines.len() - at < SHORTEST_COLUMN
        {
            continue;
        }
        let before = widest(at.saturating_sub(NEAR).max(start)..at);
        let after = widest(at..(at + NEAR).min(lines.len()));
        let narrower = after * 100 < before * 82 && reach(at - 1) * 100 >= before * 60;
        // Two wide lines at least: a heading is one.
        let wide =
            (at..(at + NEAR).min(lines.len())).filter(|&line| reach(line) * 100 > before * 110).count();
        let wider = reach(at) * 100 > before * 110 && wide >= 3;
        if narrower || wider {
            // A column ends with a sentence, if one ends near.
            let ends = |at: &usize| shape::ends_sentence(lines[at - 1].of(text));
            let at =
                (at..(at + 4).min(lines.len())).chain((start + 1..at).rev().take(3)).find(ends).unwrap_or(at);
            out.push(start..at);
            start = at;
        }
    }
    out.push(start..lines.len());
    out
}

/// The numbers of verses that a print sets at the ends of lines: every fifth or tenth line has one.
/// For each the line, the bytes of the number and the number.
pub(crate) fn verse_numbers(text: &str, lines: &[Line]) -> Vec<(usize, Span, usize)> {
    let mut found: Vec<(usize, Span, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.width <= 2 * WIDEST_VERSE) {
        let own = line.of(text);
        let head = own.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = own.len() - head.len();
        if (1..=4).contains(&digits)
            && head.ends_with(char::is_whitespace)
            && head.trim().len() > 4
            && let Ok(number) = own[head.len()..].parse::<usize>()
        {
            let start = line.span.start + head.len();
            found.push((at, Span::new(start, line.span.end), number));
        }
    }
    let steps = |step: usize| {
        let follows = |pair: &&[(usize, Span, usize)]| pair[1].2 == pair[0].2 + step && pair[1].0 > pair[0].0;
        found.windows(2).filter(follows).count()
    };
    let step = if steps(5) >= steps(10) { 5 } else { 10 };
    let good = steps(step);
    if good < 3 || good * 2 < found.len() {
        return Vec::new();
    }
    found.retain(|(_, _, number)| number % step == 0);
    found
}

/// How lines go on that do not end a sentence.
#[derive(Debug, Clone, Copy, Default)]
struct Continuation {
    /// Lines that do not end a sentence, with a cased letter behind.
    open: usize,
    /// Those of them that go on with a small letter.
    small: usize,
    /// Words broken at line ends.
    broken: usize,
    /// Lines indented otherwise than the one before.
    shifted: usize,
    /// All lines.
    lines: usize,
}

impl Continuation {
    fn of(text: &str, lines: &[Line]) -> Self {
        let mut out = Self { lines: lines.len(), ..Self::default() };
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            out.shifted += usize::from(line.indent.abs_diff(next.indent) > 1);
            let own = line.of(text);
            if shape::ends_sentence(own) {
                continue;
            }
            let upper = shape::starts_upper(next.of(text));
            out.open += usize::from(upper.is_some());
            out.small += usize::from(upper == Some(false));
            let hyphen = own.ends_with(['-', '\u{ad}', '¬'])
                && own.trim_end_matches('-').ends_with(char::is_alphabetic);
            out.broken += usize::from(hyphen && upper == Some(false));
        }
        out
    }

    /// Whether the lines are prose whatever their width: they go on in small letters, and are not set
    /// in and out as stanzas are.
    fn is_prose(self) -> bool {
        let set_as_verse = self.shifted * 3 > self.lines && self.broken == 0;
        let small = self.open >= 4 && self.small * 10 >= self.open * 6;
        !set_as_verse && (small || self.broken >= 2 || self.broken * 8 > self.lines)
    }
}

/// A line and the one that follows it in the same run.
struct Pair {
    run: usize,
    line: Line,
    next: Line,
}

/// How a text's lines are ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wrap {
    /// The column at which prose is wrapped; `None` where every line end means something.
    pub(crate) width: Option<usize>,
    /// Whether there are too few lines to be sure that prose is not wrapped.
    pub(crate) few: bool,
    /// Whether paragraphs are separated by blank lines.
    pub(crate) separated: bool,
    /// The usual indentation of prose.
    pub(crate) indent: usize,
}

impl Wrap {
    /// Measures lines; `runs` are ranges of consecutive lines that are not blank.
    pub(crate) fn of(text: &str, lines: &[Line], runs: &[std::ops::Range<usize>]) -> Self {
        let printed: usize = runs.iter().map(ExactSizeIterator::len).sum();
        let mut wrap = Self {
            width: None,
            few: true,
            separated: runs.len() * 40 > printed && runs.len() > 1,
            indent: 0,
        };
        let pairs: Vec<Pair> = runs
            .iter()
            .enumerate()
            .flat_map(|(run, range)| lines[range.clone()].windows(2).map(move |pair| (run, pair)))
            .filter_map(|(run, pair)| Some(Pair { run, line: *pair.first()?, next: *pair.get(1)? }))
            .filter(|pair| pair.line.width <= LONGEST_WRAP)
            .collect();
        let all: usize = runs.iter().flat_map(|run| &lines[run.clone()]).map(|line| line.width).sum();
        let short: usize = pairs.iter().map(|pair| pair.line.width).sum();
        if pairs.is_empty() || short * 2 < all.min(MANY * 1000) {
            return wrap;
        }
        wrap.few = pairs.len() < FEW;
        let mut indents: Vec<usize> = pairs.iter().map(|pair| pair.next.indent).collect();
        indents.sort_unstable();
        let mut reaches: Vec<usize> = pairs.iter().map(|pair| pair.line.reach()).collect();
        reaches.sort_unstable();
        let width = reaches[(reaches.len() - 1) * 95 / 100];
        let indent = indents[indents.len() / 2];
        let wrapped = Self { width: Some(width), indent, ..wrap };
        if width >= SHORTEST_WRAP && wrapped.fits(text, &pairs, runs.len()) {
            wrapped
        } else {
            Self { indent, ..wrap }
        }
    }

    /// The same for a stretch of lines of which this is the wrap of the whole text: columns of several
    /// widths stand in one file, and quoted letters, and code between paragraphs.
    pub(crate) fn near(self, text: &str, lines: &[Line], stretch: &std::ops::Range<usize>) -> Self {
        let own = &lines[stretch.clone()];
        let widest = own.iter().map(Line::reach).max().unwrap_or_default();
        let fits = self.width.is_some_and(|width| widest * 10 >= width * 8 && widest * 10 <= width * 12);
        if own.len() < SHORTEST_COLUMN || fits || widest > LONGEST_WRAP {
            return self;
        }
        let proof = Continuation::of(text, own);
        if !proof.is_prose() && !(own.len() >= 3 && widest > WIDEST_VERSE && proof.small * 2 >= proof.open) {
            return self;
        }
        let mut reaches: Vec<usize> = own.iter().map(Line::reach).collect();
        reaches.sort_unstable();
        let width = reaches[(reaches.len() - 1) * 95 / 100];
        let mut indents: Vec<usize> = own.iter().map(|line| line.indent).collect();
        indents.sort_unstable();
        let indent = indents[indents.len() / 2];
        Self { width: Some(width), few: false, indent, ..self }
    }

    /// Whether lines end where this width makes them end.
    fn fits(&self, text: &str, pairs: &[Pair], runs: usize) -> bool {
        // Ends of sentences may be ends of paragraphs and prove nothing.
        let open: Vec<&Pair> =
            pairs.iter().filter(|pair| !shape::ends_sentence(pair.line.of(text))).collect();
        let is_early = |pair: &Pair| self.ends_early(&pair.line, &pair.next);
        // Stanzas, titles and addresses between paragraphs are lines from end to end.
        let mut of_lines = vec![true; runs];
        open.iter().filter(|pair| !is_early(pair)).for_each(|pair| of_lines[pair.run] = false);
        let of_prose: Vec<&Pair> = open.iter().copied().filter(|pair| !of_lines[pair.run]).collect();
        let judged = if of_prose.len() * 2 >= open.len() { of_prose } else { open.clone() };
        let early = judged.iter().filter(|pair| is_early(pair)).count();
        let cased: Vec<bool> = judged
            .iter()
            .filter(|pair| !shape::is_capitals(pair.next.of(text)))
            .filter_map(|pair| shape::starts_upper(pair.next.of(text)))
            .collect();
        let upper = cased.iter().filter(|&&upper| upper).count();
        // Each line with a capital, in the middle of sentences: so verse is printed.
        let narrow = |columns: usize| self.width.is_some_and(|width| width < columns);
        let capitals = cased.len() >= 3 && upper * 100 >= cased.len() * 90 && narrow(64);
        let verse_like = capitals && (early * 10 >= judged.len() || narrow(40));
        let mid_sentence = open.len() * 10 >= pairs.len() * 3;
        mid_sentence && early * 3 < judged.len() && !verse_like
    }

    /// Whether `line` is a third shorter than the width at least, and `next` would have begun on it:
    /// enough where a sentence ends.
    pub(crate) fn ends_short(&self, line: &Line, next: &Line) -> bool {
        self.width
            .is_some_and(|width| line.reach() * 3 <= width * 2 && line.reach() + 1 + next.first_word <= width)
    }

    /// Whether `line` ends although the first word of `next` would have fitted on it.
    ///
    /// Printers' columns and scanned pages are not exact: an eighth of the width is allowed for.
    pub(crate) fn ends_early(&self, line: &Line, next: &Line) -> bool {
        self.width.is_some_and(|width| (line.reach() + 1 + next.first_word) * 8 <= width * 7)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrap_of(text: &str) -> Wrap {
        let all = lines(text, Span::new(0, text.len()));
        let runs = super::super::text::runs(&all);
        Wrap::of(text, &all, &runs)
    }

    #[test]
    fn lines_keep_their_columns() {
        let text = "  ab cd\r\n\t戦争は\n\n\u{c}x";
        let all = lines(text, Span::new(0, text.len()));
        assert_eq!((all[0].indent, all[0].width, all[0].first_word), (2, 5, 2));
        assert_eq!((all[1].indent, all[1].width, all[1].first_word), (8, 6, 2));
        assert!(all[2].is_blank() && all[3].new_page);
        assert_eq!(all[0].of(text), "ab cd");
    }

    #[test]
    fn prose_is_wrapped_and_verse_is_not() {
        let prose = textwrap::fill(
            "The bureaucracy defends the country, but it defends in the first place itself inside \
             of the country. The internal position of the bureaucracy is incomparably more \
             vulnerable than the international position of the whole.",
            44,
        );
        assert!(wrap_of(&prose).width.is_some());
        let verse = "Tyger Tyger, burning bright,\nIn the forests of the night;\nWhat immortal hand or eye,\n\
                     Could frame thy fearful symmetry?\n\nIn what distant deeps or skies.\nBurnt the fire of \
                     thine eyes?\nOn what wings dare he aspire?\nWhat the hand, dare seize the fire?\n";
        assert_eq!(wrap_of(verse).width, None);
    }

    #[test]
    fn paragraphs_of_one_line_are_not_wrapped() {
        let text = "A first paragraph that has some length and ends.\nA second.\nA third paragraph, which is \
                    the longest of all of them, with many words.\nA fourth one ends here.\n";
        assert_eq!(wrap_of(text).width, None);
    }
}
