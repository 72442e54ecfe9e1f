//! Front matter: what stands before the text. Title, author, date, where it appeared, and what an
//! editor says about it.
//!
//! The zone begins with the first block and ends where the text itself begins: with a speech or
//! with prose that is none of these.

use super::draft::Shape;
use super::facts::Facts;
use super::{shape, words};
use crate::model::{Block, BlockKind, FrontRole, Script};

/// No title page has more blocks than this.
const LONGEST_ZONE: usize = 48;
/// An editor's note has no more paragraphs than this.
const LONGEST_NOTE: usize = 6;

/// Marks the front matter of a part in `blocks`, whose speeches are known already.
pub(crate) fn mark(facts: &Facts<'_>, blocks: &mut [Block]) {
    let mut zone = Zone { facts, roles: Vec::new(), open: Vec::new(), end: 0 };
    zone.survey(blocks);
    zone.name_titles();
    for (at, role) in zone.roles {
        if let Some(block) = blocks.get_mut(at) {
            *block = Block { kind: BlockKind::FrontMatter, role, level: 0, ..block.clone() };
        }
    }
}

struct Zone<'f> {
    facts: &'f Facts<'f>,
    /// What is front matter, with its role.
    roles: Vec<(usize, Option<FrontRole>)>,
    /// Short lines of which the place among the others must tell what they are.
    open: Vec<usize>,
    /// The block with which the text begins.
    end: usize,
}

impl Zone<'_> {
    fn survey(&mut self, blocks: &[Block]) {
        let mut at = 0;
        // Short lines in pages with markup may be prose as well, until something told follows.
        let mut tentative: Option<(usize, usize)> = None;
        while at < blocks.len().min(LONGEST_ZONE) {
            let block = &blocks[at];
            if block.kind == BlockKind::Speech {
                break;
            }
            let text = self.facts.text(at);
            let lowered = words::lowered(text);
            let editors = words::begins_with(&lowered, words::EDITORS);
            let goes_on = self.roles.last() == Some(&(at.wrapping_sub(1), Some(FrontRole::EditorNote)));
            if block.kind == BlockKind::Furniture || (block.kind == BlockKind::Note && !editors && !goes_on) {
                at += 1;
            } else if editors {
                let end = self.note_end(at, blocks);
                self.roles.extend((at..end).map(|part| (part, Some(FrontRole::EditorNote))));
                at = end;
                tentative = None;
            } else if block.kind == BlockKind::Note {
                self.roles.push((at, Some(FrontRole::EditorNote)));
                at += 1;
            } else if let Some(role) = role_by_words(text, &lowered) {
                self.roles.push((at, Some(role)));
                at += 1;
                tentative = None;
                if role == FrontRole::Publication {
                    at = self.introduction(at, blocks);
                }
            } else if self.facts.drafts[at].info && block.kind == BlockKind::Paragraph {
                self.roles.push((at, Some(FrontRole::EditorNote)));
                at += 1;
                tentative = None;
            } else if self.facts.drafts[at].shape == Shape::Prose || block.kind == BlockKind::FrontMatter {
                at += 1;
                if block.kind != BlockKind::FrontMatter {
                    break;
                }
            } else if self.facts.is_title_like(at) || self.facts.is_brief(at) {
                if !self.facts.is_title_like(at) && !self.facts.is_name(at) {
                    tentative = tentative.or(Some((at, self.open.len())));
                }
                self.open.push(at);
                at += 1;
            } else {
                break;
            }
        }
        self.end = at;
        if let Some((start, open)) = tentative {
            self.open.truncate(open);
            self.end = start;
        }
    }

    /// Where the editor's note that begins at `start` ends. Its later paragraphs belong to it only
    /// if something shows where they end: the first speech or heading, a signature, a rule, a wider gap.
    fn note_end(&self, start: usize, blocks: &[Block]) -> usize {
        for (at, block) in blocks.iter().enumerate().skip(start + 1).take(LONGEST_NOTE) {
            let text = self.facts.text(at);
            let parted = block.kind != BlockKind::Paragraph
                || self.facts.is_heading_like(at)
                || self.facts.drafts[at].ruled
                || self.facts.drafts[at].gap > self.facts.usual_gap;
            if parted {
                return at;
            }
            if text.starts_with(['–', '—', '-']) && shape::is_within(text, 90) {
                return at + 1;
            }
        }
        start + 1
    }

    /// Paragraphs that stand between the lines on publication and a rule introduce the text, if
    /// more text follows below the rule than stands above it.
    fn introduction(&mut self, start: usize, blocks: &[Block]) -> usize {
        let is_prose = |at: usize| blocks[at].kind == BlockKind::Paragraph && !self.facts.is_heading_like(at);
        let end = (start..blocks.len().min(start + 4))
            .find(|&at| self.facts.drafts[at].ruled || !is_prose(at))
            .filter(|&at| at > start && self.facts.drafts[at].ruled);
        let Some(end) = end else { return start };
        let below = (end..blocks.len()).filter(|&at| is_prose(at)).take(LONGEST_ZONE).count();
        if below <= end - start {
            return start;
        }
        self.roles.extend((start..end).map(|at| (at, Some(FrontRole::EditorNote))));
        end
    }

    /// Decides for the short lines without words that tell.
    fn name_titles(&mut self) {
        let facts = self.facts;
        let has = |roles: &[(usize, Option<FrontRole>)], role| roles.iter().any(|(_, r)| *r == Some(role));
        let first_told = self.roles.iter().map(|(at, _)| *at).min();
        let open: Vec<usize> = {
            let divided = self.open.iter().position(|&at| facts.is_division(at));
            self.open[..divided.unwrap_or(self.open.len())].to_vec()
        };
        let top = open.iter().copied().find(|&at| facts.drafts[at].shape == Shape::Heading(1));
        if let [only] = open[..]
            && first_told.is_none()
            && !facts.drafts[only].titled
        {
            // A line alone above the text is its heading.
            return;
        }
        let mut title = None;
        for (order, &at) in open.iter().enumerate() {
            let followed_by_text = at + 1 == self.end;
            let after_told = first_told.is_some_and(|told| told < at);
            if !has(&self.roles, FrontRole::Author) && facts.is_name(at) {
                self.roles.push((at, Some(FrontRole::Author)));
            } else if title.is_some()
                && (followed_by_text || after_told || has(&self.roles, FrontRole::Author))
            {
                // A heading of the text, unless more titles come.
                let more = order + 1 < open.len() || !facts.is_heading_like(at);
                if more && facts.drafts[at].shape == Shape::Open {
                    self.roles.push((at, None));
                }
            } else {
                let main = top.is_none_or(|top| top == at);
                self.roles.push((at, main.then_some(FrontRole::Title)));
                if main {
                    title = Some(at);
                }
            }
        }
    }
}

