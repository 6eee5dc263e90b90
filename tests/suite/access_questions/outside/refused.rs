//! Who may not ask, who is told less, and what cannot be read.

use serde_json::{Value, json};
use testbed::Client;

use super::{Ground, MANY, ONE, WHAT, WHO, answered, ask, invoice, refused, user};
use crate::desk::NOWHERE;

#[tokio::test]
async fn t34_what_is_absent_and_what_is_invisible_answer_alike() {
    let ground = Ground::new().await;
    let ticket = ground.desk.ticket("Seen by few").await;
    let of = |id: &Value| json!({"type": "ticket", "id": id});
    let read = async |client: &Client, login: &str, id: &Value| {
        client.post_json(ONE, &ask(user(login), "read", of(id))).await
    };
    let no = (200, json!({"decision": false}));
    assert_eq!(read(&ground.portal, "client1", &ticket).await, (200, json!({"decision": true})));
    assert_eq!(read(&ground.portal, "client2", &ticket).await, no);
    assert_eq!(read(&ground.portal, "client2", &json!(NOWHERE)).await, no);
    assert_eq!(read(&ground.portal, "client2", &json!("no id")).await, no);
    assert_eq!(read(&ground.portal, "nobody", &ticket).await, no);
    // Why, and who may, is told to those who may have access explained.
    let (_, told) = read(&ground.desk.admin, "client2", &ticket).await;
    assert_eq!(told["context"]["reason"], "out_of_scope");
    let (_, told) = read(&ground.desk.admin, "client2", &json!(NOWHERE)).await;
    assert_eq!(told["context"]["reason"], "unknown_resource");
    let who = ask(json!({"type": "person"}), "read", of(&ticket));
    let forbidden = (403, "FORBIDDEN".to_owned());
    assert_eq!(refused(ground.portal.post_json(WHO, &who).await), forbidden);
    let page = json!({"limit": 1});
    let mut first = who.clone();
    first["page"] = page;
    let part = answered(&ground.desk.admin, WHO, &first).await;
    let token = part["page"]["next_token"].as_str().unwrap();
    assert!(part["results"].as_array().unwrap().len() == 1 && !token.is_empty(), "{part}");
    first["page"]["token"] = json!(token);
    let next = answered(&ground.desk.admin, WHO, &first).await;
    assert_ne!(next["results"], part["results"]);
}

