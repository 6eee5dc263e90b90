//! A GraphQL client that says what it got.

use serde_json::{Value, json};

/// Speaks to one server, as one person.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    /// `http://address`
    pub base: String,
    token: Option<String>,
}

/// An answer with its status.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: Value,
}

impl Client {
    /// A stranger.
    pub fn new(base: &str) -> Self {
        Self { http: reqwest::Client::new(), base: base.to_owned(), token: None }
    }

    /// Signed in.
    ///
    /// # Panics
    /// When signing in fails.
    pub async fn sign_in(&self, login: &str, password: &str) -> Self {
        let answer = self
            .ask(
                "mutation($i: SignInInput!) { signIn(input: $i) { token userErrors { code } } }",
                json!({"i": {"login": login, "password": password}}),
            )
            .await;
        let token = answer.body["data"]["signIn"]["token"].as_str();
        let token = token.unwrap_or_else(|| panic!("{login} cannot sign in: {answer:?}"));
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// With this token, whoever that is.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The same person at another server.
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// Asks by POST.
    pub async fn ask(&self, query: &str, variables: Value) -> Answer {
        let response = self.request(query, variables).send().await.unwrap();
        let status = response.status().as_u16();
        Answer { status, body: response.json().await.unwrap_or(Value::Null) }
    }

    /// A question that is not sent yet, to put more headers on it.
    pub fn request(&self, query: &str, variables: Value) -> reqwest::RequestBuilder {
        let request = self
            .http
            .post(format!("{}/graphql", self.base))
            .header("content-type", "application/json")
            .body(json!({"query": query, "variables": variables}).to_string());
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Asks what must be answered without errors; the data.
    ///
    /// # Panics
    /// When there are errors.
    pub async fn data(&self, query: &str, variables: Value) -> Value {
        let answer = self.ask(query, variables).await;
        assert!(
            answer.body.get("errors").is_none() && answer.body["data"].is_object(),
            "{query}\n{answer:?}"
        );
        answer.body["data"].clone()
    }

    /// A plain GET; status and text.
    pub async fn get(&self, path: &str) -> (u16, String) {
        let response = self.http.get(format!("{}{path}", self.base)).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// A POST of JSON; status and answer.
    pub async fn post_json(&self, path: &str, body: &Value) -> (u16, Value) {
        let mut request = self.http.post(format!("{}{path}", self.base)).json(body);
        if let Some(token) = self.token() {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// The access token, for what GraphQL clients do not do.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The raw client, for what GraphQL clients do not do.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }
}
