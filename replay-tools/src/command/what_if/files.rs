//! What is supposed, from two files: the inputs of `slaPlanDefine` and `calendarDefine` as JSON.
//!
//! What makes no JSON of that shape is refused with its path, line and column, what refers to nothing
//! with its path. Whether it makes a plan or a calendar is the rules' to say, not this file's.

use std::io::ErrorKind;
use std::path::Path;

use domain::calendar::HoursDraft;
use domain::calendar::command::Define as DefineCalendar;
use domain::kernel::CalendarId;
use domain::what_if::{NEW_CALENDAR, Wish};
use projections::what_if::Catalogue;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::ids;
use super::plan::{PlanFile, Resolver};
use super::shape;
use crate::cli::WhatIf;
use crate::failure::Failure;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;
/// Fields of every input that say nothing of what is defined.
const COMMON: [&str; 4] = ["clientMutationId", "expectedVersion", "idempotencyKey", "reason"];

/// What the files say, as far as they are named.
pub(super) fn wish(ask: &WhatIf, catalogue: &Catalogue) -> Result<Wish, Failure> {
    let calendar = match &ask.calendar {
        Some(path) => Some(calendar(path, catalogue)?),
        None => None,
    };
    let plan = match &ask.plan {
        Some(path) => {
            let file: PlanFile = read(path)?;
            let own = calendar.as_ref().map(|(id, define)| (*id, define.name.as_str()));
            let resolver = Resolver { catalogue, own };
            let define = file.define(&resolver).map_err(|fault| bad(path, &fault))?;
            Some(Box::new(define))
        }
        None => None,
    };
    Ok(Wish { plan, calendar })
}

/// Of which calendar these would be the hours: the one it names, else the one of its name, else none
/// that is there.
fn calendar(path: &Path, catalogue: &Catalogue) -> Result<(CalendarId, DefineCalendar), Failure> {
    let mut fields: serde_json::Map<String, Value> = read(path)?;
    for common in COMMON {
        fields.remove(common);
    }
    let id = match fields.remove("calendarId") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(
            ids::calendar(&text)
                .ok_or_else(|| bad(path, "calendarId: not the id of a calendar"))?,
        ),
        Some(_) => return Err(bad(path, "calendarId: not the id of a calendar")),
    };
    let Some(Value::String(name)) = fields.remove("name") else {
        return Err(bad(path, "name: a calendar has a name"));
    };
    let hours: HoursDraft =
        shape::part(Value::Object(fields)).map_err(|fault| bad(path, &fault))?;
    let id = id.or_else(|| catalogue.named(&name)).unwrap_or(NEW_CALENDAR);
    Ok((id, DefineCalendar { name, hours }))
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let about = |fault: std::io::Error| match fault.kind() {
        ErrorKind::NotFound => bad(path, "there is no such file"),
        ErrorKind::InvalidData => bad(path, "it is no text in UTF-8"),
        kind => bad(path, &kind.to_string()),
    };
    let size = std::fs::metadata(path).map_err(about)?.len();
    if size > LARGEST {
        return Err(bad(path, &format!("it has more than {LARGEST} bytes")));
    }
    let text = std::fs::read_to_string(path).map_err(about)?;
    shape::object(&text).map_err(|fault| bad(path, &fault))
}

fn bad(path: &Path, why: &str) -> Failure {
    Failure::BadInput(format!("{}: {why}", path.display()))
}
