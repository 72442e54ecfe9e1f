//! The report in a real browser: headless Chromium, where it is installed.

#![cfg(unix)]
// Helpers of tests may fail loudly and speak.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod access;
mod browser;
mod long;
mod odd;
mod pictures;
mod speed;
mod words;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use browser::Browser;
use hexapla::model::Text;
use hexapla::project::Project;
use hexapla::session::{self, FileOptions, PairOptions};
use hexapla::view::html;
use serde_json::json;

/// The report of the founding text, all witnesses, written once.
static DEMO: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let project = Project::open(env!("CARGO_MANIFEST_DIR")).unwrap().value;
    let sigla: Vec<String> = project.manifest.sigla().into_iter().map(str::to_owned).collect();
    let texts = session::load_witnesses(&project, &sigla).unwrap().value;
    written(&report(Some(&project), &texts))
});

fn report(project: Option<&Project>, texts: &[Text]) -> html::Report {
    session::report(project, texts, &PairOptions::default()).unwrap().value
}

fn written(report: &html::Report) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for file in html::write(report, None).unwrap() {
        std::fs::write(folder.path().join(file.name), file.html).unwrap();
    }
    let index = folder.path().join("index.html");
    (folder, index)
}

fn texts(list: &[(&str, &str, &str)]) -> Vec<Text> {
    let load = |&(siglum, lang, text): &(&str, &str, &str)| {
        let options = FileOptions { lang: Some(lang.into()), ..FileOptions::default() };
        session::load_bytes(text.as_bytes(), Some(Path::new("text.txt")), siglum, &options).unwrap().value
    };
    list.iter().map(load).collect()
}

/// How many rows are shown.
const SHOWN: &str = "document.querySelectorAll('.g:not([hidden])>.r:not([hidden])').length";

