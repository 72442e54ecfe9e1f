//! What the rules of classification say, in words for people.

use super::VariantClass;

/// Whether a name is that of a class, of a rule or of a family of rules: its head, before the first `.` or
/// `:`, is a class.
pub fn is_rule_name(name: &str) -> bool {
    let head = name.split_once(['.', ':']).map_or(name, |(head, _)| head);
    VariantClass::from_word(head).is_some()
}

/// Why a difference has its class, from the id of the rule that decided. An unknown id stands for itself.
pub fn rule_in_words(rule: &str) -> String {
    for (family, where_) in [
        ("alternation", "in the spellings of the language"),
        ("learned", "in several words of these witnesses"),
    ] {
        let group = rule.strip_prefix("spelling.").and_then(|rest| rest.strip_prefix(family));
        if let Some(groups) = group.and_then(|group| group.strip_prefix(':')) {
            let shown =
                |side: &str| if side.is_empty() { "nothing".to_owned() } else { format!("“{side}”") };
            let pair = |group: &str| {
                let (x, y) = group.split_once('/').unwrap_or((group, ""));
                format!("{} and {}", shown(x), shown(y))
            };
            let pairs: Vec<String> = groups.split('+').map(pair).collect();
            return format!("{} alternate {where_}", pairs.join(", "));
        }
    }
    for (family, means) in [
        ("unclassified.mark:", "whose marks make another word in this language"),
        ("spelling.digraph:", "are written for each other"),
    ] {
        if let Some((x, y)) = rule.strip_prefix(family).and_then(|group| group.split_once('/')) {
            return format!("“{x}” and “{y}”, {means}");
        }
    }
    let words = match rule {
        "abbreviation.marked" => "a sign of abbreviation, and letters of the other in its order",
        "abbreviation.known" => "a known abbreviation and its full form",
        "abbreviation.sign" => "a sign and the word for “and”",
        "abbreviation.stops" => "the same letters with and without stops",
        "abbreviation.apostrophe" => "an apostrophe stands for letters of the other",
        "abbreviation.ordinal" => "the same number with another ending",
        "addition" => "only the other witness has these words",
        "capitalisation" => "the same letters, large or small",
        "addition.lacuna" | "omission.lacuna" => "one witness says that it has a gap here",
        "editorial.brackets" => "an editor's brackets around letters",
        "editorial.mark" => "a mark that an editor set into the text",
        "graphic.mark" => {
            "other marks on the letters; whether they make another word is not known of this language"
        }
        "graphic.letter-form" => "the same letters but for accents, ligatures or old forms",
        "graphic.u-v-i-j" => "u and v, i and j were one letter each",
        "graphic.unicode-form" => "the same characters, encoded otherwise",
        "inflection" => "forms of one word, by its ending",
        "inflection.possessive" => "a genitive of one or of several",
        "layout.paragraph" => "a paragraph begins in one witness only",
        "name" => "both are capitalised and never stand with a small letter",
        "number.figures" | "number.other-value" | "number.in-compound" => "another number",
        "numeral.same-value" | "numeral.in-compound" => "the same number, in figures or in words",
        "numeral.separators" => "the same figures with other separators, which may be another number",
        "omission" => "only the base has these words",
        "omission.passage" => "a passage in which others differ",
        "project" => "a rule of the project",
        "punctuation.added" => "only the other witness has the mark",
        "punctuation.apostrophe" => "the same letters, with and without an apostrophe",
        "punctuation.changed" => "other marks",
        "punctuation.dropped" => "only the base has the mark",
        "punctuation.shape" => "the same mark in another shape",
        "punctuation.spacing" => "the same characters, spaced otherwise",
        "scan-error.confusable" => "nobody else has this form; it is the other with one look-alike exchanged",
        "scan-error.digit-in-word" => "a figure stands for a letter",
        "scan-error.divided" => "pieces that stand nowhere else, one letter from a word",
        "scan-error.long-s" => "a long s was read as an f",
        "scan-error.misread" => "this witness is full of misread words, and the form is strange to the other",
        "scan-error.other-word" => "this witness is full of misread words, and one letter differs",
        "scan-error.stray" => "this witness is full of misread words, and these letters are no word",
        "scan-error.unattested" => "nobody else has this form, one letter from a word that is at home",
        "spelling.doubling" => "a consonant doubled before an ending, or not",
        "spelling.final-e" => "an e at the end that is not heard",
        "spelling.known" => "a known spelling of the same word",
        "spelling.letters" => "the same word in letters that an orthography did away with",
        "substitution" => "other words",
        "transposition.word" | "transposition.phrase" | "transposition.sentence" | "transposition.block" => {
            "the same words at another place"
        }
        "typography.emphasis" => "marks of plain text for words that are set apart",
        "unclassified.other-character" => "two characters that are simplified to one",
        "unclassified.points" => "other vowels or breathings on the same letters",
        "unclassified.similar-words" => "similar words that no rule relates",
        "word-division.line-end" => "a hyphen at the end of a line, which may or may not belong to the word",
        "word-division" => "the same letters, written together, apart or with a hyphen",
        other => return other.to_owned(),
    };
    words.to_owned()
}
