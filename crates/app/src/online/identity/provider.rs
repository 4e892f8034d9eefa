//! The provider: what it can do, where to send a browser, and what it tells for a code.

use crate::app::App;
use domain::people::{CitizenId, Phone};
use openidconnect::{
    AdditionalClaims, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse, UserInfoClaims,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use openidconnect::{EndpointMaybeSet, EndpointNotSet, EndpointSet};
use platform::config::Identity;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{sync::LazyLock, time::Duration};

/// A person as the provider vouches for them.
#[derive(Clone, Debug)]
pub struct Person {
    pub number: CitizenId,
    pub name: String,
    pub phone: Option<Phone>,
    pub email: Option<String>,
}

/// What an attempt is bound to.
pub struct Secrets {
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Why nobody came in.
#[derive(Debug)]
pub enum Failure {
    /// It cannot be reached, or does not speak the protocol.
    Away(String),
    /// What it says is not believed: signature, issuer, audience, nonce, time.
    NotBelieved(String),
    /// It vouches for somebody, but tells no identity number.
    NoNumber,
}

/// Claims beside the standard ones, whatever they are called.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Others {
    #[serde(flatten)]
    all: Map<String, Value>,
}
impl AdditionalClaims for Others {}

type Fields = IdTokenFields<
    Others,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Client = openidconnect::Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

const PATIENCE: Duration = Duration::from_secs(10);
/// It follows no redirect: what the provider says comes from the address in the configuration.
static HTTP: LazyLock<Option<reqwest::Client>> = LazyLock::new(|| {
    reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build().ok()
});

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct NoAnswer(String);

async fn fetch(request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
    let client = HTTP.as_ref().ok_or_else(|| NoAnswer("the HTTP client cannot be set up".into()))?;
    let no_answer = |e: reqwest::Error| NoAnswer(e.without_url().to_string());
    let request = reqwest::Request::try_from(request).map_err(no_answer)?;
    let answer = client.execute(request).await.map_err(no_answer)?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut response = HttpResponse::new(answer.bytes().await.map_err(no_answer)?.to_vec());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

async fn discover(identity: &Identity, back: &str) -> Result<Client, Failure> {
    let away = |e: String| Failure::Away(e);
    let issuer = IssuerUrl::new(identity.issuer.clone().unwrap_or_default()).map_err(|e| away(e.to_string()))?;
    let metadata = CoreProviderMetadata::discover_async(issuer, &fetch).await.map_err(|e| away(e.to_string()))?;
    let secret = match &identity.client_secret_file {
        Some(file) => {
            // Some dozens of bytes; read each time, so that a new secret needs no restart.
            let text = std::fs::read_to_string(file).map_err(|e| away(e.to_string()))?;
            Some(ClientSecret::new(text.trim().to_owned()))
        }
        None => None,
    };
    let back = RedirectUrl::new(back.to_owned()).map_err(|e| away(e.to_string()))?;
    let id = ClientId::new(identity.client_id.clone());
    Ok(Client::from_provider_metadata(metadata, id, secret).set_redirect_uri(back))
}

/// Where to send the browser.
pub async fn address(app: &App, back: &str, secrets: &Secrets) -> Result<String, Failure> {
    let client = discover(&app.config.identity, back).await?;
    let (state, nonce) = (secrets.state.clone(), secrets.nonce.clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(secrets.verifier.clone()));
    let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
    let mut request = client.authorize_url(flow, move || CsrfToken::new(state), move || Nonce::new(nonce));
    for scope in &app.config.identity.scopes {
        request = request.add_scope(Scope::new(scope.clone()));
    }
    Ok(request.set_pkce_challenge(challenge).url().0.to_string())
}

/// Who came back with this code.
pub async fn person(app: &App, back: &str, secrets: &Secrets, code: String) -> Result<Person, Failure> {
    let client = discover(&app.config.identity, back).await?;
    let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|e| Failure::Away(e.to_string()))?;
    let request = request.set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.clone()));
    let tokens = request.request_async(&fetch).await.map_err(|e| Failure::NotBelieved(e.to_string()))?;
    let token = tokens.id_token().ok_or_else(|| Failure::NotBelieved("no ID token".into()))?;
    let claims = token.claims(&client.id_token_verifier(), &Nonce::new(secrets.nonce.clone()));
    let claims = claims.map_err(|e| Failure::NotBelieved(e.to_string()))?;
    let mut said = told(claims);
    // Many providers keep what they tell of a person out of the token and answer when asked.
    if let Ok(asked) = client
        .user_info(openidconnect::OAuth2TokenResponse::access_token(&tokens).clone(), Some(claims.subject().clone()))
    {
        let more: UserInfoClaims<Others, CoreGenderClaim> =
            asked.request_async(&fetch).await.map_err(|e| Failure::NotBelieved(e.to_string()))?;
        for (name, value) in told(&more) {
            said.entry(name).or_insert(value);
        }
    }
    read(&app.config.identity, &said)
}

/// All claims by name, standard ones too: the configuration says which one holds what.
fn told(claims: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(claims) {
        Ok(Value::Object(all)) => all,
        _ => Map::new(),
    }
}

fn read(identity: &Identity, said: &Map<String, Value>) -> Result<Person, Failure> {
    let text = |name: &str| said.get(name).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
    let claims = &identity.claims;
    let number = text(&claims.number).and_then(|n| CitizenId::parse(n).ok()).ok_or(Failure::NoNumber)?;
    let name = text(&claims.name).unwrap_or_default().chars().take(200).collect();
    let phone = text(&claims.phone).and_then(|p| Phone::parse(p).ok());
    let email = text(&claims.email).filter(|e| e.parse::<lettre::Address>().is_ok()).map(str::to_owned);
    Ok(Person { number, name, phone, email })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn claims_are_read_under_the_names_of_the_configuration() {
        let mut identity = Identity::default();
        identity.claims.number = "so_dinh_danh".into();
        let all =
            said(json!({"so_dinh_danh": "001099012345", "name": " Nguyễn Thị Mẫu ", "phone_number": "+84912345678"}));
        let person = read(&identity, &all).unwrap();
        assert_eq!((person.number.as_str(), person.name.as_str()), ("001099012345", "Nguyễn Thị Mẫu"));
        assert_eq!(person.phone.unwrap().as_str(), "0912345678");
        assert_eq!(person.email, None);
    }

    #[test]
    fn who_has_no_number_that_can_be_comes_in_as_nobody() {
        for wrong in [json!({}), json!({"citizen_id": "12"}), json!({"citizen_id": 1_099_012_345})] {
            assert!(matches!(read(&Identity::default(), &said(wrong)), Err(Failure::NoNumber)));
        }
    }
}
