//! Files of tickets: in and out by plain HTTP, hidden where they must be, erased with their author.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::Row;
use testbed::{Client, DEMO_PASSWORD, World};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const MARKER: &str = "Narwhal-Content";
const ABSENT: &str = "QXR0YWNobWVudDowMTkwMDAwMC0wMDAwLTdhYmMtODAwMC0wMDAwMDAwMDAwMDE";

/// An answer of any sort.
struct Answer {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn code(&self) -> String {
        let body = self.json();
        body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

async fn sent(client: &Client, request: reqwest::RequestBuilder) -> Answer {
    // The same for all, so that answers can be compared byte by byte.
    let request = request.header("x-request-id", "the-same");
    let request = match client.token() {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, body: response.bytes().await.unwrap().to_vec() }
}

fn to(client: &Client, ticket: &str, name: &str) -> reqwest::RequestBuilder {
    let path = format!("{}/tickets/{ticket}/attachments", client.base);
    client.http().post(path).query(&[("name", name)]).header("content-type", "text/plain")
}

async fn upload(client: &Client, ticket: &str, name: &str, content: &str) -> Answer {
    sent(client, to(client, ticket, name).body(content.to_owned())).await
}

async fn download(client: &Client, attachment: &str) -> Answer {
    let path = format!("{}/attachments/{attachment}", client.base);
    sent(client, client.http().get(path)).await
}

fn id_in(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()["attachmentId"].as_str().unwrap().to_owned()
}

/// A ticket of this client's; its id.
async fn ticket(client: &Client) -> String {
    let query = "mutation($i: TicketOpenInput!) { ticketOpen(input: $i) {
        ticket { id } userErrors { code } } }";
    let input = json!({"kind": "INCIDENT", "title": "See what I see"});
    let data = client.data(query, json!({"i": input})).await;
    data["ticketOpen"]["ticket"]["id"].as_str().unwrap().to_owned()
}

/// The ticket's files, as this client sees them behind an upload.
async fn files(client: &Client, ticket: &str, behind: &Answer) -> Value {
    let query = "query($id: ID!) { ticket(id: $id) { attachments {
        id name mediaType bytes sha256 author { name } internal createdAt url } } }";
    let position = behind.json()["position"].as_str().unwrap().to_owned();
    let request = client.request(query, json!({"id": ticket})).header("x-after-position", position);
    let body: Value = request.send().await.unwrap().json().await.unwrap();
    body["data"]["ticket"]["attachments"].clone()
}

async fn detach(client: &Client, ticket: &str, attachment: &str) -> Value {
    let query = "mutation($i: TicketDetachInput!) { ticketDetach(input: $i) {
        ticket { attachments { id } } userErrors { code } } }";
    let input = json!({"ticketId": ticket, "attachmentId": attachment});
    client.data(query, json!({"i": input})).await["ticketDetach"].clone()
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_and_always_as_a_download() {
    let mut world = World::demo().await;
    let carla = world.serve_for("client1").await;
    let ticket = ticket(&carla).await;
    let uploaded = upload(&carla, &ticket, "Größe 5.txt", MARKER).await;
    let id = id_in(&uploaded);
    assert_eq!(uploaded.json()["bytes"], json!(MARKER.len()));
    let sha256: String = Sha256::digest(MARKER).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(uploaded.json()["sha256"], json!(sha256));
    assert_eq!(uploaded.header("location"), format!("/attachments/{id}"));
    // At once, whatever the views have seen.
    let file = download(&carla, &id).await;
    assert_eq!((file.status, file.body.as_slice()), (200, MARKER.as_bytes()));
    assert_eq!(file.header("content-type"), "text/plain");
    let disposition = "attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe%205.txt";
    assert_eq!(file.header("content-disposition"), disposition);
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(file.header("cache-control").starts_with("private"));
    let files = files(&carla, &ticket, &uploaded).await;
    assert_eq!(files[0]["name"], "Größe 5.txt");
    assert_eq!(files[0]["url"], format!("/attachments/{id}"));
    assert_eq!((&files[0]["id"], &files[0]["internal"]), (&json!(id), &json!(false)));
    assert_eq!(files[0]["sha256"], uploaded.json()["sha256"]);

    let mut database = world.superuser().await;
    let tables = "select format('%I.%I', schemaname, tablename) as name from pg_tables
                  where schemaname in ('journal', 'identity')";
    for table in sqlx::query(tables).fetch_all(&mut database).await.unwrap() {
        let table: String = table.get("name");
        // Bytes are shown as hex, so both forms are looked for.
        let found = format!(
            "select count(*) as found from {table} t where t::text like any(array['%Narwhal%',
                 '%' || encode('Narwhal'::bytea, 'hex') || '%', '%Größe%'])"
        );
        let row = sqlx::query(&found).fetch_one(&mut database).await.unwrap();
        assert_eq!(row.get::<i64, _>("found"), 0, "{table}");
    }
}

