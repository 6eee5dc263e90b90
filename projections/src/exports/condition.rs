//! What rows have to meet: a column compared with a value that fits it. Values are parameters, never
//! part of a statement.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate};
use sqlx::{Postgres, QueryBuilder};
use strum::{Display, EnumString};
use uuid::Uuid;

use super::column::{Column, Kind};

/// How a column is compared; the display form is its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, EnumString)]
pub enum Comparison {
    /// The same.
    #[strum(serialize = "=")]
    Is,
    /// Another, or nothing.
    #[strum(serialize = "!=")]
    IsNot,
    /// Before it.
    #[strum(serialize = "<")]
    Below,
    /// Not behind it.
    #[strum(serialize = "<=")]
    AtMost,
    /// Behind it.
    #[strum(serialize = ">")]
    Above,
    /// Not before it.
    #[strum(serialize = ">=")]
    AtLeast,
    /// Its text has the value in it, whatever the case of a to z.
    #[strum(serialize = "~")]
    Contains,
}

/// Why a column cannot be compared so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// What the column holds cannot be compared by this sign.
    Comparison,
    /// The value is not of the column's kind.
    Value,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    column: Column,
    comparison: Comparison,
    /// None: null.
    value: Option<String>,
}

impl Condition {
    /// A condition on a column; no value: null.
    ///
    /// # Errors
    /// They do not fit each other.
    pub fn of(
        column: &Column,
        comparison: Comparison,
        value: Option<&str>,
    ) -> Result<Self, Misfit> {
        let fits = match (comparison, value) {
            (Comparison::Is | Comparison::IsNot, None) => true,
            (_, None) => return Err(Misfit::Comparison),
            _ if !comparable(column.kind, comparison) => return Err(Misfit::Comparison),
            (Comparison::Contains, Some(text)) => !text.contains('\0'),
            (_, Some(text)) => is_value(column, text),
        };
        let value = value.map(str::to_owned);
        fits.then(|| Self { column: column.clone(), comparison, value }).ok_or(Misfit::Value)
    }

    /// The column it is on.
    #[must_use]
    pub fn column(&self) -> &str {
        &self.column.name
    }

    /// Whether a text that is there meets it, as a column of texts would.
    #[must_use]
    pub fn is_met_by(&self, text: &str) -> bool {
        let Some(value) = self.value.as_deref() else {
            return self.comparison == Comparison::IsNot;
        };
        match self.comparison {
            Comparison::Is => text == value,
            Comparison::IsNot => text != value,
            Comparison::Below => text < value,
            Comparison::AtMost => text <= value,
            Comparison::Above => text > value,
            Comparison::AtLeast => text >= value,
            Comparison::Contains => text.to_ascii_lowercase().contains(&value.to_ascii_lowercase()),
        }
    }

    /// Adds it to a statement.
    pub(super) fn push(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        let is_text = self.column.kind == Kind::Text;
        let name = if is_text { self.column.text() } else { self.column.quoted() };
        let sign = match (self.comparison, &self.value) {
            (Comparison::Contains, value) => {
                let text = self.column.text();
                sql.push(format!("strpos(lower(({text}) collate \"C\"), lower("));
                sql.push_bind(value.clone()).push("::text collate \"C\")) > 0");
                return;
            }
            (Comparison::Is, None) => " is not distinct from ",
            (Comparison::IsNot, _) => " is distinct from ",
            (Comparison::Is, Some(_)) => " = ",
            (Comparison::Below, _) => " < ",
            (Comparison::AtMost, _) => " <= ",
            (Comparison::Above, _) => " > ",
            (Comparison::AtLeast, _) => " >= ",
        };
        sql.push(name).push(sign).push_bind(self.value.clone()).push("::text");
        if is_text {
            sql.push(" collate \"C\"");
        } else {
            sql.push("::").push(&self.column.of);
        }
    }
}

