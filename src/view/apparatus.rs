//! Variants as an editor writes them: `locus lemma] reading siglum`.

use std::io::{self, Write};

use super::style::{Theme, visible};
use crate::model::{Variant, VariantClass};

/// A reading of more words than this is shown by its first and last words.
const LONG: usize = 16;

/// Writes one entry a line: locus, lemma, reading, siglum, class. The siglum stands after the
/// reading that is not the base's; the form is that of a negative apparatus.
///
/// # Errors
/// Those of `out`.
pub fn write<'v>(
    variants: impl IntoIterator<Item = &'v Variant>,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    for variant in variants {
        let locus = theme.paint(theme.quiet(), &variant.a.locus.to_string());
        let class = theme.paint(theme.quiet(), &format!("({})", note(variant)));
        writeln!(out, "{locus}  {}  {class}", entry(variant, theme))?;
    }
    Ok(())
}

/// The class, the witness of a slip, and the rule of the project that touched it.
fn note(variant: &Variant) -> String {
    let mut note = variant.class.word().to_owned();
    if let Some(siglum) = &variant.suspect {
        note.push_str(&format!(", in {siglum}"));
    }
    if let Some(rule) = &variant.project_rule {
        note.push_str(&format!("; {rule}"));
    }
    note
}

fn entry(variant: &Variant, theme: Theme) -> String {
    let siglum = theme.paint(theme.strong(), &variant.b.locus.siglum);
    let lemma = shortened(&variant.a.text);
    let reading = shortened(&variant.b.text);
    match variant.class {
        VariantClass::Layout if variant.a.text.is_empty() => format!("no new paragraph] ¶ {siglum}"),
        VariantClass::Layout => format!("¶] no new paragraph {siglum}"),
        VariantClass::Transposition => format!("{lemma}] transp. to {} {siglum}", variant.b.locus),
        _ if variant.a.text.is_empty() => format!("add. {reading} {siglum}"),
        _ if variant.b.text.is_empty() => format!("{lemma}] om. {siglum}"),
        _ => format!("{lemma}] {reading} {siglum}"),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Locus, Reading, Span};

    fn reading(siglum: &str, text: &str) -> Reading {
        let locus = Locus { siglum: siglum.into(), part: 1, block: 2, segment: 3 };
        Reading { locus, part: 0, span: Span::new(0, text.len()), text: text.into() }
    }

    fn shown(class: VariantClass, a: &str, b: &str) -> String {
        let variant = Variant::new(class, "", reading("A", a), reading("B", b));
        let mut out = Vec::new();
        write([&variant], Theme { color: false, width: 80 }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn entries_as_in_a_negative_apparatus() {
        assert_eq!(
            shown(VariantClass::Spelling, "colour", "color"),
            "A 1.2.3  colour] color B  (spelling)\n"
        );
        assert_eq!(shown(VariantClass::Omission, "of war", ""), "A 1.2.3  of war] om. B  (omission)\n");
        assert_eq!(shown(VariantClass::Addition, "", "of war"), "A 1.2.3  add. of war B  (addition)\n");
    }

    #[test]
    fn long_readings_are_cut_in_the_middle() {
        let long = (1..=20).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        assert!(shown(VariantClass::Omission, &long, "").contains("1 2 3 4 … 17 18 19 20] om. B"));
    }
}
