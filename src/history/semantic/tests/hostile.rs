//! Whatever bytes a history holds, reading and comparing them ends, and the same way each time.

use super::reader;
use crate::history::semantic::merge;

const PAGE: &str = "---\ntitle: A\ntags: [a, \"b\"]\nnotes: |\n  é\n---\n# A\n\n| a | b |\n|---|---|\n\
                    | 1 | 2 |\n\n```sh\nls\n```\n\n- [ ] [x](y.md) ![[z]] [^1]\n\n[^1]: n\n";
const RECORDS: &str = "- id: a\n  ip: [192.0.2.1]\n  components:\n    - {name: x, serial: 1}\n\
                       - id: b\n  bitlocker_key: &k abcd\n  notes: *k\n- id: c\n  price: 1,5\n";

#[test]
fn no_bytes_end_it() {
    let reader = reader();
    let mut seed = 3_u32;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % limit
    };
    let signs = b"-:#&*!|>'\"%@`{}[],?\n\r\t \0\xff\xc3abc019<=";
    for (path, text) in [
        ("content/a.md", PAGE),
        ("inventory/assets/a.yaml", RECORDS),
        ("inventory/assets/a.md", PAGE),
    ] {
        for _ in 0..400 {
            let mut changed = |text: &[u8]| {
                let mut bytes = text.to_vec();
                for _ in 0..=below(4) {
                    let at = below(bytes.len());
                    match below(3) {
                        0 => bytes[at] = signs[below(signs.len())],
                        1 => bytes.insert(at, signs[below(signs.len())]),
                        _ => drop(bytes.remove(at)),
                    }
                }
                bytes
            };
            let old = changed(text.as_bytes());
            let new = changed(&old);
            let told = || {
                let [old, new] = [&old, &new].map(|bytes| reader.version(path, bytes));
                let side =
                    || reader.settle(vec![reader.compare(Some(&old), Some(&new), true)], &[]);
                merge(vec![side(), side()]);
                let mended = reader.settle(vec![reader.mended(Some(&old), &new, true)], &[]);
                (side(), mended)
            };
            assert_eq!(told(), told());
        }
    }
}
