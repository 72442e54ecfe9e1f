//! The report between two publications, from their differences.

use std::collections::BTreeMap;

use crate::collate::token::{count_words, count_words_of, normal_form};
use crate::model::{
    Alternation, ClassCount, Collated, Entry, Passage, Publications, ScanError, Sizes, Variant, VariantClass,
};

/// Counts what changed from one witness of a collation (by index) to another, in the entries that are
/// wanted.
pub fn publications(collated: &Collated, entries: &[&Entry], a: usize, b: usize) -> Publications {
    let words = [a, b].map(|witness| count_words(&collated.texts[witness]));
    let longer = words[0].max(words[1]).max(1);
    let variants: &[Variant] =
        &entries.iter().filter_map(|entry| collated.variant(entry, a, b)).collect::<Vec<_>>();
    let of = |class| variants.iter().filter(move |v: &&Variant| v.class == class);
    let classes = VariantClass::ALL.into_iter().filter_map(|class| {
        let count = of(class).count();
        let per_thousand = (count as f64 * 1e4 / longer as f64).round() / 10.0;
        (count > 0).then_some(ClassCount { class, count, per_thousand })
    });
    let moves = of(VariantClass::Transposition).map(|v| Passage {
        a: v.a.clone(),
        b: v.b.clone(),
        words: count_words_of(&v.a.text),
    });
    let scan_errors = of(VariantClass::ScanError).map(|v| ScanError {
        a: v.a.clone(),
        b: v.b.clone(),
        wrong_in: v.suspect.clone(),
    });
    Publications {
        words,
        variants: variants.len(),
        classes: classes.collect(),
        moves: moves.collect(),
        additions: sizes(of(VariantClass::Addition).map(|v| v.b.text.as_str())),
        cuts: sizes(of(VariantClass::Omission).map(|v| v.a.text.as_str())),
        alternations: alternations(variants),
        scan_errors: scan_errors.collect(),
    }
}

fn sizes<'t>(texts: impl Iterator<Item = &'t str>) -> Sizes {
    let mut sizes = Sizes::default();
    for words in texts.map(count_words_of) {
        match words {
            0..3 => sizes.few += 1,
            3..10 => sizes.phrases += 1,
            _ => sizes.passages += 1,
        }
        sizes.words += words;
    }
    sizes
}

/// Single words that stand for each other at two places or more: candidates for a rule.
fn alternations(variants: &[Variant]) -> Vec<Alternation> {
    let mut counts: BTreeMap<(String, String), BTreeMap<VariantClass, usize>> = BTreeMap::new();
    for variant in
        variants.iter().filter(|v| count_words_of(&v.a.text) == 1 && count_words_of(&v.b.text) == 1)
    {
        let forms = (normal_form(&variant.a.text), normal_form(&variant.b.text));
        if forms.0 != forms.1 {
            *counts.entry(forms).or_default().entry(variant.class).or_default() += 1;
        }
    }
    let mut found: Vec<Alternation> = counts
        .into_iter()
        .filter_map(|((a, b), classes)| {
            let count = classes.values().sum();
            let (&class, _) = classes.iter().max_by_key(|(_, n)| **n)?;
            (count > 1).then_some(Alternation { a, b, count, class })
        })
        .collect();
    found.sort_by(|x, y| y.count.cmp(&x.count).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b))));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::{Options, collate};
    use crate::model::testing::text;

    #[test]
    fn what_changed_in_figures() {
        let a = text(
            "A",
            &["The colour of the house.", "Its colour was grey and dull.", "Nobody lived there then."],
        );
        let b =
            text("B", &["The color of the old house.", "Its color was grey.", "Nobody lived there then."]);
        let collated = collate(&[a, b], &Options::default()).unwrap().value;
        let entries: Vec<&Entry> = collated.entries().iter().collect();
        let report = publications(&collated, &entries, 0, 1);
        assert_eq!(report.words, [15, 14]);
        assert_eq!(report.variants, 4);
        assert_eq!((report.additions.few, report.additions.words), (1, 1));
        assert_eq!((report.cuts.few, report.cuts.words), (1, 2));
        let spelling = report.classes.iter().find(|c| c.class == VariantClass::Spelling).unwrap();
        assert_eq!((spelling.count, spelling.per_thousand), (2, 133.3));
        let expected =
            Alternation { a: "colour".into(), b: "color".into(), count: 2, class: VariantClass::Spelling };
        assert_eq!(report.alternations, [expected]);
    }
}
