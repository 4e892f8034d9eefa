//! ADM-03 for citizens: an OpenID provider vouches for who they are. The provider here is ours and bends what it says; the browser
//! tests use a foreign one.

use crate::{
    call::Answer,
    online::cookies,
    world::{World, applicant},
};
use axum::{
    Json, Router,
    extract::{Form, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    accounts::Role,
    dossier::{Command, People},
};
use motcua::dossier::{Order, Target};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey,
    core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm},
};
use platform::config::Config;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;

pub const NUMBER: &str = "022099012345";
const NAME: &str = "Nguyễn Thị Mẫu";
/// The year 2100.
const FAR: i64 = 4_102_444_800;

/// What the provider says otherwise than it should.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Bend {
    #[default]
    Nothing,
    Nonce,
    Audience,
    Issuer,
    Expired,
    Key,
    Unsigned,
    OtherPerson,
    NoNumber,
    NoToken,
}

#[derive(Clone, Default)]
pub struct Provider(Arc<Mutex<Said>>);

#[derive(Default)]
struct Said {
    issuer: String,
    bend: Bend,
    /// Whom it vouches for in place of the usual person.
    person: Option<(String, String)>,
    /// Of the attempt under way.
    nonce: String,
    challenge: String,
}

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let digits = bytes.chunks(3).flat_map(|three| {
        let bits = (0..3).fold(0_usize, |all, i| (all << 8) | usize::from(three.get(i).copied().unwrap_or_default()));
        (0..=three.len()).map(move |i| char::from(DIGITS[(bits >> (18 - 6 * i)) & 63]))
    });
    digits.collect()
}

fn key(seed: u8) -> CoreEdDsaPrivateSigningKey {
    // PKCS #8 around 32 bytes (RFC 8410).
    let head = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
    let body = base64url(&[head.as_slice(), &[seed; 32]].concat());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new("k".into()))).unwrap()
}

impl Provider {
    pub async fn start() -> (Self, String) {
        let provider = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        provider.0.lock().unwrap().issuer.clone_from(&issuer);
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/jwks", get(|| async { Json(json!({"keys": [key(7).as_verification_key()]})) }))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (provider, issuer)
    }
    /// From now on it vouches for this person.
    pub fn vouch_for(&self, number: &str, name: &str) {
        self.0.lock().unwrap().person = Some((number.to_owned(), name.to_owned()));
    }
    fn bend(&self, bend: Bend) {
        self.0.lock().unwrap().bend = bend;
    }
}

async fn about(State(provider): State<Provider>) -> Json<Value> {
    let issuer = provider.0.lock().unwrap().issuer.clone();
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/auth"), "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"), "userinfo_endpoint": format!("{issuer}/me"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn token(State(provider): State<Provider>, Form(form): Form<BTreeMap<String, String>>) -> Response {
    let said = provider.0.lock().unwrap();
    let challenge = base64url(&<sha2::Sha256 as sha2::Digest>::digest(form["code_verifier"].as_bytes()));
    if (form["code"].as_str(), challenge) != ("right", said.challenge.clone()) {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response();
    }
    let is = |bend| said.bend == bend;
    let claims = json!({
        "iss": if is(Bend::Issuer) { "https://elsewhere.example" } else { &said.issuer },
        "aud": if is(Bend::Audience) { "another" } else { "motcua" },
        "nonce": if is(Bend::Nonce) { "another" } else { &said.nonce },
        "exp": if is(Bend::Expired) { 1 } else { FAR }, "iat": 1, "sub": "7",
    });
    let head = json!({"alg": if is(Bend::Unsigned) { "none" } else { "EdDSA" }, "kid": "k", "typ": "JWT"});
    let text = [head, claims].map(|part| base64url(part.to_string().as_bytes())).join(".");
    let signer = key(if is(Bend::Key) { 8 } else { 7 });
    let signature = signer.sign(&CoreJwsSigningAlgorithm::EdDsa, text.as_bytes()).unwrap();
    let signature = if is(Bend::Unsigned) { String::new() } else { base64url(&signature) };
    let mut answer = json!({"access_token": "a", "token_type": "Bearer", "expires_in": 600});
    if !is(Bend::NoToken) {
        answer["id_token"] = format!("{text}.{signature}").into();
    }
    Json(answer).into_response()
}

async fn me(State(provider): State<Provider>) -> Json<Value> {
    let (bend, other) = {
        let said = provider.0.lock().unwrap();
        (said.bend, said.person.clone())
    };
    let (number, name) = other.unwrap_or_else(|| (NUMBER.to_owned(), NAME.to_owned()));
    let mut person = json!({"sub": "7", "name": name, "citizen_id": number, "phone_number": "+84912345678"});
    match bend {
        Bend::OtherPerson => person["sub"] = "8".into(),
        Bend::NoNumber => drop(person.as_object_mut().unwrap().remove("citizen_id")),
        _ => {}
    }
    Json(person)
}

