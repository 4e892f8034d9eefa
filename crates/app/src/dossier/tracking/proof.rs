//! The second thing that an applicant knows: the last four digits of a telephone or identity number on the dossier. Who
//! gives them sees personal data for a short while, by a signed cookie that is good for this dossier alone.

use crate::app::App;
use domain::{
    dossier::{Dossier, People},
    id::Id,
};

/// Ten minutes: long enough to read and download, too short to be found open on a shared computer.
pub const LASTS_MS: i64 = 10 * 60_000;

const COOKIE: &str = "theo_doi";

/// Whether the digits end a telephone or identity number of the applicant, the owner or the proxy.
pub fn knows(people: &People, digits: &str) -> bool {
    let digits = digits.trim();
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let proxy = people.proxy.as_ref().map(|p| &p.person);
    let persons = [Some(&people.applicant), people.owner.as_ref(), proxy];
    let numbers = persons.into_iter().flatten().flat_map(|p| [p.phone.as_deref(), p.identity.as_deref()]);
    numbers.flatten().any(|n| n.ends_with(digits))
}

/// The `Set-Cookie` that remembers the proof.
pub fn cookie(app: &App, id: Id<Dossier>) -> String {
    let until = (app.machine.now() + LASTS_MS).to_string();
    let mac = domain::hex(&mac(app, id, &until));
    let secure = if app.config.has_https() { "; Secure" } else { "" };
    let age = LASTS_MS / 1000;
    format!("{COOKIE}={id}.{until}.{mac}; Path=/tra-cuu; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
}

/// Whether the cookies of a request carry a proof for this dossier that still holds.
pub fn holds(app: &App, cookies: &str, id: Id<Dossier>) -> bool {
    cookies.split(';').filter_map(|c| c.trim().strip_prefix(COOKIE)?.strip_prefix('=')).any(|value| {
        let mut parts = value.split('.');
        let (Some(for_id), Some(until), Some(given), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return false;
        };
        let fresh = until.parse::<i64>().is_ok_and(|until| app.machine.now() < until);
        let Ok(given) = hex::decode(given) else { return false };
        let id_text = id.to_string();
        fresh
            && for_id == id_text
            && app.secret.derive("tracking-proof").verifies(&[id_text.as_bytes(), until.as_bytes()], &given)
    })
}

fn mac(app: &App, id: Id<Dossier>, until: &str) -> [u8; 32] {
    app.secret.derive("tracking-proof").mac(&[id.to_string().as_bytes(), until.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::dossier::{Applicant, ApplicantKind};

    #[test]
    fn trk_01_only_the_last_four_digits_of_a_number_on_the_dossier_prove_anything() {
        let applicant = Applicant {
            kind: ApplicantKind::Citizen,
            name: "Nguyễn Thị Mẫu".into(),
            identity: Some("022099012345".into()),
            phone: Some("0912345678".into()),
            email: None,
            address: None,
        };
        let people = People { applicant, owner: None, proxy: None, form: serde_json::Value::Null };
        assert!(knows(&people, "5678"));
        assert!(knows(&people, " 2345 "));
        for wrong in ["", "8", "678", "45678", "0000", "abcd"] {
            assert!(!knows(&people, wrong), "{wrong}");
        }
    }
}
