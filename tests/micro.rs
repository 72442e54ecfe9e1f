//! Twenty small differences that editors know, each found and classed, between two editions and among three.

#![allow(clippy::unwrap_used)]

use hexapla::model::{Text, VariantClass as C};
use hexapla::session::{self, FileOptions};

/// How a difference is classed, and both readings.
type Expected = (C, &'static str, &'static str);

/// Two versions of a sentence and what differs.
struct Case {
    name: &'static str,
    a: &'static str,
    b: &'static str,
    expected: &'static [Expected],
}

const CASES: &[Case] = &[
    Case {
        name: "case",
        a: "They saw the Red Army march.",
        b: "They saw the red army march.",
        expected: &[(C::Capitalisation, "Red Army", "red army")],
    },
    Case {
        name: "comma",
        a: "He came, and he saw the town.",
        b: "He came and he saw the town.",
        expected: &[(C::Punctuation, ",", "")],
    },
    Case {
        name: "quotation style",
        a: "He called it “a defeat” of the state.",
        b: "He called it \"a defeat\" of the state.",
        expected: &[(C::Punctuation, "“", "\""), (C::Punctuation, "”", "\"")],
    },
    Case {
        name: "em dash, double hyphen",
        a: "The war — if it comes — will be long.",
        b: "The war -- if it comes -- will be long.",
        expected: &[(C::Punctuation, "—", "--"), (C::Punctuation, "—", "--")],
    },
    Case {
        name: "colour, color",
        a: "The colour of the flag was red.",
        b: "The color of the flag was red.",
        expected: &[(C::Spelling, "colour", "color")],
    },
    Case {
        name: "1 for l",
        a: "It was incomparably better. An incomparably long road.",
        b: "It was incomparab1y better. An incomparably long road.",
        expected: &[(C::ScanError, "incomparably", "incomparab1y")],
    },
    Case {
        name: "fl for fi",
        a: "The first floor burned. It was the first time.",
        b: "The flrst floor burned. It was the first time.",
        expected: &[(C::ScanError, "first", "flrst")],
    },
    Case {
        name: "b for h",
        a: "They took the house. The house was old.",
        b: "They took tbe house. The house was old.",
        expected: &[(C::ScanError, "the", "tbe")],
    },
    Case {
        name: "to day, today",
        a: "The army will leave to day for the front.",
        b: "The army will leave today for the front.",
        expected: &[(C::WordDivision, "to day", "today")],
    },
    Case {
        name: "a hyphen at a line's end",
        a: "The army was com-\npletely beaten by the enemy in the field.\nIt was completely beaten.",
        b: "The army was completely beaten by the enemy in the field.\nIt was completely beaten.",
        expected: &[],
    },
    Case {
        name: "long s",
        a: "The Houſe of Lords hath paſſed the bill.",
        b: "The House of Lords hath passed the bill.",
        expected: &[(C::Graphic, "Houſe", "House"), (C::Graphic, "paſſed", "passed")],
    },
    Case {
        name: "ligature",
        a: "The works of Cæsar were read.",
        b: "The works of Caesar were read.",
        expected: &[(C::Graphic, "Cæsar", "Caesar")],
    },
    Case {
        name: "u and v",
        a: "He gaue vs the booke.",
        b: "He gave us the booke.",
        expected: &[(C::Graphic, "gaue vs", "gave us")],
    },
    Case {
        name: "composed and decomposed letters",
        a: "The caf\u{e9} was closed.",
        b: "The cafe\u{301} was closed.",
        expected: &[(C::Graphic, "caf\u{e9}", "cafe\u{301}")],
    },
    Case {
        name: "a number in figures and in words",
        a: "There were 11 men in the boat.",
        b: "There were eleven men in the boat.",
        expected: &[(C::Numeral, "11", "eleven")],
    },
    Case {
        name: "Mr., Mister",
        a: "Yesterday Mr. Baldwin resigned.",
        b: "Yesterday Mister Baldwin resigned.",
        expected: &[(C::Abbreviation, "Mr.", "Mister")],
    },
    Case {
        name: "&, and",
        a: "The firm of Dombey & Son was sold.",
        b: "The firm of Dombey and Son was sold.",
        expected: &[(C::Abbreviation, "&", "and")],
    },
    Case {
        name: "two words in another order",
        a: "They will surely come back tomorrow.",
        b: "They surely will come back tomorrow.",
        // The same word at its two places.
        expected: &[(C::Transposition, "surely", "surely")],
    },
    Case {
        name: "a spelling beside a gap",
        a: "It was a cold grey morning in the town.",
        b: "It was a gray morning in the town.",
        expected: &[(C::Omission, "cold", ""), (C::Spelling, "grey", "gray")],
    },
    Case {
        name: "an eye-skip",
        a: "He gave bread to the poor and he gave wine to the rich and went home.",
        b: "He gave bread to the rich and went home.",
        expected: &[(C::Omission, "poor and he gave wine to the", "")],
    },
];

fn text(siglum: &str, words: &str) -> Text {
    let options = FileOptions { lang: Some("en".into()), ..FileOptions::default() };
    session::load_bytes(words.as_bytes(), None, siglum, &options).unwrap().value
}

/// Two editions, and three of which the last agrees with the first: an entry for each difference, with the
/// same readings and classes.
#[test]
fn two_editions_and_three() {
    let mut wrong = Vec::new();
    for case in CASES {
        let texts = [text("A", case.a), text("B", case.b), text("C", case.a)];
        let expected: Vec<(C, String, String)> =
            case.expected.iter().map(|(c, a, b)| (*c, (*a).to_owned(), (*b).to_owned())).collect();
        for witnesses in 2..=3 {
            let collated = session::collate(None, &texts[..witnesses], Some("A".to_owned())).unwrap().value;
            let variants = collated.variants(0, 1);
            let found: Vec<(C, String, String)> =
                variants.into_iter().map(|v| (v.class, v.a.text, v.b.text)).collect();
            if found != expected || collated.entries().len() != expected.len() {
                wrong.push(format!("{}, {witnesses} witnesses: {found:?}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
