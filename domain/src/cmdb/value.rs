//! Values of items: what they look like, and whether they are what their attribute wants.

use std::net::IpAddr;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::cell::parts_of;
use super::class::{Attribute, Kind};
use super::{NAME, STATUS};
use crate::kernel::Personal;
use crate::kernel::text::{self, TextFault};

/// Longest text of a value, in characters.
pub const TEXT_MAX: usize = 2_000;
/// Longest name or status of an item, in characters: lists are in their order, and what a list is in
/// the order of is short.
pub const NAMED_MAX: usize = 255;
/// Characters of a number with an exponent: of so many, none is lost.
const SHORT: usize = 24;
/// Largest whole number, and smallest without its sign: 2^53 - 1.
pub const INTEGER_MAX: u64 = (1 << 53) - 1;
/// How many values a list holds at most.
pub const LIST_MAX: usize = 200;

/// A value. Decimals, days, choices, addresses and references are texts in one fixed form, so that
/// equal values look alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Datum {
    /// True or false.
    Truth(bool),
    /// A whole number.
    Integer(i64),
    /// A text, or what is written as one.
    Text(String),
    /// Several.
    List(Vec<Datum>),
    /// How many of those it leans on it needs.
    Redundancy(Redundancy),
}

/// What an item says of its own redundancy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redundancy {
    /// Whether it holds; if not, any one that fails is enough.
    pub enabled: bool,
    /// How many must be up, or what share.
    #[serde(deserialize_with = "number")]
    pub min_up: Decimal,
    /// What `min_up` counts in.
    #[serde(rename = "type")]
    pub measure: Measure,
}

/// What a redundancy counts in.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::IntoStaticStr,
    strum::EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Measure {
    /// Items.
    Count,
    /// Hundredths of all of them.
    Percent,
}

/// A value within an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Stored {
    /// It tells of a person.
    Personal(Personal<Datum>),
    /// It does not.
    Plain(Datum),
}

/// Why a value is not what its attribute wants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueFault {
    /// Another kind of value.
    #[error("is not of the kind {0}")]
    Kind(Kind),
    /// A text that cannot be.
    #[error("{0}")]
    Text(#[from] TextFault),
    /// A whole number that not every reader of JSON keeps: events have none such.
    #[error("is beyond {INTEGER_MAX}")]
    TooLarge,
    /// Not among the choices.
    #[error("is none of the choices")]
    Choice,
    /// Several values where there is one, or none in a list.
    #[error("{0}")]
    Shape(&'static str),
    /// More than a list holds.
    #[error("has more than {LIST_MAX} values")]
    TooMany,
    /// A share beyond a hundred, or less than nothing.
    #[error("needs min_up from 0 to 1000000, a share from 0 to 100")]
    Redundancy,
}

impl Stored {
    /// The value, unless it is sealed or erased.
    pub fn value(&self) -> Option<&Datum> {
        match self {
            Self::Personal(personal) => personal.value(),
            Self::Plain(datum) => Some(datum),
        }
    }
}

impl Datum {
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Truth(_) | Self::Integer(_) | Self::List(_) | Self::Redundancy(_) => None,
        }
    }

    /// The item that it names, if it names one.
    pub fn as_reference(&self) -> Option<Uuid> {
        self.as_text().and_then(|text| Uuid::parse_str(text).ok())
    }

    /// As people read it, in one line.
    pub fn plain(&self) -> String {
        match self {
            Self::Truth(truth) => truth.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::List(values) => values.iter().map(Self::plain).collect::<Vec<_>>().join(", "),
            Self::Redundancy(r) if !r.enabled => "off".to_owned(),
            Self::Redundancy(r) => match r.measure {
                Measure::Count => format!("{} up", r.min_up),
                Measure::Percent => format!("{} % up", r.min_up),
            },
        }
    }
}

impl Attribute {
    /// The value in its fixed form.
    ///
    /// # Errors
    /// It is not what the attribute wants.
    pub fn fit(&self, value: &Datum) -> Result<Datum, ValueFault> {
        match (self.list, value) {
            (true, Datum::List(values)) if values.len() > LIST_MAX => Err(ValueFault::TooMany),
            (true, Datum::List(values)) if values.is_empty() => {
                Err(ValueFault::Shape("is an empty list"))
            }
            (true, Datum::List(values)) => {
                let mut fit = Vec::with_capacity(values.len());
                for value in values {
                    let value = self.fit_one(value)?;
                    if !fit.contains(&value) {
                        fit.push(value);
                    }
                }
                Ok(Datum::List(fit))
            }
            (true, _) => Err(ValueFault::Shape("is not a list")),
            (false, Datum::List(_)) => Err(ValueFault::Shape("is a list")),
            (false, value) => self.fit_one(value),
        }
    }