#[tokio::test]
async fn what_the_settings_do_not_take_is_refused_by_its_status() {
    let mut world = World::demo().await;
    let carla = world.serve_for("client1").await;
    let ticket = ticket(&carla).await;
    let large = "x".repeat(2 * 1024 * 1024 + 1);
    let refused = upload(&carla, &ticket, "a.txt", &large).await;
    assert_eq!((refused.status, refused.code().as_str()), (413, "DOSSIER_ATTACHMENT_TOO_LARGE"));
    let meta = &refused.json()["errors"][0]["extensions"]["meta"];
    assert_eq!(meta["maxBytes"], json!(2 * 1024 * 1024));
    id_in(&upload(&carla, &ticket, "a.txt", &large[1..]).await);
    let path = format!("{}/tickets/{ticket}/attachments?name=a.html", carla.base);
    let page = carla.http().post(path).header("content-type", "text/html").body("<p>");
    let refused = sent(&carla, page).await;
    assert_eq!((refused.status, refused.code().as_str()), (415, "DOSSIER_ATTACHMENT_TYPE_UNFIT"));
    let refused = upload(&carla, &ticket, "../a.txt", "x").await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "DOSSIER_ATTACHMENT_NAME_PATH"));
    let path = format!("{}/tickets/{ticket}/attachments", carla.base);
    let refused = sent(&carla, carla.http().post(path).body("x")).await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "BAD_REQUEST"));
    let stranger = Client::new(&carla.base);
    let refused = upload(&stranger, &ticket, "a.txt", "x").await;
    assert_eq!((refused.status, refused.code().as_str()), (401, "UNAUTHENTICATED"));
}

#[tokio::test]
async fn a_body_that_does_not_tell_its_size_is_cut_off_at_the_bound() {
    let mut world = World::demo().await;
    let carla = world.serve_for("client1").await;
    let ticket = ticket(&carla).await;
    let address = carla.base.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /tickets/{ticket}/attachments?name=a.txt HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Bearer {}\r\ncontent-type: text/plain\r\n\
         transfer-encoding: chunked\r\nconnection: close\r\n\r\n",
        carla.token().unwrap()
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    for _ in 0..33 {
        socket.write_all(chunk.as_bytes()).await.unwrap();
    }
    socket.write_all(b"0\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("DOSSIER_ATTACHMENT_TOO_LARGE"), "{answer}");
}

#[tokio::test]
async fn hidden_and_absent_answer_alike_and_what_is_internal_is_hidden_from_clients() {
    let mut world = World::demo().await;
    let nobody = world.serve();
    let carla = nobody.sign_in("client1", DEMO_PASSWORD).await;
    let colin = nobody.sign_in("client2", DEMO_PASSWORD).await;
    let dana = nobody.sign_in("director", DEMO_PASSWORD).await;
    let auditor = nobody.sign_in("auditor", DEMO_PASSWORD).await;
    let ticket = ticket(&carla).await;
    let public = id_in(&upload(&carla, &ticket, "a.txt", "hers").await);
    let among_staff = |client: &Client| to(client, &ticket, "b.txt").query(&[("internal", "true")]);
    let noted = sent(&dana, among_staff(&dana).body("ours")).await;
    let internal = id_in(&noted);
    let refused = sent(&carla, among_staff(&carla).body("hers")).await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "FORBIDDEN"));
    let refused = upload(&auditor, &ticket, "a.txt", "x").await;
    assert_eq!(refused.status, 403, "who reads everything still attaches nothing");

    let absent = download(&colin, ABSENT).await;
    assert_eq!((absent.status, absent.code().as_str()), (404, "NOT_FOUND"));
    for (client, id) in
        [(&colin, &public), (&colin, &internal), (&carla, &internal), (&carla, &ticket)]
    {
        let hidden = download(client, id).await;
        assert_eq!((hidden.status, &hidden.body), (404, &absent.body));
    }
    for (client, id, content) in [
        (&carla, &public, "hers"),
        (&dana, &public, "hers"),
        (&dana, &internal, "ours"),
        (&auditor, &internal, "ours"),
    ] {
        assert_eq!(download(client, id).await.body, content.as_bytes());
    }
    let hidden = upload(&colin, &ticket, "a.txt", "x").await;
    let nowhere = upload(&colin, ABSENT, "a.txt", "x").await;
    assert_eq!((hidden.status, nowhere.status), (404, 404));
    assert_eq!(hidden.body, nowhere.body);
    let seen = files(&carla, &ticket, &noted).await;
    assert_eq!(seen.as_array().unwrap().len(), 1);
    assert_eq!(files(&dana, &ticket, &noted).await.as_array().unwrap().len(), 2);

    // To Carla there is nothing to detach; to everybody else but its author it is not theirs.
    assert_eq!(detach(&carla, &ticket, &internal).await["userErrors"], json!([]));
    assert_eq!(download(&dana, &internal).await.status, 200);
    let own = detach(&carla, &ticket, &public).await;
    assert_eq!(own["ticket"]["attachments"], json!([]), "{own}");
    assert_eq!(download(&carla, &public).await.status, 404);
}