#[test]
fn opens_filters_and_searches() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&DEMO.1, "");
    let all = browser.eval(SHOWN).as_u64().unwrap();
    assert!(all > 160, "{all} rows");
    assert_eq!(browser.eval("document.querySelectorAll('.hr>.c').length"), json!(7));

    // A filter leaves the rows that have what it names, says how many, and is in the address.
    browser.eval("document.querySelector('[data-do=filters]').click()");
    browser.eval("document.querySelector('#filters input[value=number]').click()");
    let numbers = browser.eval(SHOWN).as_u64().unwrap();
    let promised = browser.eval("+document.querySelector('#filters input[value=number]').parentElement.querySelector('i').textContent");
    assert_eq!(Some(numbers), promised.as_u64());
    assert!(numbers > 0 && numbers < 10, "{numbers} rows with another number");
    assert!(browser.eval("location.hash").as_str().unwrap().contains("only=number"));
    let address = browser.eval("location.hash").as_str().unwrap().to_owned();
    browser.open(&DEMO.1, &address);
    assert_eq!(browser.eval(SHOWN).as_u64(), Some(numbers), "the address brings the filter back");
    browser.eval("document.querySelector('#filters [data-do=clear]')?.click(); document.querySelector('[data-do=filters]').click()");
    browser.eval("document.querySelector('#filters [data-do=clear]').click()");
    assert_eq!(browser.eval(SHOWN).as_u64(), Some(all));

    // Search folds case and accents, in any script.
    for (wanted, within) in
        [("REGIME", 1), ("etat", 1), ("красной АРМИИ", 1), ("斯大林", 1), ("nowhere at all", 0)]
    {
        browser.eval(&format!("(q => {{ q.value = {wanted:?}; q.dispatchEvent(new Event('input')) }})(document.getElementById('q'))"));
        let begun = "location.hash.includes('q=')";
        browser.wait(begun);
        browser.wait(&format!("decodeURIComponent(location.hash).replaceAll('+', ' ').includes({wanted:?})"));
        let found = browser.eval(SHOWN).as_u64().unwrap();
        assert!(if within == 0 { found == 0 } else { found > 0 && found < all }, "{wanted}: {found}");
    }
    assert_eq!(browser.eval("document.getElementById('none').hidden"), json!(false), "and says so");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn the_overview_counts() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&DEMO.1, "#~view=sum");
    // French lacks two remarks of the transcription and has its own first line and a sentence of PDx.
    let french = "[...document.querySelectorAll('[aria-label=Translations] tr')].find(r => r.cells[0].textContent === 'fr')";
    assert_eq!(
        browser.eval(&format!("[...{french}.cells].slice(5).map(c => c.textContent)")),
        json!(["2", "2"])
    );
    // The publications that differ most, and the scanning errors with the side that is wrong.
    assert_eq!(browser.eval("document.getElementById('pub-b').selectedOptions[0].textContent"), json!("PDx"));
    let scans = "[...document.querySelectorAll('[aria-label=\"Suspected scanning errors\"] tbody tr')].map(r => r.cells[1].textContent + ' ' + r.cells[3].textContent).join()";
    assert_eq!(browser.eval(scans), json!("agression FI,incomparab1y FI,Italo-Gernian FI"));
    // Which edition a translation follows, and why; the apparatus cites it with the editions. Headings are
    // each translator's own and decide nothing.
    let followed = "[...document.querySelectorAll('[aria-label=\"Readings followed, by edition\"] tbody tr')].map(r => [...r.cells].map(c => c.textContent).join(' '))[0]";
    assert_eq!(browser.eval(followed), json!("fr 8 8 5"));
    browser.press(&["3"]);
    let seven = "[...document.querySelectorAll('#v-app .ae')].find(e => e.textContent.includes('seven'))";
    assert_eq!(
        browser
            .eval(&format!("[...{seven}.querySelectorAll('.fo')].map(e => e.textContent + ' ' + e.title)")),
        json!([
            "de the translation has the number 10 (“zehn”) of this edition",
            "ru the translation has the number 10 (“десятью”) of this edition",
            "zh the translation has the number 10 of this edition",
            "fr the translation has the number 7 (“sept”) of this edition"
        ])
    );
    browser.press(&["4"]);
    // A count leads to the rows that it counts.
    let count = browser.eval("document.querySelector('[data-only=\"name:PDx\"]').textContent");
    browser.eval("document.querySelector('[data-only=\"name:PDx\"]').click()");
    assert_eq!(Some(browser.eval(SHOWN).as_u64().unwrap().to_string().as_str()), count.as_str());
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn the_same_witnesses_give_the_same_bytes() {
    let texts = texts(&[
        ("A", "en", "The colour of the house was red. Nobody came. It stood alone on the hill."),
        ("B", "en", "The color of the house was blue. Nobody came! It stood on the hill."),
        ("C", "fr", "La couleur de la maison était rouge. Personne ne vint. Elle était seule."),
    ]);
    let once = html::write(&report(None, &texts), None).unwrap();
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let again = alone.install(|| html::write(&report(None, &texts), None).unwrap());
    assert_eq!(once, again);
}

