//! Two states of a file, parted by a line `~~~`, as a commit has them: what changed is told, and a state does not differ from itself.
#![no_main]

use std::collections::BTreeSet;

use carnet::history::semantic::Reader;
use carnet::schema::built_in;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let reader = Reader::new(built_in(), BTreeSet::new());
    let place = bytes.windows(5).position(|window| window == b"\n~~~\n");
    let (old, new) = place.map_or((bytes, &b""[..]), |place| (&bytes[..place], &bytes[place + 5..]));
    for path in ["inventory/assets/typed.yaml", "procedures/typed.md"] {
        let [old, new] = [old, new].map(|bytes| reader.version(path, bytes));
        let _ = reader.settle(vec![reader.compare(Some(&old), Some(&new), true)], &[]);
        let same = reader.settle(vec![reader.compare(Some(&old), Some(&old), true)], &[]);
        assert!(same.records.is_empty(), "{same:?}");
    }
});
