//! Rule packs: what is regular between the spellings, forms and abbreviations of a language.
//!
//! A pack is a data file (`lang/en.toml`), so that adding a language needs no code; a project can bring its
//! own.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::shapes::LONGEST;
use super::token::normal_form;
use crate::model::Lang;
use crate::{Error, ErrorKind, Place, Result};

/// Letters of a word in which several alternations may meet.
const LONG: usize = 6;
/// How many may.
const EXCHANGES: usize = 3;

/// The regularities of one language. All forms are in lower case with plain apostrophes.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Pairs of letter groups that alternate within one word (`our`/`or`).
    #[serde(default)]
    pub alternations: Vec<(String, String)>,
    /// Letters of an older orthography and what they became wherever they stand (`ѣ`, `е`); with a `$`
    /// behind it only at the end of a word.
    #[serde(default)]
    pub letters: Vec<(String, String)>,
    /// Endings that make another form of the same word.
    #[serde(default)]
    pub inflections: Vec<String>,
    /// Groups of forms of one word that no ending explains.
    #[serde(default)]
    pub irregular: Vec<Vec<String>>,
    /// Abbreviations without their final stop, and what they stand for.
    #[serde(default)]
    pub abbreviations: Vec<(String, String)>,
    /// Words for numbers.
    #[serde(default)]
    pub numbers: BTreeMap<String, f64>,
    /// Letters whose marks make another word (`ö`), with a `$` behind them the end of a word in which they do
    /// (`ée$`), with `=` before them whole words (`=où`); `*` says that all marks do. Empty: none does.
    /// Absent: nobody knows.
    #[serde(default)]
    pub marks: Option<Vec<String>>,
    /// Words with a mark that only an older orthography set (`fué`).
    #[serde(default)]
    pub old_marks: Vec<String>,
    /// Groups of letters that stand for one with a mark (`ue`, `ü`), wherever it is.
    #[serde(default)]
    pub digraphs: Vec<(String, String)>,
    /// Whole words and how they were spelled.
    #[serde(default)]
    pub spellings: Vec<(String, String)>,
    /// Words that a rule would take for one another, and that are two.
    #[serde(default)]
    pub distinct: Vec<(String, String)>,
    /// Endings of ordinal numbers in figures.
    #[serde(default)]
    pub ordinals: Vec<String>,
    /// Rules of the program that hold in this language: `doubling` (`travelled`, `traveled`), `final-e`
    /// (`booke`, `book`).
    #[serde(default)]
    pub rules: Vec<String>,
}

/// What a mark on a letter makes of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// Another word, or another form of it.
    OtherWord,
    /// The same word, printed otherwise.
    SameWord,
    /// Nothing is known of the language.
    Unknown,
}

static PACKS: LazyLock<BTreeMap<&'static str, Pack>> = LazyLock::new(|| {
    let files = [
        ("de", include_str!("lang/de.toml")),
        ("en", include_str!("lang/en.toml")),
        ("es", include_str!("lang/es.toml")),
        ("fr", include_str!("lang/fr.toml")),
        ("ru", include_str!("lang/ru.toml")),
    ];
    // The files are part of the program and a test parses each; a broken one would be an empty pack.
    let mut packs: BTreeMap<&'static str, Pack> =
        files.into_iter().map(|(lang, file)| (lang, toml::from_str(file).unwrap_or_default())).collect();
    for line in include_str!("lang/marks.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some((langs, marks)) = line.split_once(':') {
            let marks: Vec<String> = marks.split_whitespace().map(str::to_owned).collect();
            for lang in langs.split_whitespace() {
                packs.entry(lang).or_default().marks = Some(marks.clone());
            }
        }
    }
    packs
});

