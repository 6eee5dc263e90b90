//! Files of tickets: told of, and taken away. They come and go by plain HTTP, in `crate::http`.

mod address;
mod input;
mod list;
mod mutation;
mod types;

pub(crate) use address::{attachment_of, id_of, path_of, ticket_of};
pub(super) use list::of;
pub(super) use mutation::AttachmentMutation;
pub(super) use types::Attachment;
