//! Questions of the signer to witnesses.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use journal::signer::{ANSWER_MAX, Answer, Carrier};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};

/// Whoever does not take a connection in this time is not there.
const CONNECTING: Duration = Duration::from_secs(3);
/// The whole exchange; the signer itself has no more patience.
const EXCHANGE: Duration = Duration::from_secs(5);

/// A client that keeps its connections, follows nobody elsewhere, and reads no more than it asked for.
#[derive(Debug)]
pub struct HttpCarrier(Client);

impl HttpCarrier {
    /// None when TLS cannot be had on this machine.
    pub fn new() -> Option<Self> {
        let client = Client::builder()
            .connect_timeout(CONNECTING)
            .timeout(EXCHANGE)
            .redirect(Policy::none())
            .user_agent("annals")
            .build();
        client.ok().map(Self)
    }
}

impl Carrier for HttpCarrier {
    fn carry(&self, url: String, body: String) -> BoxFuture<'_, Result<Answer, String>> {
        async move {
            // Without the address: it may hold a password, and the log names the witness.
            let fault = |error: reqwest::Error| error.without_url().to_string();
            let response = self.0.post(url).body(body).send().await.map_err(fault)?;
            let status = response.status().as_u16();
            Ok(Answer { status, body: bounded(response).await? })
        }
        .boxed()
    }
}

async fn bounded(mut response: Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) =
        response.chunk().await.map_err(|error| error.without_url().to_string())?
    {
        if body.len() + chunk.len() > ANSWER_MAX {
            return Err("its answer is too large".to_owned());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
