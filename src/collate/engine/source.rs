//! Witnesses as the engine sees them: their words as they are read, in numbers.

use super::lexicon::{Lexicon, LocalForms};
use crate::collate::Rules;
use crate::collate::token::{Token, TokenKind, key_of, scan};
use crate::model::{CollatedToken, MappedText, Segmented, Span};
use crate::par::prelude::*;

/// A witness in tokens.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    pub(super) siglum: String,
    /// The words as they are read.
    pub(super) text: String,
    /// The tokens; their columns are not yet known.
    pub(super) tokens: Vec<CollatedToken>,
    /// The form of each token.
    pub(super) forms: Vec<u32>,
    /// The key of each token.
    pub(super) keys: Vec<u32>,
    /// Whether no word stands before each token in its segment.
    pub(super) opens: Vec<bool>,
    /// Whether no word has yet stood in the segment of the last token.
    pub(super) opened: bool,
}

/// Reads the tokens of all witnesses, in parallel; sorted by siglum, so that the order in which they
/// were given is forgotten here.
pub(super) fn sources(witnesses: &[&Segmented], rules: &Rules) -> (Vec<Source>, Lexicon) {
    let mut read: Vec<(Source, LocalForms)> = witnesses.par_iter().map(|text| source(text, rules)).collect();
    read.sort_by(|(x, _), (y, _)| (&x.siglum, &x.text).cmp(&(&y.siglum, &y.text)));
    let mut lexicon = Lexicon::default();
    let mut sources: Vec<Source> = Vec::with_capacity(read.len());
    for (mut source, local) in read {
        let common = lexicon.take_in(local);
        for form in &mut source.forms {
            *form = common[*form as usize];
        }
        source.keys = source.forms.iter().map(|&form| lexicon.forms[form as usize].key).collect();
        sources.push(source);
    }
    lexicon.finish();
    (sources, lexicon)
}

fn source(text: &Segmented, rules: &Rules) -> (Source, LocalForms) {
    let mut out = Source { siglum: text.siglum().to_owned(), ..Source::default() };
    let mut forms = LocalForms::default();
    let glue = if text.document.witness.lang.is_unspaced() { "" } else { " " };
    for segment in 0..text.len() {
        if text.opens_block(segment)
            && let Some(label) = text.block(segment).label
        {
            add(&mut out, &mut forms, &text.part(segment).mapped_reading(label), text, segment, glue, rules);
        }
        add(&mut out, &mut forms, &text.mapped_text(segment), text, segment, glue, rules);
    }
    (out, forms)
}

fn add(
    out: &mut Source,
    forms: &mut LocalForms,
    read: &MappedText,
    text: &Segmented,
    segment: usize,
    glue: &str,
    rules: &Rules,
) {
    if !out.text.is_empty() {
        out.text.push_str(glue);
    }
    let start = out.text.len();
    out.text.push_str(&read.text);
    let part = text.segments[segment].part as u32;
    // A label goes before the words of its segment.
    let mut opens = out.tokens.last().is_none_or(|token| token.segment != segment as u32) || out.opened;
    for raw in scan(&read.text) {
        out.opens.push(opens);
        opens &= raw.kind == TokenKind::Mark;
        out.opened = opens;
        out.forms.push(forms.id(&read.text[raw.range.clone()], raw.kind, rules, text.siglum()));
        out.tokens.push(CollatedToken {
            read: (start + raw.range.start) as u32..(start + raw.range.end) as u32,
            part,
            segment: segment as u32,
            span: read.to_part(Span::from(raw.range)),
            column: 0,
        });
    }
}

/// Where a token stands in its sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct InSentence {
    /// Whether no word stands before it.
    pub(super) opens: bool,
    /// Whether no word stands behind it.
    pub(super) closes: bool,
    /// The words of the sentence, as far as they matter: no more than [`InSentence::MOST`] are counted.
    pub(super) words: u32,
}

impl InSentence {
    pub(super) const MOST: u32 = 8;
}

impl Source {
    /// Where a token stands in its sentence.
    pub(super) fn sentence(&self, token: usize, lexicon: &Lexicon) -> InSentence {
        let segment = self.tokens[token].segment;
        let is_word = |t: &usize| lexicon.keys[self.keys[*t] as usize].is_word;
        let same = |t: &usize| self.tokens[*t].segment == segment;
        let behind = || (token + 1..self.tokens.len()).take_while(same).filter(is_word);
        let words = 1 + behind().take(InSentence::MOST as usize).count() as u32;
        InSentence { opens: self.opens[token], closes: words == 1, words }
    }

    /// Some tokens in the form in which differences are classified.
    pub(super) fn tokens_of(&self, range: std::ops::Range<u32>, lexicon: &Lexicon) -> Vec<Token> {
        range
            .map(|t| t as usize)
            .map(|t| {
                let (token, form) = (&self.tokens[t], &lexicon.forms[self.forms[t] as usize]);
                Token {
                    kind: form.kind,
                    surface: form.surface.clone(),
                    normal: form.normal.clone(),
                    key: key_of(&form.normal),
                    segment: token.segment as usize,
                    span: token.span,
                    opens: self.opens[t],
                    spaced: t == 0 || self.tokens[t - 1].read.end < token.read.start,
                }
            })
            .collect()
    }
}
