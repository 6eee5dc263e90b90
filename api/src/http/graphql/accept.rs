//! Media types: what the client reads, and what it sends.

use axum::http::{HeaderMap, header};

/// The two media types of a GraphQL answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Media {
    /// `application/json`: bad documents are answered with 200.
    #[default]
    Json,
    /// `application/graphql-response+json`: the status tells whether the request was executed.
    GraphqlResponse,
}

impl Media {
    /// The value of `Content-Type`.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// Wildcards mean `application/json`, as clients that say no more expect it;
    /// `application/graphql-response+json` wants to be named.
    fn among(ranges: &[Range<'_>]) -> Option<Self> {
        let quality = |media| quality(ranges, media);
        let graphql = quality("application/graphql-response+json").unwrap_or(0.0);
        let json = quality("application/json")
            .or_else(|| quality("application/*"))
            .or_else(|| quality("*/*"))
            .unwrap_or(0.0);
        match (graphql > 0.0, json > 0.0) {
            (true, _) if graphql >= json => Some(Self::GraphqlResponse),
            (_, true) => Some(Self::Json),
            _ => None,
        }
    }
}

/// What the client reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// As what it reads one answer; none: only as the one event of a stream.
    pub single: Option<Media>,
    /// Whether it reads `text/event-stream`, which wants to be named.
    pub stream: bool,
}

impl Accepted {
    /// Reads `Accept`; silence means `application/json`. `None` when the client accepts nothing
    /// that is spoken here.
    #[must_use]
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        if !headers.contains_key(header::ACCEPT) {
            return Some(Self { single: Some(Media::Json), stream: false });
        }
        let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let ranges: Vec<Range<'_>> =
            values.flat_map(|value| value.split(',')).filter_map(Range::read).collect();
        let single = Media::among(&ranges);
        let stream = quality(&ranges, "text/event-stream").is_some_and(|quality| quality > 0.0);
        (single.is_some() || stream).then_some(Self { single, stream })
    }

    /// As what a request is refused that this client sent: where no single answer is expected, the
    /// status has to tell.
    #[must_use]
    pub fn refusal(self) -> Media {
        self.single.unwrap_or(Media::GraphqlResponse)
    }
}

/// How much the client likes a media type; none when it does not name it.
fn quality(ranges: &[Range<'_>], media: &str) -> Option<f32> {
    let named = ranges.iter().find(|range| range.media.eq_ignore_ascii_case(media));
    named.map(|range| range.quality)
}

/// One entry of `Accept`.
struct Range<'a> {
    media: &'a str,
    quality: f32,
}

impl<'a> Range<'a> {
    /// `None` for an entry in another charset, which is never what we send.
    fn read(entry: &'a str) -> Option<Self> {
        let mut parts = entry.split(';').map(str::trim);
        let media = parts.next().filter(|media| !media.is_empty())?;
        let mut quality = 1.0;
        for (name, value) in parts.filter_map(|part| part.split_once('=')) {
            match name.trim() {
                "q" | "Q" => quality = value.trim().parse().unwrap_or(0.0),
                name if name.eq_ignore_ascii_case("charset") && !is_utf8(value) => return None,
                _ => {}
            }
        }
        Some(Self { media, quality })
    }
}

/// Whether the body is announced as JSON in UTF-8. A page of another origin can send a form or
/// plain text without asking, but not this.
pub(in crate::http) fn sends_json(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let mut parts = value.to_str().unwrap_or_default().split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|media| media.eq_ignore_ascii_case("application/json"));
    let mut parameters = parts.filter_map(|part| part.split_once('='));
    is_json
        && parameters
            .all(|(name, value)| !name.trim().eq_ignore_ascii_case("charset") || is_utf8(value))
}

fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim().trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}
