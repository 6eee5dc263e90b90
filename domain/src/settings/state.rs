//! The settings in force.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::event::{QualityChanged, SettingsEvent};
use super::matrix::PriorityMatrix;
use super::refusal::SettingsRefusal;
use super::words::Language;
use crate::kernel::{SlaPlanId, TicketId, UnitId};
use crate::ticket::TicketKind;
use crate::ticket_quality::sampling::{self, Purpose};

/// What decisions read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Impact and urgency to priority.
    pub matrix: PriorityMatrix,
    /// Days after the resolution in which nobody objects; then a ticket is closed.
    pub close_after_days: u16,
    /// Days after closing in which a ticket may be reopened.
    pub reopen_after_close_days: u16,
    /// In which people may be addressed; the first is for those who chose none.
    pub languages: Vec<Language>,
    /// The largest file that is taken, in bytes.
    pub attachment_max_bytes: u32,
    /// The media types of files that are taken.
    pub attachment_media_types: BTreeSet<String>,
    /// Whose staff place what routing cannot; none: all who belong to a unit.
    pub dispatch_unit: Option<UnitId>,
    /// Whether assignees hear of each start, stop, resolution and reopening.
    pub notices_to_assignees: bool,
    /// Whether plans measure tickets; else people name deadlines.
    #[serde(default)]
    pub sla_on: bool,
    /// The plan of tickets whose subject has none, by their kind.
    #[serde(default)]
    pub sla_plans: BTreeMap<TicketKind, SlaPlanId>,
    /// Which closed tickets are judged, and by what.
    #[serde(default)]
    pub quality: Quality,
}

/// Which closed tickets are judged, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quality {
    /// Of how many percent of them the requester is asked how it was.
    pub survey_percent: u8,
    /// Days in which answers are taken.
    pub survey_days: u16,
    /// How many percent of them are checked.
    pub check_percent: u8,
    /// By what they are checked; none while there is no question.
    pub checklist: Vec<CheckQuestion>,
    /// Which checklist it is, counted from 1; 0 before the first.
    pub checklist_version: u32,
}

/// A question of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckQuestion {
    /// At most 200 characters, unlike the others.
    pub question: String,
    /// How much it counts, 1 to 100.
    pub weight: u8,
}

/// In which samples a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Samples {
    /// The requester is asked.
    pub survey: bool,
    /// The work is checked.
    pub check: bool,
}

impl Default for Quality {
    /// What a deployment starts with: nobody is asked, nothing is checked.
    fn default() -> Self {
        Self {
            survey_percent: 0,
            survey_days: 14,
            check_percent: 0,
            checklist: Vec::new(),
            checklist_version: 0,
        }
    }
}

impl Quality {
    /// In which samples this ticket is.
    pub fn samples(&self, ticket: TicketId) -> Samples {
        Samples {
            survey: sampling::takes(Purpose::Survey, self.survey_percent, ticket),
            check: sampling::takes(Purpose::Check, self.check_percent, ticket),
        }
    }
}

impl From<QualityChanged> for Quality {
    fn from(changed: QualityChanged) -> Self {
        let QualityChanged {
            survey_percent,
            survey_days,
            check_percent,
            checklist,
            checklist_version,
        } = changed;
        Self { survey_percent, survey_days, check_percent, checklist, checklist_version }
    }
}

impl Policy {
    /// What a deployment starts with.
    pub fn shipped() -> Self {
        Self {
            matrix: PriorityMatrix::SHIPPED,
            close_after_days: 3,
            reopen_after_close_days: 0,
            languages: vec![
                Language::En,
                Language::De,
                Language::Fr,
                Language::Pl,
                Language::Ru,
                Language::Uk,
            ],
            attachment_max_bytes: 2 * 1024 * 1024,
            attachment_media_types: SHIPPED_MEDIA_TYPES.map(str::to_owned).into(),
            dispatch_unit: None,
            notices_to_assignees: false,
            sla_on: false,
            sla_plans: BTreeMap::new(),
            quality: Quality::default(),
        }
    }
}

const SHIPPED_MEDIA_TYPES: [&str; 6] =
    ["application/pdf", "application/zip", "image/jpeg", "image/png", "text/csv", "text/plain"];

/// The settings: none before they are established.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings(pub Option<Box<Policy>>);

impl Settings {
    /// The settings in force; the shipped ones before any were established.
    pub fn policy(&self) -> Policy {
        self.0.as_deref().cloned().unwrap_or_else(Policy::shipped)
    }

    /// The settings that were established, else C1's refusal.
    pub fn established(&self) -> Result<&Policy, SettingsRefusal> {
        self.0.as_deref().ok_or(SettingsRefusal::NotEstablished)
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: SettingsEvent) {
        if let SettingsEvent::Established(e) = event {
            self.0.get_or_insert_with(|| {
                Box::new(Policy {
                    matrix: e.priority_matrix,
                    reopen_after_close_days: e.reopen_after_close_days,
                    ..Policy::shipped()
                })
            });
            return;
        }
        let Some(policy) = &mut self.0 else { return };
        match event {
            SettingsEvent::Established(_) => {}
            SettingsEvent::PriorityMatrixChanged(e) => policy.matrix = e.priority_matrix,
            SettingsEvent::ClosingChanged(e) => {
                policy.close_after_days = e.close_after_days;
                policy.reopen_after_close_days = e.reopen_after_close_days;
            }
            SettingsEvent::LanguagesChanged(e) => policy.languages = e.languages,
            SettingsEvent::AttachmentsChanged(e) => {
                policy.attachment_max_bytes = e.max_bytes;
                policy.attachment_media_types = e.media_types;
            }
            SettingsEvent::DispatchChanged(e) => policy.dispatch_unit = e.unit,
            SettingsEvent::NoticesChanged(e) => policy.notices_to_assignees = e.to_assignees,
            SettingsEvent::SlaChanged(e) => {
                policy.sla_on = e.on;
                policy.sla_plans = e.plans;
            }
            SettingsEvent::QualityChanged(e) => policy.quality = e.into(),
        }
    }
}
