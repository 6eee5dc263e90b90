//! Where files are found by plain HTTP: the ids that stand in paths are those of the schema.

use async_graphql::ID;
use domain::kernel::{AttachmentId, TicketId};

use crate::graphql::id::{decode, decode_attachment, encode_attachment};

/// The ticket of an id, if it is one.
pub(crate) fn ticket_of(id: &str) -> Option<TicketId> {
    decode(&ID::from(id)).ok()
}

/// The file of an id, if it is one.
pub(crate) fn attachment_of(id: &str) -> Option<AttachmentId> {
    decode_attachment(&ID::from(id)).ok()
}

/// The id of a file.
pub(crate) fn id_of(attachment: AttachmentId) -> String {
    encode_attachment(attachment).0
}

/// The path that a file is downloaded from.
pub(crate) fn path_of(attachment: AttachmentId) -> String {
    format!("/attachments/{}", id_of(attachment))
}
