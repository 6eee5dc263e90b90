//! Rate: say how the work on one's ticket was.

use super::{judge, ticket_in};
use crate::kernel::text::{self, REASON_MAX};
use crate::kernel::{Context, Personal, TicketId};
use crate::ticket_quality::event::{Rated, TicketQualityEvent};
use crate::ticket_quality::refusal::TicketQualityRefusal;
use crate::ticket_quality::state::{Rating, TicketQuality};

/// J3, J5. The same rating again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// Which ticket: the stream's own identity.
    pub ticket: TicketId,
    /// 1, bad, to 5, good.
    pub score: u8,
    /// At most 2,000 characters.
    pub comment: Option<String>,
}

impl Rate {
    pub(in crate::ticket_quality) fn decide(
        self,
        quality: &TicketQuality,
        cx: &Context,
    ) -> Result<Vec<TicketQualityEvent>, TicketQualityRefusal> {
        ticket_in(cx, self.ticket)?;
        let survey = quality.survey.as_ref().ok_or(TicketQualityRefusal::NotAsked)?;
        let rater = judge(cx, survey.work_of)?;
        if cx.now >= survey.open_until {
            return Err(TicketQualityRefusal::SurveyOver);
        }
        if !(1..=5).contains(&self.score) {
            return Err(TicketQualityRefusal::RatingUnfit);
        }
        let comment = self.comment.map(|comment| text::required(&comment, REASON_MAX));
        let comment = comment.transpose().map_err(TicketQualityRefusal::CommentUnfit)?;
        let comment = comment.map(|comment| Personal::of(cx.words_of(), comment));
        let rating = Rating { score: self.score, comment, rater };
        if survey.rating.as_ref() == Some(&rating) {
            return Ok(vec![]);
        }
        let Rating { score, comment, rater } = rating;
        let rated = Rated { score, comment, rater, work_of: survey.work_of };
        Ok(vec![TicketQualityEvent::Rated(rated)])
    }
}