#[tokio::test]
async fn the_same_upload_twice_is_one_file_and_another_under_its_key_is_refused() {
    let mut world = World::demo().await;
    let carla = world.serve_for("client1").await;
    let ticket = ticket(&carla).await;
    let again = async |content: &str| {
        let request = to(&carla, &ticket, "a.txt").header("idempotency-key", "once");
        sent(&carla, request.body(content.to_owned())).await
    };
    let first = again("one").await;
    let second = again("one").await;
    assert_eq!(id_in(&first), id_in(&second));
    assert_eq!(first.json()["position"], second.json()["position"]);
    let told = [&first, &second].map(|answer| answer.json()["replayed"].clone());
    assert_eq!(told, [json!(false), json!(true)]);
    let other = again("two").await;
    assert_eq!((other.status, other.code().as_str()), (409, "IDEMPOTENCY_KEY_REUSED"));
    assert_eq!(download(&carla, &id_in(&first)).await.body, b"one");
    assert_eq!(files(&carla, &ticket, &first).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_is_erased_with_its_author() {
    let mut world = World::demo().await;
    let nobody = world.serve();
    let carla = nobody.sign_in("client1", DEMO_PASSWORD).await;
    let ticket = ticket(&carla).await;
    let id = id_in(&upload(&carla, &ticket, "a.txt", MARKER).await);
    let destroyed = "update vault.subject_keys set wrapped = null, destroyed_at = now()
                     where subject like 'person:%'";
    sqlx::query(destroyed).execute(&mut world.superuser().await).await.unwrap();
    // Another process knows no key from before.
    drop(world.take_server());
    let dana = world.serve().sign_in("director", DEMO_PASSWORD).await;
    let gone = download(&dana, &id).await;
    assert_eq!((gone.status, gone.code().as_str()), (410, "ERASED"));
}

/// Nothing can be sealed for somebody erased, and yet what was done before is answered as it was.
#[tokio::test]
async fn a_command_of_somebody_erased_since_gets_its_first_answer() {
    let mut world = World::demo().await;
    let opened = async |world: &mut World| {
        let carla = world.serve().sign_in("client1", DEMO_PASSWORD).await;
        let query = "mutation($i: TicketOpenInput!) { ticketOpen(input: $i) {
            ticket { id } replayed userErrors { code } } }";
        let input = json!({"kind": "INCIDENT", "title": "Mine", "idempotencyKey": "once"});
        carla.data(query, json!({"i": input})).await["ticketOpen"].clone()
    };
    let first = opened(&mut world).await;
    let destroyed = "update vault.subject_keys set wrapped = null, destroyed_at = now()
                     where subject like 'person:%'";
    sqlx::query(destroyed).execute(&mut world.superuser().await).await.unwrap();
    drop(world.take_server());
    let again = opened(&mut world).await;
    assert_eq!(again["ticket"]["id"], first["ticket"]["id"]);
    assert_eq!((&first["replayed"], &again["replayed"]), (&json!(false), &json!(true)));
}
