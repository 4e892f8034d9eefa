//! `admin`: accounts and keys, also when nobody can sign in.

use super::{
    Failure, Report,
    args::{AdminCommand, KeyCommand, OfficerArgs, OfficerCommand},
};
use crate::{
    accounts::{self, KeyScope, NewKey, NewOfficer, store::KeyRow},
    app::App,
    error::AppError,
};
use domain::{accounts::Role, time::Instant};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::io::BufRead;
use tokio::runtime::Handle;

/// What is to be done, with the password already read.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum AdminTask {
    AddOfficer {
        login: String,
        name: String,
        agency: String,
        unit: String,
        centre: Option<String>,
        roles: Vec<Role>,
        password: Option<String>,
    },
    SetPassword {
        login: String,
        password: String,
    },
    CreateKey {
        login: String,
        scopes: Vec<String>,
    },
    ListKeys {
        login: String,
    },
    RevokeKey {
        login: String,
        id: i64,
    },
}

/// Reads the password and checks the words that need no data base.
pub fn resolved(command: AdminCommand) -> Result<AdminTask, Failure> {
    match command {
        AdminCommand::Officer { what: OfficerCommand::Add(args) } => add(args),
        AdminCommand::Officer { what: OfficerCommand::Password { login, .. } } => {
            Ok(AdminTask::SetPassword { login, password: password()? })
        }
        AdminCommand::Key { what: KeyCommand::Create { officer, scopes } } => {
            let scopes: Vec<String> =
                scopes.iter().flat_map(|s| s.split([',', ' '])).filter(|s| !s.is_empty()).map(str::to_owned).collect();
            known(&scopes)?;
            Ok(AdminTask::CreateKey { login: officer, scopes })
        }
        AdminCommand::Key { what: KeyCommand::List { officer } } => Ok(AdminTask::ListKeys { login: officer }),
        AdminCommand::Key { what: KeyCommand::Revoke { officer, id } } => {
            Ok(AdminTask::RevokeKey { login: officer, id })
        }
    }
}

fn add(args: OfficerArgs) -> Result<AdminTask, Failure> {
    let named = args.roles.iter().flat_map(|r| r.split([',', ' '])).filter(|r| !r.is_empty());
    let roles: Result<Vec<Role>, _> = named.map(str::parse).collect();
    Ok(AdminTask::AddOfficer {
        name: args.name.unwrap_or_else(|| args.login.clone()),
        login: args.login,
        agency: args.agency,
        unit: args.unit,
        centre: args.centre,
        roles: roles.map_err(|e: domain::accounts::UnknownRole| Failure::Usage(format!("--role: {e}")))?,
        password: if args.password_stdin { Some(password()?) } else { None },
    })
}

fn known(scopes: &[String]) -> Result<Vec<KeyScope>, Failure> {
    let read = |s: &String| {
        let known = KeyScope::ALL.map(KeyScope::as_str).join(" ");
        KeyScope::from_key(s).ok_or_else(|| Failure::Usage(format!("--scope: unknown {s:?}; known are: {known}")))
    };
    scopes.iter().map(read).collect()
}

/// One line, without its end; everything else belongs to the password.
fn password() -> Result<String, Failure> {
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|e| Failure::Usage(format!("standard input: {e}")))?;
    let password = line.trim_end_matches(['\n', '\r']).to_owned();
    if password.is_empty() {
        return Err(Failure::Usage("standard input holds no password".into()));
    }
    Ok(password)
}

pub fn perform(app: &App, task: AdminTask) -> Result<Report, Failure> {
    match task {
        AdminTask::AddOfficer { login, name, agency, unit, centre, roles, password } => {
            let new = NewOfficer { login, name, agency, unit, centre, roles, password, ..NewOfficer::default() };
            let login = new.login.clone();
            let id = Handle::current().block_on(accounts::add_officer(app, new, None))?;
            Ok(Report::good(format!("officer {login} added"), json!({ "id": id, "login": login })))
        }
        AdminTask::SetPassword { login, password } => {
            let set = Handle::current().block_on(accounts::set_password(app, &login, password, true));
            set.map_err(|e| no_such(e, &login))?;
            let text = format!("{login}: new password set, second factor taken away, all sessions ended");
            Ok(Report::good(text, json!({ "login": login })))
        }
        AdminTask::CreateKey { login, scopes } => {
            let made = Handle::current().block_on(accounts::create_key(app, &login, &known(&scopes)?));
            let NewKey { id, secret: key } = made.map_err(|e| no_such(e, &login))?;
            let json = json!({ "key": key, "id": id.to_string(), "officer": login, "scopes": scopes });
            Ok(Report::good(key, json))
        }
        AdminTask::ListKeys { login } => {
            let keys = Handle::current().block_on(accounts::keys_of(app, &login)).map_err(|e| no_such(e, &login))?;
            Ok(listed(&login, &keys))
        }
        AdminTask::RevokeKey { login, id } => {
            let taken = Handle::current().block_on(accounts::revoke_key(app, None, &login, id));
            let taken = taken.map_err(|e| match e {
                AppError::NotFound => Failure::Usage(format!("officer {login:?} has no key {id}")),
                other => other.into(),
            })?;
            let text = if taken { "taken away" } else { "was taken away before" };
            let json = json!({ "id": id.to_string(), "officer": login, "revoked": taken });
            Ok(Report::good(format!("key {id} of {login}: {text}"), json))
        }
    }
}

fn listed(login: &str, keys: &[KeyRow]) -> Report {
    let when = |ms: i64| Instant::from_millis(ms).to_string();
    let line = |k: &KeyRow| {
        let state = k.revoked_at.map_or_else(|| "in use".to_owned(), |at| format!("taken away {}", when(at)));
        format!("{}  {}  {}  {state}", k.id, when(k.created_at), k.scopes)
    };
    let row = |k: &KeyRow| json!({ "id": k.id.to_string(), "scopes": k.scopes, "created_at": when(k.created_at), "revoked_at": k.revoked_at.map(when) });
    let text = keys.iter().map(line).collect::<Vec<_>>().join("\n");
    Report::good(text, json!({ "officer": login, "keys": keys.iter().map(row).collect::<Vec<_>>() }))
}

fn no_such(e: AppError, login: &str) -> Failure {
    match e {
        AppError::NotFound => Failure::Usage(format!("no officer {login:?}")),
        other => other.into(),
    }
}
