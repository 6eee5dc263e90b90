//! `GET /attachments/{id}`: what a file holds.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::ticket_dossier::Attachment;
use journal::attachments::Content;

use super::Files;
use crate::graphql::attachment_of;
use crate::http::refusal::Refusal;

pub(super) async fn download(
    State(files): State<Arc<Files>>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Response {
    let id = id.map(|Path(id)| id).unwrap_or_default();
    match files.hand_out(&id, &headers).await {
        Ok((file, content)) => answer(&file, content),
        Err(refusal) => files.refuse(refusal, &headers).await,
    }
}

impl Files {
    async fn hand_out(
        &self,
        id: &str,
        headers: &HeaderMap,
    ) -> Result<(Attachment, Vec<u8>), Refusal> {
        let caller = self.caller(headers).await?;
        let attachment = attachment_of(id).ok_or_else(Refusal::absent)?;
        let ticket = self.store.ticket_of(attachment).await?.ok_or_else(Refusal::absent)?;
        let file = self.gateway.attachment(&caller, ticket, attachment).await?;
        let file = file.ok_or_else(Refusal::absent)?;
        let _place = self.place().await?;
        match self.store.content(attachment).await?.ok_or_else(Refusal::absent)? {
            Content::Clear(content) => Ok((file, content)),
            Content::Erased => Err(Refusal::erased()),
        }
    }
}

/// Always to be saved, never to be shown; `nosniff` and the rest come from the layers.
fn answer(file: &Attachment, content: Vec<u8>) -> Response {
    let name = file.name.value().map_or("file", String::as_str);
    let mut response = content.into_response();
    let headers = response.headers_mut();
    for (header, value) in [
        (header::CONTENT_TYPE, file.media_type.clone()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", encoded(name))),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ] {
        // Both texts are plain ASCII; an impossible one must not turn a file into a fault.
        let fallback = HeaderValue::from_static("application/octet-stream");
        headers.insert(header, HeaderValue::from_str(&value).unwrap_or(fallback));
    }
    response
}

/// RFC 8187: everything but `attr-char` as percent and two hex digits.
fn encoded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn names_travel_in_any_language_and_cannot_break_out_of_the_header() {
        assert_eq!(encoded("plan-1.png"), "plan-1.png");
        assert_eq!(encoded("Größe 5.txt"), "Gr%C3%B6%C3%9Fe%205.txt");
        assert_eq!(encoded("a\"; x='*%"), "a%22%3B%20x%3D%27%2A%25");
    }
}