#[tokio::test]
async fn who_asks_is_known_and_asks_about_what_is_theirs() {
    let ground = Ground::new().await;
    let (forbidden, out) = ((403, "FORBIDDEN".to_owned()), (401, "UNAUTHENTICATED".to_owned()));
    let about = ask(user("agent1"), "read", invoice("1"));
    let stranger = Client::new(&ground.erp.base);
    let broken = stranger.with_token("annals_svc_x_0");
    for path in [ONE, MANY, WHO, WHAT] {
        assert_eq!(refused(stranger.post_json(path, &about).await), out, "{path}");
        assert_eq!(refused(broken.post_json(path, &about).await), out, "{path}");
        for other in [&ground.agent, &ground.desk.ada, &ground.desk.carla] {
            assert_eq!(refused(other.post_json(path, &about).await), forbidden, "{path}");
        }
    }
    assert_eq!(answered(&ground.desk.admin, ONE, &about).await["decision"], true);

    // A part of one system asks about that system's, in whatever company.
    let any = json!({"type": "ticket", "id": "*"});
    let ours = ask(user("agent1"), "open", any);
    let mixed = json!({"evaluations": [about, ours]});
    let other = json!({"type": "crm:invoice", "id": "1"});
    let theirs = ask(user("agent1"), "crm:invoice.read", other.clone());
    let who = ask(json!({"type": "person"}), "read", other);
    for (path, body) in [(ONE, &ours), (MANY, &mixed), (ONE, &theirs), (WHO, &who), (WHAT, &ours)] {
        assert_eq!(refused(ground.erp.post_json(path, body).await), forbidden, "{path} {body}");
    }
    assert_eq!(answered(&ground.portal, ONE, &ours).await, json!({"decision": true}));
    assert_eq!(answered(&ground.portal, ONE, &theirs).await, json!({"decision": false}));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_its_place() {
    let ground = Ground::new().await;
    let whole = || ask(user("agent1"), "pay", invoice("1"));
    let with = |pointer: &str, value: Value| {
        let mut body = whole();
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let known = |properties: Value| {
        let resource = json!({"type": "erp:invoice", "id": "1", "properties": properties});
        with("/resource", resource)
    };
    let many: Vec<Value> = (0..101).map(|_| json!({})).collect();
    let words: Vec<String> = (0..101).map(|number| format!("f{number}")).collect();
    let robot = json!({"type": "service_account", "id": ground.erp_id});
    let bad: Vec<(&str, Value, Value)> = vec![
        (ONE, json!([]), Value::Null),
        (ONE, json!({}), json!("subject")),
        (ONE, with("/action", Value::Null), json!("action")),
        (ONE, with("/subject/id", json!(7)), Value::Null),
        (ONE, with("/subject", json!({"type": "user"})), json!("subject.id")),
        (ONE, with("/subject/id", json!("")), json!("subject.id")),
        (ONE, with("/subject/id", json!("x".repeat(201))), json!("subject.id")),
        (ONE, with("/subject/id", json!("a\u{0}b")), json!("subject.id")),
        (ONE, with("/action/name", json!("Pay!")), json!("action.name")),
        (ONE, with("/action/name", json!("crm:order.pay")), json!("action.name")),
        (ONE, with("/resource/type", json!("a:b:c")), json!("resource.type")),
        (ONE, with("/resource/type", json!("")), json!("resource.type")),
        (ONE, with("/resource/id", json!("x".repeat(201))), json!("resource.id")),
        (ONE, known(json!({"risk": 256})), json!("resource.properties")),
        (ONE, known(json!({"required_level": "2"})), json!("resource.properties")),
        (ONE, known(json!({"requiredLevel": 2})), json!("resource.properties.requiredLevel")),
        (ONE, known(json!({"relations": ["BOSS"]})), json!("resource.properties.relations")),
        (
            ONE,
            known(json!({"done": [{"duty": "pay", "by": robot}]})),
            json!("resource.properties.done"),
        ),
        (
            ONE,
            with("/action", json!({"name": "pay", "properties": {"fields": words}})),
            json!("action.properties.fields"),
        ),
        (
            ONE,
            ask(robot.clone(), "open", json!({"type": "ticket", "id": "*"})),
            json!("subject.type"),
        ),
        (MANY, json!({"evaluations": many}), json!("evaluations")),
        (
            MANY,
            json!({"subject": user("agent1"), "evaluations": [whole(), {}]}),
            json!("evaluations[1].action"),
        ),
        (
            MANY,
            json!({"evaluations": [whole()], "options": {"evaluations_semantic": "all"}}),
            Value::Null,
        ),
        (WHO, whole(), json!("subject.type")),
    ];
    for (path, body, field) in &bad {
        let (status, answer) = ground.erp.post_json(path, body).await;
        let told = &answer["errors"][0]["extensions"];
        assert_eq!((status, &told["code"]), (400, &json!("BAD_REQUEST")), "{body}\n{answer}");
        assert_eq!(&told["field"], field, "{body}\n{answer}");
    }
    for (token, limit) in [("x", 1), ("cGVyc29uOngK", 1), ("", 0), ("", 101)] {
        let mut body = with("/subject", json!({"type": "person"}));
        body["page"] = json!({"token": token, "limit": limit});
        let (status, answer) = ground.erp.post_json(WHO, &body).await;
        let field = if token.is_empty() { "page.limit" } else { "page.token" };
        assert_eq!((status, &answer["errors"][0]["extensions"]["field"]), (400, &json!(field)));
    }
    // What is not known is passed over, as the standard wants it.
    let mut more = whole();
    more["context"] = json!({"time": "2026-11-23T12:00:00Z", "ip": {"v": 4}});
    more["subject"]["properties"] = json!({"department": "Sales"});
    assert_eq!(answered(&ground.erp, ONE, &more).await["decision"], true);

    let raw = async |body: String, kind: &str| {
        let request = ground.erp.http().post(format!("{}{ONE}", ground.erp.base)).body(body);
        let request = request.bearer_auth(ground.erp.token().unwrap()).header("content-type", kind);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    let json = "application/json";
    for body in ["", "{", "null", "\"x\"", "{\"subject\": {}, \"subject\": {}}"] {
        assert_eq!(
            refused(raw(body.to_owned(), json).await),
            (400, "BAD_REQUEST".to_owned()),
            "{body}"
        );
    }
    let deep = format!("{{\"context\": {}{}}}", "[".repeat(20_000), "]".repeat(20_000));
    assert_eq!(refused(raw(deep, json).await), (400, "BAD_REQUEST".to_owned()));
    let long = format!("{{\"x\": \"{}\"}}", "x".repeat(300_000));
    assert_eq!(refused(raw(long, json).await), (413, "PAYLOAD_TOO_LARGE".to_owned()));
    let plain = raw(whole().to_string(), "text/plain").await;
    assert_eq!(refused(plain), (415, "UNSUPPORTED_MEDIA_TYPE".to_owned()));
    let (status, _) = ground.erp.get(ONE).await;
    assert_eq!(status, 405);
}
