//! The apparatus of a collation, as an editor writes it: `locus lemma] reading sigla; reading sigla`.

use std::io::{self, Write};

use super::sigla::Groups;
use super::style::Theme;
use super::visible;
use crate::model::{Collated, Entry, EntryKind, EntryReading, Layer};

/// A reading of more words than this is shown by its first and last words.
const LONG: usize = 16;

/// Words that moved are looked for behind another word up to so many.
const FEW: usize = 6;

/// How the apparatus is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// Whether the witnesses of the lemma are named too (a positive apparatus).
    pub positive: bool,
    /// Whether classes are named behind each entry.
    pub classes: bool,
    /// Witnesses that are named together.
    pub groups: Groups,
}

/// Writes one entry a line.
///
/// # Errors
/// Those of `out`.
pub fn write_text<'u>(
    collated: &Collated,
    units: impl IntoIterator<Item = &'u Entry>,
    form: &Form,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    let dress = |sigla: &str| theme.paint(theme.strong(), sigla);
    for unit in units {
        if let Some(entry) = entry(collated, unit, form, &dress, &str::to_owned) {
            write_line(&locus(collated, unit), &entry, &classes(collated, unit, form), form, theme, out)?;
        }
    }
    Ok(())
}

fn write_line(
    locus: &str,
    entry: &str,
    classes: &str,
    form: &Form,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "{}  {entry}", theme.paint(theme.quiet(), locus))?;
    if form.classes {
        write!(out, "  {}", theme.paint(theme.quiet(), &format!("({classes})")))?;
    }
    writeln!(out)
}

/// Writes the apparatus as Markdown: the witnesses, then the substantive variants, then the accidental
/// ones.
///
/// # Errors
/// Those of `out`.
pub fn write_markdown(
    collated: &Collated,
    units: &[&Entry],
    form: &Form,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "# Apparatus\n\n## Witnesses\n")?;
    for text in &collated.texts {
        let about = &text.document.witness;
        let known = [&about.title, &about.publisher, &about.place, &about.date, &about.note];
        let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
        let kind = about.kind.word();
        let about_it =
            if known.is_empty() { kind.to_owned() } else { format!("{kind}: {}", known.join(", ")) };
        writeln!(out, "* **{}** {}", about.siglum, escaped(&about_it))?;
    }
    for covers in collated.coverage_in_words() {
        writeln!(out, "\n{}.", escaped(&covers))?;
    }
    for (layer, title) in
        [(Layer::Substantive, "Substantive variants"), (Layer::Accidental, "Accidental variants")]
    {
        writeln!(out, "\n## {title}\n")?;
        let dress = |sigla: &str| format!("*{sigla}*");
        let class = |classes: &str| if form.classes { format!(" ({classes})") } else { String::new() };
        for unit in units.iter().filter(|unit| unit.layer() == layer) {
            if let Some(entry) = entry(collated, unit, form, &dress, &escaped) {
                writeln!(
                    out,
                    "* {} {entry}{}",
                    locus(collated, unit),
                    class(&classes(collated, unit, form))
                )?;
            }
        }
    }
    Ok(())
}

/// The classes, for a scanning error in whom it is suspected, and the rules of the project that touched a
/// reading.
fn classes(collated: &Collated, unit: &Entry, form: &Form) -> String {
    let mut classes = unit.classes().iter().map(|class| class.word()).collect::<Vec<_>>().join(", ");
    let suspects = suspects(unit);
    if !suspects.is_empty() {
        classes = format!("{classes}, in {}", form.groups.shown(collated, &suspects, &unit.absent));
    }
    let mut rules: Vec<&str> =
        unit.readings.iter().filter_map(|r| r.judgement.as_ref()?.project_rule.as_deref()).collect();
    rules.sort_unstable();
    rules.dedup();
    rules.iter().fold(classes, |said, rule| format!("{said}; {rule}"))
}

/// The witnesses in which a scanning error is suspected.
fn suspects(unit: &Entry) -> Vec<usize> {
    let Some(lemma) = unit.readings.first() else { return Vec::new() };
    let suspected = unit.readings.iter().filter_map(|reading| {
        let lemma_is = reading.judgement.as_ref()?.lemma_is_suspect?;
        Some(if lemma_is { lemma } else { reading })
    });
    let mut witnesses: Vec<usize> =
        suspected.flat_map(|reading| &reading.witnesses).map(|at| at.witness).collect();
    witnesses.sort_unstable();
    witnesses.dedup();
    witnesses
}

/// Where an entry stands.
fn locus(collated: &Collated, unit: &Entry) -> String {
    collated.locus(&collated.place(unit)).to_string()
}

