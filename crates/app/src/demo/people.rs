use super::{dice::Dice, names::Names};
use crate::{app::App, reference::Reference};
use domain::dossier::{Applicant, ApplicantKind, People, Proxy};

/// Made-up applicants. Their numbers pass every check and yet belong to nobody: citizen numbers say a year of birth still
/// to come, telephone numbers carry a prefix that no network uses, tax codes a province that does not exist.
pub struct Applicants {
    names: Names,
    /// "phường Hồng Gai, tỉnh Quảng Ninh".
    places: Vec<String>,
    /// The first three digits of citizen numbers.
    area: String,
}

impl Applicants {
    pub fn new(app: &App, reference: &Reference) -> Self {
        let province = &app.profile.province;
        let communes = reference.agencies.iter().filter(|a| a.level == "commune");
        let mut places: Vec<String> = communes
            .map(|a| format!("{}, {}", a.name.trim_start_matches("Ủy ban nhân dân "), lower_first(&province.name)))
            .collect();
        if places.is_empty() {
            places.push(lower_first(&province.name));
        }
        Self { names: Names::read(), places, area: format!("0{}", province.area_code) }
    }

    /// Who is on a dossier: mostly one citizen, sometimes a business or somebody sent.
    pub fn people(&self, dice: &Dice) -> People {
        let applicant = if dice.percent(15) { self.company(dice) } else { self.citizen(dice) };
        let proxy = dice.percent(6).then(|| Proxy {
            person: self.citizen(dice),
            authorisation: format!("Giấy ủy quyền số {}", dice.digits(3)),
        });
        People { applicant, owner: None, proxy, form: serde_json::Value::Null }
    }

    fn citizen(&self, dice: &Dice) -> Applicant {
        let name = self.names.person(dice);
        // Century and sex: 2 is a man, 3 a woman of the 21st; the years from 60 on are still to come.
        let sex = if name.is_woman { 3 } else { 2 };
        let year = 60 + dice.below(40);
        let email =
            dice.percent(30).then(|| format!("{}@example.com", domain::text::fold(&name.full).replace(' ', ".")));
        Applicant {
            kind: ApplicantKind::Citizen,
            name: name.full,
            identity: Some(format!("{}{sex}{year:02}{}", self.area, dice.digits(6))),
            phone: Some(phone(dice)),
            email,
            address: Some(format!("Tổ {}, {}", 1 + dice.below(12), self.place(dice))),
        }
    }

    fn company(&self, dice: &Dice) -> Applicant {
        Applicant {
            kind: ApplicantKind::Business,
            name: self.names.company(dice),
            identity: Some(tax_code(dice)),
            phone: Some(phone(dice)),
            email: None,
            address: Some(format!("Số {}, {}", 1 + dice.below(300), self.place(dice))),
        }
    }

    fn place(&self, dice: &Dice) -> &str {
        dice.pick(&self.places).map_or("", String::as_str)
    }
}

fn phone(dice: &Dice) -> String {
    format!("0950{}", dice.digits(6))
}

/// Ten digits whose last one checks; the first two name no province.
fn tax_code(dice: &Dice) -> String {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    loop {
        let main = format!("00{}", dice.digits(7));
        let sum: u32 = WEIGHTS.iter().zip(main.bytes()).map(|(w, b)| w * u32::from(b - b'0')).sum();
        if let Some(check) = 10_u32.checked_sub(sum % 11).filter(|c| *c < 10) {
            return format!("{main}{check}");
        }
    }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::people::{IdentityNumber, Phone, TaxCode};
    use platform::random::Random;

    #[test]
    fn numbers_pass_every_check() {
        let dice = Dice(Random::seeded(3));
        let applicants =
            Applicants { names: Names::read(), places: vec!["phường Hồng Gai".into()], area: "022".into() };
        for _ in 0..200 {
            let citizen = applicants.citizen(&dice);
            IdentityNumber::parse_person(citizen.identity.as_deref().unwrap()).unwrap();
            Phone::parse(citizen.phone.as_deref().unwrap()).unwrap();
            TaxCode::parse(applicants.company(&dice).identity.as_deref().unwrap()).unwrap();
        }
    }
}
