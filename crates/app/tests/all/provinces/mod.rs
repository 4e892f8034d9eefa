//! Each province by its own regulation, over the API: given, when, then, with the article beside each line.

mod articles;
mod dong_nai;
mod interlinked;
mod moments;
mod on_the_spot;
mod paper;
mod quang_nam;
mod quang_ninh;
mod reserves;
mod thua_thien_hue;
mod vinh_long;

use crate::{call::Answer, world::World};
use domain::{
    accounts::Role,
    catalogue::{
        Channel, Component, Department, Field, Flags, OnlineLevel, ProcedureVersion, Publication, PublicationKind,
        ResultPaper, SubmissionWay, Variant,
    },
    deadline::TimeLimit,
};
use motcua::accounts::KeyScope;
use serde_json::{Value, json};
use std::{
    cell::Cell,
    collections::{BTreeMap, HashMap},
};

pub const PROCEDURE: &str = "1.009994";

/// A province with its people, and the dossier that the story is about.
struct Story {
    w: World,
    /// The competent agency.
    agency: String,
    keys: HashMap<String, String>,
    code: String,
    last: Value,
    sent: Cell<u32>,
}

impl Story {
    /// The province of this profile on Monday, 6 October 2025, with one procedure of one agency, and the officers whom the
    /// regulation sends there.
    async fn of(profile: &str, agency: &str, limit: TimeLimit, flags: Flags) -> Self {
        Self::with(profile, agency, &procedure(agency, limit, flags)).await
    }

    /// The same with a procedure of one's own.
    async fn with(profile: &str, agency: &str, version: &ProcedureVersion) -> Self {
        let w = World::sqlite_of(profile);
        let reference = w.app.reference();
        let found = reference.agencies.iter().find(|a| a.name == agency).unwrap_or_else(|| panic!("no {agency}"));
        let identifier = found.identifier.clone();
        w.put_in_force(version).await;
        let centre = centre_agency(&w);
        let mut story = Self {
            w,
            agency: identifier.clone(),
            keys: HashMap::new(),
            code: String::new(),
            last: Value::Null,
            sent: Cell::new(0),
        };
        for (login, role) in [
            ("quầy", Role::IntakeOfficer),
            ("trả", Role::ReturnDesk),
            ("thu", Role::Cashier),
            ("phó", Role::CentreDeputy),
            ("giám sát", Role::Supervisor),
        ] {
            story.hires(login, &centre, role).await;
        }
        for (login, role) in [
            ("trưởng phòng", Role::UnitHead),
            ("chuyên viên", Role::Specialist),
            ("lãnh đạo", Role::AgencyLeader),
            ("văn thư", Role::Clerk),
        ] {
            story.hires(login, &identifier, role).await;
        }
        story
    }

    /// One more officer, with a key.
    async fn hires(&mut self, login: &str, agency: &str, role: Role) {
        let plain: String = domain::text::fold(login).chars().filter(char::is_ascii_alphanumeric).collect();
        let who = self.w.officer(&plain, agency, &[role]).await;
        let key = self.w.key(&who, &[KeyScope::DossierWrite]).await;
        self.keys.insert(login.to_owned(), key);
    }

    fn once(&self) -> String {
        self.sent.set(self.sent.get() + 1);
        format!("story-{}", self.sent.get())
    }

    /// What somebody sends who hands a dossier in; `papers` are those that are complete.
    async fn hands_in(&self, who: &str, channel: &str, papers: &[&str]) -> Answer {
        let papers: Vec<_> = papers.iter().map(|id| json!({"id": id, "originals": 1, "copies": 0})).collect();
        let body = json!({
            "procedure": PROCEDURE, "agency": self.agency, "channel": channel, "components": papers,
            "applicant": {"kind": "citizen", "name": "Nguyễn Thị Mẫu", "identity": "022099012345",
                          "phone": "0912 345 678", "address": "Tổ 1, phường Trung Tâm"},
            "result_by": "counter"
        });
        self.w.post("/api/v1/dossiers").bearer(&self.keys[who]).once(&self.once()).json(&body).send().await
    }

    /// A complete dossier at the counter.
    async fn is_taken_in(&mut self, who: &str, channel: &str) -> Value {
        let answer = self.hands_in(who, channel, &["don", "ban-ve"]).await.expect(201);
        self.takes(answer)
    }

    fn takes(&mut self, answer: Answer) -> Value {
        self.last = answer.json();
        self.code = self.last["code"].as_str().or(self.last["id"].as_str()).unwrap().to_owned();
        self.last.clone()
    }

