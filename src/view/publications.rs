//! The report between two publications as text.

use std::io::{self, Write};

use super::style::Theme;
use super::visible;
use crate::model::{Layer, Publications, Sizes, VariantClass};

/// So many of the commonest alternations are shown.
const MOST: usize = 20;

/// Writes the report on the witnesses with these sigla.
///
/// # Errors
/// Those of `out`.
pub fn write_text(
    sigla: [&str; 2],
    report: &Publications,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    let clean = |text: &str| text.chars().map(visible).collect::<String>();
    let head = |title: &str| theme.paint(theme.strong(), title);
    let [a, b] = sigla;
    writeln!(out, "{a} {} words, {b} {} words\n", report.words[0], report.words[1])?;
    writeln!(out, "{}", head(&format!("{:<18}{:>6}  per 1,000 words", "differences", report.variants)))?;
    for (layer, name) in [(Layer::Substantive, "substantive"), (Layer::Accidental, "accidental")] {
        let of = |class: VariantClass| class.layer() == layer;
        let all: usize = report.classes.iter().filter(|c| of(c.class)).map(|c| c.count).sum();
        writeln!(out, "{name:<18}{all:>6}")?;
        for c in report.classes.iter().filter(|c| of(c.class)) {
            writeln!(out, "  {:<16}{:>6}  {:>6.1}", c.class.word(), c.count, c.per_thousand)?;
        }
    }
    for (name, sizes, siglum) in [("additions", report.additions, b), ("cuts", report.cuts, a)] {
        let Sizes { few, phrases, passages, words } = sizes;
        if few + phrases + passages > 0 {
            writeln!(out, "\n{} ({words} words only in {siglum})", head(name))?;
            writeln!(out, "  1–2 words {few}, 3–9 words {phrases}, 10 and more {passages}")?;
        }
    }
    if !report.moves.is_empty() {
        writeln!(out, "\n{}", head("moved"))?;
        for m in &report.moves {
            writeln!(
                out,
                "  {} → {}  {} words: {}",
                m.a.locus,
                m.b.locus,
                m.words,
                beginning(&clean(&m.a.text))
            )?;
        }
    }
    if !report.alternations.is_empty() {
        writeln!(out, "\n{} (as rules, to be pasted under [compare])", head("commonest alternations"))?;
        writeln!(out, "rules = [")?;
        for alternation in report.alternations.iter().take(MOST) {
            let quoted = |text: &str| format!("{:?}", clean(text));
            let (from, to) = (quoted(&alternation.a), quoted(&alternation.b));
            writeln!(
                out,
                "    {{ from = {from}, to = {to} }},  # {} times, {}",
                alternation.count,
                alternation.class.word()
            )?;
        }
        writeln!(out, "]")?;
    }
    if !report.scan_errors.is_empty() {
        writeln!(out, "\n{}", head("suspected scanning errors"))?;
        for error in &report.scan_errors {
            let side = error.wrong_in.as_ref().map_or_else(String::new, |s| format!("  wrong in {s}"));
            writeln!(out, "  {}  {} / {}{side}", error.a.locus, clean(&error.a.text), clean(&error.b.text))?;
        }
    }
    Ok(())
}

fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 8 { text.to_owned() } else { format!("{} …", words[..8].join(" ")) }
}
