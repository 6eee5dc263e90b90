//! What the desk works with: subjects, settings, custom fields, templates, macros, saved queues.

use domain::access::decide::ObjectView;
use domain::access::{Permission, Relation};
use domain::calendar::CalendarCommand;
use domain::custom_field::CustomFieldCommand;
use domain::kernel::UnitId;
use domain::macros::MacroCommand;
use domain::queue::{Queue, QueueCommand, QueueRefusal, Sharing};
use domain::recurrence::{Recurrence, RecurrenceCommand};
use domain::settings::SettingsCommand;
use domain::sla_plan::SlaPlanCommand;
use domain::subject::SubjectCommand;
use domain::template::TemplateCommand;

use super::{Guarded, On};
use crate::gateway::GatewayError;

impl Guarded for SubjectCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Create(_) => Permission::SubjectCreate,
            Self::Rename(_) => Permission::SubjectRename,
            Self::ChooseDefaults(_) => Permission::SubjectChooseDefaults,
            Self::Retire(_) => Permission::SubjectRetire,
            Self::Restore(_) => Permission::SubjectRestore,
        }
    }
}

impl Guarded for SettingsCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Establish(_) => Permission::SettingsEstablish,
            Self::ChangePriorityMatrix(_)
            | Self::ChangeClosing(_)
            | Self::ChangeLanguages(_)
            | Self::ChangeAttachments(_)
            | Self::ChangeDispatch(_)
            | Self::ChangeNotices(_)
            | Self::ChangeSla(_)
            | Self::ChangeQuality(_) => Permission::SettingsChange,
        }
    }
}

impl Guarded for CustomFieldCommand {
    fn permission(&self) -> Permission {
        Permission::CustomFieldDefine
    }
}

impl Guarded for TemplateCommand {
    fn permission(&self) -> Permission {
        Permission::TemplateDefine
    }
}

impl Guarded for MacroCommand {
    fn permission(&self) -> Permission {
        Permission::MacroDefine
    }
}

impl Guarded for CalendarCommand {
    fn permission(&self) -> Permission {
        Permission::CalendarDefine
    }
}

impl Guarded for SlaPlanCommand {
    fn permission(&self) -> Permission {
        Permission::SlaPlanDefine
    }
}

impl Guarded for RecurrenceCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Define(_) | Self::Stop(_) => Permission::RecurrenceDefine,
            Self::Open(_) | Self::PassOver(_) => Permission::RecurrenceSeeTo,
        }
    }

    /// A recurrence is of the unit it opens tickets for, before and after; one that names none is
    /// nobody's but the directors'.
    fn relation(&self, on: &On<'_, Recurrence>) -> Relation {
        let before = on.state.0.as_deref().map(|body| body.definition.unit);
        let after = match self {
            Self::Define(c) => Some(c.unit),
            Self::Stop(_) | Self::Open(_) | Self::PassOver(_) => None,
        };
        let mut named = before.into_iter().chain(after).peekable();
        let heads = |unit: Option<UnitId>| unit.is_some_and(|unit| on.who.heads.contains(&unit));
        let heads = named.peek().is_some() && named.all(heads);
        Relation { heads, ..Relation::default() }
    }

    fn object(&self, on: &On<'_, Recurrence>) -> ObjectView {
        let unit = on.state.0.as_deref().and_then(|body| body.definition.unit);
        let named = match self {
            Self::Define(c) => c.unit,
            Self::Stop(_) | Self::Open(_) | Self::PassOver(_) => None,
        };
        on.as_seen(|on| self.relation(on)).at(on.world, unit.or(named))
    }
}

impl Guarded for QueueCommand {
    fn permission(&self) -> Permission {
        Permission::QueueSave
    }

    /// A queue that is there is its owner's, and the unit's heads' when it is shared with it; one
    /// that is not is nobody's, but to be saved anew.
    fn relation(&self, on: &On<'_, Queue>) -> Relation {
        let Some(queue) = &on.state.0 else {
            return Relation::owner(matches!(self, Self::Save(_)));
        };
        let heads = queue.arrangement.sharing == Sharing::Unit
            && queue.arrangement.unit.is_some_and(|unit| on.who.heads.contains(&unit));
        Relation { heads, ..Relation::owner(queue.owner == on.who.person) }
    }

    fn hidden(&self) -> GatewayError {
        GatewayError::refused(QueueRefusal::NotFound)
    }
}
