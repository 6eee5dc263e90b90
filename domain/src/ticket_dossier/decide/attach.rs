//! Attach: a file belongs to it.

use super::{ATTACHMENTS_MAX, ticket_not_over};
use crate::kernel::text::{self, NAME_MAX};
use crate::kernel::{AttachmentId, Context, Personal, TicketId};
use crate::ticket_dossier::event::{Attached, TicketDossierEvent};
use crate::ticket_dossier::refusal::TicketDossierRefusal;
use crate::ticket_dossier::state::Dossier;

/// D8. The caller keeps what the file holds before this is said, and gives its size and hash. The
/// same file again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Attach {
    /// Whose dossier it is: the stream's own identity.
    pub ticket: TicketId,
    /// Its identity, new.
    pub attachment: AttachmentId,
    /// One line of at most 200 characters, without a path.
    pub name: String,
    /// Such as `text/plain; charset=utf-8`; parameters are not kept.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of what it holds.
    pub sha256: [u8; 32],
    /// Whether it is for staff alone.
    pub internal: bool,
}

impl Attach {
    pub(in crate::ticket_dossier) fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        ticket_not_over(cx, self.ticket)?;
        let author = cx.doer().ok_or(TicketDossierRefusal::PersonRequired)?;
        if dossier.attachments.contains_key(&self.attachment) {
            return Ok(vec![]);
        }
        if dossier.attachments.len() >= ATTACHMENTS_MAX {
            return Err(TicketDossierRefusal::AttachmentsTooMany);
        }
        let name = fit_name(&self.name)?;
        let media_type = fit_media_type(&self.media_type, cx)?;
        let max_bytes = cx.policy.attachment_max_bytes;
        let bytes = u32::try_from(self.bytes).ok().filter(|bytes| *bytes <= max_bytes);
        let bytes = bytes.ok_or(TicketDossierRefusal::AttachmentTooLarge { max_bytes })?;
        Ok(vec![TicketDossierEvent::Attached(Attached {
            attachment: self.attachment,
            name: Personal::of(cx.words_of(), name),
            media_type,
            bytes,
            sha256: self.sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
            author,
            internal: self.internal,
        })])
    }
}

/// A name says nothing of folders.
fn fit_name(name: &str) -> Result<String, TicketDossierRefusal> {
    let name = text::line(name, NAME_MAX).map_err(TicketDossierRefusal::AttachmentNameUnfit)?;
    if name.contains(['/', '\\']) || name == "." || name == ".." {
        return Err(TicketDossierRefusal::AttachmentNamePath);
    }
    Ok(name)
}

/// In lower case, without parameters.
fn fit_media_type(media_type: &str, cx: &Context) -> Result<String, TicketDossierRefusal> {
    let kind = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let allowed = &cx.policy.attachment_media_types;
    if allowed.contains(&kind) {
        return Ok(kind);
    }
    Err(TicketDossierRefusal::AttachmentTypeUnfit { allowed: allowed.clone() })
}