impl Pack {
    /// The pack of a language; an empty one where there is none.
    pub fn of(lang: &Lang) -> &'static Self {
        static EMPTY: LazyLock<Pack> = LazyLock::new(Pack::default);
        PACKS.get(lang.primary().as_str()).unwrap_or(&EMPTY)
    }

    /// Reads a pack; `path` is for messages only. Capitals and the shape of apostrophes do not matter.
    ///
    /// # Errors
    /// `Syntax` with its place for what is not of the format; `Empty` for a pack without a rule.
    pub fn parse(toml: &str, path: &Path) -> Result<Self> {
        let hint =
            "expected lists such as alternations = [[\"our\", \"or\"]] or inflections = [\"s\", \"ed\"]";
        let pack: Self = toml::from_str(toml).map_err(|e| {
            let at = e.span().map_or(0, |span| span.start);
            let error = Error::new(ErrorKind::Syntax, format!("not a rule pack: {}", e.message().trim()));
            error.in_file(path).at(Place::of_offset(toml, at)).hint(hint)
        })?;
        if pack == Self::default() {
            return Err(Error::new(ErrorKind::Empty, "this rule pack has no rules").in_file(path).hint(hint));
        }
        Ok(pack.normal())
    }

    /// All forms as normal forms.
    fn normal(self) -> Self {
        let pairs = |list: Vec<(String, String)>| {
            list.into_iter().map(|(x, y)| (normal_form(&x), normal_form(&y))).collect()
        };
        let forms = |list: Vec<String>| list.iter().map(|form| normal_form(form)).collect();
        Self {
            marks: self.marks.map(forms),
            old_marks: forms(self.old_marks),
            digraphs: pairs(self.digraphs),
            spellings: pairs(self.spellings),
            distinct: pairs(self.distinct),
            ordinals: forms(self.ordinals),
            rules: self.rules,
            alternations: pairs(self.alternations),
            letters: pairs(self.letters),
            inflections: forms(self.inflections),
            irregular: self.irregular.into_iter().map(forms).collect(),
            abbreviations: self
                .abbreviations
                .into_iter()
                .map(|(short, long)| {
                    (normal_form(&short).trim_end_matches('.').to_owned(), normal_form(&long))
                })
                .collect(),
            numbers: self.numbers.iter().map(|(word, number)| (normal_form(word), *number)).collect(),
        }
    }

    /// Both packs; where both know a number, the second counts.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.alternations.extend(more.alternations);
        self.letters.extend(more.letters);
        self.inflections.extend(more.inflections);
        self.irregular.extend(more.irregular);
        self.abbreviations.extend(more.abbreviations);
        self.numbers.extend(more.numbers);
        self.marks = more.marks.or(self.marks);
        self.old_marks.extend(more.old_marks);
        self.digraphs.extend(more.digraphs);
        self.spellings.extend(more.spellings);
        self.distinct.extend(more.distinct);
        self.ordinals.extend(more.ordinals);
        self.rules.extend(more.rules);
        self
    }

    /// Words in the letters of today.
    pub fn in_letters_of_today(&self, words: &str) -> String {
        let word = |word: &str| {
            let mut word = word.to_owned();
            for (old, new) in &self.letters {
                match old.strip_suffix('$') {
                    Some(end) => {
                        if let Some(stem) = word.strip_suffix(end).filter(|stem| !stem.is_empty()) {
                            word = format!("{stem}{new}");
                        }
                    }
                    None if word.contains(old.as_str()) => word = word.replace(old.as_str(), new),
                    None => {}
                }
            }
            word
        };
        words
            .split(' ')
            .map(|w| w.split('-').map(word).collect::<Vec<_>>().join("-"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// What the marks make of a word that differ on the letter of index `at`, `letters` in the two `words`.
    pub fn marking(&self, words: [&str; 2], at: usize, letters: [&str; 2]) -> Marking {
        let Some(marks) = &self.marks else { return Marking::Unknown };
        if words.iter().any(|word| self.old_marks.iter().any(|old| old == word)) {
            return Marking::SameWord;
        }
        let tells = |mark: &String| {
            words.iter().zip(letters).any(|(word, letter)| {
                if mark == "*" {
                    return true;
                }
                if let Some(whole) = mark.strip_prefix('=') {
                    return whole == *word;
                }
                match mark.strip_suffix('$') {
                    Some(end) => {
                        let from = word.chars().count().saturating_sub(end.chars().count());
                        word.ends_with(end) && end.starts_with(letter) && at == from
                    }
                    None => mark == letter,
                }
            })
        };
        if marks.iter().any(tells) { Marking::OtherWord } else { Marking::SameWord }
    }

    /// The group of letters and the marked letter that make two forms one (`ue`, `ü`), if some do.
    pub fn digraph(&self, a: &str, b: &str) -> Option<(&str, &str)> {
        let used = self.digraphs.iter().filter(|(_, y)| a.contains(y.as_str()) != b.contains(y.as_str()));
        let mut used = used.peekable();
        let first = used.peek().copied()?;
        let written = |word: &str| {
            self.digraphs.iter().fold(word.to_owned(), |word, (x, y)| word.replace(y.as_str(), x))
        };
        (written(a) == written(b)).then_some((first.0.as_str(), first.1.as_str()))
    }

    /// Whether two words are spellings of one by the pack's list.
    pub fn spelled(&self, a: &str, b: &str) -> bool {
        self.spellings.iter().any(|(x, y)| (x == a && y == b) || (x == b && y == a))
    }

    /// Whether two normal forms differ in alternating letter groups only, up to three of them in a longer
    /// word; says which groups did it.
    pub fn alternation(&self, a: &str, b: &str) -> Option<String> {
        self.one_alternation(a, b).or_else(|| {
            let long = a.chars().count().min(b.chars().count()) >= LONG;
            let mut groups = Vec::new();
            // The search goes into itself at each letter.
            let is_word = a.len().max(b.len()) <= LONGEST;
            let explained = long && is_word && self.alternate(a, b, &mut groups);
            explained.then(|| groups.iter().map(|(x, y)| format!("{x}/{y}")).collect::<Vec<_>>().join("+"))
        })
    }

    /// Whether two forms are one after some exchanges, which are noted.
    fn alternate<'p>(&'p self, a: &str, b: &str, groups: &mut Vec<(&'p str, &'p str)>) -> bool {
        if a == b {
            return !groups.is_empty();
        }
        let (mut rest_a, mut rest_b) = (a.chars(), b.chars());
        let same = rest_a.next().filter(|x| rest_b.next() == Some(*x)).is_some();
        if same && self.alternate(rest_a.as_str(), rest_b.as_str(), groups) {
            return true;
        }
        if groups.len() == EXCHANGES {
            return false;
        }
        let (first_a, first_b) = (a.bytes().next(), b.bytes().next());
        let begins = |group: &str, first: Option<u8>| group.bytes().next().is_none_or(|g| Some(g) == first);
        for (x, y) in self.alternations.iter().flat_map(|(x, y)| [(x, y), (y, x)]) {
            if !begins(x, first_a) || !begins(y, first_b) {
                continue;
            }
            if let (Some(after_a), Some(after_b)) = (a.strip_prefix(x.as_str()), b.strip_prefix(y.as_str())) {
                groups.push((x, y));
                if self.alternate(after_a, after_b, groups) {
                    return true;
                }
                groups.pop();
            }
        }
        false
    }

    fn one_alternation(&self, a: &str, b: &str) -> Option<String> {
        let (head, mid_a, mid_b, tail) = split_difference(a, b);
        self.alternations.iter().find_map(|(x, y)| {
            let fits = |p: &str, q: &str| spans_difference(head, mid_a, mid_b, tail, p, q);
            (fits(x, y) || fits(y, x)).then(|| format!("{x}/{y}"))
        })
    }

    /// Whether two normal forms are forms of one word.
    pub fn is_inflection(&self, a: &str, b: &str) -> bool {
        if self.irregular.iter().any(|forms| [a, b].iter().all(|w| forms.iter().any(|f| f == w))) {
            return true;
        }
        let (head, rest_a, rest_b, tail) = split_difference(a, b);
        if head.chars().count() < 3 {
            return false;
        }
        // The difference reaches to the end of the word; what ends there is an ending.
        let ending = |rest: &str| {
            let rest = format!("{rest}{tail}");
            rest.is_empty()
                || self.inflections.contains(&rest)
                || doubled(head, &rest).is_some_and(|r| self.inflections.iter().any(|e| e == r))
        };
        (tail.is_empty() || self.inflections.iter().any(|e| e.ends_with(tail) && e.len() > tail.len()))
            && ending(rest_a)
            && ending(rest_b)
    }

    /// Whether `short` (without its stops) abbreviates `long`.
    pub fn abbreviates(&self, short: &str, long: &str) -> bool {
        let short = short.trim_end_matches('.');
        self.abbreviations.iter().any(|(s, l)| s == short && l == long)
    }

    /// The value of an ordinal number in figures (`3rd`).
    pub fn ordinal(&self, word: &str) -> Option<f64> {
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, ending) = word.split_at(digits);
        (digits > 0 && self.ordinals.iter().any(|e| e == ending)).then(|| number.parse().ok())?
    }

    /// The number that words (or figures) stand for: `11`, `eleven`, `half million`, `1,000`.
    pub fn number(&self, words: &str) -> Option<f64> {
        let mut total = 0.0;
        let mut group: Option<f64> = None;
        for word in words.split([' ', '-']).filter(|w| !w.is_empty() && *w != "and" && *w != "a") {
            let value =
                figure(word).or_else(|| self.ordinal(word)).or_else(|| self.numbers.get(word).copied())?;
            group = Some(match group {
                // `quatre-vingt`, `four score`: a score or a dozen multiplies small numbers.
                Some(g)
                    if value > g && (value >= 100.0 || (g < 10.0 && (value == 20.0 || value == 12.0))) =>
                {
                    g * value
                }
                Some(g) => g + value,
                None => value,
            });
            if value >= 1000.0 {
                total += group.take().unwrap_or(0.0);
            }
        }
        match (group, total) {
            (Some(g), t) => Some(g + t),
            (None, t) if t > 0.0 => Some(t),
            _ => None,
        }
    }
}

