//! What dialects of Markdown add to it (pandoc, Quarto, Hugo): fenced divisions, blocks of lines,
//! shortcodes. Their marks are covered with spaces before the text is parsed, so that all offsets stay.

use std::borrow::Cow;

use super::draft::Shape;
use crate::model::Span;

/// A text with marks covered, and what they said.
pub(crate) struct Masked<'s> {
    /// The text, of the same length as the source.
    pub(crate) text: Cow<'s, str>,
    /// Stretches of the source with a shape, in order.
    shapes: Vec<(Span, Shape)>,
}

impl Masked<'_> {
    /// What the marks say of the block that begins at a byte of the source.
    pub(crate) fn shape_at(&self, at: usize) -> Option<Shape> {
        self.shapes.iter().find(|(span, _)| span.start <= at && at < span.end).map(|(_, shape)| *shape)
    }
}

/// Covers the marks of dialects.
pub(crate) fn mask(source: &str) -> Masked<'_> {
    let mut covered: Vec<Span> = Vec::new();
    let mut shapes: Vec<(Span, Shape)> = Vec::new();
    let mut open: Vec<(usize, Option<Shape>)> = Vec::new();
    let mut lines: Option<Span> = None;
    let mut at = 0;
    let mut in_code = false;
    for line in source.split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        let own = line.trim();
        at += line.len();
        in_code ^= own.starts_with("```") || own.starts_with("~~~");
        if in_code {
            continue;
        }
        if own.starts_with(":::") {
            covered.push(span.trimmed(source));
            let told = own.trim_start_matches(':').trim();
            if told.is_empty() {
                if let Some((start, Some(shape))) = open.pop() {
                    shapes.push((Span::new(start, span.start), shape));
                }
            } else {
                open.push((span.end, shape_of(told)));
            }
        }
        let is_line = line.starts_with("| ") && !own.ends_with('|') || own == "|" && lines.is_some();
        if is_line {
            covered.push(Span::new(span.start, span.start + 1));
            lines = Some(Span::new(lines.map_or(span.start, |lines| lines.start), span.end));
        } else if let Some(lines) = lines.take() {
            shapes.push((lines, Shape::Verse));
        }
        let mut from = 0;
        while let Some(start) = line[from..].find("{{").map(|start| from + start) {
            let shortcode = line[start..].starts_with("{{<") || line[start..].starts_with("{{%");
            let Some(end) = line[start..].find("}}").map(|end| start + end + 2) else { break };
            if shortcode {
                covered.push(Span::new(span.start + start, span.start + end));
            }
            from = end;
        }
    }
    shapes.extend(lines.map(|lines| (lines, Shape::Verse)));
    shapes.sort_by_key(|(span, _)| span.start);
    if covered.is_empty() {
        return Masked { text: Cow::Borrowed(source), shapes };
    }
    let mut text = String::with_capacity(source.len());
    let mut from = 0;
    covered.sort_unstable_by_key(|span| span.start);
    for span in covered.into_iter().filter(|span| !span.is_empty()) {
        if span.start < from {
            continue;
        }
        text.push_str(&source[from..span.start]);
        text.extend(std::iter::repeat_n(' ', span.len()));
        from = span.end;
    }
    text.push_str(&source[from..]);
    Masked { text: Cow::Owned(text), shapes }
}

/// What the class of a division says.
fn shape_of(told: &str) -> Option<Shape> {
    let has = |words: &[&str]| {
        told.split(|c: char| !c.is_alphanumeric() && c != '-')
            .any(|word| words.contains(&word.to_lowercase().as_str()))
    };
    if has(&["epigraph", "quote", "quotation", "blockquote"]) {
        Some(Shape::Quotation)
    } else if has(&["verse", "poem", "poetry", "line-block"]) {
        Some(Shape::Verse)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_covered_and_offsets_stay() {
        let source = "::: {.epigraph}\nQuoted.\n:::\n\n| One,\n| two.\n\n{{< figure >}}\n\n| a | b |\n";
        let masked = mask(source);
        assert_eq!(masked.text.len(), source.len());
        assert!(
            !masked.text.contains(":::")
                && !masked.text.contains("figure")
                && masked.text.contains("| a | b |")
        );
        let at = |word: &str| masked.shape_at(source.find(word).unwrap());
        assert_eq!((at("Quoted"), at("One"), at("a |")), (Some(Shape::Quotation), Some(Shape::Verse), None));
    }
}
