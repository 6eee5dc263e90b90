//! What uploads and downloads ask before any bytes move. Nothing is written here.

use domain::access::Permission;
use domain::kernel::{AttachmentId, Needs, TicketId};
use domain::ticket_dossier::Attachment;
use journal::Loaded;

use super::guarded::known;
use super::{Caller, Gateway, GatewayError, Guarded, Request, context, guard};

impl Gateway {
    /// Whether a command would be accepted as things are: what the guard and the rules say.
    ///
    /// # Errors
    /// Why it would not be.
    pub async fn rehearse<C: Guarded>(
        &self,
        caller: &Caller,
        request: &Request<C>,
    ) -> Result<(), GatewayError> {
        let loaded: Loaded<C::State> = self.0.journal.load(request.stream).await?;
        let needs = context::needs(caller, request, &loaded.state);
        let known = self.known((caller, self.at_of(request)), &needs).await?;
        let mut cx = self.context(caller, request, known)?;
        cx.standing = self.guarded(caller, request, (&loaded.state, &cx.facts)).await?;
        let decided = request.command.clone().decide(&loaded.state, &cx);
        decided.map(|_| ()).map_err(GatewayError::refused)
    }

    /// What is known of a file, if it belongs to the ticket and the caller may read it. From the
    /// streams, not the views: whoever has attached a file finds it at once.
    ///
    /// # Errors
    /// Technical failures.
    pub async fn attachment(
        &self,
        caller: &Caller,
        ticket: TicketId,
        attachment: AttachmentId,
    ) -> Result<Option<Attachment>, GatewayError> {
        let Some(person) = &caller.person else { return Ok(None) };
        let needs = Needs { tickets: [ticket].into(), ..Needs::default() };
        let mut facts = self.known((caller, self.now()), &needs).await?.facts;
        let object = known((&person.world, &person.who), &facts, ticket);
        let now = self.now();
        let may = |permission| guard::authorize(caller, permission, &object, now).is_ok();
        let dossier = facts.tickets.remove(&ticket).map(|known| known.dossier);
        let file = dossier.and_then(|mut dossier| dossier.attachments.remove(&attachment));
        Ok(file.filter(|file| {
            may(Permission::TicketRead)
                && (!file.internal || may(Permission::ConversationReadInternal))
        }))
    }
}
