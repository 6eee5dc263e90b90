//! What is written: a table as it stands, or items as an import takes them.

use sqlx::postgres::PgConnectOptions;

use super::catalogue::Form;
use super::formats::{Heading, Writer};
use super::items::Items;
use super::table::Whole;
use super::{ExportError, Outlet, Wish};

/// Rows of one instant.
pub(super) enum Source {
    /// Of a table.
    Table(Box<Whole>),
    /// Of configuration items.
    Items(Box<Items>),
}

impl Source {
    /// Looks what the wish means.
    pub(super) async fn open(login: &PgConnectOptions, wish: &Wish) -> Result<Self, ExportError> {
        Ok(match wish.noun.form {
            Form::Table => Self::Table(Box::new(Whole::open(login, wish).await?)),
            Form::Items => Self::Items(Box::new(Items::open(login, wish).await?)),
        })
    }

    /// What stands above its rows.
    pub(super) fn headings(&self) -> Vec<Heading> {
        match self {
            Self::Table(table) => table.headings(),
            Self::Items(items) => items.headings(),
        }
    }

    /// Writes all rows.
    pub(super) async fn write(
        &mut self,
        writer: &mut Writer,
        outlet: &Outlet,
    ) -> Result<(), ExportError> {
        match self {
            Self::Table(table) => table.write(writer, outlet).await,
            Self::Items(items) => items.write(writer, outlet).await,
        }
    }

    /// Lets the instant go.
    pub(super) async fn close(self) {
        match self {
            Self::Table(table) => table.close().await,
            Self::Items(items) => items.close().await,
        }
    }
}
