//! Any bytes as NumPy's arrays, and as vecalign's overlaps with their vectors.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (String, Vec<u8>)| {
    let (text, bytes) = input;
    let path = Path::new("x");
    let _ = hexapla::formats::npy::read(&bytes, path);
    let magic = [b"\x93NUMPY\x01\x00".as_slice(), &bytes].concat();
    let _ = hexapla::formats::npy::read(&magic, path);
    if let Ok(overlaps) = hexapla::formats::overlaps::read(&text, path, &bytes, path) {
        let sentences: Vec<String> = text.lines().map(str::to_owned).collect();
        let _ = overlaps.stretches(&sentences, 3);
    }
});