/// Whether what is of a kind can be compared so.
fn comparable(kind: Kind, comparison: Comparison) -> bool {
    use Comparison as C;
    match kind {
        Kind::Text => true,
        Kind::Integer | Kind::Decimal | Kind::Instant | Kind::Date => comparison != C::Contains,
        Kind::Uuid | Kind::Boolean => matches!(comparison, C::Is | C::IsNot),
        Kind::Json | Kind::List => comparison == C::Contains,
    }
}

/// Whether a column could hold it.
fn is_value(column: &Column, text: &str) -> bool {
    match column.kind {
        Kind::Text => !text.contains('\0'),
        Kind::Uuid => Uuid::from_str(text).is_ok(),
        Kind::Boolean => matches!(text, "true" | "false"),
        Kind::Integer => match column.of.as_str() {
            "int2" => text.parse::<i16>().is_ok(),
            "int4" => text.parse::<i32>().is_ok(),
            _ => text.parse::<i64>().is_ok(),
        },
        Kind::Decimal => is_decimal(text),
        Kind::Instant => {
            text.len() <= 40
                && DateTime::parse_from_rfc3339(text).is_ok_and(|at| at.timestamp() > EARLIEST)
        }
        Kind::Date => text.len() == 10 && NaiveDate::from_str(text).is_ok(),
        Kind::Json | Kind::List => false,
    }
}

/// The first instant of the year 1, in seconds: before it the database writes years otherwise.
const EARLIEST: i64 = -62_135_596_800;

/// Digits, at most 38 of them, with at most one point and a sign.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits.len() <= 39 && all(whole) && all(fraction)
}

#[cfg(test)]
mod tests {
    use super::{Column, Comparison, Condition, Misfit};

    fn condition(of: &str, sign: &str, value: Option<&str>) -> Result<String, Misfit> {
        let comparison: Comparison = sign.parse().unwrap();
        let mut sql = sqlx::QueryBuilder::new("");
        Condition::of(&Column::of("a\"b".to_owned(), of.to_owned()), comparison, value)?
            .push(&mut sql);
        Ok(sql.into_sql())
    }

    #[test]
    fn values_are_parameters_and_names_are_quoted() {
        let hostile = Some("1' or true; drop table tickets --");
        assert_eq!(
            condition("text", "=", hostile),
            Ok("\"a\"\"b\"::text = $1::text collate \"C\"".to_owned())
        );
        assert_eq!(condition("int8", "=", hostile), Err(Misfit::Value));
        let contains = condition("text", "~", hostile).unwrap();
        assert!(contains.ends_with("lower($1::text collate \"C\")) > 0"), "{contains}");
        let null = condition("int8", "!=", None);
        assert_eq!(null, Ok("\"a\"\"b\" is distinct from $1::text::int8".to_owned()));
    }

    #[test]
    fn a_kind_takes_its_own_values_and_signs() {
        let taken = |of, sign, value| condition(of, sign, Some(value)).is_ok();
        assert!(taken("int2", "<", "32767") && !taken("int2", "<", "32768"));
        assert!(taken("numeric", ">=", "-1.50") && !taken("numeric", "=", "1e5"));
        assert!(!taken("numeric", "=", "NaN") && !taken("numeric", "=", "1."));
        assert!(taken("timestamptz", "<", "2026-03-01T00:00:00+01:00"));
        assert!(!taken("timestamptz", "<", "2026-03-01"));
        assert!(taken("date", "<=", "2026-02-28") && !taken("date", "<=", "2026-02-30"));
        assert!(taken("bool", "=", "true") && !taken("bool", "<", "true"));
        assert!(taken("jsonb", "~", "level") && !taken("jsonb", "=", "{}"));
        assert!(taken("_uuid", "~", "ab") && !taken("uuid", "~", "ab"));
        assert_eq!(condition("text", "=", Some("a\0b")), Err(Misfit::Value));
        assert_eq!(condition("text", "<", None), Err(Misfit::Comparison));
    }
}
