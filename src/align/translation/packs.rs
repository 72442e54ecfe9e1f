//! What the built-in lexica know of the words of two texts.

use super::params::Params;
use super::text::Text;
use crate::align::dictionary::{Dictionary, Entry};
use crate::align::packs::{Met, Type, met};
use crate::align::side::Side;
use crate::align::tokens::{Token, TokenKind};

/// The parameters with what packs know of these very texts in their dictionary.
pub(super) fn with_packs(
    (a, text_a): (&Side, &Text),
    (b, text_b): (&Side, &Text),
    params: &Params,
) -> Params {
    let mut params = params.clone();
    if !params.packs {
        return params;
    }
    let (types_a, types_b) = (types(text_a), types(text_b));
    // A short text needs every hint; what is weak misleads a long one, which learns such words by itself.
    let is_short = text_a.len().max(text_b.len()) < params.pack_short;
    let least = if is_short { params.pack_short_share } else { params.pack_share };
    let met = met((&types_a, &a.lang), (&types_b, &b.lang), least);
    let entry = |met: &Met| Entry {
        a: tokens(text_a, &types_a[met.a as usize]),
        b: tokens(text_b, &types_b[met.b as usize]),
        share: Some(f64::from(met.share)),
    };
    let known = Dictionary::of_packs(met.iter().map(entry).collect());
    if !known.is_empty() {
        params.alpha = params.pack_alpha;
    }
    params.dictionary = Dictionary::joined(&[params.dictionary, known]);
    params
}

/// A type as an entry of a dictionary names it: by one of its forms, or by its characters.
fn tokens(text: &Text, one: &Type<'_>) -> Vec<Token> {
    let token = |text: &str, kind| Token { text: text.to_owned(), kind, capital: false };
    match one.forms.first() {
        Some(form) if text.has_form(form) => vec![token(form, TokenKind::Word)],
        Some(key) => key.chars().map(|c| token(c.encode_utf8(&mut [0; 4]), TokenKind::Ideograph)).collect(),
        None => Vec::new(),
    }
}

/// The types of a text with the forms that packs may know.
fn types(text: &Text) -> Vec<Type<'_>> {
    let mut types: Vec<Type<'_>> =
        text.counts.iter().map(|&count| Type { forms: Vec::new(), count }).collect();
    for form in &text.forms {
        types[form.type_id as usize].forms.push(&form.written);
    }
    for (one, key) in types.iter_mut().zip(&text.keys) {
        // Ideographs have no form: their keys are themselves.
        if one.forms.is_empty() {
            one.forms.push(key);
        }
    }
    types
}
