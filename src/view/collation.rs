//! The apparatus of a collation, as an editor writes it: `locus lemma] reading sigla; reading sigla`.

use std::io::{self, Write};

use super::omissions::{LongOmission, long_omissions, omits};
use super::sigla::Groups;
use super::style::{Theme, visible};
use crate::model::{Attestation, Collated, Layer, EntryReading, VariantClass, Entry};

/// A reading of more words than this is shown by its first and last words.
const LONG: usize = 16;

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
    let units: Vec<&Entry> = units.into_iter().collect();
    let long = long_omissions(collated, &units);
    let dress = |sigla: &str| theme.paint(theme.strong(), sigla);
    for (index, unit) in units.iter().enumerate() {
        for omission in long.iter().filter(|o| o.units.start == index) {
            let entry = omission_entry(collated, omission, form, &dress, &str::to_owned);
            write_line(&collated.locus(&omission.lemma).to_string(), &entry, "omission", form, theme, out)?;
        }
        let told = told(&long, index, unit);
        if let Some(entry) = entry(collated, unit, &told, form, &dress, &str::to_owned) {
            write_line(&locus(collated, unit), &entry, &classes(unit, &told), form, theme, out)?;
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

/// The witnesses whose omission at a unit has been told as part of a longer one.
fn told(long: &[LongOmission], index: usize, unit: &Entry) -> Vec<usize> {
    let covering = long.iter().filter(|o| o.units.contains(&index));
    covering.flat_map(|o| o.witnesses.iter().copied()).filter(|&w| omits(unit, w)).collect()
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
    let long = long_omissions(collated, units);
    for (layer, title) in
        [(Layer::Substantive, "Substantive variants"), (Layer::Accidental, "Accidental variants")]
    {
        writeln!(out, "\n## {title}\n")?;
        let dress = |sigla: &str| format!("*{sigla}*");
        let class = |classes: &str| if form.classes { format!(" ({classes})") } else { String::new() };
        for (index, unit) in units.iter().enumerate() {
            let starting = long.iter().filter(|o| o.units.start == index && layer == Layer::Substantive);
            for omission in starting {
                let entry = omission_entry(collated, omission, form, &dress, &escaped);
                writeln!(out, "* {} {entry}{}", collated.locus(&omission.lemma), class("omission"))?;
            }
            let told = told(&long, index, unit);
            if layer_without(unit, &told) == layer
                && let Some(entry) = entry(collated, unit, &told, form, &dress, &escaped)
            {
                writeln!(out, "* {} {entry}{}", locus(collated, unit), class(&classes(unit, &told)))?;
            }
        }
    }
    Ok(())
}

/// The layer of a unit: substantive if one of its readings is.
pub fn layer_of(unit: &Entry) -> Layer {
    layer_without(unit, &[])
}

/// The same, without the omissions of some witnesses.
fn layer_without(unit: &Entry, told: &[usize]) -> Layer {
    let substantive = |reading: &EntryReading| {
        remains(reading, told)
            && reading.judgement.as_ref().is_some_and(|j| j.class.layer() == Layer::Substantive)
    };
    if unit.readings.iter().any(substantive) { Layer::Substantive } else { Layer::Accidental }
}

/// Whether a reading is still to be told when the omissions of some witnesses have been.
fn remains(reading: &EntryReading, told: &[usize]) -> bool {
    !reading.text.is_empty() || reading.witnesses.iter().any(|place| !told.contains(&place.witness))
}

/// The classes of a unit's readings, without repetition.
pub fn classes_of(unit: &Entry) -> Vec<VariantClass> {
    classes_without(unit, &[])
}

fn classes_without(unit: &Entry, told: &[usize]) -> Vec<VariantClass> {
    let readings = unit.readings.iter().filter(|reading| remains(reading, told));
    let mut classes: Vec<VariantClass> =
        readings.filter_map(|reading| Some(reading.judgement.as_ref()?.class)).collect();
    classes.sort_unstable();
    classes.dedup();
    classes
}

/// The classes, and the rules of the project that touched a reading.
fn classes(unit: &Entry, told: &[usize]) -> String {
    let classes = classes_without(unit, told).iter().map(|class| class.word()).collect::<Vec<_>>().join(", ");
    let mut rules: Vec<&str> =
        unit.readings.iter().filter_map(|r| r.judgement.as_ref()?.project_rule.as_deref()).collect();
    rules.sort_unstable();
    rules.dedup();
    rules.iter().fold(classes, |said, rule| format!("{said}; {rule}"))
}

/// Where a unit stands in the first witness of its lemma.
fn locus(collated: &Collated, unit: &Entry) -> String {
    let place = unit.readings.first().and_then(|lemma| lemma.witnesses.first());
    place.map(|place| collated.locus(place).to_string()).unwrap_or_default()
}

/// A passage that some witnesses lack; the differences within it follow.
fn omission_entry(
    collated: &Collated,
    omission: &LongOmission,
    form: &Form,
    dress: &dyn Fn(&str) -> String,
    escape: &dyn Fn(&str) -> String,
) -> String {
    let head = escape(&ends_of(collated.words(&omission.lemma)));
    let sigla = |witnesses: &mut dyn Iterator<Item = usize>| {
        dress(&form.groups.shown(collated, &witnesses.collect::<Vec<_>>(), &[]))
    };
    let has = |w: &usize| !omission.witnesses.contains(w) && *w != omission.lemma.witness;
    let kept = if form.positive {
        let all = 0..collated.collation.witnesses.len();
        format!(" {};", sigla(&mut std::iter::once(omission.lemma.witness).chain(all.filter(has))))
    } else {
        String::new()
    };
    format!("{head}]{kept} om. {}", sigla(&mut omission.witnesses.iter().copied()))
}

/// The entry of a unit without the omissions that have been told; `None` if nothing remains.
fn entry(
    collated: &Collated,
    unit: &Entry,
    told: &[usize],
    form: &Form,
    dress: &dyn Fn(&str) -> String,
    escape: &dyn Fn(&str) -> String,
) -> Option<String> {
    let (lemma, others) = unit.readings.split_first()?;
    let sigla = |reading: &EntryReading| {
        let is_told = |p: &&Attestation| !(reading.text.is_empty() && told.contains(&p.witness));
        let witnesses: Vec<usize> = reading.witnesses.iter().filter(is_told).map(|p| p.witness).collect();
        dress(&form.groups.shown(collated, &witnesses, &unit.absent))
    };
    let head = if lemma.text.is_empty() {
        // An addition is cited with the word behind which it stands.
        word_before(collated, unit).map_or_else(|| "(at the beginning)".to_owned(), |word| escape(&word))
    } else {
        format!("{}{}", escape(&shortened(&lemma.text)), occurrence(collated, unit))
    };
    let witnesses = if form.positive { format!(" {};", sigla(lemma)) } else { String::new() };
    let others = others.iter().filter(|reading| remains(reading, told)).map(|reading| {
        let shown = match (lemma.text.is_empty(), reading.text.is_empty()) {
            (_, true) => "om.".to_owned(),
            (true, false) => format!("add. {}", escape(&shortened(&reading.text))),
            (false, false) => escape(&shortened(&reading.text)),
        };
        let moved = if unit.in_move.is_some() { " transp." } else { "" };
        format!("{shown}{moved} {}", sigla(reading))
    });
    let others = others.collect::<Vec<_>>().join("; ");
    if others.is_empty() {
        return None;
    }
    let absent = form.groups.shown(collated, &unit.absent, &[]);
    let absent = if absent.is_empty() { String::new() } else { format!("; deest {}", dress(&absent)) };
    Some(format!("{head}]{witnesses} {others}{absent}"))
}

/// The last word before a unit in the first witness of its lemma.
fn word_before(collated: &Collated, unit: &Entry) -> Option<String> {
    let place = unit.readings.first()?.witnesses.first()?;
    let witness = &collated.collation.witnesses[place.witness];
    let before = witness.tokens.get(..place.tokens.start as usize)?;
    let word = |t: &crate::model::CollatedToken| &witness.text[t.read.start as usize..t.read.end as usize];
    before.iter().rev().map(word).find(|word| word.chars().any(char::is_alphanumeric)).map(shortened)
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
    use crate::formats::collation::testing::Case;

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