#[test]
fn the_base_is_switched_and_columns_go_and_move() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&DEMO.1, "");
    // In FI's column the lemma is dotted; seen from PDx the same words are variants.
    let classes =
        "[...new Set([...document.querySelectorAll('.g .k0 .u')].map(e => e.className))].sort().join('|')";
    let lemma = browser.eval(classes);
    assert!(lemma.as_str().unwrap().split('|').all(|c| c.contains(" l")), "{lemma}");
    browser.eval("(b => { b.value = [...b.options].find(o => o.textContent === 'PDx').value; b.dispatchEvent(new Event('change', {bubbles: true})) })(document.getElementById('base'))");
    let seen = browser.eval(classes);
    assert!(seen.as_str().unwrap().contains("u s"), "{seen}");
    assert!(browser.eval("location.hash").as_str().unwrap().contains("base=PDx"));
    // What was an addition to FI is an omission in FI now, and the same number of them.
    let additions = browser.eval("document.querySelectorAll('.g .k0 .u.o.s').length").as_u64().unwrap();
    assert!(additions > 5, "{additions}");

    browser.eval("document.querySelector('[data-do=columns]').click()");
    browser.eval("document.querySelector('#columns [data-w=\"4\"]').click()");
    assert_eq!(browser.eval("getComputedStyle(document.querySelector('.hr .k4')).display"), json!("none"));
    // The margin speaks of what is shown; a row that only hidden witnesses have is not.
    assert_eq!(
        browser.eval("document.querySelector('[id=\"FI.1.8.3\"] .n').textContent"),
        json!("2:2:2:1:2:2")
    );
    assert_eq!(browser.eval("document.getElementById('de.1.4.1').hidden"), json!(true));
    browser.eval("document.querySelector('#columns [data-left=\"1\"]').click()");
    let left_of = "document.querySelector('.hr .k1').getBoundingClientRect().left < document.querySelector('.hr .k0').getBoundingClientRect().left";
    assert_eq!(browser.eval(left_of), json!(true));
    assert!(browser.eval("location.hash").as_str().unwrap().contains("show=ed,FI,PDx,fr,ru,zh"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn readings_are_judged_against_the_base_of_the_day() {
    let Some(mut browser) = Browser::start() else { return };
    let texts = texts(&[
        ("A", "en", "The colour of the house was red. Nobody came to see it that day."),
        ("B", "en", "The color of the house was blue. Nobody came to see it that day."),
        ("C", "en", "The hue of the house was Blue. Nobody came to see it that day."),
    ]);
    let (_folder, page) = written(&report(None, &texts));
    let classes = |browser: &mut Browser, base: &str| {
        browser.open(&page, &format!("#~view=app&base={base}"));
        browser.eval("[...document.querySelectorAll('.ae')].map(e => [...e.querySelectorAll('.sg,.cl')].map(x => x.textContent).join(' ')).join('; ')")
    };
    assert_eq!(classes(&mut browser, "A"), json!("B spelling C substitution; B substitution C substitution"));
    assert_eq!(
        classes(&mut browser, "B"),
        json!("A spelling C substitution; A substitution C capitalisation")
    );
}

#[test]
fn the_page_has_the_entries_of_the_collation() {
    let Some(mut browser) = Browser::start() else { return };
    let project = Project::open(env!("CARGO_MANIFEST_DIR")).unwrap().value;
    let sigla = ["FI", "ed", "PDx"].map(str::to_owned);
    let texts = session::load_witnesses(&project, &sigla).unwrap().value;
    let collated = session::collate(Some(&project), &texts, Some("FI".to_owned())).unwrap().value;
    browser.open(&DEMO.1, "#~view=app");
    let entries = "[...document.querySelectorAll('#v-app .ae')]";
    assert_eq!(browser.eval(&format!("{entries}.length")), json!(collated.entries().len()));
    let loci: Vec<String> = collated
        .entries()
        .iter()
        .map(|entry| collated.locus(&collated.place(entry)).to_string().split(' ').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(browser.eval(&format!("{entries}.map(e => e.querySelector('a').textContent)")), json!(loci));
    // What moved has one entry, with both places; the witness that moved it is named.
    let moved = "[...document.querySelectorAll('#v-app .ae .cl.t')].map(e => e.parentElement)";
    assert_eq!(browser.eval(&format!("{moved}.length")), json!(collated.collation.moves.len()));
    let who =
        format!("[...new Set({moved}.flatMap(e => [...e.querySelectorAll('.sg')].map(s => s.textContent)))]");
    assert_eq!(browser.eval(&who), json!(["PDx"]));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn words_that_go_on_in_the_next_row_say_so() {
    let Some(mut browser) = Browser::start() else { return };
    let pointed = "The house was red. Nobody came to it. It stood on the hill.";
    let bare = "the house was red nobody came to it it stood on the hill";
    let (_folder, page) = written(&report(None, &texts(&[("A", "en", pointed), ("B", "en", bare)])));
    browser.open(&page, "");
    let marks = |column: usize| {
        format!(
            "[...document.querySelectorAll('.g .k{column}')].map(c => [...c.querySelectorAll('.go')].map(m => m.ariaLabel).join())"
        )
    };
    assert_eq!(browser.eval(&marks(0)), json!(["", "", ""]));
    assert_eq!(browser.eval(&marks(1)), json!(["goes on", "continued,goes on", "continued"]));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn moves_and_entries_are_followed_and_one_comes_back() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&DEMO.1, "");
    browser.eval("document.querySelector('[data-do=v-app]').click()");
    let entry = browser.eval("(e => e.id)([...document.querySelectorAll('#v-app .ae')][20])");
    let row = browser.eval(&format!("(a => {{ a.click(); return decodeURIComponent(a.getAttribute('href').slice(1)) }})(document.querySelector('#{} a'))", entry.as_str().unwrap()));
    assert_eq!(browser.eval("document.querySelector('.r.on').id"), row);
    assert_eq!(browser.eval("document.getElementById('v-rows').hidden"), json!(false));
    browser.eval("history.back()");
    browser.wait("!document.getElementById('v-app').hidden");
    browser.wait(&format!("document.querySelector('.ae.on')?.id === {entry}"));

    // A passage that moved leads to its other place, and Back leads to where one was.
    browser.open(&DEMO.1, "");
    let from = browser.eval("(a => { const r = a.closest('.r'); r.click(); a.click(); return r.id })([...document.querySelectorAll('a.to')].find(a => decodeURIComponent(a.hash.slice(1)) !== a.closest('.r').id))");
    let there = browser.eval("document.querySelector('.r.on').id");
    assert_ne!(from, there);
    browser.eval("history.back()");
    browser.wait(&format!("document.querySelector('.r.on')?.id === {from}"));
    // Every place of every witness is an address.
    browser.open(&DEMO.1, "#PDx.2.3.1");
    assert_eq!(browser.eval("document.querySelector('.r.on').id"), json!("PDx.2.3.1"));
    // Also one in the middle of a cell.
    browser.open(&DEMO.1, "#PDx.1.6.3");
    assert_eq!(
        browser.eval("[...document.querySelectorAll('.r.on [data-l]')].some(c => c.dataset.l === '1.6.2–3')"),
        json!(true)
    );
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn the_keyboard_does_everything() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&DEMO.1, "");
    let place = "document.querySelector('.r.on')?.id ?? null";
    browser.press(&["n"]);
    let first = browser.eval(place);
    browser.press(&["n", "j", "k"]);
    let second = browser.eval(place);
    assert!(first != second && second.is_string());
    browser.press(&["p"]);
    assert_eq!(browser.eval(place), first);
    browser.press(&["Enter"]);
    assert_eq!(browser.eval("document.getElementById('detail').hidden"), json!(false));
    browser.press(&["Escape", "?"]);
    assert_eq!(browser.eval("document.getElementById('help').open"), json!(true));
    // The help names each key, and each has a button there.
    assert!(browser.eval("document.querySelectorAll('#help [data-do]').length").as_u64().unwrap() > 20);
    browser.press(&["Escape", "3"]);
    assert_eq!(browser.eval("document.getElementById('v-app').hidden"), json!(false));
    browser.press(&["g"]);
    assert!(
        browser.eval("document.querySelector('#v-app .ae').textContent").as_str().unwrap().contains("ed")
    );
    browser.press(&["2"]);
    let read = browser.eval("document.querySelector('#v-read .prose').lang");
    browser.press(&["b", "b", "b"]);
    assert_eq!(
        (read, browser.eval("document.querySelector('#v-read .prose').lang")),
        (json!("en"), json!("fr"))
    );
    browser.press(&["4", "1", "f", "Tab", "Escape", "c", "Escape", "/"]);
    browser.press(&["z", "z", "z", "z"]);
    browser.wait("location.hash.includes('q=zzzz')");
    browser.press(&["Escape"]);
    browser.wait("!location.hash.includes('q=')");
    let theme = browser.eval("getComputedStyle(document.body).backgroundColor");
    browser.press(&["t"]);
    assert_ne!(browser.eval("getComputedStyle(document.body).backgroundColor"), theme);
    // Back, as often as views were changed.
    browser.press(&["Backspace"]);
    browser.wait("location.hash.includes('view=sum')");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_hostile_witness_is_shown_as_text() {
    let Some(mut browser) = Browser::start() else { return };
    let hostile = "He said <script>window.harmed = 1</script> and \"'quoted'\" & left. \
                   <img src=x onerror=\"window.harmed = 2\"> stays. \u{202e}Turned\u{1b}[31m round. </script><!-- ]]> The end.";
    let plain = "He said something and quoted & left. It stays. Turned round. The end.";
    let texts =
        texts(&[("A\"><b>", "en", hostile), ("B", "en", plain), ("עברית", "he", "הוא אמר משהו. זה נשאר.")]);
    let (_folder, page) = written(&report(None, &texts));
    for view in ["", "#~view=read", "#~view=app", "#~view=sum"] {
        browser.open(&page, view);
        assert_eq!(browser.eval("window.harmed ?? null"), json!(null));
        assert_eq!(
            browser.eval("document.querySelectorAll('main img, main script, .c b b').length"),
            json!(0)
        );
    }
    browser.open(&page, "");
    let shown = browser.eval("[...document.querySelectorAll('.g .k0')].map(e => e.textContent).join(' ')");
    let shown = shown.as_str().unwrap();
    assert!(shown.contains("window.harmed = 1") && shown.contains("onerror=\"window.harmed"), "{shown}");
    assert!(!shown.contains(['\u{202e}', '\u{1b}']), "{shown}");
    assert_eq!(browser.eval("getComputedStyle(document.querySelector('.g .k2')).direction"), json!("rtl"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_long_work_has_parts_and_an_index() {
    let Some(mut browser) = Browser::start() else { return };
    let project = Project::open(env!("CARGO_MANIFEST_DIR")).unwrap().value;
    let texts = session::load_witnesses(&project, &["FI", "PDx", "fr"].map(str::to_owned)).unwrap().value;
    let folder = tempfile::tempdir().unwrap();
    let files = html::write(&report(Some(&project), &texts), Some(60)).unwrap();
    assert!(files.len() > 3, "{} files", files.len());
    for file in &files {
        std::fs::write(folder.path().join(&file.name), &file.html).unwrap();
    }
    browser.call(
        "Page.navigate",
        json!({"url": format!("file://{}", folder.path().join("index.html").display())}),
    );
    browser.wait("!!document.querySelector('.index td')");
    let rows = browser.eval("[...document.querySelectorAll('.index td:nth-child(3)')].map(td => +td.textContent).reduce((x, y) => x + y)");
    browser.eval_unless_gone("document.querySelector('.index a').click()");
    browser.wait("document.documentElement?.dataset.ready === '1'");
    let mut seen = browser.eval(SHOWN).as_u64().unwrap();
    for _ in 2..files.len() {
        let before = browser.eval("location.pathname");
        browser.eval_unless_gone("document.querySelector('[rel=next]').click()");
        browser.wait(&format!(
            "location.pathname !== {before} && document.documentElement?.dataset.ready === '1'"
        ));
        seen += browser.eval(SHOWN).as_u64().unwrap();
    }
    assert_eq!(Some(seen), rows.as_u64(), "every row is on one page");
    assert_eq!(browser.eval("document.querySelectorAll('[rel=next]').length"), json!(0));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
