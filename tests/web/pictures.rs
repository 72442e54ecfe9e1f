//! The pictures of README and docs, drawn from the founding text: `docs/pictures/draw`.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::browser::Browser;
use super::{DEMO, SHOWN};

/// Name, width, height, dark, fragment, and what is done on the page before it is drawn.
const PAGES: [(&str, u32, u32, bool, &str, &str); 4] = [
    ("parallel", 1280, 760, false, "#FI.1.12.7~show=FI,PDx,fr,zh", ""),
    ("reading", 1280, 760, false, "#~view=read", "document.querySelectorAll('.pg')[12].scrollIntoView()"),
    ("apparatus", 1280, 620, false, "#~view=app&positive=1", "scrollTo(0, 420)"),
    (
        "word",
        1280,
        760,
        true,
        "#FI.1.9.5~show=FI,PDx,de,ru",
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'w', bubbles: true}));
         (w => { w.value = 'war'; w.dispatchEvent(new Event('change', {bubbles: true})); w.blur() })(document.getElementById('word'))",
    ),
];

/// What is asked of the command, for the picture of the terminal.
const COMMAND: [&str; 6] = ["diff", "FI", "PDx", "1.12.7", "--color", "always"];

#[test]
#[ignore = "writes into docs/pictures"]
fn draw() {
    let Some(mut browser) = Browser::start() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for (name, width, height, dark, fragment, deed) in PAGES {
        let scheme = if dark { "dark" } else { "light" };
        browser.call(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]}),
        );
        browser.size(width, height);
        browser.open(&DEMO.1, fragment);
        assert!(browser.eval(SHOWN).as_u64() > Some(100));
        browser.eval(&format!("(() => {{ {deed} }})()"));
        // Places settle, and the foot follows, in the next frames.
        std::thread::sleep(std::time::Duration::from_millis(600));
        let drawn = browser.call("Page.captureScreenshot", json!({"format": "webp", "quality": 70}));
        std::fs::write(folder.join(format!("{name}.webp")), base64(drawn["data"].as_str().unwrap())).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_hexapla"))
        .args(COMMAND)
        .env("COLUMNS", "100")
        .env_remove("NO_COLOR")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    // What a terminal dims would hardly be seen in a picture.
    let shown = String::from_utf8(output.stdout).unwrap().replace("\u{1b}[2m", "\u{1b}[90m");
    let shown = format!("$ hexapla {}\n{shown}", COMMAND[..4].join(" "));
    std::fs::write(folder.join("terminal.svg"), anstyle_svg::Term::new().render_svg(&shown)).unwrap();
}

/// RFC 4648, as the protocol sends bytes.
pub(crate) fn base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u32> = text.bytes().filter(|&b| b != b'=').map(|b| u32::from(value(b))).collect();
    let mut bytes = Vec::new();
    for group in digits.chunks(4) {
        let joined = group.iter().enumerate().fold(0, |n, (k, digit)| n | digit << (18 - 6 * k));
        bytes.extend_from_slice(&joined.to_be_bytes()[1..group.len()]);
    }
    bytes
}
