//! `hexapla completions` and `hexapla man`: made from the same definition as the help.

use clap::{Args, CommandFactory};

use super::{Cli, Exit, output};

/// Prints shell completions
///
/// For example: hexapla completions bash > ~/.local/share/bash-completion/completions/hexapla
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> anyhow::Result<Exit> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "hexapla", &mut text);
        output::to(None, |out| out.write_all(&text))?;
        Ok(Exit::Success)
    }
}

/// Prints the manual page (roff); with a verb, that verb's
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// A verb, such as `align`
    verb: Option<String>,
}

impl Man {
    pub(crate) fn run(&self) -> anyhow::Result<Exit> {
        let mut command = Cli::command();
        command.build();
        let page = match &self.verb {
            None => command,
            Some(verb) => command.find_subcommand(verb).cloned().ok_or_else(|| {
                hexapla::Error::new(hexapla::ErrorKind::Usage, format!("no verb `{verb}`"))
                    .hint("`hexapla help` lists the verbs")
            })?,
        };
        output::to(None, |out| clap_mangen::Man::new(page).render(out))?;
        Ok(Exit::Success)
    }
}
