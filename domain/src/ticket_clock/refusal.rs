//! The clocks' business "no".

use crate::kernel::Refusal;

/// Why a command on a ticket's clocks is refused. The variant's name is the code.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "TICKET_CLOCK_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TicketClockRefusal {
    /// E3
    #[error("what became of clocks is recorded by the system, not by people")]
    NotByPeople,
}

impl Refusal for TicketClockRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
