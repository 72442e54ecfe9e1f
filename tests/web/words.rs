//! What is known of words and of the confidence of rows.

use std::path::Path;

use hexapla::model::Text;
use hexapla::project::Project;
use hexapla::session;
use hexapla::study::terms::Term;
use serde_json::json;

use super::DEMO;
use super::browser::Browser;

/// What the command `terms` says of a word: the translation, its first rendering, and how often.
fn terms(word: &str) -> Vec<String> {
    let project = Project::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap().value;
    let sigla: Vec<String> = project.manifest.sigla().into_iter().map(str::to_owned).collect();
    let texts: Vec<Text> = session::load_witnesses(&project, &sigla).unwrap().value;
    let pairs = session::align_all(&project, &texts).unwrap().value;
    let first = |term: Term| {
        let most = &term.renderings[0];
        format!("{} {} {}", term.translation, most.forms[0].0, most.count)
    };
    session::terms(&texts, &pairs, word).into_iter().map(first).collect()
}

/// Asks for a word, as somebody who types it.
fn ask(browser: &mut Browser, word: &str) {
    browser.eval(&format!("(w => {{ w.value = {word:?}; w.dispatchEvent(new Event('change', {{bubbles: true}})) }})(document.getElementById('word'))"));
}

/// For each witness, its first rendering and how often.
const FOUND: &str = "[...document.querySelectorAll('.wl dt')].map(dt => [dt.textContent, dt.nextSibling.querySelector('button').textContent, dt.nextSibling.querySelector('summary').textContent].join(' '))";

#[test]
fn a_word_shows_what_stands_for_it() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&DEMO.1, "");
    browser.press(&["w"]);
    for word in ["WAR", "bureaucracy", "Finland"] {
        ask(&mut browser, word);
        assert_eq!(browser.eval(FOUND), json!(terms(word)), "as the command has it");
    }
    ask(&mut browser, "WAR");
    assert_eq!(browser.eval(FOUND), json!(["fr guerre 23", "de Krieg 14", "ru войны 9", "zh 战争 10"]));
    // The places stand behind the number, and lead to their rows.
    browser.eval("document.querySelector('.wl summary').click()");
    assert_eq!(browser.eval("document.querySelector('.wl details a').textContent"), json!("1.2.1"));
    // A rendering leads to its renderings in turn: the original, and by its way the other translations.
    browser.eval("document.querySelectorAll('.wl button')[1].click()");
    assert_eq!(browser.eval("document.getElementById('word').value"), json!("Krieg"));
    assert_eq!(browser.eval(FOUND), json!(["FI war 14", "fr guerre 14", "ru война 5", "zh 战争 9"]));
    // Another edition has the words of the one that was translated; an unknown word is in no row.
    ask(&mut browser, "Palestine");
    assert_eq!(browser.eval("document.querySelector('#detail .tools b').textContent"), json!("PDx"));
    ask(&mut browser, "nowhere");
    assert_eq!(browser.eval(FOUND), json!([]));
    // A click on a word of the text asks for it.
    browser.press(&["Escape"]);
    browser.eval("document.getElementById('FI.1.9.5').scrollIntoView({block: 'center'})");
    browser.eval("new Promise(requestAnimationFrame)");
    let spot = browser.eval(
        "(() => {
            const cell = document.querySelector('[id=\"FI.1.9.5\"] .k0'), range = new Range();
            const node = [...cell.childNodes].find(n => n.data?.includes('Stalin')), at = node.data.indexOf('Stalin');
            range.setStart(node, at + 2); range.setEnd(node, at + 3);
            const box = range.getBoundingClientRect();
            return [box.left + 1, box.top + box.height / 2];
        })()",
    );
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({"type": kind, "x": spot[0], "y": spot[1], "button": "left", "clickCount": 1});
        browser.call("Input.dispatchMouseEvent", event);
    }
    assert_eq!(browser.eval("document.getElementById('word').value"), json!("Stalin"));
    let russian = "[...document.querySelectorAll('.wl dt')].find(dt => dt.textContent === 'ru').nextSibling.querySelector('button').textContent";
    assert_eq!(browser.eval(russian), json!("Сталин"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// A doubtful row says why, in the overview and in its detail, as `align --explain` does.
#[test]
fn a_doubtful_row_says_why() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&DEMO.1, "#~view=sum");
    let rows = "[...document.querySelectorAll('[aria-label=\"To look at first\"] tbody tr')].map(r => [...r.cells].map(c => c.innerText))";
    let listed = browser.eval(rows);
    let row = listed.as_array().unwrap().iter().find(|row| row[0] == "FI.1.30.1" && row[1] == "fr").unwrap();
    assert!(row[5].as_str().unwrap().contains("FI 1.30.1–2 | fr 1.31.1"), "what else would fit: {row}");
    let confidences: Vec<f64> =
        listed.as_array().unwrap().iter().map(|row| row[2].as_str().unwrap().parse().unwrap()).collect();
    assert!(confidences.is_sorted(), "the least sure first: {confidences:?}");
    browser.open(&DEMO.1, "#FI.1.30.1");
    browser.press(&["Enter"]);
    let said = browser.eval("document.querySelector('#detail .why').innerText");
    let said = said.as_str().unwrap();
    assert!(said.contains("evidence +") && said.contains("victory ~ victoire"), "{said}");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
