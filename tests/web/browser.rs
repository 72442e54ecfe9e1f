//! A headless Chromium over its debugging pipe: the DevTools protocol as JSON, each message ended by
//! a zero byte. No other program and no network is needed for that.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a single step may take, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(90);

/// Browsers at the same time: more than a small machine has memory for, and one of them dies.
const SEATS: usize = 2;

static TAKEN: Mutex<usize> = Mutex::new(0);
static LEFT: Condvar = Condvar::new();

/// The right to run a browser, given back when it is dropped.
struct Seat;

impl Seat {
    fn wait() -> Self {
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = LEFT.wait_while(taken, |n| *n >= SEATS).unwrap_or_else(PoisonError::into_inner);
        *taken += 1;
        Self
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        LEFT.notify_one();
    }
}

/// A browser with one page.
pub(crate) struct Browser {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    sent: u64,
    /// Everything that the page reported: console, errors, requests.
    pub(crate) events: Vec<Value>,
    _profile: tempfile::TempDir,
    _seat: Seat,
}

/// Where Chromium is, if it is anywhere: `HEXAPLA_CHROMIUM` or its usual names.
fn chromium() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("HEXAPLA_CHROMIUM") {
        return Some(path.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).flat_map(|dir| names.map(|name| dir.join(name))).find(|file| file.is_file())
}

impl Browser {
    /// Starts a browser; `None`, with a message, where there is none.
    pub(crate) fn start() -> Option<Self> {
        let Some(program) = chromium() else {
            println!("skipped: no Chromium (apt-get install chromium, or set HEXAPLA_CHROMIUM)");
            return None;
        };
        let seat = Seat::wait();
        let profile = tempfile::tempdir().unwrap();
        // The protocol uses the descriptors 3 and 4, which the shell makes of our pipes.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null"])
            .arg(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-dev-shm-usage", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = child.stdout.take().unwrap();
        let (send, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut bytes = Vec::new();
            while output.read_until(0, &mut bytes).is_ok_and(|n| n > 0) {
                bytes.pop();
                let Ok(message) = serde_json::from_slice(&bytes) else { break };
                if send.send(message).is_err() {
                    break;
                }
                bytes.clear();
            }
        });
        let mut browser = Self {
            child,
            input,
            messages,
            session: None,
            sent: 0,
            events: Vec::new(),
            _profile: profile,
            _seat: seat,
        };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}));
        let id = target["targetId"].as_str().unwrap().to_owned();
        let attached = browser.call("Target.attachToTarget", json!({"targetId": id, "flatten": true}));
        browser.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser.size(1440, 900);
        Some(browser)
    }

    /// A command of the protocol and its result.
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        self.try_call(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// A command of the protocol, and its result or what was wrong with it.
    fn try_call(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.sent += 1;
        let id = self.sent;
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.input.write_all(message.to_string().as_bytes()).unwrap();
        self.input.write_all(&[0]).unwrap();
        self.input.flush().unwrap();
        loop {
            let message = self
                .messages
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|e| panic!("{method}: the browser is gone or hangs: {e}"));
            if message["id"] == json!(id) {
                let error = &message["error"];
                return if error.is_null() { Ok(message["result"].clone()) } else { Err(error.clone()) };
            }
            self.events.push(message);
        }
    }

    /// The size of the window in pixels.
    pub(crate) fn size(&mut self, width: u32, height: u32) {
        self.call(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}),
        );
    }

    /// Opens a file at a fragment (`#FI.1.5.3`, or nothing) and waits until its script is done.
    pub(crate) fn open(&mut self, file: &Path, fragment: &str) {
        self.call("Page.navigate", json!({"url": "about:blank"}));
        self.call("Page.navigate", json!({"url": format!("file://{}{fragment}", file.display())}));
        self.wait("document.documentElement?.dataset.ready === '1'");
    }

    /// The value of an expression; a failing one fails the test.
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        self.eval_unless_gone(expression).unwrap_or_else(|| panic!("{expression}: the page is gone"))
    }

    /// The value of an expression; `None` if the page is left meanwhile. A failing one fails the test.
    pub(crate) fn eval_unless_gone(&mut self, expression: &str) -> Option<Value> {
        let params = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        match self.try_call("Runtime.evaluate", params) {
            Ok(result) => {
                assert!(result["exceptionDetails"].is_null(), "{expression}: {}", result["exceptionDetails"]);
                Some(result["result"]["value"].clone())
            }
            Err(error) => {
                let said = error["message"].as_str().unwrap_or_default();
                let gone = ["navigated or closed", "context was destroyed", "Cannot find"];
                assert!(gone.iter().any(|words| said.contains(words)), "{expression}: {error}");
                None
            }
        }
    }

    /// Waits until an expression is true, on this page or on the one that follows.
    pub(crate) fn wait(&mut self, expression: &str) {
        let begun = Instant::now();
        while self.eval_unless_gone(expression) != Some(json!(true)) {
            assert!(begun.elapsed() < PATIENCE, "never true: {expression}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses keys one after the other: letters, or names such as `Enter`.
    pub(crate) fn press(&mut self, keys: &[&str]) {
        for key in keys {
            let text = if key.chars().count() == 1 {
                *key
            } else if *key == "Enter" {
                "\r"
            } else {
                ""
            };
            let code = match *key {
                "Enter" => 13,
                "Escape" => 27,
                "Backspace" => 8,
                "Tab" => 9,
                _ => 0,
            };
            let event = |kind: &str| json!({"type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code});
            self.call(
                "Input.dispatchKeyEvent",
                event(if text.is_empty() { "rawKeyDown" } else { "keyDown" }),
            );
            self.call("Input.dispatchKeyEvent", event("keyUp"));
        }
    }

    /// What the page complained of, and what it asked of others than the disk.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        // Events come before the answer to what is asked after them.
        self.eval("0");
        let of_others = |event: &Value| {
            let url = event["params"]["request"]["url"].as_str().unwrap_or_default();
            !(url.starts_with("file:") || url.starts_with("about:"))
        };
        let bad = self.events.iter().filter(|event| match event["method"].as_str() {
            Some("Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Log.entryAdded") => true,
            Some("Network.requestWillBeSent") => of_others(event),
            _ => false,
        });
        bad.map(Value::to_string).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
