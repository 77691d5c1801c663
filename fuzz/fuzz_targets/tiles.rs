//! See [`futago_fuzz::tiles`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| futago_fuzz::tiles(bytes));
