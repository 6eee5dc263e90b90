//! What is said in `extensions` of an answer, beside its data: receipts of acknowledged events.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Context, Value, value};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;
use domain::access::is_privileged;
use journal::Receipt;
use journal::append::StreamVersion;
use journal::receipts::EventReceipt;
use journal::tlog::note::Note;

use super::context::{services, visit};

/// Of one request; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Said(Arc<Mutex<Vec<Value>>>);

impl Said {
    /// The receipts, if there are any; told once.
    pub(crate) fn receipts(&self) -> Option<Value> {
        let receipts = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        (!receipts.is_empty()).then_some(Value::List(receipts))
    }

    fn say(&self, receipts: Vec<(EventReceipt, Note)>) {
        let said = receipts.into_iter().map(|(receipt, note)| {
            value!({
                "event": (receipt.stream()),
                "entry": (STANDARD.encode(receipt.entry.as_bytes())),
                "recordedAt": (receipt.recorded_at.to_rfc3339_opts(SecondsFormat::Micros, true)),
                "text": (note.to_string()),
            })
        });
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(said);
    }
}

/// Puts receipts into the answer for what much depends on. The command is done either way: what keeps
/// a receipt from being made stands in our log.
pub(super) async fn acknowledge(cx: &Context<'_>, receipt: &Receipt) {
    let said = visit(cx).and_then(|visit| visit.said.as_ref());
    let (Ok(services), Some(said)) = (services(cx), said) else { return };
    let of_rights = |stream: &&StreamVersion| is_privileged(&stream.aggregate_type);
    let streams: Vec<_> = receipt.streams.iter().filter(of_rights).cloned().collect();
    if streams.is_empty() || receipt.token.is_none() {
        return;
    }
    match services.receipts.issue(&services.reads, &streams).await {
        Ok(receipts) => said.say(receipts),
        Err(error) => tracing::error!(%error, "no receipt can be given"),
    }
}
