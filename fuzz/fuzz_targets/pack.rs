//! See [`futago_fuzz::pack`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| futago_fuzz::pack(bytes));
