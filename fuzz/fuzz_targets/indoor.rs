//! See [`futago_fuzz::indoor`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| futago_fuzz::indoor(bytes));
