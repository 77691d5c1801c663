//! See [`futago_fuzz::cityjson`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| futago_fuzz::cityjson(bytes));
