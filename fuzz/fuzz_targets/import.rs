//! See [`futago_fuzz::import`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| futago_fuzz::import(bytes));
