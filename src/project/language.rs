//! Guesses the language of a text, from its letters and from the name of its file.

use whatlang::Lang as Known;

use crate::model::Lang;

/// Characters of a text that are looked at.
const SAMPLE: usize = 20_000;
/// Below this many letters nothing is said (a character of Chinese counts as three).
const FEWEST_LETTERS: usize = 24;

/// A language found by its letters.
#[derive(Debug, Clone, PartialEq)]
pub struct DetectedLang {
    /// The language.
    pub lang: Lang,
    /// From 0 to 1.
    pub confidence: f64,
    /// Whether the text is long and clear enough to overrule the file's name.
    pub reliable: bool,
}

/// The language of a text by its script and its most frequent groups of letters; `None` when there
/// are too few letters to say. Source: the trigram profiles of the `whatlang` crate.
pub fn detect_language(text: &str) -> Option<DetectedLang> {
    let sample: String = text.chars().take(SAMPLE).collect();
    let weight = |c: char| if ('\u{3040}'..='\u{9fff}').contains(&c) { 3 } else { 1 };
    let letters: usize = sample.chars().filter(|c| c.is_alphabetic()).map(weight).sum();
    if letters < FEWEST_LETTERS {
        return None;
    }
    let info = whatlang::detect(&sample)?;
    let confidence = (info.confidence() * 100.0).round() / 100.0;
    Some(DetectedLang { lang: Lang::new(tag_of(info.lang())), confidence, reliable: info.is_reliable() })
}

/// The BCP 47 tag of a language that whatlang knows.
fn tag_of(lang: Known) -> &'static str {
    match lang {
        Known::Epo => "eo",
        Known::Eng => "en",
        Known::Rus => "ru",
        Known::Cmn => "zh",
        Known::Spa => "es",
        Known::Por => "pt",
        Known::Ita => "it",
        Known::Ben => "bn",
        Known::Fra => "fr",
        Known::Deu => "de",
        Known::Ukr => "uk",
        Known::Kat => "ka",
        Known::Ara => "ar",
        Known::Hin => "hi",
        Known::Jpn => "ja",
        Known::Heb => "he",
        Known::Yid => "yi",
        Known::Pol => "pl",
        Known::Amh => "am",
        Known::Jav => "jv",
        Known::Kor => "ko",
        Known::Nob => "nb",
        Known::Dan => "da",
        Known::Swe => "sv",
        Known::Fin => "fi",
        Known::Tur => "tr",
        Known::Nld => "nl",
        Known::Hun => "hu",
        Known::Ces => "cs",
        Known::Ell => "el",
        Known::Bul => "bg",
        Known::Bel => "be",
        Known::Mar => "mr",
        Known::Kan => "kn",
        Known::Ron => "ro",
        Known::Slv => "sl",
        Known::Hrv => "hr",
        Known::Srp => "sr",
        Known::Mkd => "mk",
        Known::Lit => "lt",
        Known::Lav => "lv",
        Known::Est => "et",
        Known::Tam => "ta",
        Known::Vie => "vi",
        Known::Urd => "ur",
        Known::Tha => "th",
        Known::Guj => "gu",
        Known::Uzb => "uz",
        Known::Pan => "pa",
        Known::Aze => "az",
        Known::Ind => "id",
        Known::Tel => "te",
        Known::Pes => "fa",
        Known::Mal => "ml",
        Known::Ori => "or",
        Known::Mya => "my",
        Known::Nep => "ne",
        Known::Sin => "si",
        Known::Khm => "km",
        Known::Tuk => "tk",
        Known::Aka => "ak",
        Known::Zul => "zu",
        Known::Sna => "sn",
        Known::Afr => "af",
        Known::Lat => "la",
        Known::Slk => "sk",
        Known::Cat => "ca",
        Known::Tgl => "tl",
        Known::Hye => "hy",
        Known::Cym => "cy",
    }
}

