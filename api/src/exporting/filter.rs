//! `--where`: conditions on columns, joined by `and`.
//!
//! ```text
//! state=OPEN and created_at>=2026-01-01T00:00:00Z and title~'no network'
//! ```
//! A value goes to the next space, or stands in single quotes, of which one inside is written twice.
//! `null` without quotes is nothing at all. There is no `or`, no bracket and no function: it cannot say
//! more than a list of comparisons, and no value becomes part of a statement. Called by the exporting.

use projections::exports::{Column, Comparison, Condition, Misfit};

/// Characters of an expression.
const CHARS_MAX: usize = 4_000;
/// Conditions of an expression.
const CONDITIONS_MAX: usize = 50;
/// The signs, those first that begin with others.
const SIGNS: [&str; 7] = ["!=", "<=", ">=", "=", "<", ">", "~"];

/// Why an expression cannot be taken, and where: the number of a character, from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("where, at character {at}: {fault}")]
pub struct FilterError {
    /// The first character that does not fit.
    pub at: usize,
    /// Why.
    pub fault: FilterFault,
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum FilterFault {
    /// It is longer than anybody would write.
    #[error("an expression is at most {CHARS_MAX} characters")]
    TooLong,
    /// It has more conditions than anybody would write.
    #[error("an expression is at most {CONDITIONS_MAX} conditions")]
    TooMany,
    /// There is no such column.
    #[error("there is no column `{name}`; there are {known}")]
    UnknownColumn {
        /// What stands there.
        name: String,
        /// The columns there are.
        known: String,
    },
    /// A column's name is missing.
    #[error("a column was expected")]
    ColumnExpected,
    /// A sign is missing.
    #[error("one of = != < <= > >= ~ was expected")]
    SignExpected,
    /// The column cannot be compared by this sign.
    #[error("`{column}` cannot be compared by {sign}")]
    UnfitSign {
        /// The column.
        column: String,
        /// The sign.
        sign: Comparison,
    },
    /// A value is missing.
    #[error("a value was expected; one with spaces, or none at all, stands in single quotes")]
    ValueExpected,
    /// The value is not of the column's kind.
    #[error("`{column}` is compared with {wanted}")]
    UnfitValue {
        /// The column.
        column: String,
        /// What it holds.
        wanted: String,
    },
    /// A quote is not closed.
    #[error("the quote is not closed")]
    OpenQuote,
    /// Something stands between two conditions that does not join them.
    #[error("`and` was expected; a value with spaces stands in single quotes")]
    AndExpected,
}

/// The conditions of an expression on these columns.
///
/// # Errors
/// It is no such expression, or a value does not fit its column.
pub fn parse(text: &str, columns: &[Column]) -> Result<Vec<Condition>, FilterError> {
    let mut rest = Rest { text, at: 0 };
    if text.chars().count() > CHARS_MAX {
        return Err(FilterError { at: CHARS_MAX + 1, fault: FilterFault::TooLong });
    }
    let mut conditions = Vec::new();
    loop {
        if conditions.len() == CONDITIONS_MAX {
            return Err(rest.fault(rest.at, FilterFault::TooMany));
        }
        conditions.push(rest.condition(columns)?);
        let spaces = rest.skip_spaces();
        if rest.left().is_empty() {
            return Ok(conditions);
        }
        let at = rest.at;
        let word = rest.take(|c| c.is_ascii_alphabetic());
        if spaces == 0 || !word.eq_ignore_ascii_case("and") || rest.skip_spaces() == 0 {
            return Err(rest.fault(at, FilterFault::AndExpected));
        }
    }
}

/// What is not read yet.
struct Rest<'t> {
    text: &'t str,
    /// In bytes.
    at: usize,
}

impl<'t> Rest<'t> {
    fn condition(&mut self, columns: &[Column]) -> Result<Condition, FilterError> {
        self.skip_spaces();
        let at = self.at;
        let name = self.take(|c| c.is_alphanumeric() || c == '_');
        if name.is_empty() {
            return Err(self.fault(at, FilterFault::ColumnExpected));
        }
        let column = columns.iter().find(|column| column.name == name);
        let column = column.ok_or_else(|| {
            let known: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            let (name, known) = (name.to_owned(), known.join(", "));
            self.fault(at, FilterFault::UnknownColumn { name, known })
        })?;
        self.skip_spaces();
        let sign_at = self.at;
        let sign = self.sign()?;
        self.skip_spaces();
        let value_at = self.at;
        let value = self.value()?;
        Condition::of(column, sign, value.as_deref()).map_err(|misfit| {
            let column_name = column.name.clone();
            match misfit {
                Misfit::Comparison => {
                    self.fault(sign_at, FilterFault::UnfitSign { column: column_name, sign })
                }
                Misfit::Value => {
                    let wanted = column.kind.to_string();
                    self.fault(value_at, FilterFault::UnfitValue { column: column_name, wanted })
                }
            }
        })
    }

    fn sign(&mut self) -> Result<Comparison, FilterError> {
        let found = SIGNS.iter().find(|sign| self.left().starts_with(**sign));
        let sign = found.and_then(|sign| Some((sign.len(), sign.parse().ok()?)));
        let (length, comparison) =
            sign.ok_or_else(|| self.fault(self.at, FilterFault::SignExpected))?;
        self.at += length;
        Ok(comparison)
    }

