//! A table as it stands, row by row into a writer.

use futures_util::TryStreamExt;
use projections::exports::{Condition, Reader, Shape};
use projections::{ReadError, exports};
use sqlx::postgres::PgConnectOptions;

use super::formats::{Heading, Writer};
use super::{ExportError, Outlet, Wish, filter};

/// A table at an instant, and which of its rows.
pub(super) struct Whole {
    reader: Reader,
    shape: Shape,
    conditions: Vec<Condition>,
}

impl Whole {
    /// Looks what the wish means.
    pub(super) async fn open(login: &PgConnectOptions, wish: &Wish) -> Result<Self, ExportError> {
        let (model, table) = wish.noun.place().ok_or(ReadError::Row(wish.noun.table))?;
        let mut reader = Reader::open(login).await?;
        let shape = reader.shape(model, table).await?;
        let conditions = match &wish.filter {
            Some(text) => filter::parse(text, &shape.columns)?,
            None => Vec::new(),
        };
        Ok(Self { reader, shape, conditions })
    }

    /// What stands above its rows.
    pub(super) fn headings(&self) -> Vec<Heading> {
        let heading =
            |column: &exports::Column| Heading { name: column.name.clone(), kind: column.kind };
        self.shape.columns.iter().map(heading).collect()
    }

    /// Writes all rows.
    pub(super) async fn write(
        &mut self,
        writer: &mut Writer,
        outlet: &Outlet,
    ) -> Result<(), ExportError> {
        let mut rows = self.shape.rows(&self.conditions);
        let mut lines = self.reader.lines(&mut rows);
        let columns = self.shape.columns.len();
        while let Some(line) = lines.try_next().await? {
            let cells = (0..columns).map(|nr| line.cell(nr)).collect::<Result<Vec<_>, _>>()?;
            writer.row(&cells)?;
            outlet.row(writer).await?;
        }
        Ok(())
    }

    /// Lets the instant go.
    pub(super) async fn close(self) {
        self.reader.close().await;
    }
}