    /// From the counter to the specialist's desk.
    async fn reaches_appraisal(&mut self) {
        self.is_taken_in("quầy", "counter").await;
        self.does("trưởng phòng", "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
    }

    /// A signed paper, scanned and uploaded: its hash.
    async fn scans(&self, who: &str) -> String {
        let body = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"da-ky.pdf\"\r\n\
                    Content-Type: application/pdf\r\n\r\n%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nđã ký\n%%EOF\r\n--part--\r\n";
        let call = self.w.post("/api/v1/files").bearer(&self.keys[who]).once(&self.once());
        let sent = call.bytes("multipart/form-data; boundary=part", body).send().await.expect(201);
        sent.json()["sha256"].as_str().unwrap().to_owned()
    }

    async fn send(&self, who: &str, what: &str, body: Value) -> Answer {
        let version = u32::try_from(self.last["version"].as_u64().unwrap()).unwrap();
        let path = format!("/api/v1/dossiers/{}/{what}", self.code);
        self.w.post(&path).bearer(&self.keys[who]).once(&self.once()).if_match(version).json(&body).send().await
    }

    /// Does it; the answer is the dossier as it is then.
    async fn does(&mut self, who: &str, what: &str, body: Value) -> Value {
        let answer = self.send(who, what, body).await.expect(200);
        self.takes(answer)
    }

    /// Is refused by this rule; nothing changes.
    async fn refused(&self, who: &str, what: &str, body: Value, rule: &str) {
        let problem = self.send(who, what, body).await;
        assert!(matches!(problem.status.as_u16(), 403 | 409), "{what}: {}", problem.text());
        assert_eq!(problem.json()["rule"], rule, "{what}: {}", problem.text());
    }

    fn status(&self) -> &str {
        self.last["status"].as_str().unwrap()
    }
    fn due(&self) -> &str {
        self.last["due_at"].as_str().unwrap()
    }

    /// What `GET …/clock` says, line by line.
    async fn clock(&self) -> Vec<String> {
        let path = format!("/api/v1/dossiers/{}/clock", self.code);
        let clock = self.w.get(&path).bearer(&self.keys["giám sát"]).send().await.expect(200).json();
        clock["lines"].as_array().unwrap().iter().map(|l| l["kind"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The article beside each line of this kind.
    async fn articles(&self, kind: &str) -> Vec<String> {
        let path = format!("/api/v1/dossiers/{}/clock", self.code);
        let clock = self.w.get(&path).bearer(&self.keys["giám sát"]).send().await.expect(200).json();
        let lines = clock["lines"].as_array().unwrap().iter().filter(|l| l["kind"] == kind);
        lines.map(|l| l["article"].as_str().unwrap().to_owned()).collect()
    }

    /// The citizen's page.
    async fn tracked(&self) -> String {
        self.w.get(&format!("/tra-cuu/{}", self.code)).send().await.expect(200).text().to_owned()
    }

    /// The slips of the dossier as they were frozen, by form.
    fn slips(&self) -> BTreeMap<String, documents::Form> {
        let code = self.code.clone();
        let read = move |q: &mut platform::db::Reader| {
            let key = motcua::dossier::store::Key::parse(&code).unwrap();
            let scope = domain::accounts::Scope::Province;
            let kept = motcua::dossier::store::find(q, &scope, &key)?.unwrap();
            motcua::dossier::store::slips_of(q, kept.id)
        };
        let slips = self.w.app.db.read_blocking(read).unwrap();
        slips.into_iter().map(|s| (s.form.clone(), serde_json::from_str(&s.data).unwrap())).collect()
    }

    /// Appraised, approved, numbered and at the return desk.
    async fn is_decided(&mut self) {
        self.does("chuyên viên", "appraisals", json!({"opinion": "grant", "text": "Đủ điều kiện."})).await;
        self.does("chuyên viên", "submissions", json!({})).await;
        self.does("lãnh đạo", "approvals", json!({"decision": "grant"})).await;
        let result = json!({"number": "12/GPXD", "date": "2025-10-08", "signer": "Lãnh đạo", "files": []});
        self.does("văn thư", "results", result).await;
    }
}

fn centre_agency(w: &World) -> String {
    let reference = w.app.reference();
    reference.agency(reference.main_centre().unwrap().agency).unwrap().identifier.clone()
}

/// Form 02: one paper is wrong.
fn one_paper_wrong() -> Value {
    json!({"items": [{"component": "ban-ve", "problem": "wrong", "note": "Vẽ lại theo tỷ lệ 1/100."}],
           "reason": "Bản vẽ chưa đúng quy định."})
}
/// The paper that was asked for.
fn the_paper() -> Value {
    json!({"components": [{"id": "ban-ve", "originals": 1, "copies": 0}]})
}

/// A building permit: an application and a drawing.
pub fn procedure(agency: &str, limit: TimeLimit, flags: Flags) -> ProcedureVersion {
    let paper = |id: &str, name: &str| Component {
        id: id.into(),
        name: name.into(),
        section: String::new(),
        originals: 1,
        copies: 0,
        required: true,
        form: None,
        form_file: None,
        e_form: false,
    };
    let papers = vec![paper("don", "Đơn đề nghị"), paper("ban-ve", "Bản vẽ thiết kế")];
    let way = |channel| SubmissionWay { channel, limit, variant: None, note: String::new(), fees: Vec::new() };
    ProcedureVersion {
        code: PROCEDURE.parse().unwrap(),
        name: "Cấp giấy phép xây dựng mới".into(),
        field: Field { code: "xd".into(), name: "Hoạt động xây dựng".into() },
        levels: Vec::new(),
        executing: vec![Department { code: String::new(), name: agency.into() }],
        participating: Vec::new(),
        applicants: Vec::new(),
        steps: Vec::new(),
        ways: Channel::ALL.map(way).to_vec(),
        variants: vec![Variant {
            id: String::new(),
            name: String::new(),
            limit: None,
            components: papers,
            answers: Vec::new(),
        }],
        sets: 1,
        conditions: String::new(),
        legal_bases: Vec::new(),
        results: vec![ResultPaper { code: String::new(), name: "Giấy phép xây dựng".into() }],
        online_level: OnlineLevel::Full,
        flags,
        publication: Publication {
            number: "700/QĐ-BXD".into(),
            issuer: "Bộ Xây dựng".into(),
            date: None,
            kind: PublicationKind::New,
            effective_from: None,
            replaced_by: None,
        },
    }
}
