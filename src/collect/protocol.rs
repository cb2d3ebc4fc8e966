//! What agents say and what they are answered, JSON and XML, after GLPI Agent's own client
//! (`lib/GLPI/Agent/HTTP/Client/{GLPI,OCS}.pm`, `Protocol/*`, `XML/Query/*` of glpi-project/glpi-agent)
//! and what its proxy answers in the place of a server (`HTTP/Server/Proxy.pm`).

use serde_json::{Value, json};

use crate::diagnostic::Text;
use crate::import::Refusal;
use crate::import::glpi::{self, Document};
use crate::text;

/// How many hours an agent waits until it comes again.
const HOURS: u32 = 24;

/// What agents need not even look for: it is never stored (categories of GLPI Agent 1.x).
const NOT_WANTED: &str = "environment,licenseinfo,process";

/// What agents must not do for this server: it stores inventories, nothing else.
const DISABLED: [&str; 6] = [
    "collect",
    "deploy",
    "esx",
    "netdiscovery",
    "netinventory",
    "wakeonlan",
];

/// The form that an agent speaks, and is answered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The protocol of GLPI 10 and later.
    Json,
    /// That of OCS Inventory and `FusionInventory`.
    Xml,
}

/// What an agent says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// It is there, and asks what to do (`contact`, `PROLOG`).
    Contact,
    /// An inventory, with only what may be stored of it.
    Inventory {
        /// What the agent calls itself.
        device: String,
        /// A list that [`glpi::read`] takes.
        kept: Value,
    },
}

/// Reads a message. The form is known even where the message is refused.
pub fn message(bytes: &[u8]) -> (Form, Result<Message, Refusal>) {
    let begins = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let form = match begins {
        Some(b'<') => Form::Xml,
        _ => Form::Json,
    };
    let document = match glpi::document(bytes) {
        Ok(document) => document,
        Err(refusal) => return (form, Err(refusal)),
    };
    let form = match document {
        Document::Json(_) => Form::Json,
        Document::Xml(_) => Form::Xml,
    };
    (form, read(document))
}

fn read(document: Document) -> Result<Message, Refusal> {
    let (query, device) = match &document {
        Document::Json(Value::Object(message)) => (
            word(message.get("action")).unwrap_or("inventory"),
            word(message.get("deviceid")),
        ),
        Document::Json(_) => return Err(unknown("")),
        Document::Xml(root) => {
            let request = &root["request"];
            (
                word(request.get("query")).unwrap_or_default(),
                word(request.get("deviceid")),
            )
        }
    };
    let query = query.to_ascii_lowercase();
    let device = device.unwrap_or_default().to_owned();
    match query.as_str() {
        "contact" | "prolog" => Ok(Message::Contact),
        "inventory" | "netinventory" | "snmp" | "snmpquery" => Ok(Message::Inventory {
            device,
            kept: glpi::kept(document)?,
        }),
        other => Err(unknown(other)),
    }
}

fn word(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str).map(str::trim)
}

fn unknown(query: &str) -> Refusal {
    let query: String = query
        .chars()
        .filter(char::is_ascii_graphic)
        .take(40)
        .collect();
    Refusal::new(text!(
        "ce serveur ne prend que des inventaires, pas « {query} »",
        "this server takes inventories only, not \"{query}\""
    ))
}

/// The answer to an agent that asks what to do: an inventory, without what is not wanted.
///
/// `tasks.inventory` names a server and a version, else agents send a PROLOG as well.
pub fn go_on(form: Form) -> String {
    match form {
        Form::Json => json!({
            "status": "ok",
            "expiration": HOURS,
            "disabled": DISABLED,
            "tasks": {
                "inventory": {"server": "glpi", "version": "10.0", "no-category": NOT_WANTED},
            },
        })
        .to_string(),
        Form::Xml => reply(&format!(
            "<RESPONSE>SEND</RESPONSE><PROLOG_FREQ>{HOURS}</PROLOG_FREQ>"
        )),
    }
}

/// The answer that has an agent ask again at once, in the protocol of today (`runTarget` of `Agent.pm`).
pub fn ask_anew() -> String {
    json!({"status": "pending", "expiration": 0}).to_string()
}

/// The answer to an inventory that is stored.
pub fn stored(form: Form) -> String {
    match form {
        Form::Json => json!({"status": "ok", "expiration": HOURS}).to_string(),
        Form::Xml => reply("<RESPONSE>OK</RESPONSE>"),
    }
}