/// ISO 639-1 without what is more often something else in names (`ch`, `ii`, `nr`, `io` ...), and older
/// and regional languages of editions that have no code of two letters.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi hr ht hu hy hz ia id ig \
    ik is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml \
    mn mr ms mt my na nb nd ne nl nn no nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg \
    si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi wa wo xh \
    yi yo zh zu ang arc ceb chu ckb cop egy enm fil frk frm fro gmh goh got grc hbo lzh nds non pal sux syr wuu yue";

/// Codes that in names of files are more often something else (`se-1` is a siglum, `no-2` a number): the
/// letters of the text decide.
const AMBIGUOUS: [&str; 18] = [
    "am", "an", "as", "br", "co", "is", "ms", "my", "no", "or", "os", "se", "so", "st", "to", "ts", "tw",
    "ve",
];

/// Codes of three letters, as libraries have them, of languages that have one of two.
const LONG_CODES: [(&str, &str); 15] = [
    ("zho", "zh"),
    ("eng", "en"),
    ("deu", "de"),
    ("fra", "fr"),
    ("spa", "es"),
    ("rus", "ru"),
    ("ita", "it"),
    ("por", "pt"),
    ("jpn", "ja"),
    ("ell", "el"),
    ("heb", "he"),
    ("ara", "ar"),
    ("nld", "nl"),
    ("swe", "sv"),
    ("kor", "ko"),
];

/// Languages so near to each other that the name of a file knows better than their letters do.
const NEIGHBOURS: [&[&str]; 6] = [
    &["da", "nb", "nn", "no"],
    &["cs", "sk"],
    &["bs", "hr", "sl", "sr", "mk", "bg"],
    &["id", "ms", "jv", "su"],
    &["ca", "es", "gl", "pt", "oc"],
    &["zh", "yue", "wuu", "lzh"],
];

/// A language tag in the words of a file's name, and which words it takes up: the only one, the
/// first or the last (`fr`, `ru_1948_moscow`, `text.de`, `zh-Hant`). Numbers at the end, Roman ones in
/// capitals too, do not count.
pub(crate) fn language_in_name(words: &[&str]) -> Option<(Lang, std::ops::Range<usize>)> {
    let is_number = |word: &&&str| word.bytes().all(|b| b.is_ascii_digit() || b"IVX".contains(&b));
    let numbers = words.iter().rev().take_while(is_number).count();
    let end = words.len() - numbers;
    let last = end.checked_sub(1)?;
    let candidates = [(0, 1), (0, 0), (last.saturating_sub(1), last), (last, last)];
    candidates.into_iter().filter(|(from, to)| from <= to && *to <= last).find_map(|(from, to)| {
        let code = words.get(from)?.to_ascii_lowercase();
        let long = LONG_CODES.iter().find(|(long, _)| *long == code);
        let code = long.map_or(code, |(_, short)| (*short).to_owned());
        let is_known = CODES.split_whitespace().any(|known| known == code);
        if !is_known || AMBIGUOUS.contains(&code.as_str()) {
            return None;
        }
        let tag = match words.get(from + 1).filter(|_| to > from) {
            Some(subtag) if is_subtag(subtag) => format!("{code}-{subtag}"),
            Some(_) => return None,
            None => code,
        };
        Some((Lang::new(tag), from..to + 1))
    })
}

/// A script (`Hant`) or a region (`BR`), in the usual case, since in another it is a word.
fn is_subtag(word: &str) -> bool {
    let upper = |b: u8| b.is_ascii_uppercase();
    match word.as_bytes() {
        [a, b] => upper(*a) && upper(*b),
        [first, rest @ ..] => rest.len() == 3 && upper(*first) && rest.iter().all(u8::is_ascii_lowercase),
        [] => false,
    }
}

