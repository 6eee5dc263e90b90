//! What can have happened to the settings. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::matrix::PriorityMatrix;
use super::state::CheckQuestion;
use super::words::Language;
use crate::kernel::{SlaPlanId, UnitId};
use crate::ticket::TicketKind;

/// An event of the settings' stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "settings.", serialize_all = "snake_case")]
pub enum SettingsEvent {
    /// See [`Established`].
    Established(Established),
    /// See [`PriorityMatrixChanged`].
    PriorityMatrixChanged(PriorityMatrixChanged),
    /// See [`ClosingChanged`].
    ClosingChanged(ClosingChanged),
    /// See [`LanguagesChanged`].
    LanguagesChanged(LanguagesChanged),
    /// See [`AttachmentsChanged`].
    AttachmentsChanged(AttachmentsChanged),
    /// See [`DispatchChanged`].
    DispatchChanged(DispatchChanged),
    /// See [`NoticesChanged`].
    NoticesChanged(NoticesChanged),
    /// See [`SlaChanged`].
    SlaChanged(SlaChanged),
    /// See [`QualityChanged`].
    QualityChanged(QualityChanged),
}

impl DomainEvent for SettingsEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// The deployment works under these settings from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Established {
    /// Impact and urgency to priority.
    pub priority_matrix: PriorityMatrix,
    /// Days after closing in which a ticket may be reopened.
    pub reopen_after_close_days: u16,
}

/// Impact and urgency mean other priorities from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PriorityMatrixChanged {
    /// Impact and urgency to priority.
    pub priority_matrix: PriorityMatrix,
}

/// Resolved tickets close, and closed ones reopen, within other times from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClosingChanged {
    /// Days after the resolution in which nobody objects; then a ticket is closed.
    pub close_after_days: u16,
    /// Days after closing in which a ticket may be reopened.
    pub reopen_after_close_days: u16,
}

/// People may be addressed in these languages from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LanguagesChanged {
    /// At least one; the first is for those who chose none.
    pub languages: Vec<Language>,
}

/// Files are taken within these bounds from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttachmentsChanged {
    /// The largest file.
    pub max_bytes: u32,
    /// Such as image/png; empty: none are taken.
    pub media_types: BTreeSet<String>,
}

/// Other people place what routing cannot place from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DispatchChanged {
    /// The staff of this unit; none: all who belong to a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// Other people hear of work on a ticket from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoticesChanged {
    /// Whether its assignees hear of each start, stop, resolution and reopening.
    pub to_assignees: bool,
}

/// Tickets are measured by plans, or by deadlines that people name, from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlaChanged {
    /// Whether plans measure tickets that are opened from now on.
    pub on: bool,
    /// The plan of tickets whose subject has none, by their kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub plans: BTreeMap<TicketKind, SlaPlanId>,
}

/// Other samples are drawn of closed tickets, or they are checked by other questions, from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QualityChanged {
    /// Of how many percent of them the requester is asked how it was.
    pub survey_percent: u8,
    /// Days in which answers are taken.
    pub survey_days: u16,
    /// How many percent of them are checked.
    pub check_percent: u8,
    /// By what they are checked.
    pub checklist: Vec<CheckQuestion>,
    /// Which checklist that is, counted from 1; 0 before the first.
    pub checklist_version: u32,
}
