use super::{
    Change, Decision, Kind,
    table::{Column, Record, list, may, must},
    units::code,
};
use crate::{
    app::App,
    people::store::{Centre, Counter},
    reference::Reference,
};
use domain::{accounts::Fields, profile::Level};

/// Centres with their counters; counters that a file does not name stay.
pub struct Centres {
    reference: Reference,
    known: Vec<Centre>,
}

impl Centres {
    pub fn new(reference: Reference) -> Self {
        Self { known: reference.centres.clone(), reference }
    }
}

const COLUMNS: &[Column] = &[
    must("code", &["ma", "ma trung tam"]),
    must("name", &["ten", "ten trung tam"]),
    must("agency", &["identifier", "ma co quan", "co quan"]),
    may("level", &["cap"]),
    may("area", &["ma xa", "dia ban"]),
    may("address", &["dia chi"]),
    may("phone", &["dien thoai", "so dien thoai"]),
    may("counters", &["quay", "cac quay"]),
    may("counter_fields", &["linh vuc", "linh vuc cac quay"]),
];

impl Kind for Centres {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }
    fn decide(&mut self, record: &mut Record, app: &App) -> Decision {
        record.need("code")?;
        let code = record.mended("code", code).filter(|c| !c.is_empty()).ok_or("mã gồm chữ cái không dấu, chữ số")?;
        record.need("agency")?;
        let identifier = record.mended("agency", str::to_uppercase).unwrap_or_default();
        let agency =
            self.reference.agency_by_identifier(&identifier).ok_or_else(|| format!("không có cơ quan {identifier}"))?;
        let level = match record.get("level") {
            Some(text) => Level::from_key(&text).ok_or_else(|| format!("cấp là province hoặc commune: {text}"))?,
            None => Level::from_key(&agency.level).unwrap_or(Level::Commune),
        };
        let at = self.known.iter().position(|c| c.code == code);
        let before = at.map(|i| self.known[i].clone());
        let kept = |f: fn(&Centre) -> String| before.as_ref().map(f).unwrap_or_default();
        let centre = Centre {
            id: before.as_ref().map_or_else(|| app.id(), |c| Ok(c.id)).map_err(|e| e.to_string())?,
            code,
            name: record.need("name")?,
            level: level.as_str().to_owned(),
            agency: agency.id,
            area: record.get("area").or_else(|| agency.area.clone()),
            address: record.get("address").unwrap_or_else(|| kept(|c| c.address.clone())),
            phone: record.get("phone").unwrap_or_else(|| kept(|c| c.phone.clone())),
            sessions: before.as_ref().and_then(|c| c.sessions.clone()),
            active: true,
        };
        let mut counters = self.new_counters(record, &centre, app)?;
        self.bind(record, &centre, &mut counters)?;
        let change = match (&before, at) {
            (Some(b), _) if same(b, &centre) && counters.is_empty() => return Ok(None),
            (Some(_), Some(i)) => {
                self.known[i] = centre.clone();
                Change::CentreAgain(centre, counters)
            }
            _ => {
                self.known.push(centre.clone());
                Change::Centre(centre, counters)
            }
        };
        Ok(Some(change))
    }
}

impl Centres {
    /// `1:Tư pháp;2:Đất đai`; a bare name takes its place in the list as its number.
    fn new_counters(&self, record: &Record, centre: &Centre, app: &App) -> Result<Vec<Counter>, String> {
        let mut made: Vec<Counter> = Vec::new();
        for (place, text) in record.get("counters").map(|t| list(&t)).unwrap_or_default().into_iter().enumerate() {
            let (number, name) = match text.split_once(':') {
                Some((number, name)) => (number.trim().to_owned(), name.trim().to_owned()),
                None => ((place + 1).to_string(), text),
            };
            let number: u16 = number.parse().map_err(|_| format!("số quầy không đúng: {number}"))?;
            let is_there = self.reference.counters.iter().any(|k| k.centre == centre.id && k.number == number);
            if !is_there && !made.iter().any(|k| k.number == number) {
                let id = app.id().map_err(|e| e.to_string())?;
                made.push(Counter { id, centre: centre.id, number, name, fields: Fields::all() });
            }
        }
        Ok(made)
    }
}

impl Centres {
    /// `1:Hộ tịch|Chứng thực;2:Đất đai`: what the counters take in, of those that come new and of those that are there.
    fn bind(&self, record: &Record, centre: &Centre, counters: &mut Vec<Counter>) -> Result<(), String> {
        let text = record.get("counter_fields").unwrap_or_default();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (number, names) =
                part.split_once(':').ok_or_else(|| format!("lĩnh vực của quầy ghi như 1:Hộ tịch: {part}"))?;
            let number: u16 = number.trim().parse().map_err(|_| format!("số quầy không đúng: {number}"))?;
            let typed: Vec<String> = names.split('|').map(str::to_owned).collect();
            let fields = self.reference.named_fields(&typed).map_err(|e| e.vi)?;
            if let Some(made) = counters.iter_mut().find(|k| k.number == number) {
                made.fields = fields;
                continue;
            }
            let there = self.reference.counters.iter().find(|k| k.centre == centre.id && k.number == number);
            let there = there.ok_or_else(|| format!("trung tâm không có quầy số {number}"))?;
            if there.fields != fields {
                counters.push(Counter { fields, ..there.clone() });
            }
        }
        Ok(())
    }
}

fn same(a: &Centre, b: &Centre) -> bool {
    (&a.name, &a.level, a.agency, &a.area, &a.address, &a.phone, a.active)
        == (&b.name, &b.level, b.agency, &b.area, &b.address, &b.phone, b.active)
}
