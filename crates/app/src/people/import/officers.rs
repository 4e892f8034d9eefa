use super::{
    Change, Decision, Kind,
    table::{Column, Record, list, may, must, yes},
};
use crate::{
    accounts::{Login, NewOfficer, place},
    app::App,
    people::{
        officer::page::field_lines,
        store::{OfficerCard, OfficerRow},
    },
    reference::Reference,
};
use domain::{accounts::Role, people::Phone, text::fold};
use std::collections::HashMap;

/// Accounts. Passwords never travel in files: an administrator gives a one-time password afterwards.
pub struct Officers {
    reference: Reference,
    known: HashMap<String, OfficerCard>,
}

impl Officers {
    pub fn new(reference: Reference, known: Vec<OfficerCard>) -> Self {
        Self { reference, known: known.into_iter().map(|o| (o.login.clone(), o)).collect() }
    }
}

const COLUMNS: &[Column] = &[
    must("login", &["ten dang nhap", "tai khoan"]),
    must("name", &["ten", "ho ten", "ho va ten"]),
    must("agency", &["identifier", "ma co quan", "co quan", "ma dinh danh"]),
    may("unit", &["phong", "ma phong", "bo phan"]),
    may("centre", &["trung tam", "ma trung tam"]),
    may("counter", &["quay", "so quay"]),
    must("roles", &["role", "vai tro"]),
    may("phone", &["dien thoai", "so dien thoai"]),
    may("email", &["thu dien tu"]),
    may("fields", &["linh vuc", "linh vuc phu trach"]),
    may("withdrawn", &["nghi", "da thoi"]),
];

impl Kind for Officers {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }
    fn decide(&mut self, record: &mut Record, app: &App) -> Decision {
        record.need("login")?;
        let typed = record.mended("login", str::to_ascii_lowercase).unwrap_or_default();
        let login = Login::parse(&typed).map_err(|e| e.vi)?;
        record.need("agency")?;
        if record.get("unit").is_none() {
            record.mend("unit: main".into());
        }
        let new = NewOfficer {
            login: login.to_string(),
            name: record.need("name")?,
            agency: record.mended("agency", str::to_uppercase).unwrap_or_default(),
            unit: record.get("unit").unwrap_or_else(|| "main".into()),
            centre: record.get("centre"),
            counter: counter(record)?,
            roles: roles(record)?,
            phone: record.mended("phone", |p| Phone::parse(p).map_or_else(|_| p.to_owned(), |p| p.as_str().to_owned())),
            email: record.get("email"),
            // A file that says nothing of fields leaves them as they are.
            fields: match (record.get("fields"), self.known.get(login.as_str())) {
                (Some(text), _) => field_lines(&text),
                (None, Some(known)) => known.place.fields.names().to_vec(),
                (None, None) => Vec::new(),
            },
            ..NewOfficer::default()
        };
        let place = place(&self.reference, &new)
            .map_err(|wrong| wrong.into_iter().map(|e| e.vi).collect::<Vec<_>>().join(" "))?;
        let active = !yes(record.get("withdrawn").as_deref());
        let Some(before) = self.known.get(login.as_str()) else {
            let row = OfficerRow {
                id: app.id().map_err(|e| e.to_string())?,
                login: login.to_string(),
                place,
                password_hash: None,
                one_time_password: false,
                active,
                created_at: app.machine.now(),
                version: 1,
            };
            return Ok(Some(Change::Officer(Box::new(row))));
        };
        if before.place == place && before.active == active {
            return Ok(None);
        }
        Ok(Some(Change::OfficerAgain(Box::new(OfficerCard { place, active, ..before.clone() }))))
    }
}

fn counter(record: &Record) -> Result<Option<u16>, String> {
    let parse = |text: String| text.parse().map_err(|_| format!("số quầy không đúng: {text}"));
    record.get("counter").map(parse).transpose()
}

/// Roles by key or by their Vietnamese name.
fn roles(record: &mut Record) -> Result<Vec<Role>, String> {
    let text = record.need("roles")?;
    let by_name = |t: &str| Role::ALL.iter().copied().find(|r| fold(r.vi()) == fold(t));
    let one = |t: &str| t.parse::<Role>().ok().or_else(|| by_name(t));
    // Keys may be separated by blanks, names may not.
    if let Some(keys) = text.split_whitespace().map(|t| t.parse::<Role>().ok()).collect::<Option<Vec<_>>>() {
        return Ok(keys);
    }
    list(&text).iter().map(|t| one(t).ok_or_else(|| format!("không có vai trò {t}"))).collect()
}
