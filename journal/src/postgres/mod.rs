//! Everything that is about PostgreSQL itself and not about events.
//!
//! Not the event store: that one only needs a pool, whoever runs the server behind it.

pub mod cluster;
