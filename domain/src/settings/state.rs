//! The settings in force.

use serde::{Deserialize, Serialize};

use super::event::SettingsEvent;
use super::matrix::PriorityMatrix;

/// What decisions read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Impact and urgency to priority.
    pub matrix: PriorityMatrix,
    /// Days after closing in which a ticket may be reopened.
    pub reopen_after_close_days: u16,
}

impl Policy {
    /// What a deployment starts with.
    pub const SHIPPED: Self = Self { matrix: PriorityMatrix::SHIPPED, reopen_after_close_days: 0 };
}

/// The settings: none before they are established.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings(pub Option<Policy>);

impl Settings {
    /// The settings in force; the shipped ones before any were established.
    pub fn policy(&self) -> Policy {
        self.0.clone().unwrap_or(Policy::SHIPPED)
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: SettingsEvent) {
        let SettingsEvent::Established(e) = event;
        self.0.get_or_insert(Policy {
            matrix: e.priority_matrix,
            reopen_after_close_days: e.reopen_after_close_days,
        });
    }
}
