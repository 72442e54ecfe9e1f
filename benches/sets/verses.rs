//! Pairs of texts with an independent gold: two Bibles of the data folder with their verse numbers taken
//! out. A verse is *met* when some bead joins its text on both sides; a text is lost when few are.

// Each target uses a part of it.
#![allow(dead_code)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use hexapla::model::{Alignment, Segmented, Witness};
use hexapla::{read, segment};

/// Languages of the Bibles that are drawn from.
pub(crate) const LANGUAGES: [&str; 27] = [
    "ar", "cs", "da", "de", "el", "en", "eo", "es", "fi", "fr", "grc", "hbo", "hu", "it", "ko", "la", "mi",
    "nb", "nl", "pl", "pt", "ro", "ru", "sv", "tl", "vi", "zh",
];

/// Books of 47 to some 700 verses.
const BOOKS: [&str; 24] = [
    "Joel", "Jonah", "Ruth", "Mic", "Josh", "Judg", "1Sam", "Neh", "Esth", "Prov", "Eccl", "Dan", "Hos",
    "Amos", "Mark", "John", "Rom", "1Cor", "Gal", "Eph", "Heb", "Jas", "1John", "Rev",
];

/// Which side has no final marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unmarked {
    Neither,
    A,
    B,
}

/// What a pair is made of.
#[derive(Debug, Clone)]
pub(crate) struct Draw {
    pub(crate) a: String,
    pub(crate) b: String,
    /// As OSIS names it.
    pub(crate) book: String,
    /// At most so many verses.
    pub(crate) verses: usize,
    /// Verses a paragraph.
    pub(crate) per_block: usize,
    pub(crate) unmarked: Unmarked,
}

impl Draw {
    pub(crate) fn new(a: &str, b: &str, book: &str) -> Self {
        Self {
            a: a.to_owned(),
            b: b.to_owned(),
            book: book.to_owned(),
            verses: usize::MAX,
            per_block: 1,
            unmarked: Unmarked::Neither,
        }
    }

    pub(crate) fn name(&self) -> String {
        let unmarked = match self.unmarked {
            Unmarked::Neither => "",
            Unmarked::A => " -a",
            Unmarked::B => " -b",
        };
        format!("{}-{} {} /{}{unmarked}", self.a, self.b, self.book, self.per_block)
    }
}

/// The same draws on every machine: one in four has a side without final marks.
pub(crate) fn draws(seed: u64, count: usize, verses: usize) -> Vec<Draw> {
    let mut state = seed;
    let mut next = |n: usize| {
        // Steele and Vigna's splitmix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = state;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) >> 11) as usize % n
    };
    let mut out = Vec::new();
    while out.len() < count {
        let (a, b) = (LANGUAGES[next(LANGUAGES.len())], LANGUAGES[next(LANGUAGES.len())]);
        let (book, per_block) = (BOOKS[next(BOOKS.len())], next(8) + 1);
        let unmarked = [Unmarked::A, Unmarked::B].into_iter().nth(next(8)).unwrap_or(Unmarked::Neither);
        if a != b {
            out.push(Draw { verses, per_block, unmarked, ..Draw::new(a, b, book) });
        }
    }
    out
}

/// A Bible: the text of each verse by its id.
pub(crate) type Bible = BTreeMap<String, String>;

/// Reads the Bible of a language; `None` where there is none or no `xz` to read it.
pub(crate) fn bible(data: &Path, lang: &str) -> Option<Bible> {
    let file = data.join("bibles").join(format!("{lang}.tsv.xz"));
    let output = Command::new("xz").arg("-dc").arg(file).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let verse = |line: &str| line.split_once('\t').map(|(id, text)| (id.to_owned(), text.to_owned()));
    Some(text.lines().filter_map(verse).collect()).filter(|bible: &Bible| !bible.is_empty())
}

/// A pair of texts and the verse of each letter of both.
pub(crate) struct Verses {
    pub(crate) a: Segmented,
    pub(crate) b: Segmented,
    verses: usize,
    letters: [Letters; 2],
}

/// The letters of a whole side, and the verse of each byte of them.
struct Letters {
    text: String,
    verse: Vec<usize>,
}

impl Letters {
    fn of(verses: &[String]) -> Self {
        let mut out = Self { text: String::new(), verse: Vec::new() };
        for (k, verse) in verses.iter().enumerate() {
            out.text.push_str(&letters(verse));
            out.verse.resize(out.text.len(), k);
        }
        out
    }

