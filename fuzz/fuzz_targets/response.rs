#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| processing_results::fuzz("response", data));
