//! What goes with whoever leaves, and with access that ends as a whole: Annals itself draws it, in the
//! same append, whichever door they leave by.
//!
//! Their access closes, what they have lent is given back, what was asked for them comes to nothing, and
//! requests that waited for them go to somebody else. The last who may give access does not leave.

use domain::access::model::{AccessSubject, Grant, GrantState};
use domain::access_request::command::{End, Vacate, Void};
use domain::access_request::decide::void::Voidness;
use domain::access_request::state::Phase;
use domain::access_request::words::Ending;
use domain::access_request::{AccessRequest, AccessRequestCommand};
use domain::kernel::{AccessRequestId, PersonId, SubjectAccessId};
use domain::subject_access::command::{Close, EndDelegation};
use domain::subject_access::{SubjectAccess, SubjectAccessCommand};

use super::desk::Desk;
use super::{Gateway, GatewayError, Step};

/// Most of each sort that one append sees to: more than anybody has.
const MOST: i64 = 500;

impl Gateway {
    /// What has to follow when this person has left. Done again, it changes nothing.
    ///
    /// # Errors
    /// Technical failures.
    pub async fn after_leaving(&self, person: PersonId) -> Result<Vec<Step>, GatewayError> {
        let subject = AccessSubject::Person(person);
        let left = self.0.directory.left_behind(subject, MOST).await?;
        let stream = subject.stream();
        let access = self.0.journal.load::<SubjectAccess>(stream.0).await?.state;
        let mut steps = Vec::new();
        if access.0.is_some_and(|body| !body.closed) {
            steps.push(Step::Access(stream.0, SubjectAccessCommand::Close(Close {})));
        }
        steps.extend(self.ends_of(stream, Ending::Revoked, |_| true).await?);
        steps.extend(left.asked.into_iter().map(void));
        steps.extend(left.lent.into_iter().map(|(borrower, grant)| {
            let back = SubjectAccessCommand::EndDelegation(EndDelegation { grant });
            Step::Access(borrower.0, back)
        }));
        let vacate = |id| Step::AccessRequest(id, AccessRequestCommand::Vacate(Vacate { person }));
        steps.extend(left.seats.into_iter().map(vacate));
        Ok(steps)
    }

    /// The same when a subject's access has ended as a whole.
    async fn after_closing(&self, subject: AccessSubject) -> Result<Vec<Step>, GatewayError> {
        let mut steps = self.ends_of(subject.stream(), Ending::Revoked, |_| true).await?;
        let left = self.0.directory.left_behind(subject, MOST).await?;
        steps.extend(left.asked.into_iter().map(void));
        Ok(steps)
    }

    /// What follows from what the steps on the desk have ended.
    pub(super) async fn after(&self, desk: &Desk) -> Result<Vec<Step>, GatewayError> {
        let gone = desk.gone();
        let mut steps = Vec::new();
        for person in &gone {
            steps.extend(self.after_leaving(*person).await?);
        }
        let is_gone = |it: &AccessSubject| it.person().is_some_and(|it| gone.contains(&it));
        for subject in desk.closed().into_iter().filter(|subject| !is_gone(subject)) {
            steps.extend(self.after_closing(subject).await?);
        }
        Ok(steps)
    }

    /// The steps by which the requests end that led to these grants of a subject, those that hold.
    pub(crate) async fn ends_of(
        &self,
        subject: SubjectAccessId,
        ending: Ending,
        which: impl Fn(&Grant) -> bool + Send,
    ) -> Result<Vec<Step>, GatewayError> {
        let access = self.0.journal.load::<SubjectAccess>(subject.0).await?.state;
        let taken = access.grants().filter(|it| it.state == GrantState::Active && which(it));
        let requests: Vec<AccessRequestId> = taken.filter_map(|grant| grant.request).collect();
        let mut steps = Vec::new();
        for id in requests {
            let request = self.0.journal.load::<AccessRequest>(id.0).await?.state.0;
            if request.is_some_and(|body| matches!(body.phase, Phase::Active(_))) {
                steps.push(Step::AccessRequest(id, AccessRequestCommand::End(End { ending })));
            }
        }
        Ok(steps)
    }
}

fn void(request: AccessRequestId) -> Step {
    let because = Voidness::BeneficiaryGone;
    Step::AccessRequest(request, AccessRequestCommand::Void(Void { because }))
}