/// A number in figures, with separators between thousands or before a fraction; common fractions.
fn figure(word: &str) -> Option<f64> {
    if let Some(last) = word.chars().next_back().filter(|c| !c.is_ascii() && c.is_numeric()) {
        let whole = &word[..word.len() - last.len_utf8()];
        let whole = if whole.is_empty() { 0.0 } else { figure(whole)? };
        return Some(whole + fraction(&last.nfkd().collect::<String>())?);
    }
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(value) = fraction(word) {
        return Some(value);
    }
    let plain: String = word.chars().filter(|c| !is_separator(*c)).collect();
    if !plain.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if plain.len() == word.len() || is_grouped(word) {
        return plain.parse().ok();
    }
    (word.matches(is_separator).count() == 1).then(|| word.replace(is_separator, ".").parse().ok())?
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | '\u{a0}' | '\u{202f}')
}

/// Whether the figures stand in groups of three.
pub(super) fn is_grouped(number: &str) -> bool {
    let mut groups = number.split(is_separator);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
        && groups.clone().next().is_some()
        && groups.all(|group| group.len() == 3)
}

fn fraction(word: &str) -> Option<f64> {
    let (over, under) = word.split_once(['/', '⁄'])?;
    let (over, under): (u32, u32) = (over.parse().ok()?, under.parse().ok()?);
    (under > 0).then(|| f64::from(over) / f64::from(under))
}