/// What name and text say together, and how sure it is, from 0 to 1. A clear text overrules a
/// name (`fi-1942.txt` need not be Finnish), except between neighbours and for languages whose
/// letters are not known here.
pub(crate) fn decide(named: Option<&Lang>, detected: Option<&DetectedLang>) -> (Option<Lang>, f64) {
    let (Some(named), Some(detected)) = (named, detected) else {
        return match (named, detected) {
            (Some(named), _) => (Some(named.clone()), 0.8),
            (None, Some(detected)) => (Some(detected.lang.clone()), detected.confidence),
            (None, None) => (None, 0.0),
        };
    };
    if named.same_language(&detected.lang) {
        return (Some(named.clone()), 1.0);
    }
    let (name, found) = (named.primary(), detected.lang.primary());
    let neighbours =
        NEIGHBOURS.iter().any(|group| group.contains(&name.as_str()) && group.contains(&found.as_str()));
    let letters_known = Known::all().iter().any(|&lang| tag_of(lang) == name);
    if detected.reliable && letters_known && !neighbours {
        (Some(detected.lang.clone()), detected.confidence)
    } else {
        (Some(named.clone()), if neighbours { 0.9 } else { 0.7 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_name(name: &str) -> Option<String> {
        let words: Vec<&str> = name.split(['-', '_', '.']).collect();
        language_in_name(&words).map(|(lang, at)| format!("{lang} {at:?}"))
    }

    #[test]
    fn tags_at_the_ends_of_names() {
        assert_eq!(in_name("fr").as_deref(), Some("fr 0..1"));
        assert_eq!(in_name("text.de").as_deref(), Some("de 1..2"));
        assert_eq!(in_name("ru_1948_moscow").as_deref(), Some("ru 0..1"));
        assert_eq!(in_name("zh-Hant").as_deref(), Some("zh-Hant 0..2"));
        assert_eq!(in_name("origin-pt-BR").as_deref(), Some("pt-BR 1..3"));
        assert_eq!(in_name("fr-1").as_deref(), Some("fr 0..1"));
        assert_eq!(in_name("text-fr-2").as_deref(), Some("fr 1..2"));
        assert_eq!(in_name("fr_VI").as_deref(), Some("fr 0..1"));
        assert_eq!(in_name("text-vi").as_deref(), Some("vi 1..2"));
        assert_eq!(in_name("zho-TW").as_deref(), Some("zh-TW 0..2"));
        for name in ["pd-1", "se-1", "br", "text_no", "tw_2"] {
            assert_eq!(in_name(name), None, "{name}");
        }
        assert_eq!(in_name("a-de-b"), None);
        assert_eq!(in_name("1859"), None);
    }

    #[test]
    fn letters_tell_the_language() {
        let of = |text: &str| detect_language(text).map(|found| found.lang.tag().to_owned());
        let english = "The war was not made by one man, and it will not be ended by one man either.";
        assert_eq!(of(english).as_deref(), Some("en"));
        assert_eq!(
            of("Der Krieg ist nicht von einem Menschen gemacht worden, und keiner wird ihn beenden.")
                .as_deref(),
            Some("de")
        );
        assert_eq!(of("战争不可避免，而且它将持续很久。").as_deref(), Some("zh"));
        assert_eq!(of("War."), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn a_clear_text_overrules_a_name_that_only_looks_like_a_language() {
        let english = DetectedLang { lang: "en".into(), confidence: 1.0, reliable: true };
        assert_eq!(decide(Some(&"fi".into()), Some(&english)), (Some("en".into()), 1.0));
        let unsure = DetectedLang { reliable: false, ..english.clone() };
        assert_eq!(decide(Some(&"fi".into()), Some(&unsure)), (Some("fi".into()), 0.7));
        // Basque has no profile, and Danish looks like Norwegian.
        assert_eq!(decide(Some(&"eu".into()), Some(&english)).0, Some("eu".into()));
        let danish = DetectedLang { lang: "da".into(), ..english };
        assert_eq!(decide(Some(&"no".into()), Some(&danish)).0, Some("no".into()));
        assert_eq!(decide(None, None), (None, 0.0));
    }
}
