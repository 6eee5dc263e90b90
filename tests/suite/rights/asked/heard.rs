//! Hears which permissions this thread's guard is asked for.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex};

use api::gateway::guard::ASKED;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// The permissions heard so far.
#[derive(Clone, Default)]
pub(super) struct Heard(Arc<Mutex<BTreeSet<String>>>);

impl Heard {
    /// What was heard since the last time.
    pub(super) fn take(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl<S: Subscriber> Layer<S> for Heard {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == ASKED
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut Told(&mut self.0.lock().unwrap()));
    }
}

/// Where the name goes.
struct Told<'a>(&'a mut BTreeSet<String>);

impl Visit for Told<'_> {
    fn record_debug(&mut self, _: &Field, value: &dyn fmt::Debug) {
        self.0.insert(format!("{value:?}"));
    }
}
