//! What a column of a table holds, and how it is told as a text.

use strum::{Display, EnumString, IntoStaticStr};

/// What its values are. The display form is for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, EnumString, IntoStaticStr)]
pub enum Kind {
    /// Eight-four-four-four-twelve hex digits.
    #[strum(serialize = "a UUID")]
    Uuid,
    /// Any text.
    #[strum(serialize = "a text")]
    Text,
    /// A whole number.
    #[strum(serialize = "a whole number")]
    Integer,
    /// A number.
    #[strum(serialize = "a number")]
    Decimal,
    /// `true` or `false`.
    #[strum(serialize = "true or false")]
    Boolean,
    /// An RFC 3339 instant, in UTC and to the microsecond.
    #[strum(serialize = "an instant such as 2026-03-01T00:00:00Z")]
    Instant,
    /// A calendar day.
    #[strum(serialize = "a day such as 2026-03-01")]
    Date,
    /// JSON.
    #[strum(serialize = "JSON")]
    Json,
    /// A JSON array.
    #[strum(serialize = "a list")]
    List,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// What the database calls that.
    pub(super) of: String,
}

impl Column {
    /// From its name, and what the database's catalogue calls its type.
    #[must_use]
    pub fn of(name: String, of: String) -> Self {
        let kind = match of.as_str() {
            "uuid" => Kind::Uuid,
            "int2" | "int4" | "int8" => Kind::Integer,
            "numeric" | "float4" | "float8" => Kind::Decimal,
            "bool" => Kind::Boolean,
            "timestamptz" => Kind::Instant,
            "date" => Kind::Date,
            "json" | "jsonb" => Kind::Json,
            list if list.starts_with('_') => Kind::List,
            _ => Kind::Text,
        };
        Self { name, kind, of }
    }

    /// Its name in a statement.
    pub(super) fn quoted(&self) -> String {
        format!("\"{}\"", self.name.replace('"', "\"\""))
    }

    /// Its value as a text, in a statement.
    pub(super) fn text(&self) -> String {
        let name = self.quoted();
        match self.kind {
            Kind::Instant => {
                format!("to_char({name} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
            }
            Kind::Date => format!("to_char({name}, 'YYYY-MM-DD')"),
            Kind::List => format!("to_jsonb({name})::text"),
            Kind::Uuid
            | Kind::Text
            | Kind::Integer
            | Kind::Decimal
            | Kind::Boolean
            | Kind::Json => format!("{name}::text"),
        }
    }
}
