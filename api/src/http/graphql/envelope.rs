//! The envelope of a request: `{ query, variables, operationName, extensions }`.

use async_graphql::{Request, Variables};
use axum::{extract::Query, http::Uri};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::RequestRefusal;

/// A request whose parts have the right types; the document itself is not looked at yet.
#[derive(Debug, Default)]
pub struct Envelope {
    /// The text of the document.
    pub query: String,
    /// Which of its operations to run; an empty name counts as none.
    pub operation_name: Option<String>,
    /// Values of variables; empty when absent or null.
    pub variables: Map<String, Value>,
    /// What the client adds; empty when absent or null.
    pub extensions: Map<String, Value>,
}

/// The same in a query string, where objects are JSON text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

impl Envelope {
    /// Reads the body of a POST.
    ///
    /// # Errors
    /// `BAD_REQUEST` for anything but one object with the right types; an array too, for there are
    /// no batches.
    pub fn from_body(body: &[u8]) -> Result<Self, RequestRefusal> {
        let value: Value = serde_json::from_slice(body)
            .map_err(|_| RequestRefusal::bad_request("the body is not JSON"))?;
        match value {
            Value::Object(fields) => Self::from_fields(fields),
            Value::Array(_) => Err(RequestRefusal::bad_request("batches are not supported")),
            _ => Err(RequestRefusal::bad_request("the body is not an object")),
        }
    }

    /// Reads the query string of a GET.
    ///
    /// # Errors
    /// `BAD_REQUEST` for repeated parameters and for objects that are not JSON.
    pub fn from_uri(uri: &Uri) -> Result<Self, RequestRefusal> {
        let Query(parameters) = Query::<Parameters>::try_from_uri(uri)
            .map_err(|_| RequestRefusal::bad_request("the query string cannot be read"))?;
        let mut fields = Map::new();
        let texts = [("query", parameters.query), ("operationName", parameters.operation_name)];
        for (name, text) in texts {
            fields.extend(text.map(|text| (name.to_owned(), Value::String(text))));
        }
        let objects = [("variables", parameters.variables), ("extensions", parameters.extensions)];
        for (name, text) in objects {
            let text = text.filter(|text| !text.is_empty());
            let value = text.map(|text| serde_json::from_str(&text)).transpose();
            let value =
                value.map_err(|_| RequestRefusal::bad_request(format!("`{name}` is not JSON")))?;
            fields.extend(value.map(|value| (name.to_owned(), value)));
        }
        Self::from_fields(fields)
    }

    fn from_fields(mut fields: Map<String, Value>) -> Result<Self, RequestRefusal> {
        let query = match fields.remove("query") {
            Some(Value::String(query)) => query,
            Some(_) => return Err(RequestRefusal::bad_request("`query` is not a string")),
            None => return Err(RequestRefusal::bad_request("`query` is missing")),
        };
        let operation_name = match fields.remove("operationName") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
            Some(_) => return Err(RequestRefusal::bad_request("`operationName` is not a string")),
        };
        let variables = take_object(&mut fields, "variables")?;
        let extensions = take_object(&mut fields, "extensions")?;
        Ok(Self { query, operation_name, variables, extensions })
    }

    /// The request of the library, not parsed yet.
    pub(super) fn into_request(self) -> Request {
        let mut request =
            Request::new(self.query).variables(Variables::from_json(Value::Object(self.variables)));
        request.operation_name = self.operation_name;
        request.extensions.0 = self
            .extensions
            .into_iter()
            .filter_map(|(name, value)| Some((name, async_graphql::Value::from_json(value).ok()?)))
            .collect();
        request
    }
}

fn take_object(
    fields: &mut Map<String, Value>,
    name: &str,
) -> Result<Map<String, Value>, RequestRefusal> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(RequestRefusal::bad_request(format!("`{name}` is not an object"))),
    }
}
