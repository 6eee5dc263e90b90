//! Reports of small known stories.

mod case;
mod story;
