//! How words are rendered, as JSON in an element of its own: it is read when a reader first asks for a
//! word, so that it costs nothing when a page is opened.
//!
//! There are many words, so what is written is short: see `docs/report.md`.

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use crate::view::renderings::{Renderings, Term, TermLink};

#[derive(Serialize)]
struct Data<'r> {
    of: usize,
    by: usize,
    terms: [Vec<TermData<'r>>; 2],
    /// For each term of the text, what renders it.
    links: Vec<Vec<LinkData<'r>>>,
}

/// `"war"`, `["war|wars", 24]`, or for an expression `["world war", 3, 7, 9]`.
struct TermData<'r>(&'r Term);

impl Serialize for TermData<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let Term { forms, count, words } = self.0;
        let forms = forms.join("|");
        if *count == 1 && words.is_empty() {
            return out.serialize_str(&forms);
        }
        let mut list = out.serialize_seq(None)?;
        list.serialize_element(&forms)?;
        list.serialize_element(count)?;
        words.iter().try_for_each(|word| list.serialize_element(word))?;
        list.end()
    }
}

/// `[12, 4, 4, 19]`: a term of the translation and the rows; and behind these, where some are on other
/// pages, how many, as a negative number.
struct LinkData<'r>(&'r TermLink);

impl Serialize for LinkData<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let TermLink { by, count, rows, .. } = self.0;
        let mut list = out.serialize_seq(None)?;
        list.serialize_element(by)?;
        rows.iter().try_for_each(|row| list.serialize_element(row))?;
        let elsewhere = count.saturating_sub(rows.len());
        if elsewhere > 0 {
            list.serialize_element(&-i64::try_from(elsewhere).unwrap_or(i64::MAX))?;
        }
        list.end()
    }
}

/// All renderings of a page as JSON in one line.
pub(super) fn json(renderings: &[Renderings]) -> serde_json::Result<String> {
    let data = renderings.iter().map(|r| {
        let mut links: Vec<Vec<LinkData<'_>>> = r.terms[0].iter().map(|_| Vec::new()).collect();
        for link in &r.links {
            if let Some(of_term) = links.get_mut(link.of) {
                of_term.push(LinkData(link));
            }
        }
        let terms = r.terms.each_ref().map(|terms| terms.iter().map(TermData).collect());
        Data { of: r.of, by: r.by, terms, links }
    });
    serde_json::to_string(&data.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_short() {
        let term = |forms: &[&str], count, words: &[usize]| Term {
            forms: forms.iter().map(|&form| form.to_owned()).collect(),
            count,
            words: words.to_vec(),
        };
        let renderings = Renderings {
            of: 0,
            by: 3,
            terms: [
                vec![term(&["war", "wars"], 3, &[]), term(&["red"], 1, &[]), term(&["Red War"], 1, &[1, 0])],
                vec![term(&["guerre"], 3, &[])],
            ],
            links: vec![
                TermLink { of: 0, by: 0, count: 2, rows: vec![4, 4] },
                TermLink { of: 2, by: 0, count: 1, rows: vec![] },
            ],
        };
        assert_eq!(
            json(&[renderings]).unwrap(),
            r#"[{"of":0,"by":3,"terms":[[["war|wars",3],"red",["Red War",1,1,0]],[["guerre",3]]],"links":[[[0,4,4]],[],[[0,-1]]]}]"#
        );
    }
}
