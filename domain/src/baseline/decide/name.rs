//! Name: this moment is worth coming back to.

use chrono::{DateTime, Utc};

use crate::baseline::event::{BaselineEvent, Named};
use crate::baseline::refusal::BaselineRefusal;
use crate::baseline::state::Baseline;
use crate::kernel::text::{self, REASON_MAX, WORD_MAX};
use crate::kernel::{Context, Personal};

/// O1, O2. A moment has a name from now on.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// At most 100 characters, on one line.
    pub name: String,
    /// Which moment.
    pub moment: Moment,
    /// What it is for, at most 2,000 characters.
    pub note: Option<String>,
}

/// A moment as it is said, with what whoever asks knows of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// When it is named.
    Here,
    /// After the event with this number.
    After {
        /// The number; 0: before the first event.
        position: i64,
        /// The last one of the log.
        head: i64,
    },
    /// At an instant of recording.
    At {
        /// The instant.
        instant: DateTime<Utc>,
        /// The last event that was recorded by then.
        position: i64,
    },
}

impl Name {
    pub(in crate::baseline) fn decide(
        self,
        baseline: &Baseline,
        cx: &Context,
    ) -> Result<Vec<BaselineEvent>, BaselineRefusal> {
        if baseline.0.is_some() {
            return Err(BaselineRefusal::Exists);
        }
        let name = text::line(&self.name, WORD_MAX).map_err(BaselineRefusal::NameUnfit)?;
        let note = self.note.map(|note| text::required(&note, REASON_MAX)).transpose();
        let note = note.map_err(BaselineRefusal::NoteUnfit)?;
        let position = self.moment.position(cx.now)?;
        let note = note.map(|note| Personal::of(cx.words_of(), note));
        Ok(vec![BaselineEvent::Named(Named { name, position, note })])
    }
}

impl Moment {
    /// O2: its number, if it is said; it has been.
    fn position(self, now: DateTime<Utc>) -> Result<Option<i64>, BaselineRefusal> {
        match self {
            Self::Here => Ok(None),
            Self::After { position, head } if (0..=head).contains(&position) => Ok(Some(position)),
            Self::At { instant, position } if instant <= now => Ok(Some(position)),
            Self::After { .. } | Self::At { .. } => Err(BaselineRefusal::MomentUnfit),
        }
    }
}
