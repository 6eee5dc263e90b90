//! The row, and how an event changes it.

use domain::kernel::TemplateId;
use domain::template::{Content, TemplateEvent};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

/// A template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TemplateRow {
    /// Its stream.
    pub template_id: TemplateId,
    /// Unique, whatever its case.
    pub name: String,
    /// What a ticket made from it starts with.
    pub content: Content,
    /// Whether no ticket is opened from it any more.
    pub retired: bool,
    /// The number of its events.
    pub version: i64,
}

impl TemplateRow {
    /// The row after an event; none as long as the template was not defined.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        template_event: &TemplateEvent,
        id: TemplateId,
    ) -> Option<Self> {
        let row = match (row, template_event) {
            (None, TemplateEvent::Defined(e)) => Some(Self {
                template_id: id,
                name: e.name.clone(),
                content: e.content.clone(),
                retired: false,
                version: 0,
            }),
            (Some(row), TemplateEvent::Redefined(e)) => {
                Some(Self { name: e.name.clone(), content: e.content.clone(), ..row })
            }
            (Some(row), TemplateEvent::Retired(_)) => Some(Self { retired: true, ..row }),
            (
                row,
                TemplateEvent::Defined(_) | TemplateEvent::Redefined(_) | TemplateEvent::Retired(_),
            ) => row,
        };
        row.map(|row| Self { version: event.sequence, ..row })
    }
}
