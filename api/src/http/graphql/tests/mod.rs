//! The handler through the router, with a schema of a few fields.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_graphql::{
    ErrorExtensions, Object, Request, Schema, Subscription, Value, async_trait::async_trait,
    parser::types::OperationType,
};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request as HttpRequest, Response as HttpResponse, header},
};
use futures_util::{StreamExt, stream};
use serde_json::json;
use tokio::sync::Notify;
use tower::ServiceExt;

use super::{
    Course, Endpoint, Outcome, Prepared, RequestContext, RequestErrorCode, RequestRefusal, routes,
};
use crate::graphql::Said;
use crate::graphql::guard::{
    Audience, Limits,
    tests::{INTROSPECTION, bomb},
};

mod documents;
mod errors;
mod requests;
mod streams;

const GRAPHQL: &str = "application/graphql-response+json";

struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "world"
    }

    async fn echo(&self, number: i32) -> i32 {
        number
    }

    async fn caller(&self, context: &async_graphql::Context<'_>) -> String {
        context.data_unchecked::<Caller>().0.clone()
    }

    async fn leak(&self) -> async_graphql::Result<i32> {
        Err(std::io::Error::other("password=hunter2 in table secrets"))?
    }

    async fn quiet_leak(&self) -> async_graphql::Result<i32> {
        Err(async_graphql::Error::new("select * from secrets"))
    }

    async fn forbidden(&self) -> async_graphql::Result<Option<i32>> {
        let error = async_graphql::Error::new("you may not see this");
        Err(error.extend_with(|_, values| values.set("code", "FORBIDDEN")))
    }

    async fn friends(&self) -> [Friend; 2] {
        [Friend, Friend]
    }

    async fn slow(&self) -> i32 {
        std::future::pending().await
    }
}

struct Friend;

#[Object]
impl Friend {
    async fn name(&self) -> &str {
        "ada"
    }

    async fn secret(&self) -> async_graphql::Result<Option<i32>> {
        Err(async_graphql::Error::new("not for you"))
    }
}

struct Mutation(Arc<AtomicUsize>);

#[Object]
impl Mutation {
    async fn count(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }
}

struct Caller(String);

/// Knows a few callers by name and counts how often it is asked.
#[derive(Default)]
struct Names {
    asked: AtomicUsize,
    course: Arc<Numbered>,
}

/// Numbers the answers, goes on once, and is over when it is told so.
#[derive(Default)]
struct Numbered {
    answers: AtomicUsize,
    renewals: AtomicUsize,
    stop: Notify,
}

#[async_trait]
impl Course for Numbered {
    async fn begun(&self) {}

    fn position(&self) -> String {
        self.answers.fetch_add(1, Ordering::SeqCst).to_string()
    }

    async fn over(&self) {
        self.stop.notified().await;
    }

    async fn renewed(&self) -> Option<Request> {
        let renewed = self.renewals.fetch_add(1, Ordering::SeqCst);
        (renewed == 0).then(|| Request::new("subscription { again: count(to: 2) }"))
    }
}

struct Counting;

#[Subscription]
impl Counting {
    async fn count(&self, to: Option<i32>) -> stream::BoxStream<'static, i32> {
        match to {
            Some(to) => stream::iter(1..=to).boxed(),
            None => stream::pending().boxed(),
        }
    }

    async fn closed(&self) -> async_graphql::Result<stream::BoxStream<'static, i32>> {
        let error = async_graphql::Error::new("sign in first");
        Err(error.extend_with(|_, values| values.set("code", "UNAUTHENTICATED")))
    }
}

#[async_trait]
impl RequestContext for Names {
    async fn prepare(
        &self,
        headers: &HeaderMap,
        request: Request,
        operation: OperationType,
    ) -> Result<Prepared, RequestRefusal> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let name = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let audience = match name {
            Some("intruder") => {
                let code = RequestErrorCode::Unauthenticated;
                return Err(RequestRefusal::new(code, "the token is unknown"));
            }
            Some("unlucky") => {
                let lost = std::io::ErrorKind::ConnectionReset.into();
                return Err(RequestRefusal::failed(&sqlx::Error::Io(lost), "a test"));
            }
            Some(_) => Audience::Agent,
            None => Audience::Anonymous,
        };
        let caller = Caller(name.unwrap_or("nobody").to_owned());
        let course = (operation == OperationType::Subscription).then(|| self.course.clone());
        let course = course.map(|course| course as Arc<dyn Course>);
        let said = Said::default();
        Ok(Prepared { request: request.data(caller), audience, course, said })
    }

    async fn extensions(&self, _: &HeaderMap, outcome: Outcome) -> BTreeMap<String, Value> {
        BTreeMap::from([("outcome".to_owned(), Value::from(format!("{outcome:?}")))])
    }
}

/// A server of one test.
struct Server {
    router: axum::Router,
    mutations: Arc<AtomicUsize>,
    context: Arc<Names>,
}

impl Server {
    fn new() -> Self {
        let mutations = Arc::new(AtomicUsize::new(0));
        let context = Arc::new(Names::default());
        let schema = Schema::build(Query, Mutation(mutations.clone()), Counting)
            .disable_suggestions()
            .finish();
        let endpoint = Endpoint::new(schema, Limits::default(), context.clone())
            .with_wall_time(Duration::from_millis(20));
        Self { router: routes(Arc::new(endpoint)), mutations, context }
    }

    async fn send(&self, request: HttpRequest<Body>) -> HttpResponse<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// A JSON body with the headers given on top of the usual ones.
    async fn post(&self, body: serde_json::Value, headers: &[(&str, &str)]) -> Answer {
        let mut request = HttpRequest::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        for (name, value) in headers {
            let name: header::HeaderName = name.parse().unwrap();
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        Answer::read(self.send(request).await).await
    }

    async fn document(&self, text: &str, accept: &str) -> Answer {
        self.post(json!({ "query": text }), &[("accept", accept)]).await
    }

    async fn get(&self, query: &str) -> Answer {
        let request = HttpRequest::get(format!("/graphql?{query}")).body(Body::empty()).unwrap();
        Answer::read(self.send(request).await).await
    }
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    json: serde_json::Value,
}

impl Answer {
    async fn read(response: HttpResponse<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let json = serde_json::from_slice(&bytes).unwrap();
        Self { status: parts.status.as_u16(), headers: parts.headers, json }
    }

    fn code(&self) -> &str {
        self.json["errors"][0]["extensions"]["code"].as_str().unwrap_or("no code")
    }

    fn message(&self) -> &str {
        self.json["errors"][0]["message"].as_str().unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Status and code of a request that was not executed, which has no data at all.
    fn refused(&self) -> (u16, &str) {
        assert!(self.json.get("data").is_none(), "{}", self.json);
        (self.status, self.code())
    }
}
