//! Long works: never a blank row, and what the page's own clock says.

use std::path::Path;

use hexapla::project::Project;
use hexapla::session;
use hexapla::view::html;
use serde_json::json;

use super::browser::Browser;
use super::{long, report, texts};

/// Ten thousand rows of three columns: no row that is in the window is blank, however one scrolls.
#[test]
fn ten_thousand_rows_are_never_blank() {
    let Some(mut browser) = Browser::start() else { return };
    let project = Project::open(env!("CARGO_MANIFEST_DIR")).unwrap().value;
    let sigla = ["FI", "PDx", "fr"].map(str::to_owned);
    let texts = session::load_witnesses(&project, &sigla).unwrap().value;
    let short = report(Some(&project), &texts);
    let times = 10_000 / short.table.rows.len();
    stays_full(&mut browser, &long::repeated(&short, times));
}

/// A novel in five editions.
#[test]
fn a_novel_in_five_editions_is_never_blank() {
    let Some(data) = std::env::var_os("HEXAPLA_DATA") else {
        println!("skipped: HEXAPLA_DATA is not set");
        return;
    };
    let Some(mut browser) = Browser::start() else { return };
    let folder = Path::new(&data).join("editions/darwin_origin_ch1");
    let editions = ["1859", "1860", "1861", "1866", "1869"];
    let read = |year: &&str| std::fs::read_to_string(folder.join(format!("{year}.txt"))).unwrap();
    let read: Vec<String> = editions.iter().map(read).collect();
    let list: Vec<(&str, &str, &str)> =
        editions.iter().zip(&read).map(|(&year, text)| (year, "en", text.as_str())).collect();
    let short = report(None, &texts(&list));
    stays_full(
        &mut browser,
        &long::repeated(&short, html::default_rows(editions.len()) / short.table.rows.len()),
    );
}

/// Opens a long report of one page, scrolls, and says what the page's own clock says of opening it and
/// of what one does there.
fn stays_full(browser: &mut Browser, long: &html::Report) {
    let files = html::write(long, None).unwrap();
    let [page] = files.as_slice() else { panic!("{} pages", files.len()) };
    let words: usize = long.table.rows.iter().flat_map(|row| &row.cells).map(|c| c.plain().len()).sum();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.html");
    std::fs::write(&file, &page.html).unwrap();
    let share = page.html.len() as f64 / words as f64;
    assert!(share <= 6.0, "{share:.2} times the text");
    browser.call("Performance.enable", json!({"timeDomain": "threadTicks"}));
    let before = worked(browser);
    browser.open(&file, "");
    // The processor's time says more than the clock's, where other things run as well.
    let work = worked(browser) - before;
    assert!(work < 2_000.0, "{work:.0} ms of work to open it");
    let opened = browser.eval("performance.getEntriesByType('navigation')[0].loadEventEnd | 0");
    let painted = browser.eval("performance.getEntriesByName('first-contentful-paint')[0]?.startTime | 0");
    // Far jumps and many small steps; what the window shows is looked at in the very next frame.
    let blank = browser.eval(
        "(async () => {
            const frame = () => new Promise(requestAnimationFrame);
            let blank = 0, seen = 0;
            const height = document.documentElement.scrollHeight;
            const places = [...Array(20).keys()].map(k => height * ((k * 7) % 20) / 20);
            for (let k = 0; k < 20; k++) places.push(height / 3 + k * 400);
            for (const y of places) {
                scrollTo(0, y);
                await frame(); await frame();
                for (let at = 220; at < innerHeight - 40; at += 90) {
                    const row = document.elementsFromPoint(400, at).find(e => e.matches('.r'));
                    seen++;
                    if (!row || !row.checkVisibility({contentVisibilityAuto: true}) || !row.textContent.trim()) blank++;
                }
            }
            return `${blank} of ${seen > 200 ? 'many' : seen}`;
        })()",
    );
    assert_eq!(blank, json!("0 of many"));
    let mut timed = |what: &str| {
        browser.eval(&format!("(() => {{ const t = performance.now(); {what}; document.body.offsetHeight; return performance.now() - t | 0 }})()"))
    };
    let base = timed(
        "(b => { b.value = 1; b.dispatchEvent(new Event('change', {bubbles: true})) })(document.getElementById('base'))",
    );
    let filter = timed(
        "document.querySelector('[data-do=filters]').click(); document.querySelector('#filters input').click()",
    );
    let apparatus = timed(
        "document.querySelector('[data-do=clear]').click(); document.querySelector('[data-do=v-app]').click()",
    );
    let reading = timed("document.querySelector('[data-do=v-read]').click()");
    let overview = timed("document.querySelector('[data-do=v-sum]').click()");
    println!(
        "{} rows, {share:.2} times the text: opened after {opened} ms (painted {painted}) with {work:.0} ms of work, base {base}, filter {filter}, apparatus {apparatus}, reading {reading}, overview {overview} ms",
        long.table.rows.len()
    );
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// Milliseconds for which the page's thread has been at work.
fn worked(browser: &mut Browser) -> f64 {
    let metrics = browser.call("Performance.getMetrics", json!({}));
    let metric =
        metrics["metrics"].as_array().unwrap().iter().find(|metric| metric["name"] == "TaskDuration");
    metric.unwrap()["value"].as_f64().unwrap() * 1_000.0
}
