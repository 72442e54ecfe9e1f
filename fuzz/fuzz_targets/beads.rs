//! Any text as beads and as gold.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = hexapla::formats::vecalign::read(text, Path::new("x"));
    let _ = hexapla::eval::anchor::GoldAlignment::parse(text, Path::new("x"));
    let _ = hexapla::eval::variants::GoldVariants::parse(text, Path::new("x"));
});
