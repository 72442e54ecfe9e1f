//! CSS selectors: which elements of a page the user means.
//!
//! The selectors are matched by `scraper` on a tree made of our own events, so that both count
//! the elements alike.

use std::collections::HashMap;

use html5ever::{Attribute, LocalName, QualName, ns};
use scraper::node::Element;
use scraper::{Html, Node, Selector};

use super::tree::{self, Event};
use crate::{Error, ErrorKind, Result};

/// The elements that a selector matches, by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Selection(Option<Vec<bool>>);

impl Selection {
    /// Whether there is a selector at all.
    pub(crate) fn is_given(&self) -> bool {
        self.0.is_some()
    }

    /// Whether it matches an element.
    pub(crate) fn holds(&self, id: usize) -> bool {
        self.0.as_ref().is_some_and(|matched| matched.get(id).copied().unwrap_or(false))
    }
}

/// Matches several selectors on one page; `keys` are what they are called in the manifest.
///
/// # Errors
/// [`ErrorKind::Usage`] for a malformed selector.
pub(crate) fn select<const N: usize>(
    source: &str,
    selectors: [(&str, Option<&str>); N],
) -> Result<[Selection; N]> {
    let mut parsed: [Option<Selector>; N] = [const { None }; N];
    for (slot, (key, selector)) in parsed.iter_mut().zip(selectors) {
        let Some(selector) = selector else { continue };
        *slot = Some(Selector::parse(selector).map_err(|_| {
            Error::new(ErrorKind::Usage, format!("`{selector}` ({key}) is not a CSS selector"))
                .hint("examples: #content, div.text, p.footer, sup > a")
        })?);
    }
    let mut out = [const { Selection(None) }; N];
    if parsed.iter().all(Option::is_none) {
        return Ok(out);
    }
    let mut page = Html::new_document();
    let root = page.tree.root().id();
    let mut nodes = Vec::new();
    tree::walk(source, &mut |event| {
        let parent = match &event {
            Event::Open { parent, .. } => parent.and_then(|id| nodes.get(id)).copied(),
            _ => None,
        };
        if let Event::Open { tag, .. } = event {
            let name = |local: &str| QualName::new(None, ns!(html), LocalName::from(local));
            let attribute = |(key, value): &(String, String)| Attribute {
                name: QualName::new(None, ns!(), LocalName::from(key.as_str())),
                value: value.as_str().into(),
            };
            let attributes = tag.attributes.iter().map(attribute).collect();
            let element = Node::Element(Element::new(name(&tag.name), attributes));
            if let Some(mut parent) = page.tree.get_mut(parent.unwrap_or(root)) {
                nodes.push(parent.append(element).id());
            }
        }
    });
    let numbers: HashMap<_, usize> = nodes.iter().copied().zip(0..).collect();
    for (selection, selector) in out.iter_mut().zip(&parsed) {
        let Some(selector) = selector else { continue };
        let mut matched = vec![false; nodes.len()];
        for element in page.select(selector) {
            if let Some(slot) = numbers.get(&element.id()).and_then(|&id| matched.get_mut(id)) {
                *slot = true;
            }
        }
        selection.0 = Some(matched);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_counted_as_they_open() {
        let page = "<div id=a><p class='x y'>1<p>2</div><p class=x>3<sup><a href='#n'>4</a></sup>";
        let [content, drop] =
            select(page, [("content", Some("#a > p:nth-child(2), sup a")), ("drop", Some(".x"))]).unwrap();
        let held = |selection: &Selection| (0..6).filter(|&id| selection.holds(id)).collect::<Vec<_>>();
        assert_eq!((held(&content), held(&drop)), (vec![2, 5], vec![1, 3]));
    }

    #[test]
    fn a_malformed_selector_is_named() {
        let error = select("<p>", [("drop", Some("p..x"))]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage);
        assert!(error.message().contains("drop"));
    }
}