    /// The value that a cell of a table stands for: lists are parted by semicolons.
    ///
    /// # Errors
    /// It is not what the attribute wants.
    pub fn fit_text(&self, cell: &str) -> Result<Datum, ValueFault> {
        let one = |cell: &str| -> Result<Datum, ValueFault> {
            let cell = cell.trim();
            Ok(match self.kind {
                Kind::Integer => {
                    Datum::Integer(cell.parse().map_err(|_| ValueFault::Kind(self.kind))?)
                }
                Kind::Boolean => Datum::Truth(match cell.to_lowercase().as_str() {
                    "true" | "yes" | "1" => true,
                    "false" | "no" | "0" => false,
                    _ => return Err(ValueFault::Kind(self.kind)),
                }),
                Kind::Redundancy => Datum::Redundancy(
                    serde_json::from_str(cell).map_err(|_| ValueFault::Kind(self.kind))?,
                ),
                _ => Datum::Text(cell.to_owned()),
            })
        };
        if self.list {
            let values: Result<Vec<Datum>, ValueFault> =
                parts_of(cell).iter().map(|part| one(part)).collect();
            return self.fit(&Datum::List(values?));
        }
        self.fit(&one(cell)?)
    }

    fn fit_one(&self, value: &Datum) -> Result<Datum, ValueFault> {
        let wrong = || ValueFault::Kind(self.kind);
        let line = || -> Result<String, ValueFault> {
            Ok(text::line(value.as_text().ok_or_else(wrong)?, TEXT_MAX)?)
        };
        match self.kind {
            Kind::Text if self.name == NAME || self.name == STATUS => {
                Ok(Datum::Text(text::line(value.as_text().ok_or_else(wrong)?, NAMED_MAX)?))
            }
            Kind::Text => {
                let value = value.as_text().ok_or_else(wrong)?;
                Ok(Datum::Text(text::required(value, TEXT_MAX)?))
            }
            Kind::Integer => match value {
                Datum::Integer(number) if number.unsigned_abs() > INTEGER_MAX => {
                    Err(ValueFault::TooLarge)
                }
                Datum::Integer(_) => Ok(value.clone()),
                _ => Err(wrong()),
            },
            Kind::Boolean => match value {
                Datum::Truth(_) => Ok(value.clone()),
                _ => Err(wrong()),
            },
            Kind::Decimal => {
                let decimal = match value {
                    Datum::Integer(number) => Decimal::from(*number),
                    _ => decimal(&line()?).ok_or_else(wrong)?,
                };
                Ok(Datum::Text(decimal.normalize().to_string()))
            }
            Kind::Date => {
                let day: NaiveDate = line()?.parse().map_err(|_| wrong())?;
                let known = (0..=9_999).contains(&chrono::Datelike::year(&day));
                known.then(|| Datum::Text(day.to_string())).ok_or_else(wrong)
            }
            Kind::Enum => {
                let word = line()?;
                let found = self.choices.iter().find(|choice| **choice == word);
                found.map(|choice| Datum::Text(choice.clone())).ok_or(ValueFault::Choice)
            }
            Kind::Ip => {
                let address: IpAddr = line()?.parse().map_err(|_| wrong())?;
                Ok(Datum::Text(address.to_string()))
            }
            Kind::Mac => mac(&line()?).map(Datum::Text).ok_or_else(wrong),
            Kind::Reference => {
                let id = value.as_reference().ok_or_else(wrong)?;
                Ok(Datum::Text(id.to_string()))
            }
            Kind::Redundancy => match value {
                Datum::Redundancy(wanted) => wanted.fit().map(Datum::Redundancy),
                _ => Err(wrong()),
            },
        }
    }
}

impl Redundancy {
    fn fit(&self) -> Result<Self, ValueFault> {
        let most = match self.measure {
            Measure::Count => Decimal::from(1_000_000),
            Measure::Percent => Decimal::ONE_HUNDRED,
        };
        let fits = self.min_up >= Decimal::ZERO && self.min_up <= most && self.min_up.scale() <= 6;
        let fit = || Self { min_up: self.min_up.normalize(), ..self.clone() };
        fits.then(fit).ok_or(ValueFault::Redundancy)
    }
}

/// A decimal, also as sheets and JSON write small ones: `1e-6`. Nothing of it is rounded.
fn decimal(text: &str) -> Option<Decimal> {
    let exact = Decimal::from_str_exact(text).ok();
    exact.or_else(|| (text.len() <= SHORT).then(|| Decimal::from_scientific(text).ok())?)
}

/// Six pairs of hexadecimal digits, parted by colons, dashes, or dots between fours, or not at all.
fn mac(text: &str) -> Option<String> {
    let digits: String =
        text.chars().filter(|c| !matches!(c, ':' | '-' | '.')).collect::<String>().to_lowercase();
    if digits.len() != 12 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let pairs: Vec<&str> = (0..6).map(|nr| &digits[nr * 2..nr * 2 + 2]).collect();
    Some(pairs.join(":"))
}

/// A number, or the text of one.
fn number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    use serde::de::Error;
    let text = match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::Number(number) => number.to_string(),
        serde_json::Value::String(text) => text,
        _ => return Err(D::Error::custom("min_up is no number")),
    };
    Decimal::from_str_exact(&text).map_err(|_| D::Error::custom("min_up is no number"))
}
