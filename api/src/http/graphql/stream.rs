//! Answers as a stream of events, by the protocol of graphql-sse in its mode of distinct
//! connections: an event `next` for each answer, then `complete`.
//!
//! The `id` of a `next` says where it stands; whoever sends it back as `Last-Event-ID` goes on
//! behind it. Nothing is made before the connection takes it, so a slow client costs no memory.

use std::{sync::Arc, time::Duration};

use async_graphql::{Executor, Response, Value};
use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{
        IntoResponse, Response as HttpResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{
    FutureExt, Stream, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};

use super::{
    Accepted, Admitted, Course, Endpoint, Media, Outcome, RequestContext,
    answer::{self, is_invalid},
    execution::presentable,
};

/// How often a comment is sent when nothing happens, so that a lost connection is noticed.
const PING: Duration = Duration::from_secs(15);

/// Keeps proxies from collecting events.
const ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

impl<E: Executor> Endpoint<E> {
    /// Tells a subscription for as long as it lasts. What keeps it from beginning is answered as
    /// any other request is.
    pub(super) async fn tell(
        &self,
        admitted: Admitted,
        accepted: Accepted,
        headers: &HeaderMap,
    ) -> HttpResponse {
        let mut source = self.schema.execute_stream(admitted.request, None).fuse();
        let course = admitted.course;
        let beginning = begin(&mut source, course.as_deref());
        let first = match tokio::time::timeout(self.wall_time, beginning).await {
            Ok(Some(response)) if response.data == Value::Null && response.is_err() => {
                return self.not_begun(response, accepted, headers).await;
            }
            Ok(first) => first,
            Err(_) => return self.refuse(self.too_long(), headers).await,
        };
        let over = course.clone().map_or_else(
            || std::future::pending().boxed(),
            |course| async move { course.over().await }.boxed(),
        );
        let telling = Telling {
            executor: self.schema.clone(),
            context: Arc::clone(&self.context),
            headers: headers.clone(),
            course,
            over,
            source: stream::iter(first).chain(source).boxed(),
        };
        write(telling.events())
    }
    async fn not_begun(
        &self,
        mut response: Response,
        accepted: Accepted,
        headers: &HeaderMap,
    ) -> HttpResponse {
        presentable(&mut response);
        response.extensions.extend(self.context.extensions(headers, Outcome::Refused).await);
        answer::not_begun(&response, accepted.refusal())
    }
}

/// Waits until the subscription has begun, or has failed to; what was answered by then. Nobody's
/// subscription is refused before it waits for anything.
async fn begin(
    source: &mut (impl Stream<Item = Response> + Unpin),
    course: Option<&dyn Course>,
) -> Option<Response> {
    let Some(course) = course else { return source.next().now_or_never().flatten() };
    tokio::select! {
        biased;
        first = source.next() => first,
        () = course.begun() => None,
    }
}

/// Writes a single answer for who reads nothing but events.
pub(super) fn once(response: Response) -> HttpResponse {
    if is_invalid(&response) {
        return answer::answer(response, Media::GraphqlResponse);
    }
    let events = [answer::event(&response), Ok(complete())];
    write(stream::iter(events))
}

/// A subscription being told.
struct Telling<E> {
    executor: E,
    context: Arc<dyn RequestContext>,
    headers: HeaderMap,
    course: Option<Arc<dyn Course>>,
    over: BoxFuture<'static, ()>,
    source: BoxStream<'static, Response>,
}

impl<E: Executor> Telling<E> {
    fn events(self) -> impl Stream<Item = Result<Event, axum::Error>> + Send + 'static {
        stream::unfold(Some(self), async |telling| {
            let mut telling = telling?;
            match telling.next().await {
                Some(response) => Some((telling.event(response).await, Some(telling))),
                None => Some((Ok(complete()), None)),
            }
        })
    }

    /// The next answer; none when there will be no more.
    async fn next(&mut self) -> Option<Response> {
        loop {
            let next = tokio::select! {
                biased;
                () = &mut self.over => return None,
                next = self.source.next() => next,
            };
            if next.is_some() {
                return next;
            }
            let request = self.course.as_ref()?.renewed().await?;
            self.source = self.executor.execute_stream(request, None);
        }
    }

    async fn event(&mut self, mut response: Response) -> Result<Event, axum::Error> {
        presentable(&mut response);
        let added = self.context.extensions(&self.headers, Outcome::Executed).await;
        response.extensions.extend(added);
        let event = answer::event(&response)?;
        Ok(match &self.course {
            Some(course) => event.id(course.position()),
            None => event,
        })
    }
}

/// The last event. Browsers pass nothing on that has no data.
fn complete() -> Event {
    Event::default().event("complete").data("null")
}

fn write(events: impl Stream<Item = Result<Event, axum::Error>> + Send + 'static) -> HttpResponse {
    let ping = KeepAlive::new().interval(PING);
    let mut http = Sse::new(events).keep_alive(ping).into_response();
    let headers = http.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    headers.insert(ACCEL_BUFFERING, HeaderValue::from_static("no"));
    http
}
