//! Every form and every key once, as numbers: comparing tokens is comparing integers.

use crate::math::log2;
use rustc_hash::FxHashMap;

use crate::collate::Rules;
use crate::collate::marks::is_invisible;
use crate::collate::token::{ABBREVIATION_SIGNS, TokenKind, normal_form};

/// A surface form.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) surface: String,
    pub(super) normal: String,
    pub(super) kind: TokenKind,
    /// Index of its key.
    pub(super) key: u32,
}

/// What alignment compares.
#[derive(Debug, Clone)]
pub(super) struct Key {
    /// The characters of the key.
    pub(super) chars: Vec<char>,
    /// The same as numbers of the lexicon's alphabet.
    pub(super) codes: Box<[u32]>,
    /// Its letters and digits alone, as such numbers.
    pub(super) letter_codes: Box<[u32]>,
    /// Which letters it has: a bit for each number modulo 64.
    pub(super) signature: u64,
    /// Its letters and digits alone, for joined and split words.
    pub(super) letters: String,
    pub(super) is_word: bool,
    /// Whether it stands with a sign of abbreviation somewhere.
    pub(super) is_signed: bool,
    /// How often it stands in all witnesses together.
    pub(super) count: u32,
    /// How much a chance meeting says: −log₂ of its share of all words.
    pub(super) bits: f32,
}

impl Key {
    /// Whether it stands with a sign of abbreviation and has the first letter of the other, and its other
    /// letters in the other's order.
    pub(super) fn abbreviates(&self, long: &Self) -> bool {
        let mut rest = long.chars.iter();
        self.is_signed
            && self.chars.len() < long.chars.len()
            && self.chars.first() == long.chars.first()
            && self.chars.iter().all(|letter| rest.any(|other| other == letter))
    }
}

/// The forms and keys of all witnesses of a collation. Numbers are given in the order in which the
/// forms first stand in the witnesses, so that they are the same in every run.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    pub(super) forms: Vec<Form>,
    pub(super) keys: Vec<Key>,
    form_ids: FxHashMap<String, u32>,
    key_ids: FxHashMap<String, u32>,
    /// The characters of all keys, numbered as they come.
    alphabet: FxHashMap<char, u32>,
}

/// The forms of one witness, before they are brought together: surface, normal form and key.
#[derive(Debug, Clone, Default)]
pub(super) struct LocalForms {
    ids: FxHashMap<String, u32>,
    forms: Vec<LocalForm>,
}

#[derive(Debug, Clone)]
struct LocalForm {
    surface: String,
    normal: String,
    key: String,
    kind: TokenKind,
    count: u32,
}

impl LocalForms {
    /// The number of a surface form within this witness.
    pub(super) fn id(&mut self, surface: &str, kind: TokenKind, rules: &Rules, siglum: &str) -> u32 {
        // What leaves no ink makes no other form.
        let cleaned: String;
        let surface = if !surface.is_ascii() && surface.contains(is_invisible) {
            cleaned = surface.chars().filter(|&c| !is_invisible(c)).collect();
            &cleaned
        } else {
            surface
        };
        if let Some(&id) = self.ids.get(surface) {
            self.forms[id as usize].count += 1;
            return id;
        }
        let id = self.forms.len() as u32;
        let normal = normal_form(surface);
        let key = rules.key(&normal, siglum);
        self.ids.insert(surface.to_owned(), id);
        self.forms.push(LocalForm { surface: surface.to_owned(), normal, key, kind, count: 1 });
        id
    }
}

impl Lexicon {
    /// Takes a witness's forms in; returns the common number of each.
    pub(super) fn take_in(&mut self, local: LocalForms) -> Vec<u32> {
        local.forms.into_iter().map(|form| self.id(form)).collect()
    }

    fn id(&mut self, form: LocalForm) -> u32 {
        let LocalForm { surface, normal, key, kind, count } = form;
        if let Some(&id) = self.form_ids.get(&surface) {
            let key = self.forms[id as usize].key;
            self.keys[key as usize].count += count;
            return id;
        }
        let is_word = kind != TokenKind::Mark;
        let key_id = match self.key_ids.get(&key) {
            Some(&id) => id,
            None => {
                let id = self.keys.len() as u32;
                let codes: Box<[u32]> = key.chars().map(|c| self.code(c)).collect();
                let letter_codes: Box<[u32]> =
                    key.chars().filter(|c| c.is_alphanumeric()).map(|c| self.code(c)).collect();
                self.keys.push(Key {
                    chars: key.chars().collect(),
                    codes,
                    signature: letter_codes.iter().fold(0, |bits, code| bits | 1 << (code % 64)),
                    letter_codes,
                    letters: key.chars().filter(|c| c.is_alphanumeric()).collect(),
                    is_word,
                    is_signed: false,
                    count: 0,
                    bits: 0.0,
                });
                self.key_ids.insert(key, id);
                id
            }
        };
        self.keys[key_id as usize].count += count;
        self.keys[key_id as usize].is_signed |= surface.contains(ABBREVIATION_SIGNS);
        let id = self.forms.len() as u32;
        self.form_ids.insert(surface.clone(), id);
        self.forms.push(Form { surface, normal, kind, key: key_id });
        id
    }

    fn code(&mut self, c: char) -> u32 {
        let next = self.alphabet.len() as u32;
        *self.alphabet.entry(c).or_insert(next)
    }

    /// To be called when all witnesses are in: weighs the keys.
    pub(super) fn finish(&mut self) {
        self.form_ids = FxHashMap::default();
        let total: u64 = self.keys.iter().filter(|k| k.is_word).map(|k| u64::from(k.count)).sum();
        for key in &mut self.keys {
            key.bits = log2(total.max(1) as f32 / key.count.max(1) as f32).max(0.0);
        }
    }

    /// The key whose letters are those of two others joined, if some witness has such a word.
    pub(super) fn joined(&self, first: u32, second: u32) -> Option<u32> {
        let (first, second) = (&self.keys[first as usize], &self.keys[second as usize]);
        if !first.is_word || !second.is_word {
            return None;
        }
        self.key_ids.get(&format!("{}{}", first.letters, second.letters)).copied()
    }
}
