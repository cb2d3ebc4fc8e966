//! The head of an HTTP request, as anybody may send it to `carnet serve` and `carnet collect`.
#![no_main]

use carnet::http::read_head;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(Some((method, target))) = read_head(bytes) {
        // Whatever is accepted has no byte that could end a line or hide another request.
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        assert!(is_plain(&method) && is_plain(&target), "{method:?} {target:?}");
    }
});
