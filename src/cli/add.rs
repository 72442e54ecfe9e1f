//! stub
use super::{Exit, output::Talk};
use clap::Args;
/// stub
#[derive(Debug, Args)]
pub(crate) struct Add {}
impl Add {
    pub(crate) fn run(&self, _t: &Talk) -> anyhow::Result<Exit> {
        Ok(Exit::Success)
    }
}
