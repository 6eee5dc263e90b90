//! The saved queue's business "no".

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a saved queue is refused. The variant's name is the code: `QUEUE_EXISTS`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "QUEUE_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum QueueRefusal {
    /// Q1, Q4: no such queue, or gone.
    #[error("there is no such queue")]
    NotFound,
    /// Q1: saved already.
    #[error("the queue exists already")]
    Exists,
    /// Q1
    #[error("a person must stand behind this command")]
    PersonRequired,
    /// Q2
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// Q3
    #[error("a queue shared with a unit names one of one's own, any other names none")]
    UnitUnfit,
    /// Q2
    #[error("a filter is an object of at most 8000 bytes, or null")]
    FilterUnfit,
    /// Q2
    #[error("an order is an array of at most 5 entries and 8000 bytes")]
    OrderUnfit,
    /// Q2
    #[error("a queue has 1 to 30 distinct columns")]
    ColumnsUnfit,
    /// Q2
    #[error("a column {0}")]
    ColumnUnfit(TextFault),
}

impl Refusal for QueueRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists | Self::PersonRequired => None,
            Self::NameUnfit(_) => Some("name"),
            Self::UnitUnfit => Some("unitId"),
            Self::FilterUnfit => Some("filter"),
            Self::OrderUnfit => Some("order"),
            Self::ColumnsUnfit | Self::ColumnUnfit(_) => Some("columns"),
        }
    }
}