pub fn with(issuer: &str) -> impl FnOnce(&mut Config) + 'static {
    let issuer = issuer.to_owned();
    move |config| {
        config.identity.issuer = Some(issuer);
        config.identity.client_id = "motcua".into();
    }
}

/// Leaves for the provider: the cookie of the attempt, and what was asked.
async fn leave(w: &World, provider: &Provider, next: &str) -> (String, BTreeMap<String, String>) {
    let away = w.get(&format!("/cong-dan/xac-thuc?tiep={next}")).send().await.expect(303);
    let (to, query) = away.location().split_once('?').unwrap();
    let asked: BTreeMap<String, String> = serde_urlencoded::from_str(query).unwrap();
    let mut said = provider.0.lock().unwrap();
    assert_eq!(to, format!("{}/auth", said.issuer));
    said.nonce.clone_from(&asked["nonce"]);
    said.challenge.clone_from(&asked["code_challenge"]);
    (cookies(&away), asked)
}

async fn back(w: &World, cookie: &str, code: &str, state: &str) -> Answer {
    w.get(&format!("/cong-dan/xac-thuc/ve?code={code}&state={state}")).cookie(cookie).send().await.expect(303)
}

/// The session of the citizen for whom the provider vouches.
pub async fn enter(w: &World, provider: &Provider) -> String {
    let (cookie, asked) = leave(w, provider, "/cong-dan").await;
    cookies(&back(w, &cookie, "right", &asked["state"]).await)
}

fn with_number(number: &str) -> People {
    let mut people = applicant();
    people.applicant.identity = Some(number.into());
    people
}

