//! Any text as a manifest: an error with a place, never a panic.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = hexapla::project::Manifest::parse(text, Path::new("hexapla.toml"));
});
