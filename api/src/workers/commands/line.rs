//! One line: what it says, and what it is recognised by.

use chrono::{DateTime, SubsecRound, Utc};
use domain::import::exact;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::fault::Fault;

/// What a line has; a ref is optional.
pub(super) const KEYS: [&str; 5] = ["at", "actor", "mutation", "input", "ref"];
/// Characters of a ref.
pub(super) const REF_MAX: usize = 100;

/// A line that can be read.
#[derive(Debug)]
pub(super) struct Line {
    /// From 1.
    pub(super) number: u64,
    /// When it happened.
    pub(super) at: DateTime<Utc>,
    /// Whose deed it was, by login.
    pub(super) actor: String,
    /// Which mutation.
    pub(super) mutation: String,
    /// Its input, as it stands in the line.
    pub(super) input: Map<String, Value>,
    /// What other lines call what it makes.
    pub(super) reference: Option<String>,
    /// SHA-256 of its bytes.
    pub(super) digest: [u8; 32],
}

/// A line that cannot be read as one, with its ref if that can.
#[derive(Debug)]
pub(super) struct Unread {
    pub(super) reference: Option<String>,
    pub(super) fault: Fault,
}

impl Line {
    /// Reads a line; nothing can have happened after `now`.
    pub(super) fn read(number: u64, text: &[u8], now: DateTime<Utc>) -> Result<Self, Unread> {
        let fields = match exact::value(text).map_err(Fault::from) {
            Ok(Value::Object(fields)) => Ok(fields),
            Ok(_) => Err(Fault::LineNotJson("it is another value".to_owned())),
            Err(fault) => Err(fault),
        };
        let fields = fields.map_err(|fault| Unread { reference: None, fault })?;
        let reference = match fields.get("ref").map(read_ref).transpose() {
            Ok(reference) => reference,
            Err(fault) => return Err(Unread { reference: None, fault }),
        };
        let digest = Sha256::digest(text.trim_ascii()).into();
        Self::of(fields, number, now)
            .map(|line| Self { reference: reference.clone(), digest, ..line })
            .map_err(|fault| Unread { reference, fault })
    }

    fn of(mut fields: Map<String, Value>, number: u64, now: DateTime<Utc>) -> Result<Self, Fault> {
        if let Some(key) = fields.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(Fault::LineKeyUnknown(key.chars().take(REF_MAX).collect()));
        }
        let at = instant(&word(&mut fields, "at")?, now)?;
        let actor = word(&mut fields, "actor")?;
        let mutation = word(&mut fields, "mutation")?;
        let input = match fields.remove("input") {
            None => return Err(Fault::LineKeyMissing("input")),
            Some(Value::Object(input)) => input,
            Some(_) => return Err(Fault::LineValueUnfit { key: "input", wanted: "an object" }),
        };
        Ok(Self { number, at, actor, mutation, input, reference: None, digest: [0; 32] })
    }

    /// By which it is recognised: its ref, else its number.
    pub(super) fn place(&self) -> String {
        match &self.reference {
            Some(reference) => format!("ref {reference}"),
            None => format!("line {}", self.number),
        }
    }
}

fn word(fields: &mut Map<String, Value>, key: &'static str) -> Result<String, Fault> {
    match fields.remove(key) {
        None => Err(Fault::LineKeyMissing(key)),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(Fault::LineValueUnfit { key, wanted: "a string" }),
    }
}

fn read_ref(value: &Value) -> Result<String, Fault> {
    value.as_str().filter(|text| is_ref(text)).map(str::to_owned).ok_or(Fault::RefUnfit)
}

/// Whether a ref may read so.
pub(super) fn is_ref(text: &str) -> bool {
    let fits = |c: char| !c.is_whitespace() && !c.is_control();
    (1..=REF_MAX).contains(&text.chars().count())
        && !text.starts_with('$')
        && text.chars().all(fits)
}

/// In microseconds, as it is stored.
fn instant(text: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    let unfit = |_| Fault::LineValueUnfit { key: "at", wanted: "an RFC 3339 instant" };
    let at = DateTime::parse_from_rfc3339(text).map_err(unfit)?.to_utc().trunc_subsecs(6);
    match at {
        at if at > now => Err(Fault::AtInFuture),
        at if at < DateTime::UNIX_EPOCH => Err(Fault::AtAbsurd),
        at => Ok(at),
    }
}
