#![no_main]

use processing_results_fuzz::checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    checks::timestamp(data);
});