    /// The verses of each segment. What the reader left out is passed over.
    fn of_segments(&self, text: &Segmented) -> Vec<BTreeSet<usize>> {
        let mut at = 0;
        (0..text.len())
            .map(|s| {
                let sought = letters(&text.text(s));
                let Some(from) = self.text[at..].find(&sought) else { return BTreeSet::new() };
                let from = at + from;
                at = from + sought.len();
                self.verse[from..at].iter().copied().collect()
            })
            .collect()
    }
}

/// How an alignment did.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Met {
    pub(crate) verses: usize,
    /// Shares of the verses that met each other and nothing else, that met each other, and that met
    /// nothing.
    pub(crate) exactly: f64,
    pub(crate) met: f64,
    pub(crate) lost: f64,
    /// Two-sided beads, those of verses that do not correspond, and those of the latter that are called sure.
    pub(crate) beads: usize,
    pub(crate) wrong: usize,
    pub(crate) wrong_and_sure: usize,
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn without_final_marks(verse: &str) -> String {
    let is_mark = |c: char| ".!?;:。！？；：׃·\u{37e}".contains(c);
    let chars: Vec<char> = verse.chars().collect();
    let mut kept = String::new();
    for (k, &c) in chars.iter().enumerate() {
        let rest = chars[k..].iter().find(|&&c| !is_mark(c));
        if !(is_mark(c) && rest.is_none_or(|c| c.is_whitespace())) {
            kept.push(c);
        }
    }
    kept
}

impl Verses {
    /// Makes the pair of a draw; `None` where the book is not in both Bibles.
    pub(crate) fn new(draw: &Draw, a: &Bible, b: &Bible) -> Option<Self> {
        let key = |id: &str| {
            let mut parts = id.split('.').skip(1);
            let mut number =
                || parts.next().and_then(|p| p.trim_end_matches(char::is_alphabetic).parse().ok());
            Some((number()?, number()?)).map(|key: (usize, usize)| key)
        };
        let is_of_book = |id: &&String| id.split('.').next() == Some(&draw.book) && b.contains_key(*id);
        let mut ids: Vec<&String> = a.keys().filter(is_of_book).collect();
        ids.sort_by_key(|id| key(id));
        ids.truncate(draw.verses);
        if ids.is_empty() {
            return None;
        }
        let side = |bible: &Bible, lang: &str, unmarked: bool| {
            let verse = |id: &&String| match unmarked {
                true => without_final_marks(&bible[*id]),
                false => bible[*id].clone(),
            };
            let verses: Vec<String> = ids.iter().map(verse).collect();
            let blocks: Vec<String> = verses.chunks(draw.per_block).map(|block| block.join(" ")).collect();
            let read = read::read_bytes(blocks.join("\n\n").as_bytes(), None, &read::Options::default());
            let document = read::document(Witness::new(lang, lang.into()), vec![read.ok()?.value]).value;
            let segments = segment::segment(&document, &segment::Options::default());
            Some((Segmented { document, segments, lines: Vec::new() }, Letters::of(&verses)))
        };
        let (a, of_a) = side(a, &draw.a, draw.unmarked == Unmarked::A)?;
        let (b, of_b) = side(b, &draw.b, draw.unmarked == Unmarked::B)?;
        Some(Self { a, b, verses: ids.len(), letters: [of_a, of_b] })
    }

    /// Scores an alignment of the pair.
    pub(crate) fn score(&self, alignment: &Alignment) -> Met {
        let of_a = self.letters[0].of_segments(&self.a);
        let of_b = self.letters[1].of_segments(&self.b);
        let mut meets = [vec![BTreeSet::new(); self.verses], vec![BTreeSet::new(); self.verses]];
        let mut met = Met { verses: self.verses, ..Met::default() };
        for bead in alignment.beads.iter().filter(|bead| bead.is_matched()) {
            let x: BTreeSet<usize> = bead.a.clone().flat_map(|s| of_a[s].iter().copied()).collect();
            let y: BTreeSet<usize> = bead.b.clone().flat_map(|s| of_b[s].iter().copied()).collect();
            x.iter().for_each(|&k| meets[0][k].extend(&y));
            y.iter().for_each(|&k| meets[1][k].extend(&x));
            met.beads += 1;
            if x.is_disjoint(&y) {
                met.wrong += 1;
                met.wrong_and_sure += usize::from(bead.confidence.value() >= 0.9);
            }
        }
        let share = |is: &dyn Fn(usize) -> bool| {
            (0..self.verses).filter(|&k| is(k)).count() as f64 / self.verses.max(1) as f64
        };
        let only = |k: usize| BTreeSet::from([k]);
        met.exactly = share(&|k| meets[0][k] == only(k) && meets[1][k] == only(k));
        met.met = share(&|k| meets[0][k].contains(&k));
        met.lost = share(&|k| meets[0][k].is_empty());
        met
    }
}
