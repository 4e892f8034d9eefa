//! Choosing, setting and resetting passwords (ADM-03).

use super::{audit, store};
use crate::{
    app::App,
    error::{AppError, FieldError},
};
use domain::{accounts::Who, id::Id, people::Officer};
use platform::password::{LONGEST_PASSWORD, WeakPassword};

/// Checks a password that somebody wants from now on; what is wrong stands beside `field`.
pub fn check(app: &App, field: &str, login: &str, password: &str) -> Result<(), AppError> {
    app.config.sign_in.password.check(login, password).map_err(|weak| {
        let (vi, en) = words(weak);
        AppError::Fields(vec![FieldError::new(field, "password.weak", vi, en)])
    })
}

fn words(weak: WeakPassword) -> (String, String) {
    match weak {
        WeakPassword::TooShort { min } => (
            format!("Mật khẩu cần ít nhất {min} ký tự. Nên ghép vài từ dễ nhớ, ví dụ bốn từ không liên quan."),
            format!("A password needs at least {min} characters. A few unrelated words are easy to remember."),
        ),
        WeakPassword::TooLong => (
            format!("Mật khẩu dài quá {LONGEST_PASSWORD} ký tự. Xin chọn ngắn hơn."),
            format!("The password is longer than {LONGEST_PASSWORD} characters. Choose a shorter one."),
        ),
        WeakPassword::ContainsLogin => {
            ("Mật khẩu không được chứa tên đăng nhập.".into(), "The password must not contain the login.".into())
        }
        WeakPassword::Repeats => (
            "Mật khẩu chỉ lặp lại một hai ký tự. Xin chọn mật khẩu khác.".into(),
            "The password repeats one or two characters. Choose another one.".into(),
        ),
    }
}

/// Hashes beside the data base, never in a unit.
pub async fn hash(app: &App, password: String) -> Result<String, AppError> {
    app.hasher.hash(password).await.map_err(AppError::internal)
}

/// A password to hand over once: 60 random bits, in groups that can be read out on the telephone.
pub fn one_time(app: &App) -> String {
    const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let pick = || char::from(LETTERS[usize::try_from(app.random.below(LETTERS.len() as u64)).unwrap_or_default()]);
    let group = || (0..4).map(|_| pick()).collect::<String>();
    [group(), group(), group()].join("-")
}

/// The way in when nobody else can help, from the command line: sets a password, optionally takes the second factor
/// away, and ends every session of the account. It leaves a trace.
pub async fn set_password(app: &App, login: &str, password: String, reset_second_factor: bool) -> Result<(), AppError> {
    let login = login.trim().to_lowercase();
    check(app, "password", &login, &password)?;
    let asked = login.clone();
    let found = app.db.read(move |q| Ok::<_, AppError>(store::account_by_login(q, &asked)?)).await?;
    let officer = found.ok_or(AppError::NotFound)?.who.officer;
    let hash = hash(app, password).await?;
    let change = Change { officer, login, hash, one_time: false, reset_second_factor };
    change.save(app, None).await?;
    app.guards.login.succeeded(app, &change.login).await;
    Ok(())
}

/// A new password for an account; every session of it ends.
#[derive(Clone, Debug)]
pub struct Change {
    pub officer: Id<Officer>,
    pub login: String,
    pub hash: String,
    /// Good for one sign-in, which asks for an own password.
    pub one_time: bool,
    pub reset_second_factor: bool,
}

impl Change {
    /// Saves it with its trace.
    pub async fn save(&self, app: &App, by: Option<&Who>) -> Result<(), AppError> {
        let (change, app2, by) = (self.clone(), app.clone(), by.cloned());
        app.db
            .unit(move |unit| {
                store::set_password_hash(unit, change.officer, &change.hash, change.one_time)?;
                if change.reset_second_factor {
                    store::clear_totp(unit, change.officer)?;
                }
                store::delete_sessions(unit, change.officer, None)?;
                let detail = if change.reset_second_factor { "password, second factor" } else { "password" };
                audit(unit, &app2, by.as_ref(), "officer.password", &change.login, detail)
            })
            .await
    }
}
