use super::{
    Change, Decision, Kind,
    table::{Column, Record, may, must},
};
use crate::{app::App, people::store::Unit, reference::Reference};
use domain::text::fold;

/// Units of agencies; a row is known by its agency and its code.
pub struct Units {
    reference: Reference,
    known: Vec<Unit>,
}

impl Units {
    pub fn new(reference: Reference) -> Self {
        Self { known: reference.units.clone(), reference }
    }
}

const COLUMNS: &[Column] = &[
    must("name", &["ten", "ten phong", "phong"]),
    must("agency", &["identifier", "ma co quan", "co quan", "ma dinh danh"]),
    may("code", &["ma", "ma phong"]),
];

impl Kind for Units {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }
    fn decide(&mut self, record: &mut Record, app: &App) -> Decision {
        record.need("agency")?;
        let identifier = record.mended("agency", str::to_uppercase).unwrap_or_default();
        let agency =
            self.reference.agency_by_identifier(&identifier).ok_or_else(|| format!("không có cơ quan {identifier}"))?;
        let name = record.need("name")?;
        let code = if let Some(code) = record.mended("code", code) {
            code
        } else {
            record.mend(format!("code: {}", code(&name)));
            code(&name)
        };
        if code.is_empty() {
            return Err("mã phòng gồm chữ cái không dấu, chữ số".into());
        }
        let known = self.known.iter_mut().find(|u| u.agency == agency.id && u.code == code);
        if let Some(known) = known {
            if known.name == name && known.active {
                return Ok(None);
            }
            (known.name, known.active) = (name, true);
            return Ok(Some(Change::UnitAgain(known.clone())));
        }
        let id = app.id().map_err(|e| e.to_string())?;
        let unit = Unit { id, agency: agency.id, code, name, active: true };
        self.known.push(unit.clone());
        Ok(Some(Change::Unit(unit)))
    }
}

/// `Phòng Quản lý đất đai` → `phong-quan-ly-dat-dai`.
pub fn code(text: &str) -> String {
    fold(text).replace(' ', "-").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect()
}