/// The answer to what is not taken, in both languages: nobody knows who reads an agent's log.
pub fn refused(form: Form, why: &Text) -> String {
    let why = format!("{} / {}", why.en, why.fr);
    match form {
        Form::Json => json!({"status": "error", "message": why, "expiration": HOURS}).to_string(),
        Form::Xml => {
            let mut safe = String::new();
            for letter in why.chars() {
                match letter {
                    '&' => safe.push_str("&amp;"),
                    '<' => safe.push_str("&lt;"),
                    '>' => safe.push_str("&gt;"),
                    letter if letter.is_control() => {}
                    letter => safe.push(letter),
                }
            }
            reply(&format!("<ERROR>{safe}</ERROR>"))
        }
    }
}

fn reply(inside: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<REPLY>{inside}</REPLY>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_agents_say() {
        let contact = br#"{"action": "contact", "deviceid": "PC-1", "installed-tasks": []}"#;
        assert_eq!(message(contact), (Form::Json, Ok(Message::Contact)));
        let prolog = b"<?xml version=\"1.0\" ?>\n<REQUEST><DEVICEID>PC-1</DEVICEID><QUERY>PROLOG</QUERY><TOKEN>12345678</TOKEN></REQUEST>";
        assert_eq!(message(prolog), (Form::Xml, Ok(Message::Contact)));
        let inventory = br#" {"deviceid": "PC-1", "content": {"hardware": {"name": "PC-1", "winprodkey": "X"}}}"#;
        let (form, read) = message(inventory);
        let kept = json!([{"deviceid": "PC-1", "content": {"hardware": {"name": "PC-1"}}}]);
        let device = "PC-1".to_owned();
        assert_eq!(
            (form, read),
            (Form::Json, Ok(Message::Inventory { device, kept }))
        );
        let old = b"<REQUEST><QUERY>INVENTORY</QUERY><DEVICEID>PC-2</DEVICEID><CONTENT><HARDWARE><NAME>PC-2</NAME></HARDWARE></CONTENT></REQUEST>";
        let (form, read) = message(old);
        assert_eq!(form, Form::Xml);
        assert!(
            matches!(read, Ok(Message::Inventory { device, kept }) if device == "PC-2" && kept[0]["content"]["hardware"]["name"] == "PC-2")
        );
    }

    #[test]
    fn what_is_no_message_is_refused_in_its_own_form() {
        for (bytes, form) in [
            (&b""[..], Form::Json),
            (b"[]", Form::Json),
            (b"{\"action\": \"deploy\"}", Form::Json),
            (b"{\"action\": \"inventory\"}", Form::Json),
            (b"{\"action\": 1, \"content\": []}", Form::Json),
            (b"<REQUEST><QUERY>DEPLOY</QUERY></REQUEST>", Form::Xml),
            (b"<REQUEST/>", Form::Xml),
            (b"<html", Form::Xml),
            (b"\xff\xfe<\0", Form::Xml),
            (
                b"<!DOCTYPE a [<!ENTITY b \"b\">]><REQUEST><QUERY>PROLOG</QUERY></REQUEST>",
                Form::Xml,
            ),
        ] {
            let (own, read) = message(bytes);
            let shown = String::from_utf8_lossy(bytes);
            assert!(read.is_err(), "{shown}");
            if !bytes.starts_with(b"\xff") {
                assert_eq!(own, form, "{shown}");
            }
        }
    }

    #[test]
    fn answers_are_readable_to_agents() {
        let read = |text: String| glpi::document(text.as_bytes()).expect("a document");
        let why = text!("refusé & <perdu>\u{1b}", "refused & <lost>\u{1b}");
        for text in [
            go_on(Form::Xml),
            stored(Form::Xml),
            refused(Form::Xml, &why),
        ] {
            let Document::Xml(root) = read(text.clone()) else {
                panic!("{text}");
            };
            assert!(root["reply"].is_object(), "{text}");
        }
        let Document::Json(answer) = read(go_on(Form::Json)) else {
            panic!("no JSON");
        };
        assert_eq!(
            (&answer["status"], &answer["expiration"]),
            (&json!("ok"), &json!(24))
        );
        let Document::Json(answer) = read(refused(Form::Json, &why)) else {
            panic!("no JSON");
        };
        assert_eq!(answer["status"], "error");
    }
}
