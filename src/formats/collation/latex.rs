//! LaTeX with reledmac: the text of one witness with numbered lines and two layers of apparatus.
//!
//! Series A holds substantive readings, series B accidental ones. The file is complete; it is meant to be
//! set with XeLaTeX or LuaLaTeX, and to be edited.

use std::io::{self, Write};

use super::running::{Piece, lemma_and_others, running, running_witness};
use crate::model::{BlockKind, Collated, Entry, EntryKind, EntryReading, Judgement, Layer};

/// A lemma of more words than this is shown by its first and last words.
const LONG: usize = 8;

/// Writes the text of the base (without one, of the first witness) with the readings of the units.
///
/// # Errors
/// Those of `out`.
pub fn write<'u>(
    collated: &Collated,
    units: impl IntoIterator<Item = &'u Entry>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let units: Vec<&Entry> = units.into_iter().collect();
    let base = running_witness(collated);
    preamble(collated, base, out)?;
    let mut open: Option<usize> = None;
    // What others add is cited with the word behind which it stands.
    let mut word = "";
    for piece in running(collated, base, &units) {
        match piece {
            Piece::Open(kind) => out.write_all(opening(kind).as_bytes())?,
            Piece::Text(text) => {
                out.write_all(escaped(text).as_bytes())?;
                word = if text.chars().any(char::is_alphanumeric) { text } else { word };
            }
            Piece::Begin(unit) => {
                out.write_all(b"\\edtext{")?;
                open = Some(unit);
            }
            Piece::End(_) => {
                if let Some(unit) = open.take() {
                    notes(collated, base, units[unit], word, out)?;
                }
            }
            Piece::Close => {
                // What goes on in the next paragraph is noted at the end of this one.
                if let Some(unit) = open.take() {
                    notes(collated, base, units[unit], word, out)?;
                }
                out.write_all(b"\n\\pend\n")?;
            }
        }
    }
    out.write_all(b"\\endnumbering\n\\end{document}\n")
}

fn preamble(collated: &Collated, base: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(text) = collated.texts.get(base) else { return Ok(()) };
    let about = &text.document.witness;
    writeln!(out, "% Collated by hexapla {}. Set with XeLaTeX or LuaLaTeX.", env!("CARGO_PKG_VERSION"))?;
    for (witness, text) in collated.texts.iter().enumerate() {
        let of = &text.document.witness;
        let title = of.title.as_deref().unwrap_or("no title");
        let words = format!("{}: {}, {title}", collated.siglum(witness), of.kind.word());
        writeln!(out, "% {}", words.replace(['\n', '\r'], " "))?;
    }
    out.write_all(b"\\documentclass{article}\n")?;
    let rtl = if about.lang.is_right_to_left() { ",bidi=basic" } else { "" };
    if about.lang.tag() != "und" {
        writeln!(out, "\\usepackage[provide=*{rtl}]{{babel}}")?;
        writeln!(out, "\\babelprovide[main,import={}]{{edition}}", about.lang.primary())?;
    }
    out.write_all(fonts(&collated.collation.witnesses[base].text).as_bytes())?;
    out.write_all(
        b"\\usepackage[series={A,B},noledgroup]{reledmac}\n\
        \\Xlinerangeseparator{\xe2\x80\x93}\n\
        \\newcommand{\\siglum}[1]{\\textsc{#1}}\n\
        \\begin{document}\n",
    )?;
    if let Some(title) = &about.title {
        writeln!(out, "\\begin{{center}}\\Large {}\\end{{center}}", escaped(title))?;
    }
    out.write_all(b"\\beginnumbering\n")
}

/// Fonts for the script of a text. TeX's ligatures are off: `--` and `"` are what a witness has.
fn fonts(text: &str) -> String {
    let is_cjk =
        |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}');
    let is_latin = |c: char| !c.is_alphabetic() || matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let mut out = "\\usepackage{fontspec}\n".to_owned();
    if text.chars().all(|c| is_latin(c) || is_cjk(c)) {
        out.push_str(
            "\\setmainfont{lmroman10-regular.otf}[Ligatures=TeXOff,ItalicFont=lmroman10-italic.otf,\n  \
             BoldFont=lmroman10-bold.otf,SmallCapsFont=lmromancaps10-regular.otf]\n",
        );
    } else {
        out.push_str(
            "% A font that has the letters of the text:\n\
             \\IfFontExistsTF{FreeSerif}{\\newcommand{\\editionfont}{FreeSerif}}\
             {\\newcommand{\\editionfont}{DejaVu Serif}}\n\
             \\setmainfont{\\editionfont}[Ligatures=TeXOff]\n",
        );
    }
    if text.chars().any(is_cjk) {
        out.push_str(
            "\\usepackage{xeCJK}\n\
             \\IfFontExistsTF{Noto Serif CJK SC}{\\setCJKmainfont{Noto Serif CJK SC}}{\\setCJKmainfont{FandolSong}}\n",
        );
    }
    out
}

