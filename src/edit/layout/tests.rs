//! Files laid out: small texts before and after, each of which stays as it is the second time.

use std::sync::Arc;

use super::*;
use crate::project::locate;
use crate::schema::built_in;

const RECORD: &str = "inventory/assets/a.yaml";

fn laid(path: &str, before: &str, order: Order) -> Result<String, Reason> {
    let schema = built_in();
    let location = locate(path, &schema).expect("a record").expect("a kind");
    let file = Arc::new(SourceFile::new(path, before));
    formatted(&file, &location, order).map_err(|refusal| refusal.reason)
}

fn check_at(path: &str, order: Order, before: &str, after: &str) {
    assert_eq!(laid(path, before, order).as_deref(), Ok(after));
    assert_eq!(
        laid(path, after, order).as_deref(),
        Ok(after),
        "a second time"
    );
    let (before, after) = (before.replace('\n', "\r\n"), after.replace('\n', "\r\n"));
    assert_eq!(laid(path, &before, order).as_deref(), Ok(after.as_str()));
}

fn check(before: &str, after: &str) {
    check_at(RECORD, Order::Written, before, after);
}

#[test]
fn blanks_and_empty_lines_are_even() {
    check(
        "\n\nname:   PC 1  # vu\nserial :  'A  1'\n\n\n\nos: L   \n\n",
        "name: PC 1  # vu\nserial: 'A  1'\n\nos: L\n",
    );
    check("name: a\nos: L", "name: a\nos: L\n");
    check(
        "- id: x\n  name: a\n\n\n-   id: y\n    name: b\n",
        "- id: x\n  name: a\n\n- id: y\n  name: b\n",
    );
    check(
        "serial:\nname: a # '  :  '\n",
        "serial:\nname: a # '  :  '\n",
    );
}

#[test]
fn each_level_is_two_blanks_deeper() {
    check(
        "name: a\nip:\n- 192.0.2.1\n-   192.0.2.2\nnetwork_ports:\n    -   name: eth0\n        mac: 00:00:5e:00:53:01\n",
        "name: a\nip:\n  - 192.0.2.1\n  - 192.0.2.2\nnetwork_ports:\n  - name: eth0\n    mac: 00:00:5e:00:53:01\n",
    );
}

#[test]
fn comments_stand_by_their_key() {
    check(
        "# Tête\nname: a\nip:\n# la première\n- 192.0.2.1\n# après\nos: L\n    # fin\n",
        "# Tête\nname: a\nip:\n  # la première\n  - 192.0.2.1\n# après\nos: L\n    # fin\n",
    );
}

#[test]
fn the_letters_of_texts_stay() {
    check(
        "network_ports:\n    - name: eth0\n      comment: |\n        un\n\n\n          deux  \n        trois\n\n\nos: un\n   deux\nname: \"a\n  b\"\n",
        "network_ports:\n  - name: eth0\n    comment: |\n      un\n\n\n        deux  \n      trois\n\nos: un\n   deux\nname: \"a\n  b\"\n",
    );
    check(
        "name: a\nip: [192.0.2.1,\n    192.0.2.2]\n",
        "name: a\nip: [192.0.2.1,\n    192.0.2.2]\n",
    );
}

#[test]
fn block_texts_are_items_as_others_are() {
    check(
        "ip:\n- >-\n      x\n- |\n      y\n      z\nname:  b\n",
        "ip:\n  - >-\n        x\n  - |\n        y\n        z\nname: b\n",
    );
}

#[test]
fn keys_take_the_words_of_the_schema() {
    check(
        "Nom: a\nNuméro de série: x # vu\nchamp_à_moi: 1\n",
        "name: a\nserial: x # vu\nchamp_à_moi: 1\n",
    );
}

#[test]
fn keys_are_put_in_order_on_request() {
    check_at(
        RECORD,
        Order::Schema,
        "# La fiche de l'accueil.\nos: L\n\n# Sur l'étiquette :\nserial: x # vu\nplus: 1\nname: a\n# fin\n",
        "# La fiche de l'accueil.\nname: a\n\n# Sur l'étiquette :\nserial: x # vu\nos: L\nplus: 1\n# fin\n",
    );
    check_at(
        RECORD,
        Order::Schema,
        "- ip:\n    - 192.0.2.1\n  os: L\n  # vu\n  id: x\n- id: y\n  name: b\n",
        "# vu\n- id: x\n  os: L\n  ip:\n    - 192.0.2.1\n- id: y\n  name: b\n",
    );
}

#[test]
fn a_page_keeps_its_body() {
    check_at(
        "procedures/a.md",
        Order::Schema,
        "---\nowner:   p\ntitle: A\n\n---\n\n\n# A  \n\ttexte  \n\n\n",
        "---\ntitle: A\nowner: p\n---\n\n\n# A  \n\ttexte  \n\n\n",
    );
    check_at(
        "content/a.md",
        Order::Written,
        "# A\n\n\nb\n",
        "# A\n\n\nb\n",
    );
}

#[test]
fn what_is_in_doubt_is_refused() {
    let refused = [
        ("name: &a x\nserial: *a\n", Reason::Shared),
        ("? name\n: a\n", Reason::Shape),
        ("name: a\nname: b\n", Reason::Unreadable),
        ("name: [a\n", Reason::Unreadable),
    ];
    for (text, reason) in refused {
        assert_eq!(laid(RECORD, text, Order::Schema), Err(reason), "{text}");
    }
    let kept = [
        "name: a\nnotes: |+\n  x\n\n\n\nos: L\n",
        "name: |-\n  x\n    \nos:  L\n",
    ];
    for text in kept {
        assert_eq!(
            laid(RECORD, text, Order::Written),
            Err(Reason::Shape),
            "{text}"
        );
    }
    let inside = "ip:\n  - 192.0.2.1\n  # - 192.0.2.9\nname: a\n";
    assert_eq!(laid(RECORD, inside, Order::Schema), Err(Reason::Comment));
    let apart = "os: L\n\n# à part\n\nname: a\n";
    assert_eq!(laid(RECORD, apart, Order::Schema), Err(Reason::Comment));
    assert_eq!(laid(RECORD, apart, Order::Written).as_deref(), Ok(apart));
}