/// An entry without its locus; `None` for one that says nothing.
fn entry(
    collated: &Collated,
    unit: &Entry,
    form: &Form,
    dress: &dyn Fn(&str) -> String,
    escape: &dyn Fn(&str) -> String,
) -> Option<String> {
    let (lemma, others) = unit.readings.split_first()?;
    let named = |witnesses: Vec<usize>| dress(&form.groups.shown(collated, &witnesses, &unit.absent));
    let head = head(collated, unit, escape);
    let of_lemma = lemma.witnesses.iter().map(|at| at.witness).collect();
    let witnesses = if form.positive { format!(" {};", named(of_lemma)) } else { String::new() };
    let mut shown = Vec::new();
    for reading in others {
        let words = match unit.kind {
            EntryKind::Move(_) => format!("transp. {}", escape(&whither(collated, reading))),
            EntryKind::Layout if reading.text.is_empty() => "no new paragraph".to_owned(),
            EntryKind::Layout => "new paragraph".to_owned(),
            EntryKind::Words | EntryKind::Passage => match (lemma.text.is_empty(), reading.text.is_empty()) {
                (_, true) => "om.".to_owned(),
                (true, false) => format!("add. {}", escape(&shortened(&reading.text))),
                (false, false) => escape(&shortened(&reading.text)),
            },
        };
        // Who has the words at another place is named apart.
        let of = |elsewhere: bool| -> Vec<usize> {
            let all = reading.witnesses.iter();
            all.filter(|at| collated.is_elsewhere(unit, at) == elsewhere).map(|at| at.witness).collect()
        };
        let (here, elsewhere) = (of(false), of(true));
        if !here.is_empty() {
            shown.push(format!("{words} {}", named(here)));
        }
        if !elsewhere.is_empty() {
            shown.push(format!("{words} transp. {}", named(elsewhere)));
        }
    }
    if shown.is_empty() {
        return None;
    }
    let absent = form.groups.shown(collated, &unit.absent, &[]);
    let absent = match unit.kind {
        EntryKind::Words if !absent.is_empty() => format!("; deest {}", dress(&absent)),
        _ => String::new(),
    };
    Some(format!("{head}]{witnesses} {}{absent}", shown.join("; ")))
}

/// What an entry is cited by: the words of the lemma, or where there are none the word before them.
fn head(collated: &Collated, unit: &Entry, escape: &dyn Fn(&str) -> String) -> String {
    let lemma = unit.readings.first().map(|lemma| lemma.text.as_str()).unwrap_or_default();
    if unit.kind == EntryKind::Layout || lemma.is_empty() {
        let before = collated.place(unit);
        return collated
            .word_before(&before)
            .map(shortened)
            .map_or_else(|| "(at the beginning)".to_owned(), |word| escape(&word));
    }
    if unit.kind == EntryKind::Passage {
        return escape(&ends_of(lemma));
    }
    format!("{}{}", escape(&shortened(lemma)), occurrence(collated, unit))
}

/// Where a passage stands that has moved: a few words away, behind which; further away, at which place.
fn whither(collated: &Collated, reading: &EntryReading) -> String {
    let Some(place) = reading.witnesses.first() else { return String::new() };
    let count = collated.tokens(place).len();
    match collated.word_before(place).map(shortened).filter(|_| count <= FEW) {
        Some(word) => format!("behind “{word}”"),
        None => format!("to {}", collated.locus(place)),
    }
}

/// Which of several equal words of the same segment is meant: `²` for the second.
fn occurrence(collated: &Collated, unit: &Entry) -> String {
    let Some(place) = unit.readings.first().and_then(|lemma| lemma.witnesses.first()) else {
        return String::new();
    };
    let witness = &collated.collation.witnesses[place.witness];
    let own = collated.tokens(place);
    let Some(first) = own.first() else { return String::new() };
    let word = |t: &crate::model::CollatedToken| &witness.text[t.read.start as usize..t.read.end as usize];
    let start = witness.tokens.partition_point(|t| (t.part, t.segment) < (first.part, first.segment));
    let end = witness.tokens.partition_point(|t| (t.part, t.segment) <= (first.part, first.segment));
    let segment = &witness.tokens[start..end];
    let places: Vec<usize> = segment
        .windows(own.len())
        .enumerate()
        .filter(|(_, window)| window.iter().map(word).eq(own.iter().map(word)))
        .map(|(at, _)| at + start)
        .collect();
    match places.iter().position(|&at| at == place.tokens.start as usize) {
        Some(index) if places.len() > 1 => superscript(index + 1),
        _ => String::new(),
    }
}

fn superscript(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().bytes().map(|byte| DIGITS[usize::from(byte - b'0') % 10]).collect()
}

/// Long readings by their first and last words, as apparatuses do.
fn shortened(text: &str) -> String {
    let clean: String = text.chars().map(visible).collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    if words.len() <= LONG {
        return clean;
    }
    format!("{} … {}", words[..4].join(" "), words[words.len() - 4..].join(" "))
}

/// The first and last words of a passage in which others differ.
fn ends_of(text: &str) -> String {
    let clean: String = text.chars().map(visible).collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    match words.as_slice() {
        [first, second, .., before, last] if words.len() > 6 => format!("{first} {second} … {before} {last}"),
        _ => clean,
    }
}

/// Markdown's own signs made harmless.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    fn shown(form: Form) -> String {
        let case = Case::three();
        let collated = case.collated();
        let mut out = Vec::new();
        let theme = Theme { color: false, width: 80 };
        write_text(&collated, &collated.collation.entries, &form, theme, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn negative_and_positive_entries() {
        assert_eq!(shown(Form::default()), "A 1.1.1  colour] color B C\nA 1.1.1  of] om. C\n");
        assert_eq!(
            shown(Form { positive: true, classes: true, ..Form::default() }),
            "A 1.1.1  colour] A; color B C  (spelling)\nA 1.1.1  of] A B; om. C  (omission)\n"
        );
    }

    #[test]
    fn markdown_parts_the_layers_and_escapes() {
        let case = Case::three();
        let collated = case.collated();
        let units: Vec<&Entry> = collated.collation.entries.iter().collect();
        let mut out = Vec::new();
        write_markdown(&collated, &units, &Form::default(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let (substantive, accidental) =
            (text.find("of] om. *C*").unwrap(), text.find("colour] color *B C*").unwrap());
        assert!(substantive < accidental, "{text}");
        assert_eq!(escaped("a*b [c]"), "a\\*b \\[c\\]");
    }

    #[test]
    fn superscripts() {
        assert_eq!(superscript(12), "¹²");
    }
}