fn opening(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading => "\\pstart[\\bigskip\\centering\\itshape]\n",
        BlockKind::Paragraph | BlockKind::Speech => "\\pstart\n",
        _ => "\\pstart\\noindent\n",
    }
}

/// Ends the lemma and writes a note for each layer that has readings; `word` is the last one before.
fn notes(collated: &Collated, base: usize, unit: &Entry, word: &str, out: &mut dyn Write) -> io::Result<()> {
    let (lemma, others) = lemma_and_others(unit, base);
    let lemma = lemma.map(|reading| reading.text.as_str()).unwrap_or_default();
    write!(out, "}}{{")?;
    if lemma.is_empty() || unit.kind == EntryKind::Layout {
        write!(out, "\\lemma{{{}}}", escaped(word))?;
    } else if !unit.is_of_words() || lemma.split_whitespace().count() > LONG {
        write!(out, "\\lemma{{{}}}", escaped(&shortened(lemma)))?;
    }
    for (series, layer) in [("A", Layer::Substantive), ("B", Layer::Accidental)] {
        let of_layer: Vec<String> = others
            .iter()
            .filter(|(_, judgement)| layer_of(*judgement) == layer)
            .map(|(reading, _)| shown(collated, unit, reading, lemma.is_empty()))
            .collect();
        if !of_layer.is_empty() {
            write!(out, "\\{series}footnote{{{}}}", of_layer.join("; "))?;
        }
    }
    write!(out, "}}")
}

fn layer_of(judgement: Option<&Judgement>) -> Layer {
    judgement.map_or(Layer::Substantive, |judgement| judgement.class.layer())
}

fn shown(collated: &Collated, unit: &Entry, reading: &EntryReading, added: bool) -> String {
    let sigla: Vec<&str> = reading.witnesses.iter().map(|place| collated.siglum(place.witness)).collect();
    let moved = unit.moved().and(reading.witnesses.first());
    let words = match (reading.text.is_empty(), added) {
        _ if let Some(place) = moved => {
            format!("\\textit{{transp. to}} {}", escaped(&collated.locus(place).to_string()))
        }
        (true, _) if unit.kind == EntryKind::Layout => "\\textit{no new paragraph}".to_owned(),
        (false, _) if unit.kind == EntryKind::Layout => "\\textit{new paragraph}".to_owned(),
        (true, _) => "\\textit{om.}".to_owned(),
        (false, true) => format!("\\textit{{add.}} {}", escaped(&reading.text)),
        (false, false) => escaped(&reading.text),
    };
    format!("{words} \\siglum{{{}}}", escaped(&sigla.join(" ")))
}

fn shortened(words: &str) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.len() <= LONG {
        return words.to_owned();
    }
    format!("{} … {}", all[..3].join(" "), all[all.len() - 2..].join(" "))
}

/// Text in which nothing is a command. Control characters are dropped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => out.extend(['\\', c]),
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn readings_stand_in_the_apparatus_of_their_layer() {
        let case = Case::three();
        let collated = case.collated();
        let mut out = Vec::new();
        write(&collated, &collated.collation.entries, &mut out).unwrap();
        let latex = String::from_utf8(out).unwrap();
        let text = latex.split("\\pstart\n").nth(1).unwrap().split("\n\\pend").next().unwrap();
        assert_eq!(
            text,
            "the \\edtext{colour}{\\Bfootnote{color \\siglum{B C}}} \
             \\edtext{of}{\\Afootnote{\\textit{om.} \\siglum{C}}} war"
        );
    }

    #[test]
    fn nothing_of_a_text_is_a_command() {
        assert_eq!(escaped("50 % of\n{a} \\b_c\u{7}"), "50 \\% of \\{a\\} \\textbackslash{}b\\_c");
    }
}
