//! See [`futago_fuzz::geojson`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| futago_fuzz::geojson(bytes));
