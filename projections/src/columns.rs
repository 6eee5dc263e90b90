//! A row read by its table's columns: for what is read often and in numbers nothing is turned into
//! JSON and back.

use std::str::FromStr;

use sqlx::postgres::PgRow;
use sqlx::{Decode, Postgres, Row, Type};

use crate::error::ReadError;

/// The columns of one row.
pub(crate) struct Columns<'r> {
    /// For whoever has to find out what is wrong with it.
    pub(crate) table: &'static str,
    pub(crate) row: &'r PgRow,
}

impl<'r> Columns<'r> {
    /// The value of a column.
    pub(crate) fn get<T: Decode<'r, Postgres> + Type<Postgres>>(
        &self,
        name: &str,
    ) -> Result<T, ReadError> {
        self.row.try_get(name).map_err(|_| self.unknown())
    }

    /// The same of a column that may be null, made into what it stands for.
    pub(crate) fn maybe<T: Decode<'r, Postgres> + Type<Postgres>, U>(
        &self,
        name: &str,
        of: fn(T) -> U,
    ) -> Result<Option<U>, ReadError> {
        Ok(self.get::<Option<T>>(name)?.map(of))
    }

    /// One of a closed vocabulary.
    pub(crate) fn word<T: FromStr>(&self, name: &str) -> Result<T, ReadError> {
        self.parsed(self.get(name)?)
    }

    /// The same of a column that may be null.
    pub(crate) fn maybe_word<T: FromStr>(&self, name: &str) -> Result<Option<T>, ReadError> {
        self.get::<Option<&str>>(name)?.map(|text| self.parsed(text)).transpose()
    }

    /// The row is not what this version writes.
    pub(crate) fn unknown(&self) -> ReadError {
        ReadError::Row(self.table)
    }

    fn parsed<T: FromStr>(&self, text: &str) -> Result<T, ReadError> {
        text.parse().map_err(|_| self.unknown())
    }
}
