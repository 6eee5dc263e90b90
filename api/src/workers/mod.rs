//! What writes besides people: imports. Each goes through the gateway like everybody else.

pub mod incident_log;
