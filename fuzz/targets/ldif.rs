//! LDIF, as directories export it.
#![no_main]

use carnet::import::ldif;
use jiff::tz::TimeZone;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = ldif::read(bytes, &TimeZone::UTC);
});
