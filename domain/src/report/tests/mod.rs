//! Reports of small known stories.

mod case;
mod kpi;
mod sla;
mod story;
