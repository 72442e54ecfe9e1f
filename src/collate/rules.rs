//! What a project decides for itself: forms that count as the same, classes that are called otherwise, and
//! regularities of languages beside those that the program knows.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::classify::Verdict;
use super::pack::Pack;
use super::token::{key_of, modern_letters, normal_form};
use crate::model::{Lang, VariantClass};

/// A form that counts as another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regularisation {
    /// The form in the text; capitals and the shape of marks do not matter.
    pub from: String,
    /// What it counts as.
    pub to: String,
    /// The siglum of the only witness to which it applies; all when absent.
    pub witness: Option<String>,
    /// What a difference between the two is called; a spelling when absent.
    pub class: Option<VariantClass>,
}

/// The rules of a project.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    regularisations: Vec<Regularisation>,
    /// By the normal form of `from`, which ones, in the order in which they were given.
    of_form: FxHashMap<String, Vec<usize>>,
    classes: Vec<(String, VariantClass)>,
    packs: BTreeMap<String, Pack>,
}

impl Rules {
    /// Rules with regularisations, of which for each form and witness the first counts.
    pub fn new(regularisations: Vec<Regularisation>) -> Self {
        let mut of_form: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (index, rule) in regularisations.iter().enumerate() {
            of_form.entry(normal_form(&rule.from)).or_default().push(index);
        }
        Self { regularisations, of_form, ..Self::default() }
    }

    /// With other classes for what a class or a rule finds. The name is that of a class (`scan-error`), of
    /// a rule (`scan-error.unattested`, `spelling.alternation:our/or`) or of a family of rules
    /// (`spelling.alternation`); the longest that fits counts.
    #[must_use]
    pub fn with_classes(mut self, classes: Vec<(String, VariantClass)>) -> Self {
        self.classes = classes;
        self.classes.sort_by(|(x, _), (y, _)| y.len().cmp(&x.len()).then_with(|| x.cmp(y)));
        self
    }

    /// With more regularities for a language, beside those that the program knows.
    #[must_use]
    pub fn with_pack(mut self, lang: &Lang, pack: Pack) -> Self {
        let known = self.packs.remove(&lang.primary()).unwrap_or_else(|| Pack::of(lang).clone());
        self.packs.insert(lang.primary(), known.and(pack));
        self
    }

    /// The regularities of a language.
    pub fn pack(&self, lang: &Lang) -> &Pack {
        self.packs.get(&lang.primary()).unwrap_or_else(|| Pack::of(lang))
    }

    /// The rule for a normal form in a witness.
    pub fn regularisation(&self, normal: &str, siglum: &str) -> Option<&Regularisation> {
        let rules = self.of_form.get(normal)?.iter().map(|&i| &self.regularisations[i]);
        rules.into_iter().find(|rule| rule.witness.as_deref().is_none_or(|witness| witness == siglum))
    }

    /// What a normal form in a witness is aligned by: the key of what it counts as, with `u` and `v`, `i` and
    /// `j` as one letter each.
    pub(super) fn key(&self, normal: &str, siglum: &str) -> String {
        modern_letters(&match self.regularisation(normal, siglum) {
            Some(rule) => key_of(&normal_form(&rule.to)),
            None => key_of(normal),
        })
    }

    /// A difference that regularisations explain: after them both sides are the same.
    pub(super) fn explained(&self, na: &str, nb: &str, sigla: [&str; 2]) -> Option<Verdict> {
        let of_a = self.regularisation(na, sigla[0]);
        let of_b = self.regularisation(nb, sigla[1]);
        let counts_as = |form: &str, rule: Option<&Regularisation>| match rule {
            Some(rule) => key_of(&normal_form(&rule.to)),
            None => key_of(form),
        };
        let rule = of_a.or(of_b).filter(|_| counts_as(na, of_a) == counts_as(nb, of_b))?;
        let class = rule.class.unwrap_or(VariantClass::Spelling);
        let witness = rule.witness.as_ref().map(|w| format!(" ({w})")).unwrap_or_default();
        let project_rule = Some(format!("{} → {}{witness}", rule.from, rule.to));
        Some(Verdict { project_rule, ..Verdict::new(class, "project") })
    }

    /// The verdict with the class that the project wants for it.
    pub(super) fn reclassed(&self, verdict: Verdict) -> Verdict {
        let fits = |name: &str| {
            let rest = verdict.rule.strip_prefix(name);
            name == verdict.class.word() || rest.is_some_and(|r| r.is_empty() || r.starts_with(['.', ':']))
        };
        match self.classes.iter().find(|(name, class)| fits(name) && *class != verdict.class) {
            Some((name, class)) => {
                let project_rule = Some(format!("{name} = {}", class.word()));
                Verdict { class: *class, project_rule, ..verdict }
            }
            None => verdict,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(from: &str, to: &str, witness: Option<&str>, class: Option<VariantClass>) -> Regularisation {
        let owned = |s: &str| s.to_owned();
        Regularisation { from: owned(from), to: owned(to), witness: witness.map(owned), class }
    }

    #[test]
    fn a_rule_for_one_witness_leaves_the_others_alone() {
        let rules = Rules::new(vec![rule("Krivitsky", "Krivitzky", Some("B"), Some(VariantClass::Name))]);
        let (a, b) = ("krivitzky", "krivitsky");
        let found = rules.explained(a, b, ["A", "B"]).unwrap();
        assert_eq!((found.class, found.rule.as_str()), (VariantClass::Name, "project"));
        assert_eq!(found.project_rule.as_deref(), Some("Krivitsky → Krivitzky (B)"));
        assert_eq!(rules.explained(a, b, ["A", "C"]), None);
        assert_eq!(rules.explained(b, a, ["A", "B"]), None);
        let keys = (modern_letters(a), modern_letters(b));
        assert_eq!((rules.key(b, "B"), rules.key(b, "A")), keys);
    }

    #[test]
    fn the_longest_name_that_fits_gives_the_class() {
        let classes = [
            ("scan-error", VariantClass::Unclassified),
            ("scan-error.unattested", VariantClass::Spelling),
            ("spelling.alternation", VariantClass::Graphic),
        ];
        let rules = Rules::default().with_classes(classes.map(|(n, c)| (n.to_owned(), c)).to_vec());
        let class = |class, rule: &str| {
            let verdict = rules.reclassed(Verdict::new(class, rule));
            (verdict.class, verdict.project_rule)
        };
        let of = |class, text: &str| (class, Some(text.to_owned()));
        assert_eq!(
            class(VariantClass::ScanError, "scan-error.unattested"),
            of(VariantClass::Spelling, "scan-error.unattested = spelling")
        );
        assert_eq!(
            class(VariantClass::ScanError, "scan-error.misread"),
            of(VariantClass::Unclassified, "scan-error = unclassified")
        );
        assert_eq!(
            class(VariantClass::Spelling, "spelling.alternation:our/or"),
            of(VariantClass::Graphic, "spelling.alternation = graphic")
        );
        assert_eq!(class(VariantClass::Name, "name"), (VariantClass::Name, None));
    }

    #[test]
    fn a_pack_of_the_project_adds_to_the_known_one() {
        let lang = Lang::new("en-GB");
        let pack = Pack { alternations: vec![("kw".into(), "qu".into())], ..Pack::default() };
        let rules = Rules::default().with_pack(&lang, pack);
        let spelling = |a, b| rules.pack(&Lang::new("en")).alternation(a, b);
        assert_eq!(spelling("kwick", "quick").as_deref(), Some("kw/qu"));
        assert!(spelling("colour", "color").is_some());
    }
}
