//! The page in the dark, on paper, in a narrow window, and for who cannot see it.

use serde_json::json;

use super::DEMO;
use super::browser::Browser;

const VIEWS: [&str; 4] = ["", "#~view=read", "#~view=app", "#~view=sum"];

fn colours(browser: &mut Browser, scheme: &str) {
    let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
    browser.call("Emulation.setEmulatedMedia", media);
}

#[test]
fn dark_and_light() {
    let Some(mut browser) = Browser::start() else { return };
    let luminance = "(c => c.match(/\\d+/g).slice(0, 3).reduce((x, y) => +x + +y))(getComputedStyle(document.body).backgroundColor)";
    colours(&mut browser, "dark");
    browser.open(&DEMO.1, "");
    assert!(browser.eval(luminance).as_u64().unwrap() < 150);
    colours(&mut browser, "light");
    assert!(browser.eval(luminance).as_u64().unwrap() > 700);
    // The key goes before what the system wishes.
    browser.press(&["t"]);
    assert!(browser.eval(luminance).as_u64().unwrap() < 150);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn nothing_sticks_out_of_a_narrow_window() {
    let Some(mut browser) = Browser::start() else { return };
    for width in [390, 320] {
        browser.size(width, 844);
        for view in ["#FI.1.8.1", "#~view=read", "#~view=app", "#~view=sum"] {
            browser.open(&DEMO.1, view);
            assert_eq!(browser.eval("document.documentElement.scrollWidth"), json!(width), "{view}");
        }
    }
    // Each cell has its siglum before it.
    browser.open(&DEMO.1, "#FI.1.8.1");
    let siglum =
        "(s => [s.display, s.content])(getComputedStyle(document.querySelector('.r.on .k3'), '::after'))";
    assert_eq!(browser.eval(siglum), json!(["block", "\"fr\""]));
    // The foot has the entries of what is in the window, and only those.
    browser.open(&DEMO.1, "#~view=read");
    browser.eval("document.querySelectorAll('.pg')[12].scrollIntoView()");
    browser.wait("!document.getElementById('foot').hidden && ![...document.querySelectorAll('#foot .ae')].some(e => e.textContent.startsWith('1.1.1'))");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn every_view_is_printed_on_either_paper() {
    let Some(mut browser) = Browser::start() else { return };
    for view in VIEWS {
        browser.open(&DEMO.1, view);
        for (width, height, points) in [(8.27, 11.69, "595."), (8.5, 11.0, "612 792")] {
            let pdf = browser.call("Page.printToPDF", json!({"paperWidth": width, "paperHeight": height}));
            let pdf = super::pictures::base64(pdf["data"].as_str().unwrap());
            let text = String::from_utf8_lossy(&pdf);
            let boxes: Vec<&str> =
                text.match_indices("/MediaBox").map(|(at, _)| &text[at..at + 40]).collect();
            assert!(pdf.starts_with(b"%PDF") && boxes.len() >= 3, "{view}: {} pages", boxes.len());
            assert!(boxes.iter().all(|found| found.contains(points)), "{view}: {boxes:?}");
        }
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// `HEXAPLA_AXE` names axe.min.js (npm: axe-core); without it nothing is judged.
#[test]
fn axe_finds_no_violation() {
    let Some(axe) = std::env::var_os("HEXAPLA_AXE") else {
        println!("skipped: HEXAPLA_AXE is not set");
        return;
    };
    let Some(mut browser) = Browser::start() else { return };
    let axe = std::fs::read_to_string(axe).unwrap();
    for (scheme, width) in [("light", 1440), ("dark", 1440), ("light", 390)] {
        colours(&mut browser, scheme);
        browser.size(width, 900);
        for view in VIEWS {
            browser.open(&DEMO.1, view);
            browser.eval("document.querySelector('[data-do=filters]').click()");
            if view.is_empty() {
                browser.press(&["n", "w"]);
                browser.eval("(w => { w.value = 'war'; w.dispatchEvent(new Event('change', {bubbles: true})) })(document.getElementById('word'))");
                browser.eval("document.querySelector('#detail summary').click()");
            }
            browser.call("Runtime.evaluate", json!({"expression": axe}));
            judged(&mut browser, &format!("{scheme} {width} {view}"));
        }
        browser.eval("document.querySelector('[data-do=columns]').click(); document.querySelector('[data-do=help]').click()");
        judged(&mut browser, &format!("{scheme} {width} help"));
    }
}

fn judged(browser: &mut Browser, place: &str) {
    let found = browser.eval(
        "axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | ')))",
    );
    assert_eq!(found, json!([]), "{place}");
}
