//! Checks `[compare]`: rules, classes, weights and packs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::{Layer, VariantClass, is_rule_name};
use crate::{ErrorKind, Result};

use super::manifest::{Compare, PackFile, Rule};
use super::parse::{RawCompare, RawRule, Text};
use super::validate::Check;

impl Check<'_> {
    pub(super) fn compare(&mut self, raw: &RawCompare, sigla: &[&str]) -> Result<Compare> {
        let mut ignore = Vec::new();
        for word in &raw.ignore {
            ignore.extend(self.classes_named(word)?);
        }
        ignore.sort();
        ignore.dedup();
        let rules = raw.rules.iter().map(|rule| self.rule(rule, sigla)).collect::<Result<_>>()?;
        let mut classes = BTreeMap::new();
        for (name, class) in &raw.classes {
            if !is_rule_name(name.get_ref()) {
                let message = format!("`{}` is no class and no rule", name.get_ref());
                let hint = "give a class (scan-error) or the id of a rule as the reports show it (scan-error.unattested)";
                return Err(self.error(ErrorKind::Unknown, name.span(), message).hint(hint));
            }
            classes.insert(name.get_ref().clone(), self.class(class)?);
        }
        let mut packs = Vec::new();
        for pack in &raw.packs {
            let file = PathBuf::from(pack.file.get_ref());
            packs.push(PackFile { lang: self.lang(&pack.lang), file });
        }
        let groups = self.groups(raw, sigla)?;
        Ok(Compare { rules, classes, ignore, weights: self.weights(raw)?, groups, packs })
    }

    /// Groups of witnesses under a sign that is no siglum.
    fn groups(&self, raw: &RawCompare, sigla: &[&str]) -> Result<BTreeMap<String, Vec<String>>> {
        let mut groups = BTreeMap::new();
        for (sign, members) in &raw.groups {
            let name = sign.get_ref();
            if sigla.contains(&name.as_str()) || name.trim().is_empty() {
                let message = format!("the group `{name}` needs a sign of its own");
                let error = self.error(ErrorKind::Conflict, sign.span(), message);
                return Err(error.hint("a sign that no witness has: \"α\" = [\"A\", \"B\"]"));
            }
            for member in members {
                self.reference("groups", Some(member), sigla)?;
            }
            groups.insert(name.clone(), members.iter().map(|member| member.get_ref().clone()).collect());
        }
        Ok(groups)
    }

    fn rule(&self, raw: &RawRule, sigla: &[&str]) -> Result<Rule> {
        self.reference("witness", raw.witness.as_ref(), sigla)?;
        if raw.from.get_ref().trim().is_empty() {
            let error = self.error(ErrorKind::Syntax, raw.from.span(), "this rule replaces nothing");
            return Err(error.hint("write the form in the text: { from = \"régime\", to = \"regime\" }"));
        }
        Ok(Rule {
            from: raw.from.get_ref().clone(),
            to: raw.to.clone(),
            witness: raw.witness.as_ref().map(|siglum| siglum.get_ref().clone()),
            class: raw.class.as_ref().map(|class| self.class(class)).transpose()?,
        })
    }

    /// The weights; a class that is named itself counts before its layer.
    fn weights(&self, raw: &RawCompare) -> Result<BTreeMap<VariantClass, f64>> {
        let mut weights = BTreeMap::new();
        let mut given: Vec<(Vec<VariantClass>, f64)> = Vec::new();
        for (name, weight) in &raw.weights {
            let value = *weight.get_ref();
            if !(value.is_finite() && value >= 0.0) {
                let error = self.error(ErrorKind::Syntax, weight.span(), "a weight is a number from 0 on");
                return Err(error.hint("1 counts a difference once, 0 not at all"));
            }
            given.push((self.classes_named(name)?, value));
        }
        given.sort_by_key(|(classes, _)| std::cmp::Reverse(classes.len()));
        for (classes, value) in given {
            weights.extend(classes.into_iter().map(|class| (class, value)));
        }
        Ok(weights)
    }

    fn class(&self, word: &Text) -> Result<VariantClass> {
        let known = VariantClass::ALL.map(VariantClass::word);
        let word = self.word("class of differences", Some(word), &known)?.unwrap_or_default();
        Ok(VariantClass::from_word(word).unwrap_or(VariantClass::Unclassified))
    }

    /// The class of a word, or all classes of a layer.
    fn classes_named(&self, word: &Text) -> Result<Vec<VariantClass>> {
        let layers = [Layer::Accidental, Layer::Substantive];
        let known: Vec<&str> =
            VariantClass::ALL.iter().map(|class| class.word()).chain(layers.map(Layer::word)).collect();
        let word = self.word("class of differences", Some(word), &known)?.unwrap_or_default();
        let named = |class: &VariantClass| class.word() == word || class.layer().word() == word;
        Ok(VariantClass::ALL.into_iter().filter(named).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Manifest;

    fn compare(toml: &str) -> Result<Compare> {
        let witness = "[[witness]]\nsiglum = \"A\"\nlang = \"en\"\nfiles = [\"a.txt\"]\n";
        Manifest::parse(&format!("{witness}{toml}"), "hexapla.toml").map(|outcome| outcome.value.compare)
    }

    #[test]
    fn rules_classes_weights_and_packs() {
        let found = compare(
            "[compare]\nrules = [{ from = \"Fuehrer\", to = \"Führer\", witness = \"A\", class = \"name\" }]\n\
             packs = [{ lang = \"la\", file = \"latin.toml\" }]\n\
             [compare.classes]\n\"spelling.alternation:our/or\" = \"graphic\"\nscan-error = \"spelling\"\n\
             [compare.groups]\n\"α\" = [\"A\"]\n[compare.weights]\npunctuation = 0\naccidental = 0.5\nname = 2\n",
        )
        .unwrap();
        assert_eq!(found.rules[0].class, Some(VariantClass::Name));
        assert_eq!(found.packs[0].file, PathBuf::from("latin.toml"));
        assert_eq!(found.classes["spelling.alternation:our/or"], VariantClass::Graphic);
        assert_eq!(found.groups["α"], ["A"]);
        let weight = |class| found.weights.get(&class).copied();
        assert_eq!(weight(VariantClass::Punctuation), Some(0.0));
        assert_eq!(weight(VariantClass::Spelling), Some(0.5));
        assert_eq!(weight(VariantClass::Name), Some(2.0));
        assert_eq!(weight(VariantClass::Number), None);
    }

    #[test]
    fn what_is_not_known_is_refused_where_it_stands() {
        for (toml, line) in [
            ("[compare]\nrules = [{ from = \"a\", to = \"b\", class = \"nam\" }]", 6),
            ("[compare.classes]\n\"speling.alternation\" = \"graphic\"", 6),
            ("[compare.classes]\nspelling = \"grafic\"", 6),
            ("[compare.weights]\nname = -1.0", 6),
            ("[compare.weights]\nnames = 1.0", 6),
            ("[compare.groups]\n\"α\" = [\"B\"]", 6),
            ("[compare.groups]\nA = [\"A\"]", 6),
        ] {
            let error = compare(toml).unwrap_err();
            assert_eq!(error.place().map(|place| place.line), Some(line), "{error}");
            assert!(error.to_string().contains("hexapla.toml"), "{error}");
        }
    }
}
