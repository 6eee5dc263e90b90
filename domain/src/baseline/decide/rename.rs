//! Rename: it is called otherwise.

use crate::baseline::event::{BaselineEvent, Renamed};
use crate::baseline::refusal::BaselineRefusal;
use crate::baseline::state::Baseline;
use crate::kernel::Context;
use crate::kernel::text::{self, WORD_MAX};

/// O3. The moment stays. The same name again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Rename {
    /// At most 100 characters, on one line.
    pub name: String,
}

impl Rename {
    pub(in crate::baseline) fn decide(
        self,
        baseline: &Baseline,
        _cx: &Context,
    ) -> Result<Vec<BaselineEvent>, BaselineRefusal> {
        let body = baseline.body()?;
        if body.withdrawn {
            return Err(BaselineRefusal::Withdrawn);
        }
        let name = text::line(&self.name, WORD_MAX).map_err(BaselineRefusal::NameUnfit)?;
        if name == body.name {
            return Ok(vec![]);
        }
        Ok(vec![BaselineEvent::Renamed(Renamed { name })])
    }
}