    /// A value; none: null.
    fn value(&mut self) -> Result<Option<String>, FilterError> {
        if self.left().starts_with('\'') {
            return self.quoted().map(Some);
        }
        let at = self.at;
        match self.take(|c| !c.is_whitespace()) {
            "" => Err(self.fault(at, FilterFault::ValueExpected)),
            "null" => Ok(None),
            plain => Ok(Some(plain.to_owned())),
        }
    }

    fn quoted(&mut self) -> Result<String, FilterError> {
        let open = self.at;
        let mut value = String::new();
        loop {
            self.at += 1;
            let piece = self.take(|c| c != '\'');
            value.push_str(piece);
            if self.left().is_empty() {
                return Err(self.fault(open, FilterFault::OpenQuote));
            }
            self.at += 1;
            if !self.left().starts_with('\'') {
                return Ok(value);
            }
            value.push('\'');
        }
    }

    fn left(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let left = self.left();
        let end = left.find(|c| !fits(c)).unwrap_or(left.len());
        self.at += end;
        &left[..end]
    }

    /// How many bytes of spaces there were.
    fn skip_spaces(&mut self) -> usize {
        self.take(char::is_whitespace).len()
    }

    /// Something is wrong at a byte.
    fn fault(&self, at: usize, fault: FilterFault) -> FilterError {
        FilterError { at: self.text[..at].chars().count() + 1, fault }
    }
}

#[cfg(test)]
mod tests {
    use projections::exports::{Column, Comparison, Condition};

    use super::{CHARS_MAX, CONDITIONS_MAX, FilterFault, parse};

    fn columns() -> Vec<Column> {
        [("state", "text"), ("title", "text"), ("version", "int8"), ("resolved_at", "timestamptz")]
            .map(|(name, of)| Column::of(name.to_owned(), of.to_owned()))
            .to_vec()
    }

    fn condition(nr: usize, sign: Comparison, value: Option<&str>) -> Condition {
        Condition::of(&columns()[nr], sign, value).unwrap()
    }

    fn refused(text: &str) -> (usize, &'static str) {
        let error = parse(text, &columns()).unwrap_err();
        (error.at, (&error.fault).into())
    }

    #[test]
    fn conditions_are_read_in_order() {
        let text =
            " state=OPEN AND title ~ 'no ''real'' network'and version>=-2 and resolved_at=null";
        assert_eq!(refused(text), (46, "AND_EXPECTED"));
        let text = text.replace("'and", "' \t and");
        let expected = vec![
            condition(0, Comparison::Is, Some("OPEN")),
            condition(1, Comparison::Contains, Some("no 'real' network")),
            condition(2, Comparison::AtLeast, Some("-2")),
            condition(3, Comparison::Is, None),
        ];
        assert_eq!(parse(&text, &columns()), Ok(expected));
        let quoted = parse("state!='null' and title=O'Brien", &columns());
        let expected = vec![
            condition(0, Comparison::IsNot, Some("null")),
            condition(1, Comparison::Is, Some("O'Brien")),
        ];
        assert_eq!(quoted, Ok(expected));
    }

    #[test]
    fn a_fault_has_a_place() {
        assert_eq!(refused(""), (1, "COLUMN_EXPECTED"));
        assert_eq!(refused("  =1"), (3, "COLUMN_EXPECTED"));
        assert_eq!(refused("colour=red"), (1, "UNKNOWN_COLUMN"));
        assert_eq!(refused("state=A and farbe=red"), (13, "UNKNOWN_COLUMN"));
        assert_eq!(refused("state"), (6, "SIGN_EXPECTED"));
        assert_eq!(refused("state in (1)"), (7, "SIGN_EXPECTED"));
        assert_eq!(refused("version~2"), (8, "UNFIT_SIGN"));
        assert_eq!(refused("version>null"), (8, "UNFIT_SIGN"));
        assert_eq!(refused("state="), (7, "VALUE_EXPECTED"));
        assert_eq!(refused("version=two"), (9, "UNFIT_VALUE"));
        assert_eq!(refused("resolved_at<yesterday"), (13, "UNFIT_VALUE"));
        assert_eq!(refused("title='ä and b='open"), (17, "AND_EXPECTED"));
        assert_eq!(refused("title='ä"), (7, "OPEN_QUOTE"));
        assert_eq!(refused("state=A or state=B"), (9, "AND_EXPECTED"));
        assert_eq!(refused("state=A and"), (9, "AND_EXPECTED"));
        assert_eq!(refused("state=A and "), (13, "COLUMN_EXPECTED"));
        assert_eq!(refused("state=A; drop table tickets"), (10, "AND_EXPECTED"));
        assert_eq!(
            refused(&format!("title={}", "a".repeat(CHARS_MAX))),
            (CHARS_MAX + 1, "TOO_LONG")
        );
        let many = vec!["version=1"; CONDITIONS_MAX + 1].join(" and ");
        assert_eq!(refused(&many).1, "TOO_MANY");
        let unknown = parse("farbe=red", &columns()).unwrap_err().fault;
        assert!(
            matches!(unknown, FilterFault::UnknownColumn { known, .. } if known.contains("title"))
        );
    }
}
