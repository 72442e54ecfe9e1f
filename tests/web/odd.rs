//! Witnesses as nobody would wish them: every view opens, and nobody complains.

use serde_json::json;

use super::browser::Browser;
use super::{report, texts, written};

const EN: &str = "In the beginning God created the heaven and the earth. And the earth was without form, and void. \
                  And God said, Let there be light: and there was light.\n\nAnd God called the light Day.";
const HE: &str = "בראשית ברא אלהים את השמים ואת הארץ. והארץ היתה תהו ובהו. ויאמר אלהים יהי אור ויהי אור.\n\nויקרא אלהים לאור יום.";
const AR: &str = "في البدء خلق الله السماوات والأرض. وكانت الأرض خربة وخالية. وقال الله ليكن نور فكان نور.\n\nودعا الله النور نهارا.";
const ZH: &str = "起初，神创造天地。地是空虚混沌。神说：“要有光”，就有了光。\n\n神称光为昼。";

/// Opens every view of a report over some witnesses.
fn every_view(witnesses: &[(&str, &str, &str)], look: impl Fn(&mut Browser)) {
    let Some(mut browser) = Browser::start() else { return };
    let (_folder, page) = written(&report(None, &texts(witnesses)));
    for view in ["#~view=read", "#~view=app", "#~view=sum", ""] {
        browser.open(&page, view);
        browser.press(&["n", "d", "Enter", "b", "f"]);
    }
    look(&mut browser);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_witness_with_a_word_and_one_with_a_sentence() {
    let one = "In the beginning God created the heaven and the earth.";
    every_view(&[("A", "en", EN), ("B", "en", "Amen.\n"), ("C", "en", one)], |browser| {
        // Every sentence of the base has a row; the one that two have stands in one.
        assert!(browser.eval("document.querySelectorAll('.g .r').length").as_u64().unwrap() >= 4);
        let beside = browser.eval("document.getElementById('A.1.1.1').querySelector('.k2').textContent");
        assert!(beside.as_str().unwrap().starts_with(&one[..40]), "{beside}");
        // What has nothing in common with the others stands beside one of them.
        let second = "[...document.querySelectorAll('.g .k1')].map(c => c.textContent).filter(t => t)";
        assert_eq!(browser.eval(second), json!(["–", "–", "–", "Amen."]));
    });
}

#[test]
fn scripts_from_right_to_left() {
    every_view(&[("A", "en", EN), ("he", "he", HE), ("ar", "ar", AR)], |browser| {
        let cells = "[...document.querySelectorAll('.g .r:first-child .c')].map(c => [c.lang, getComputedStyle(c).direction].join(' '))";
        assert_eq!(browser.eval(cells), json!(["en ltr", "he rtl", "ar rtl"]));
    });
    // Also as the text that is read and compared.
    let other = HE.replace("ובהו", "ובוהו");
    every_view(&[("א", "he", HE), ("ב", "he", &other)], |browser| {
        assert_eq!(browser.eval("document.querySelectorAll('.g .k1 .u').length"), json!(1));
        browser.press(&["2"]);
        assert_eq!(
            browser.eval("getComputedStyle(document.querySelector('.prose')).direction"),
            json!("rtl")
        );
    });
}

#[test]
fn editions_without_spaces() {
    let other = ZH.replace('神', "上帝");
    every_view(&[("甲", "zh", ZH), ("乙", "zh", &other)], |browser| {
        let variants = "[...document.querySelectorAll('.g .k1 .u')].map(u => u.textContent)";
        assert_eq!(browser.eval(variants), json!(["上帝", "上帝", "上帝"]));
        assert_eq!(
            browser.eval("getComputedStyle(document.querySelector('.g .c')).lineBreak"),
            json!("strict")
        );
    });
}

#[test]
fn one_paragraph_of_ten_thousand_words() {
    let long = "the cat sat on a mat while rain fell over hills and rivers ran ".repeat(800);
    let other = long.replacen("cat", "dog", 3);
    every_view(&[("A", "en", &long), ("B", "en", &other)], |browser| {
        assert_eq!(browser.eval("document.querySelectorAll('.g .k1 .u').length"), json!(3));
    });
}

#[test]
fn twenty_witnesses() {
    let copies: Vec<(String, String)> = (0..20)
        .map(|k| (format!("W{k}"), EN.replacen("the", &format!("word{}", k % 7), 1 + k % 3)))
        .collect();
    let list: Vec<(&str, &str, &str)> = copies.iter().map(|(s, t)| (s.as_str(), "en", t.as_str())).collect();
    every_view(&list, |browser| {
        assert_eq!(browser.eval("document.querySelectorAll('.hr>.c').length"), json!(20));
        // More columns than fit are reached by scrolling; the margin stays where it is.
        browser.eval("scrollTo(2000, 0)");
        assert_eq!(browser.eval("document.querySelector('.g .h').getBoundingClientRect().left"), json!(0));
    });
}
