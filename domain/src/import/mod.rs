//! Foreign files, turned into what commands take: pure mapping, one folder a layout.
//!
//! Nothing here reads a file, makes an identity or talks to a database. Called by the importer,
//! which resolves names to identities and sends the commands through the gateway.

pub mod exact;
pub mod ical;
pub mod incident_log;
