//! `/chao-mung`: in a demo data base only, a newcomer enters as anybody with one button.

use crate::{
    accounts::{Login, sessions, signed_in::presented, store},
    app::App,
    error::AppError,
    http::{PageError, Reader, Shell, Typed, html},
    messages::Lang,
};
use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};
use domain::accounts::Role;

#[derive(Template)]
#[template(path = "accounts/welcome/page.html")]
struct Page {
    shell: Shell,
    groups: Vec<Group>,
}

/// The people of one role.
struct Group {
    role: &'static str,
    about: &'static str,
    people: Vec<Person>,
}

struct Person {
    login: String,
    name: String,
    agency: String,
    post: String,
}

/// A handful of each role is enough to choose from.
const MOST: usize = 6;

pub async fn show(State(app): State<App>, reader: Reader) -> Result<Response, PageError> {
    if !app.is_demo() {
        return Err(PageError::new(&app, &reader, AppError::NotFound));
    }
    let groups = groups(&app, reader.lang);
    Ok(html(&Page { shell: Shell::public(&app, &reader, "Chào mừng").translated(), groups }))
}

fn groups(app: &App, lang: Lang) -> Vec<Group> {
    let reference = app.reference();
    let mut officers: Vec<_> = reference.officers().filter(|o| o.active).collect();
    officers.sort_by(|a, b| a.login.cmp(&b.login));
    let people = |role: Role| {
        let of_role = officers.iter().filter(|o| o.who.roles.first() == Some(&role)).take(MOST);
        of_role
            .map(|o| Person {
                login: o.login.clone(),
                name: o.name.clone(),
                agency: reference.agency_name(o.who.agency).to_owned(),
                post: o.who.centre.and_then(|c| reference.centre(c)).map(|c| c.name.clone()).unwrap_or_default(),
            })
            .collect::<Vec<_>>()
    };
    // The national portal's account is no desk that anybody could sit at.
    Role::ALL
        .iter()
        .filter(|r| **r != Role::NationalPortal)
        .map(|&role| Group {
            role: lang.pick((role.vi(), role.en())),
            about: lang.pick(about(role)),
            people: people(role),
        })
        .filter(|g| !g.people.is_empty())
        .collect()
}

/// What a newcomer can try in this role.
const fn about(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::IntakeOfficer | Role::PostEmployee => (
            "Tiếp nhận hồ sơ tại quầy, in giấy tiếp nhận và hẹn trả kết quả.",
            "Takes dossiers in at the counter and prints the receipt.",
        ),
        Role::Specialist => {
            ("Thẩm tra hồ sơ được giao, trình lãnh đạo.", "Appraises assigned dossiers and submits them.")
        }
        Role::UnitHead => ("Phân công hồ sơ trong phòng.", "Assigns dossiers within the unit."),
        Role::AgencyLeader => ("Phê duyệt hoặc không phê duyệt hồ sơ.", "Approves or declines dossiers."),
        Role::Clerk => ("Vào số, đóng dấu, chuyển kết quả.", "Numbers, stamps and issues results."),
        Role::ReturnDesk => ("Trả kết quả cho tổ chức, cá nhân.", "Hands results over to applicants."),
        Role::AgencyAdmin => ("Quản lý tài khoản của cơ quan mình.", "Keeps the accounts of the own agency."),
        Role::TopAdmin => (
            "Quản lý cơ quan, trung tâm, quầy và mọi tài khoản.",
            "Keeps agencies, centres, counters and all accounts.",
        ),
        Role::ProcedureControl => {
            ("Quản lý danh mục thủ tục và lịch làm việc.", "Keeps the catalogue and the calendar.")
        }
        _ => ("Xem tiến độ hồ sơ trong phạm vi của mình.", "Sees the progress of dossiers within reach."),
    }
}

pub async fn send(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    enter(&app, &headers, form.value("login")).await.map_err(|e| PageError::new(&app, &reader, e))
}

/// No password and no second factor: that is why it exists in a demo data base only.
async fn enter(app: &App, headers: &HeaderMap, login: &str) -> Result<Response, AppError> {
    let login = Login::parse(login).ok().filter(|_| app.is_demo()).ok_or(AppError::NotFound)?;
    let found = app.db.read(move |q| Ok::<_, AppError>(store::account_by_login(q, login.as_str())?)).await?;
    let account = found.ok_or(AppError::NotFound)?;
    let token = sessions::open(app, &account.who, &account.login, true, presented(app, headers)).await?;
    Ok(sessions::onward(app, &token, "/can-bo"))
}