/// `retreated`/`retreating` differ after `retreat`; `stopped`/`stop` after `stop` with a doubled letter.
fn doubled<'r>(head: &str, rest: &'r str) -> Option<&'r str> {
    let last = head.chars().next_back()?;
    rest.strip_prefix(last)
}

/// Common head, the two middles, common tail. Bytes are cut at character boundaries.
pub(super) fn split_difference<'w>(a: &'w str, b: &'w str) -> (&'w str, &'w str, &'w str, &'w str) {
    let head: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (rest_a, rest_b) = (&a[head..], &b[head..]);
    let tail: usize = rest_a
        .chars()
        .rev()
        .zip(rest_b.chars().rev())
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x.len_utf8())
        .sum();
    (
        &a[..head],
        &rest_a[..rest_a.len() - tail],
        &rest_b[..rest_b.len() - tail],
        &rest_a[rest_a.len() - tail..],
    )
}

/// Whether replacing `p` by `q` around the difference explains it: the common head may end with,
/// and the common tail begin with, letters of both groups (`col|o|r`, `col|ou|r`: `or`/`our`).
pub(super) fn spans_difference(head: &str, mid_a: &str, mid_b: &str, tail: &str, p: &str, q: &str) -> bool {
    // What stands around the middles is the same on both sides.
    if p.len() + mid_b.len() != q.len() + mid_a.len() {
        return false;
    }
    let Some(at) = p.find(mid_a).filter(|_| p.len() >= mid_a.len() && q.len() >= mid_b.len()) else {
        return false;
    };
    (at..=p.len() - mid_a.len()).filter(|&i| p.is_char_boundary(i) && p[i..].starts_with(mid_a)).any(|i| {
        let (before, after) = (&p[..i], &p[i + mid_a.len()..]);
        head.ends_with(before)
            && tail.starts_with(after)
            && q.strip_prefix(before).and_then(|q| q.strip_prefix(mid_b)) == Some(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn en() -> &'static Pack {
        Pack::of(&Lang::new("en"))
    }

    #[test]
    fn every_pack_parses() {
        for lang in ["de", "en", "es", "fr", "ru"] {
            let pack = Pack::of(&Lang::new(lang));
            assert!(pack.alternations.len() > 5 && pack.numbers.len() > 15, "{lang}");
        }
        assert!(Pack::of(&Lang::new("tlh")).numbers.is_empty());
    }

    #[test]
    fn a_pack_of_a_user_is_read_or_refused_with_its_place() {
        let path = Path::new("latin.toml");
        let pack =
            Pack::parse("alternations = [[\"Ae\", \"e\"]]\nabbreviations = [[\"DN.\", \"dominus\"]]", path);
        let pack = pack.unwrap();
        assert_eq!(pack.alternation("caelum", "celum").as_deref(), Some("ae/e"));
        assert!(pack.abbreviates("dn.", "dominus"));
        let error = Pack::parse("alternations = []\nendings = [\"us\"]", path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Syntax);
        let text = error.to_string();
        assert!(text.contains("latin.toml:2") && text.contains("endings"), "{text}");
        assert_eq!(Pack::parse("", path).unwrap_err().kind(), ErrorKind::Empty);
    }

    #[test]
    fn known_alternations_are_spellings() {
        for (a, b) in [
            ("colour", "color"),
            ("specter", "spectre"),
            ("defense", "defence"),
            ("travelling", "traveling"),
            ("tabu", "taboo"),
            ("sovietise", "sovietize"),
            ("gray", "grey"),
        ] {
            assert!(en().alternation(a, b).is_some(), "{a}/{b}");
        }
        assert_eq!(en().alternation("honourise", "honorize").as_deref(), Some("our/or+s/z"));
        for (a, b) in [("war", "peace"), ("form", "from"), ("ten", "seven"), ("concern", "consort")] {
            assert!(en().alternation(a, b).is_none(), "{a}/{b}");
        }
    }

    #[test]
    fn old_letters_are_those_of_today_wherever_they_stand() {
        let today = |words: &str| Pack::of(&Lang::new("ru")).in_letters_of_today(words);
        assert_eq!(today("въ неизвѣстенъ міръ"), "в неизвестен мир");
        assert_eq!(today("хлѣбъ-соль"), "хлеб-соль");
        assert_eq!(today("объятие ъ"), "объятие ъ");
    }

    #[test]
    fn forms_of_one_word_are_inflections() {
        for (a, b) in [
            ("retreat", "retreats"),
            ("retreated", "retreating"),
            ("country", "countries"),
            ("is", "was"),
            ("stop", "stopped"),
            ("worker", "workers"),
            ("this", "these"),
        ] {
            assert!(en().is_inflection(a, b), "{a}/{b}");
        }
        for (a, b) in [("war", "warm"), ("adopt", "adapt"), ("his", "her")] {
            assert!(!en().is_inflection(a, b), "{a}/{b}");
        }
    }

    #[test]
    fn numbers_in_words_and_figures() {
        let n = |s| en().number(s);
        assert_eq!(n("eleven"), Some(11.0));
        assert_eq!(n("twenty-two"), Some(22.0));
        assert_eq!(n("half million"), Some(500_000.0));
        assert_eq!(n("500,000"), Some(500_000.0));
        assert_eq!(n("two thousand and five"), Some(2005.0));
        assert_eq!(n("four score and seven"), Some(87.0));
        assert_eq!(n("half a war"), None);
    }
}
