//! Figures of a client's month, each computed by hand beside the test.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::months::{Mean, Median, Month};
use super::*;
use crate::estate::samples::estate;

const ORGANISATIONS: &str = "- {id: esn, name: ESN, type: company}\n\
    - {id: lait, name: Laiterie, type: client}\n- {id: orme, name: Orme, type: client}\n";

fn record<'a>(estate: &'a Estate, kind: &str, id: &str) -> &'a Record {
    estate.find(kind, id).expect("a record")
}
