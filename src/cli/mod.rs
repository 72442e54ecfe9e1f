//! The command line: one file a verb, and the only place that prints.
//!
//! stdout is data, stderr is talk. Exit codes: 0 success (for `diff`: no difference), 1 a
//! difference or a check that failed, 2 an error.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod add;
mod align;
mod check;
mod collate;
mod demo;
mod dictionaries;
mod diff;
mod eval;
mod eval_apparatus;
mod export;
mod find;
mod follows;
mod greeting;
mod init;
mod inputs;
mod learn;
mod meta;
mod output;
mod report;
mod segment;
mod showing;
mod status;
mod terms;

use std::io;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use hexapla::project::DICTIONARIES;

/// What a verb has to say when it ends well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done; for `diff`: no difference.
    Success,
    /// A difference was found, or a check failed.
    Difference,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Success => Self::SUCCESS,
            Exit::Difference => Self::from(1),
        }
    }
}

/// Aligns translations and compares editions, sentence by sentence.
///
/// Witnesses are named by their siglum (in a project, see `hexapla init`) or by a file; `-` is
/// standard input. Exit codes: 0 success (diff: no difference), 1 a difference or a failed check,
/// 2 an error.
#[derive(Debug, Parser)]
#[command(name = "hexapla", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// Options of every verb.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Threads to use (default: one for each core); the result is the same for any number
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// What is used beside the dictionaries that you name: the built-in lexica (packs), or none
    #[arg(long, global = true, value_name = "WHICH", value_parser = DICTIONARIES)]
    dictionaries: Option<String>,
    /// When to use colour (NO_COLOR is respected)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,
    /// No progress, no warnings, no hints: errors only
    #[arg(long, short, global = true)]
    quiet: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Demo(demo::Demo),
    Init(init::Init),
    Add(add::Add),
    Check(check::Check),
    Status(status::Status),
    Segment(segment::Segment),
    Align(align::Align),
    Diff(diff::Diff),
    Collate(collate::Collate),
    Export(export::Export),
    Eval(eval::Eval),
    Find(find::Find),
    Follows(follows::Follows),
    Learn(learn::Learn),
    Dictionaries(dictionaries::Dictionaries),
    Report(report::Report),
    Terms(terms::Terms),
    Completions(meta::Completions),
    Man(meta::Man),
}

/// Parses the arguments, runs the verb and says what went wrong.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    let talk = output::Talk::new(&cli.global);
    if let Some(jobs) = cli.global.jobs {
        // Fails only if a pool exists already, and none does yet.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
    }
    inputs::set_dictionaries(cli.global.dictionaries.as_deref() == Some("none"));
    let result = match &cli.verb {
        None => greeting::run(&talk),
        Some(Verb::Demo(verb)) => verb.run(&talk),
        Some(Verb::Init(verb)) => verb.run(&talk),
        Some(Verb::Add(verb)) => verb.run(&talk),
        Some(Verb::Check(verb)) => verb.run(&talk),
        Some(Verb::Status(verb)) => verb.run(&talk),
        Some(Verb::Segment(verb)) => verb.run(&talk),
        Some(Verb::Align(verb)) => verb.run(&talk),
        Some(Verb::Diff(verb)) => verb.run(&talk),
        Some(Verb::Collate(verb)) => verb.run(&talk),
        Some(Verb::Export(verb)) => verb.run(&talk),
        Some(Verb::Eval(verb)) => verb.run(&talk),
        Some(Verb::Find(verb)) => verb.run(&talk),
        Some(Verb::Follows(verb)) => verb.run(&talk),
        Some(Verb::Learn(verb)) => verb.run(&talk),
        Some(Verb::Dictionaries(verb)) => verb.run(&talk),
        Some(Verb::Report(verb)) => verb.run(&talk),
        Some(Verb::Terms(verb)) => verb.run(&talk),
        Some(Verb::Completions(verb)) => verb.run(),
        Some(Verb::Man(verb)) => verb.run(),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            talk.error(&error);
            ExitCode::from(2)
        }
    }
}

/// A reader that has seen enough (`hexapla ... | head`) is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|e| e.io_error_kind() == Some(io::ErrorKind::BrokenPipe))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_grammar_is_sound() {
        Cli::command().debug_assert();
    }
}
