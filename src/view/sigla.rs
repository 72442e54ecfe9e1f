//! The sigla behind a reading, with one sign for witnesses that belong together.

use std::collections::BTreeMap;

use crate::model::Collated;

/// Groups of witnesses, each with its sign: `α` for A, B and C.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    /// Sign and members, as indices of witnesses, sorted; the largest group first.
    list: Vec<(String, Vec<usize>)>,
}

impl Groups {
    /// From the sigla of their members. Members that are not collated are left out, and so is a group of
    /// which less than two are.
    pub fn new(collated: &Collated, groups: &BTreeMap<String, Vec<String>>) -> Self {
        let witnesses = &collated.collation.witnesses;
        let members = |sigla: &Vec<String>| -> Vec<usize> {
            (0..witnesses.len()).filter(|&w| sigla.contains(&witnesses[w].siglum)).collect()
        };
        let mut list: Vec<(String, Vec<usize>)> =
            groups.iter().map(|(sign, sigla)| (sign.clone(), members(sigla))).collect();
        list.retain(|(_, members)| members.len() > 1);
        list.sort_by(|(x, of_x), (y, of_y)| of_y.len().cmp(&of_x.len()).then_with(|| x.cmp(y)));
        Self { list }
    }

    /// The sigla of some witnesses. A group stands for its members if all of those that are not in `absent`,
    /// two at least, are among them.
    pub fn shown(&self, collated: &Collated, witnesses: &[usize], absent: &[usize]) -> String {
        let mut rest = witnesses.to_vec();
        let mut signs: Vec<(usize, &str)> = Vec::new();
        for (sign, members) in &self.list {
            let here: Vec<usize> = members.iter().copied().filter(|w| !absent.contains(w)).collect();
            if here.len() > 1 && here.iter().all(|w| rest.contains(w)) {
                rest.retain(|w| !here.contains(w));
                signs.push((here[0], sign));
            }
        }
        // A group stands where its first member would.
        signs.extend(rest.into_iter().map(|w| (w, collated.siglum(w))));
        signs.sort_by_key(|&(at, _)| witnesses.iter().position(|&w| w == at));
        signs.into_iter().map(|(_, sign)| sign).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn a_group_stands_for_all_its_members_that_cover_the_place() {
        let case = Case::three();
        let collated = case.collated();
        let sigla = |list: &[&str]| list.iter().map(|&s| s.to_owned()).collect::<Vec<String>>();
        let groups = BTreeMap::from([
            ("α".to_owned(), sigla(&["A", "B"])),
            ("β".to_owned(), sigla(&["C", "Z"])),
            ("ω".to_owned(), sigla(&["A", "B", "C"])),
        ]);
        let groups = Groups::new(&collated, &groups);
        assert_eq!(groups.shown(&collated, &[0, 1, 2], &[]), "ω");
        assert_eq!(groups.shown(&collated, &[0, 1], &[]), "α");
        assert_eq!(groups.shown(&collated, &[0, 1], &[2]), "ω");
        assert_eq!(groups.shown(&collated, &[1, 2], &[]), "B C");
        assert_eq!(groups.shown(&collated, &[1], &[0]), "B");
    }
}