/// Whoever proves a number sees what names it, wherever it was handed in, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn adm_03_who_the_provider_vouches_for_sees_every_dossier_that_names_them_and_no_other() {
    let (provider, issuer) = Provider::start().await;
    let worlds = [World::sqlite_with("quang-ninh", with(&issuer)), World::postgres_of("quang-ninh", with(&issuer))];
    for w in worlds {
        w.procedures(&["1.000080"]).await;
        let who = w.officer("lan", "H49.28", &[Role::IntakeOfficer]).await;
        let mut codes = Vec::new();
        for number in [NUMBER, "022099054321"] {
            let command = Command::TakeIn { intake: w.intake(&who, "1.000080"), received_at: None, fees: None };
            let order = Order { target: Target::New(Box::new(with_number(number))), command };
            codes.push(w.order(&who, order).await.unwrap().state.code.unwrap().to_string());
        }
        let (cookie, asked) = leave(&w, &provider, "/cong-dan/tai-khoan").await;
        assert_eq!((asked["response_type"].as_str(), asked["code_challenge_method"].as_str()), ("code", "S256"));
        assert!(asked["scope"].contains("openid") && asked["redirect_uri"].ends_with("/cong-dan/xac-thuc/ve"));
        let entered = back(&w, &cookie, "right", &asked["state"]).await;
        assert_eq!(entered.location(), "/cong-dan/tai-khoan", "to where the way began");
        let session = cookies(&entered);
        let mine = w.get("/cong-dan").cookie(&session).send().await.expect(200);
        assert!(mine.text().contains(&codes[0]) && !mine.text().contains(&codes[1]), "{}", mine.text());
        assert!(mine.text().contains(NAME) && !mine.text().contains(NUMBER));
        let theirs = w.get(&format!("/tra-cuu/{}", codes[1])).cookie(&session).send().await.expect(200);
        assert!(!theirs.text().contains(NAME), "of another it opens nothing");
        let own = w.get(&format!("/tra-cuu/{}", codes[0])).cookie(&session).send().await.expect(200);
        assert!(own.text().contains(NAME), "{}", own.text());

        // The code is worth one session: whoever hears of it later has neither the cookie nor the verifier.
        back(&w, "", "right", &asked["state"]).await;
        let (other, _) = leave(&w, &provider, "/cong-dan").await;
        let stolen = back(&w, &other, "right", &asked["state"]).await;
        assert!(stolen.location().contains("loi=khong-hop-le"), "{}", stolen.location());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_03_what_the_provider_says_is_believed_only_when_all_of_it_is_right() {
    let (provider, issuer) = Provider::start().await;
    let w = World::sqlite_with("quang-ninh", with(&issuer));
    let bends = [
        (Bend::Nonce, "khong-hop-le"),
        (Bend::Audience, "khong-hop-le"),
        (Bend::Issuer, "khong-hop-le"),
        (Bend::Expired, "khong-hop-le"),
        (Bend::Key, "khong-hop-le"),
        (Bend::Unsigned, "khong-hop-le"),
        (Bend::OtherPerson, "khong-hop-le"),
        (Bend::NoToken, "khong-hop-le"),
        (Bend::NoNumber, "khong-co-so"),
    ];
    for (bend, why) in bends {
        provider.bend(bend);
        w.app.machine.advance(3_600_000);
        let (cookie, asked) = leave(&w, &provider, "/cong-dan").await;
        let turned = back(&w, &cookie, "right", &asked["state"]).await;
        assert!(turned.location().contains(&format!("loi={why}&")), "{bend:?}: {}", turned.location());
        assert_eq!(cookies(&turned), "", "{bend:?}: no session");
        let page = w.get(turned.location()).send().await.expect(200);
        assert!(page.text().contains(r#"role="alert""#), "{bend:?} is said");
    }
    provider.bend(Bend::Nothing);
    w.app.machine.advance(3_600_000);
    let (cookie, asked) = leave(&w, &provider, "/cong-dan").await;
    assert!(back(&w, &cookie, "wrong", &asked["state"]).await.location().contains("loi=khong-hop-le"));
    let elsewhere = asked["state"].replace('.', ".2f");
    assert!(
        back(&w, &cookie, "right", &elsewhere).await.location().contains("loi=khong-hop-le"),
        "the way on is bound"
    );
    let refused = format!("/cong-dan/xac-thuc/ve?error=access_denied&state={}", asked["state"]);
    assert!(w.get(&refused).cookie(&cookie).send().await.expect(303).location().contains("loi=tu-choi"));
    assert_eq!(back(&w, &cookie, "right", &asked["state"]).await.location(), "/cong-dan");
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_03_a_provider_that_is_away_is_said_and_without_one_there_is_no_way_there() {
    let w = World::sqlite_with("quang-ninh", with("http://127.0.0.1:1"));
    let turned = w.get("/cong-dan/xac-thuc?tiep=/cong-dan").send().await.expect(303);
    assert!(turned.location().starts_with("/cong-dan/dang-nhap?loi=khong-tra-loi"), "{}", turned.location());
    let page = w.get(turned.location()).send().await.expect(200);
    assert!(page.text().contains("Trang định danh chưa trả lời"), "{}", page.text());
    let w = World::sqlite();
    for page in ["/cong-dan/xac-thuc", "/cong-dan/xac-thuc/ve?code=x&state=y", "/cong-dan/dang-nhap"] {
        w.get(page).send().await.expect(404);
    }
}

/// The way on leads to a page of ours only.
#[tokio::test(flavor = "multi_thread")]
async fn adm_03_a_sign_in_leads_nowhere_outside() {
    let (provider, issuer) = Provider::start().await;
    let w = World::sqlite_with("quang-ninh", with(&issuer));
    for outside in ["https://elsewhere.example/", "//elsewhere.example/", "/%5Celsewhere.example"] {
        let (cookie, asked) = leave(&w, &provider, outside).await;
        let entered = back(&w, &cookie, "right", &asked["state"]).await;
        assert_eq!(entered.location(), "/cong-dan", "{outside}");
    }
}

/// ADM-03: each device is seen with its name; one is ended from another, and all at once.
#[tokio::test(flavor = "multi_thread")]
async fn adm_03_a_citizen_sees_the_devices_and_ends_them() {
    let (provider, issuer) = Provider::start().await;
    for w in [World::sqlite_with("quang-ninh", with(&issuer)), World::postgres_of("quang-ninh", with(&issuer))] {
        let mut sessions = Vec::new();
        for _ in 0..3 {
            let (cookie, asked) = leave(&w, &provider, "/cong-dan").await;
            w.app.machine.advance(1_000);
            sessions.push(cookies(&back(&w, &cookie, "right", &asked["state"]).await));
        }
        let page = w.get("/cong-dan/tai-khoan").cookie(&sessions[0]).send().await.expect(200);
        let actions = page.text().split("action=\"").filter_map(|a| a.split('"').next());
        let ends: Vec<&str> = actions.filter(|a| a.contains("/thiet-bi/")).collect();
        assert_eq!((ends.len(), page.text().matches("Máy này").count()), (3, 1), "{}", page.text());
        // Newest first: the last of the list is the first device, from which is asked.
        w.post(ends[0]).cookie(&sessions[0]).form(&[]).send().await.expect(303);
        let open = async |session: &str| w.get("/cong-dan/tai-khoan").cookie(session).send().await.status.as_u16();
        let states = [open(&sessions[0]).await, open(&sessions[1]).await, open(&sessions[2]).await];
        assert_eq!(states.iter().filter(|s| **s == 200).count(), 2, "{states:?}");
        assert_eq!(states[0], 200, "not the one from which it was asked");
        w.post("/cong-dan/tai-khoan/thoat-het").cookie(&sessions[0]).form(&[]).send().await.expect(303);
        for session in &sessions {
            assert_eq!(open(session).await, 303);
        }
    }
}
