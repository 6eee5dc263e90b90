//! Listening: a subscription's events as they come.

use std::time::Duration;

use reqwest::Response;
use serde_json::Value;

use crate::client::{Answer, Client};

/// How long an event may take that is expected.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open stream; dropping it closes the connection.
#[derive(Debug)]
pub struct Listener {
    response: Response,
    text: Vec<u8>,
}

/// An event of the stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// `next` or `complete`.
    pub event: String,
    /// What to resume behind.
    pub id: Option<String>,
    /// The answer.
    pub data: Value,
}

impl Client {
    /// Listens, behind an event that was seen already or from now on.
    ///
    /// # Errors
    /// The answer, when the stream does not begin.
    pub async fn listen(
        &self,
        query: &str,
        variables: Value,
        last_event_id: Option<&str>,
    ) -> Result<Listener, Answer> {
        self.try_listen(query, variables, last_event_id).await.expect("a server was expected")
    }

    /// The same where the server may be gone: none when nobody answers.
    pub async fn try_listen(
        &self,
        query: &str,
        variables: Value,
        last_event_id: Option<&str>,
    ) -> Option<Result<Listener, Answer>> {
        let mut request = self.request(query, variables).header("accept", "text/event-stream");
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id);
        }
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        if status == 200 {
            return Some(Ok(Listener { response, text: Vec::new() }));
        }
        Some(Err(Answer { status, body: response.json().await.unwrap_or(Value::Null) }))
    }
}

impl Listener {
    /// The next event; none when the connection ends.
    ///
    /// # Panics
    /// When it takes too long.
    pub async fn next(&mut self) -> Option<Told> {
        let next = tokio::time::timeout(PATIENCE, self.event()).await;
        next.expect("an event was expected by now")
    }

    /// The next event, however long it takes; none when the connection ends.
    pub async fn try_next(&mut self) -> Option<Told> {
        self.event().await
    }

    /// The next answer's data.
    ///
    /// # Panics
    /// When the stream ends instead, or the answer has errors.
    pub async fn data(&mut self) -> Value {
        let told = self.next().await.unwrap();
        assert!(told.event == "next" && told.data.get("errors").is_none(), "{told:?}");
        told.data["data"].clone()
    }

    /// Whether nothing is told for this long.
    pub async fn is_silent(&mut self, span: Duration) -> bool {
        tokio::time::timeout(span, self.event()).await.is_err()
    }

    async fn event(&mut self) -> Option<Told> {
        loop {
            if let Some(end) = self.text.windows(2).position(|two| two == b"\n\n") {
                let rest = self.text.split_off(end + 2);
                let block = String::from_utf8(std::mem::replace(&mut self.text, rest)).unwrap();
                // A comment alone is no event.
                if let Some(told) = read(&block) {
                    return Some(told);
                }
                continue;
            }
            let chunk = self.response.chunk().await.ok()??;
            self.text.extend_from_slice(&chunk);
        }
    }
}

fn read(block: &str) -> Option<Told> {
    let field = |name: &str| {
        let prefix = format!("{name}: ");
        block.lines().find_map(|line| line.strip_prefix(&prefix)).map(str::to_owned)
    };
    let data = field("data").map_or(Value::Null, |data| serde_json::from_str(&data).unwrap());
    Some(Told { event: field("event")?, id: field("id"), data })
}
