//! Where words go: data to standard output or a file, talk to standard error.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use hexapla::Warning;
use hexapla::project::write_atomically;
use hexapla::view::style::Theme;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Global, When};

/// How this run talks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Talk {
    quiet: bool,
    color_out: bool,
    color_err: bool,
}

impl Talk {
    pub(crate) fn new(global: &Global) -> Self {
        let wanted = |terminal: bool| match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => {
                let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
                terminal && !set("NO_COLOR") && !dumb
            }
        };
        Self {
            quiet: global.quiet,
            color_out: wanted(io::stdout().is_terminal()),
            color_err: wanted(io::stderr().is_terminal()),
        }
    }

    /// How rows are dressed for standard output.
    pub(crate) fn theme(self) -> Theme {
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Theme { color: self.color_out, width: columns.or(terminal).unwrap_or(100).max(20) }
    }

    /// Shows warnings with their hints.
    pub(crate) fn warn<'w>(self, warnings: impl IntoIterator<Item = &'w Warning>) {
        if self.quiet {
            return;
        }
        for warning in warnings {
            self.line("warning", AnsiColor::Yellow, &warning.to_string());
            if let Some(hint) = &warning.hint {
                self.line("hint", AnsiColor::Cyan, hint);
            }
        }
    }

    /// Says something useful that is no part of the data.
    pub(crate) fn say(self, text: &str) {
        if !self.quiet {
            eprintln!("{text}");
        }
    }

    /// What to do next; only for a person who looks.
    pub(crate) fn next(self, text: &str) {
        if io::stderr().is_terminal() {
            self.say(text);
        }
    }

    /// Shows what went wrong, where, and what to do about it.
    pub(crate) fn error(self, error: &anyhow::Error) {
        let known = error.downcast_ref::<hexapla::Error>();
        let message = known.map_or_else(|| format!("{error:#}"), ToString::to_string);
        self.line("error", AnsiColor::Red, &message);
        if let Some(excerpt) = known.and_then(|e| e.shown_excerpt()) {
            eprintln!("{}", excerpt.trim_end());
        }
        if let Some(hint) = known.and_then(|e| e.shown_hint()) {
            self.line("hint", AnsiColor::Cyan, hint);
        }
    }

    fn line(self, head: &str, color: AnsiColor, text: &str) {
        let style =
            if self.color_err { Style::new().bold().fg_color(Some(color.into())) } else { Style::new() };
        eprintln!("{style}{head}{style:#}: {text}");
    }

    /// A spinner for work that may take long; shown to people only.
    pub(crate) fn progress(self, message: &str) -> ProgressBar {
        if self.quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(message.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }
}

/// Writes data to a file (whole or not at all) or, without one or for `-`, to standard output.
pub(crate) fn to(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    match file.filter(|f| f.as_os_str() != "-") {
        Some(file) => write_atomically(file, write)?,
        None => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            write(&mut out)?;
            out.flush()?;
        }
    }
    Ok(())
}

/// As [`to`]; on a terminal, more than fits on it goes through a pager: `$PAGER`, else `less` where
/// there is one. An empty PAGER or `cat` means none.
pub(crate) fn paged(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let height = terminal_size::terminal_size().map_or(24, |(_, height)| usize::from(height.0));
    if file.is_some_and(|f| f.as_os_str() != "-") || !io::stdout().is_terminal() {
        return to(file, write);
    }
    let mut shown = Vec::new();
    write(&mut shown)?;
    let fits = shown.iter().filter(|&&byte| byte == b'\n').count() < height;
    if fits || !page(&shown) {
        to(None, |out| out.write_all(&shown))?;
    }
    Ok(())
}

/// Shows bytes through the pager; `false` if there is none or it could not be started.
fn page(shown: &[u8]) -> bool {
    let wanted = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    let mut words = wanted.split_whitespace();
    let Some(program) = words.next().filter(|program| *program != "cat") else { return false };
    let mut command = std::process::Command::new(program);
    command.args(words).stdin(std::process::Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // Colours as they are; what is on the screen stays there.
        command.env("LESS", "FRX");
    }
    let Ok(mut pager) = command.spawn() else { return false };
    if let Some(mut input) = pager.stdin.take() {
        // Who has seen enough closes the pager; that is no error.
        let _ = input.write_all(shown);
    }
    pager.wait().is_ok()
}

/// Writes a value as indented JSON to standard output.
pub(crate) fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    to(None, |out| {
        serde_json::to_writer_pretty(&mut *out, value)?;
        out.write_all(b"\n")
    })
}
