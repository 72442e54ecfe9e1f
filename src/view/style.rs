//! How marks look: with colour, underline and strike, or with plain signs where there is none.

use anstyle::{AnsiColor, Style};

pub use super::visible;

use super::rows::Mark;

/// How text is dressed for a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether escape sequences may be written. Without them, marks are written as signs:
    /// `[-deleted-]`, `{+inserted+}`, `[~moved~]`, `[found]`.
    pub color: bool,
    /// The width of the terminal in columns.
    pub width: usize,
}

impl Theme {
    /// The style of words with a mark. Never colour alone: each has an effect as well.
    pub fn style(self, mark: Mark) -> Style {
        match mark {
            Mark::Equal => Style::new(),
            Mark::Deleted => Style::new().fg_color(Some(AnsiColor::Red.into())).strikethrough(),
            Mark::Inserted => Style::new().fg_color(Some(AnsiColor::Green.into())).underline(),
            Mark::Changed => Style::new().fg_color(Some(AnsiColor::Yellow.into())).bold(),
            Mark::Moved => Style::new().fg_color(Some(AnsiColor::Cyan.into())).italic(),
            Mark::Omitted => Style::new().fg_color(Some(AnsiColor::Red.into())).italic(),
            Mark::Label => Style::new().bold(),
            Mark::Note | Mark::Furniture => Style::new().dimmed(),
            Mark::Found => Style::new().bold().underline(),
        }
    }

    /// The style of what stands beside the text: loci, numbers, classes.
    pub fn quiet(self) -> Style {
        Style::new().dimmed()
    }

    /// The style of headings.
    pub fn strong(self) -> Style {
        Style::new().bold()
    }

    /// `text` in a style, if colour is on.
    pub fn paint(self, style: Style, text: &str) -> String {
        if self.color && style != Style::new() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// The signs around words where there is no colour. `first` tells the side of changed words.
    pub fn signs(self, mark: Mark, first: bool) -> (&'static str, &'static str) {
        match mark {
            _ if self.color => ("", ""),
            Mark::Equal | Mark::Label | Mark::Note | Mark::Furniture => ("", ""),
            Mark::Omitted => ("[", "]"),
            Mark::Deleted => ("[-", "-]"),
            Mark::Inserted => ("{+", "+}"),
            Mark::Moved => ("[~", "~]"),
            Mark::Found => ("[", "]"),
            Mark::Changed if first => ("[-", "-]"),
            Mark::Changed => ("{+", "+}"),
        }
    }
}
