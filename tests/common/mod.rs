//! A project in a folder of its own, and the command run in it.

// Each test file uses a part of it; helpers of tests may fail loudly.
#![allow(dead_code, unreachable_pub, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that disappears with the value.
pub struct ProjectTest {
    dir: tempfile::TempDir,
}

impl ProjectTest {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The demo, as the command writes it.
    pub fn demo() -> Self {
        let test = Self::empty();
        test.run(&["demo", "."]).success();
        test
    }

    /// Writes a file.
    pub fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("written");
        self
    }

    /// The path of a file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The text of a file in the folder.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// All files below the folder with their bytes, sorted by name.
    pub fn all_files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(dir: &Path, root: &Path, out: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(dir).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    walk(&path, root, out);
                } else {
                    let name = path.strip_prefix(root).expect("below the root").to_owned();
                    out.push((name, fs::read(&path).expect("readable")));
                }
            }
        }
        let mut out = Vec::new();
        walk(self.dir.path(), self.dir.path(), &mut out);
        out.sort();
        out
    }

    /// Runs the command in the folder.
    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with_input(args, b"")
    }

    /// Runs the command in the folder with bytes on its standard input.
    pub fn run_with_input(&self, args: &[&str], input: &[u8]) -> Run {
        use std::io::Write;
        use std::process::Stdio;
        let mut child = Command::new(env!("CARGO_BIN_EXE_hexapla"))
            .args(args)
            .current_dir(self.dir.path())
            .env_remove("COLUMNS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let mut stdin = child.stdin.take().expect("piped");
        let input = input.to_vec();
        let writer = std::thread::spawn(move || {
            // The command may end without reading all of it.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().expect("it ends");
        writer.join().expect("written");
        Run { args: args.iter().map(|a| (*a).to_owned()).collect(), output }
    }
}

/// What a run of the command gave.
pub struct Run {
    args: Vec<String>,
    output: Output,
}

impl Run {
    /// Standard output.
    pub fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    /// Standard error.
    pub fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }

    /// The exit code.
    pub fn code(&self) -> Option<i32> {
        self.output.status.code()
    }

    /// Expects exit code 0.
    pub fn success(self) -> Self {
        self.expect_code(0)
    }

    /// Expects an exit code.
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code(), Some(code), "hexapla {:?}\n{}{}", self.args, self.stdout(), self.stderr());
        self
    }

    /// Expects an error: exit code 2, exactly one `error:` line with these words, no panic, no data.
    pub fn error(self, words: &[&str]) -> Self {
        let run = self.expect_code(2);
        let stderr = run.stderr();
        assert_eq!(stderr.matches("error: ").count(), 1, "one error: {stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
        assert_eq!(run.stdout(), "", "no data beside an error");
        for word in words {
            assert!(stderr.contains(word), "“{word}” in: {stderr}");
        }
        run
    }
}
