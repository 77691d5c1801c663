//! See [`futago_fuzz::citygml`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| futago_fuzz::citygml(bytes));
