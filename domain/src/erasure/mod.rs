//! An erasure: what is known of a person becomes unreadable for ever, on request, by two people, and
//! with a certificate. One stream a request.
//!
//! ```text
//!   (none) ── request ──▶ requested ── approve ──▶ approved ── begin ──▶ begun ── record keys ──▶
//!                          │    │                   │    │
//!                          │    └───── refuse ──────┘    │       keys destroyed ── record purge ──▶
//!                          │              ▼              │
//!                          │           refused           │       purged ── certify ──▶ certified
//!                          └───────── withdraw ──────────┘
//!                                         ▼
//!                                     withdrawn
//! ```
//!
//! Rules, by number:
//! - **ER1** Somebody asks for it, on one of the grounds of Article 17(1) GDPR, and says why. A person has
//!   one request that is neither refused nor withdrawn, and after its certificate never another one.
//! - **ER2** Another human than whoever asked approves, in person, and never the person themselves: all
//!   accounts of a human are one.
//! - **ER3** Nothing may stand in the way, neither when it is approved nor when it begins: no evidence is
//!   held that it would destroy, the person has left, has no access and no open request for any. A
//!   refusal names all that does. Nobody who has left may give access, so the last one who may is safe.
//! - **ER4** Until it has begun it may be refused, on one of the grounds of Article 17(3), by whoever could
//!   approve it, or withdrawn by whoever asked.
//! - **ER5** Annals carries it out: it begins, the keys are destroyed, every view is purged, it is certified;
//!   each once, in this order. A step that is told again changes nothing, so that whoever was killed in
//!   the middle does all of it again. What has begun does not stop: a key cannot be given back.
//! - **ER6** No event tells more of the person than their identity, which is random. Reasons are sealed under
//!   the deployment's key: under a person's, they would be gone with them.
//!
//! Not here: what is sealed under which key and what is left of it (`journal`), what the views know
//! (`projections`), who may ask and decide (`access`). Called by the gateway, and by the worker that
//! carries it out.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod known;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::ErasureCommand;
pub use event::ErasureEvent;
pub use known::{Bonds, Obstacle};
pub use refusal::ErasureRefusal;
pub use state::Erasure;
pub use words::{ErasureGround, Exemption, Phase};