/// The role of a block that its own words tell.
fn role_by_words(text: &str, lowered: &str) -> Option<FrontRole> {
    let publication = words::begins_with(lowered, words::PUBLICATIONS)
        || words::INSTALMENTS.iter().any(|word| lowered.contains(word)) && shape::is_within(text, 60);
    if publication && shape::is_within(text, 600) {
        return Some(FrontRole::Publication);
    }
    if is_date(text, lowered) {
        return Some(FrontRole::Date);
    }
    let byline = words::BYLINES.iter().find_map(|by| lowered.strip_prefix(by));
    if byline.is_some_and(|name| !name.is_empty()) && shape::is_within(text, 60) && is_byline(text) {
        return Some(FrontRole::Author);
    }
    let bracketed = text.starts_with(['[', '［', '【']) && text.ends_with([']', '］', '】']);
    (bracketed && shape::is_within(text, 400)).then_some(FrontRole::EditorNote)
}

/// `By Leon Trotsky`, `von Karl Marx und Friedrich Engels`: a preposition, then names.
fn is_byline(text: &str) -> bool {
    let mut words = text.split_whitespace().skip(1);
    words.clone().next().is_none_or(|word| word.chars().any(char::is_uppercase))
        && words
            .all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()) || word.chars().count() <= 3)
}

/// `(January/March 1940)`, `Mai 1848`, `1940 年 1 月`: a year, and beside it little but months,
/// days and brackets.
fn is_date(text: &str, lowered: &str) -> bool {
    if !shape::is_within(text, 60) {
        return false;
    }
    let years = lowered
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 4 && ("1000".."2100").contains(run))
        .count();
    let bracketed =
        text.starts_with(['(', '[', '（', '［']) && text.trim_end().ends_with([')', ']', '）', '］', '.']);
    let mut words = lowered
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > 2 || word.chars().any(|c| Script::of(c) == Script::Unspaced));
    let month = |word: &str| words::MONTHS.iter().any(|month| word.starts_with(month));
    let (months, others) =
        words.by_ref().fold((0, 0), |(m, o), word| if month(word) { (m + 1, o) } else { (m, o + 1) });
    years > 0 && (others == 0 || (bracketed && others <= 4) || (months > 0 && others <= 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for text in [
            "(January/March 1940)",
            "Januar/März 1940",
            "1848",
            "（1940年1月/3月）",
            "(janvier-mars 1940)",
            "январь 1940 г.",
        ] {
            assert!(is_date(text, &words::lowered(text)), "{text}");
        }
        for text in
            ["The War of 1812 and its Generals", "Section 12", "In 1848 the party was founded by workers"]
        {
            assert!(!is_date(text, &words::lowered(text)), "{text}");
        }
    }

    #[test]
    fn roles_by_words() {
        let role = |text: &str| role_by_words(text, &words::lowered(text));
        assert_eq!(role("By Leon Trotsky"), Some(FrontRole::Author));
        assert_eq!(role("By the middle of the year"), None);
        assert_eq!(role("First of three instalments"), Some(FrontRole::Publication));
        assert_eq!(role("[Constructed witness for tests; not a print.]"), Some(FrontRole::EditorNote));
        assert_eq!(role("Впервые опубликовано: Fourth International"), Some(FrontRole::Publication));
        assert_eq!(role("首次发表：《第四国际》1942年8月"), Some(FrontRole::Publication));
    }
}
