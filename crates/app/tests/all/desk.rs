//! The main path by the officers' pages, with cookies as a browser sends them: counter, agency, return desk.

use crate::{
    call::{Answer, Call},
    world::World,
};
use domain::accounts::{Role, Who};

/// A commune's procedure with components, cases and a limit in working days.
pub const PROCEDURE: &str = "1.000080";
const BOUNDARY: &str = "----mot-cua";

/// A province with one procedure and everybody who touches a dossier of it.
pub struct Desk {
    pub w: World,
    pub agency: String,
    pub intake: String,
    pub head: String,
    pub specialist: String,
    pub leader: String,
    pub clerk: String,
    pub returns: String,
    pub stranger: String,
    pub ha: Who,
}

pub async fn desk() -> Desk {
    desk_in(World::sqlite()).await
}

/// The same in a province of one's own.
pub async fn desk_in(w: World) -> Desk {
    w.procedures(&[PROCEDURE]).await;
    let reference = w.app.reference();
    let agency = reference.agencies.iter().find(|a| a.kind == "commune").unwrap().identifier.clone();
    let centre = reference.agency(reference.main_centre().unwrap().agency).unwrap().identifier.clone();
    let other = reference.agencies.iter().rfind(|a| a.kind == "commune").unwrap().identifier.clone();
    let lan = w.officer("lan", &centre, &[Role::IntakeOfficer]).await;
    let truong = w.officer("truong", &agency, &[Role::UnitHead]).await;
    let ha = w.officer("ha", &agency, &[Role::Specialist]).await;
    let lanh = w.officer("lanh", &agency, &[Role::AgencyLeader]).await;
    let van = w.officer("van", &agency, &[Role::Clerk]).await;
    let tra = w.officer("tra", &centre, &[Role::ReturnDesk]).await;
    let xa = w.officer("xa", &other, &[Role::Specialist]).await;
    Desk {
        intake: w.sign_in(&lan).await,
        head: w.sign_in(&truong).await,
        specialist: w.sign_in(&ha).await,
        leader: w.sign_in(&lanh).await,
        clerk: w.sign_in(&van).await,
        returns: w.sign_in(&tra).await,
        stranger: w.sign_in(&xa).await,
        agency,
        ha,
        w,
    }
}

/// A multipart form: texts, then files as (field, name, bytes).
pub fn multipart(call: Call, texts: &[(String, String)], files: &[(&str, &str, &[u8])]) -> Call {
    let mut body = Vec::new();
    for (name, value) in texts {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    for (field, name, bytes) in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    call.bytes(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// The value of a hidden field of a page.
pub fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.text().find(&mark).unwrap_or_else(|| panic!("no field {name}: {}", page.text())) + mark.len();
    page.text()[at..].split('"').next().unwrap().to_owned()
}

pub fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

impl Desk {
    pub async fn page(&self, cookie: &str, path: &str) -> Answer {
        self.w.get(path).cookie(cookie).send().await
    }

    /// A complete intake form as the page offers it, with the fields of `change` put over it.
    pub async fn intake_form(&self, change: &[(&str, &str)]) -> Vec<(String, String)> {
        let page = self.page(&self.intake, &format!("/can-bo/tiep-nhan/{PROCEDURE}")).await.expect(200);
        let governing = {
            let version = self.w.app.reference().procedure(PROCEDURE).unwrap().version;
            let app = self.w.app.clone();
            self.w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap()
        };
        let variant = &governing.procedure.variants[0];
        let mut form = pairs(&[
            ("once", &hidden(&page, "once")),
            ("variant", &variant.id),
            ("agency", &self.agency),
            ("channel", "counter"),
            ("applicant.kind", "citizen"),
            ("applicant.name", "Đỗ Thị Ánh Nguyệt"),
            ("applicant.identity", "022190004567"),
            ("applicant.phone", "0912 345 678"),
            ("applicant.address", "Tổ 5, khu 3, phường Hồng Gai"),
            ("result_by", "counter"),
            ("sets", "1"),
            ("act", "accept"),
        ]);
        for (i, c) in variant.components.iter().filter(|c| c.is_paper()).enumerate() {
            form.push((format!("components.{i}.id"), c.id.clone()));
            form.push((format!("components.{i}.full"), "1".into()));
        }
        for (name, value) in change {
            form.retain(|(n, _)| n != name);
            form.push(((*name).to_owned(), (*value).to_owned()));
        }
        form
    }

    pub async fn send_intake(&self, form: &[(String, String)], files: &[(&str, &str, &[u8])]) -> Answer {
        let call = self.w.post(&format!("/can-bo/tiep-nhan/{PROCEDURE}")).cookie(&self.intake);
        multipart(call, form, files).send().await
    }

    /// Takes a complete dossier in and gives its code.
    pub async fn take_in(&self) -> String {
        let form = self.intake_form(&[]).await;
        let done = self.send_intake(&form, &[]).await.expect(303);
        self.code_of(&self.page(&self.intake, done.location()).await.expect(200))
    }

    /// The code that stands on a page.
    pub fn code_of(&self, page: &Answer) -> String {
        let code = format!("{}-251006-", self.agency);
        let at = page.text().find(&code).unwrap_or_else(|| panic!("no code: {}", page.text()));
        page.text()[at..at + code.len() + 4].to_owned()
    }

    /// Opens the page of a step and sends its form.
    pub async fn step(&self, cookie: &str, code: &str, step: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/can-bo/ho-so/{code}/{step}");
        let page = self.page(cookie, &path).await.expect(200);
        let mut form =
            vec![("once".to_owned(), hidden(&page, "once")), ("version".to_owned(), hidden(&page, "version"))];
        form.extend(pairs(fields));
        self.post(cookie, &path, &form).await
    }

    pub async fn post(&self, cookie: &str, path: &str, form: &[(String, String)]) -> Answer {
        let call = self.w.post(path).cookie(cookie);
        if path.ends_with("/ket-qua") {
            return multipart(call, form, &[]).send().await;
        }
        let borrowed: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        call.form(&borrowed).send().await
    }

    /// A dossier whose result lies ready for the post: its code, and what ticks it on the shelf.
    pub async fn parcel(&self) -> (String, String) {
        let form = self.intake_form(&[("result_by", "post")]).await;
        let done = self.send_intake(&form, &[]).await.expect(303);
        let slip = self.page(&self.intake, done.location()).await.expect(200);
        let code = slip.text().split("href=\"/can-bo/ho-so/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        self.until_approval(&code).await;
        self.step(&self.leader, &code, "phe-duyet", &[("decision", "grant")]).await.expect(303);
        let result = [("number", "119/TL"), ("date", "08/10/2025"), ("signer", "Lê Văn Ký")];
        self.step(&self.clerk, &code, "ket-qua", &result).await.expect(303);
        let page = self.page(&self.returns, "/can-bo/tra-ket-qua?loc=buu-chinh").await.expect(200);
        let pick = page.text().split("name=\"hs\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        (code, pick)
    }

    pub async fn until_approval(&self, code: &str) {
        let ha = self.ha.officer.to_string();
        self.step(&self.head, code, "phan-cong", &[("officer", &ha)]).await.expect(303);
        let opinion = [("opinion", "grant"), ("text", "Hồ sơ đủ điều kiện."), ("act", "submit")];
        self.step(&self.specialist, code, "tham-dinh", &opinion).await.expect(303);
    }
}

/// INT-01, INT-03, FLW-01, FLW-02, FLW-05, FLW-07, RES-01, RES-02
#[tokio::test(flavor = "multi_thread")]
async fn int_03_flw_01_res_02_a_dossier_walks_from_the_counter_to_the_returned_result_by_pages() {
    let d = desk().await;
    let code = d.take_in().await;
    let path = format!("/can-bo/ho-so/{code}");
    let list = d.page(&d.head, "/can-bo").await.expect(200);
    assert!(list.text().contains(&code), "FLW-01: it waits in the agency at once");
    assert!(list.text().contains("làm việc"), "the clock leads the row");
    d.until_approval(&code).await;
    let asked = d.page(&d.leader, &format!("{path}/phe-duyet")).await.expect(200);
    assert!(asked.text().contains("Hồ sơ đủ điều kiện."), "the leader sees who opined what");
    d.step(&d.leader, &code, "phe-duyet", &[("decision", "grant")]).await.expect(303);
    let result = [("number", "118/TL"), ("date", "08/10/2025"), ("signer", "Lê Văn Ký")];
    d.step(&d.clerk, &code, "ket-qua", &result).await.expect(303);
    assert!(d.page(&d.returns, "/can-bo/tra-ket-qua").await.expect(200).text().contains(&code));
    let given = [("to", "applicant"), ("identity", "022190004567"), ("how", "counter")];
    let done = d.step(&d.returns, &code, "tra-ket-qua", &given).await.expect(303);
    assert!(done.location().starts_with("/can-bo/phieu/"), "RES-02: the acknowledgement is offered");
    let slip = done.location().split('?').next().unwrap().to_owned();
    let pdf = d.page(&d.returns, &format!("{slip}.pdf?giay=A5")).await.expect(200);
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    assert!(pdf.body.starts_with(b"%PDF-"));
    let page = d.page(&d.returns, &path).await.expect(200);
    assert!(page.text().contains("Hồ sơ đã kết thúc"), "no step is left, and the page says why");
    let control = d.page(&d.head, &format!("{path}/phieu-kiem-soat.pdf")).await.expect(200);
    assert!(control.body.starts_with(b"%PDF-"), "FLW-02");
}

/// INT-02, INT-10: every error at once, everything typed and every file kept.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_wrong_input_is_told_at_once_and_nothing_typed_or_uploaded_is_lost() {
    let d = desk().await;
    let wrong = [
        ("applicant.phone", "091234567"),
        ("applicant.identity", "0221900045"),
        ("proxy.name", "Bùi Đức Thành"),
        ("components.0.originals", "hai"),
        ("sets", "0"),
    ];
    let form = d.intake_form(&wrong).await;
    let files =
        [("components.0.files", "don.pdf", PDF), ("components.1.files", "trang.html", b"<html><script>".as_slice())];
    let page = d.send_intake(&form, &files).await.expect(422);
    for said in [
        "Số điện thoại gồm 10 chữ số",
        "Số định danh gồm 12 chữ số",
        "Xin ghi giấy ủy quyền",
        "Số bản là số",
        "Số bộ là số từ 1 đến 1000",
        "không nhận trang web",
    ] {
        assert!(page.text().contains(said), "{said}");
    }
    for kept in ["value=\"091234567\"", "value=\"hai\"", "Đỗ Thị Ánh Nguyệt", "Bùi Đức Thành", "don.pdf"] {
        assert!(page.text().contains(kept), "{kept}");
    }
    let sha256 = domain::hex(&<sha2::Sha256 as sha2::Digest>::digest(PDF));
    let good = [
        ("proxy.authorisation", "Giấy ủy quyền số 12 ngày 01/10/2025"),
        ("proxy.name", "Bùi Đức Thành"),
        ("components.0.kept", sha256.as_str()),
    ];
    let mended = d.intake_form(&good).await;
    let done = d.send_intake(&mended, &[]).await.expect(303);
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    let at = slip.text().find("/can-bo/ho-so/").unwrap();
    let path = slip.text()[at..].split('"').next().unwrap().to_owned();
    let dossier = d.page(&d.intake, &path).await.expect(200);
    assert!(dossier.text().contains("don.pdf") && dossier.text().contains("Bùi Đức Thành"));
    let file = d.page(&d.intake, &format!("{path}/tep/{sha256}")).await.expect(200);
    assert_eq!((file.body.as_slice(), &file.headers["x-content-type-options"]), (PDF, &"nosniff".parse().unwrap()));
    d.page(&d.stranger, &format!("{path}/tep/{sha256}")).await.expect(404);
}

/// INT-02: what is missing is named; GR-3: nothing outside the list can be demanded or taken.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_gr_3_the_checklist_holds_the_published_papers_and_no_others() {
    let d = desk().await;
    let mut form = d.intake_form(&[]).await;
    form.retain(|(n, _)| n.strip_suffix(".full").is_none());
    let page = d.send_intake(&form, &[]).await.expect(422);
    assert!(page.text().contains("Còn thiếu:") && page.text().contains("Chưa nhận giấy tờ này."));
    // A paper that the list does not have is not even read.
    let strange = d.intake_form(&[("components.99.id", "giay-la"), ("components.99.originals", "1")]).await;
    let done = d.send_intake(&strange, &[]).await.expect(303);
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    assert!(!slip.text().contains("giay-la"));
}

/// INT-08: for the post, the time of receipt at the Centre counts; at the counter nobody sets it.
#[tokio::test(flavor = "multi_thread")]
async fn int_08_clk_03_the_post_counts_from_the_receipt_of_the_parcel() {
    let d = desk().await;
    let at = [("received_at", "03/10/2025"), ("received_time", "09:30")];
    let counter = d.intake_form(&at).await;
    assert!(d.send_intake(&counter, &[]).await.expect(422).text().contains("chỉ ghi cho hồ sơ qua bưu chính"));
    let post = d.intake_form(&[("channel", "post"), at[0], at[1]]).await;
    let done = d.send_intake(&post, &[]).await.expect(303);
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    let link = slip.text().find("/can-bo/ho-so/").unwrap();
    let path = slip.text()[link..].split('"').next().unwrap().to_owned();
    assert!(d.page(&d.intake, &path).await.expect(200).text().contains("03/10/2025, 09:30"));
}

/// INT-05: form 03 for what is turned away at the counter.
#[tokio::test(flavor = "multi_thread")]
async fn int_05_a_refusal_needs_its_reason_and_gives_form_03() {
    let d = desk().await;
    let form = d.intake_form(&[("act", "refuse")]).await;
    assert!(d.send_intake(&form, &[]).await.expect(422).text().contains("Xin ghi lý do từ chối"));
    let form = d.intake_form(&[("act", "refuse"), ("reason", "Không thuộc thẩm quyền.")]).await;
    let done = d.send_intake(&form, &[]).await.expect(303);
    assert!(d.page(&d.intake, done.location()).await.expect(200).text().contains("Phiếu từ chối"));
}

/// INT-09: agencies take nothing in.
#[tokio::test(flavor = "multi_thread")]
async fn int_09_only_the_centre_takes_in() {
    let d = desk().await;
    d.page(&d.specialist, &format!("/can-bo/tiep-nhan/{PROCEDURE}")).await.expect(403);
    d.page(&d.specialist, "/can-bo/tiep-nhan").await.expect(403);
}

/// A double click is one dossier; another dossier over the same form is told.
#[tokio::test(flavor = "multi_thread")]
async fn int_03_a_form_sent_twice_makes_one_dossier() {
    let d = desk().await;
    let form = d.intake_form(&[]).await;
    let first = d.send_intake(&form, &[]).await.expect(303);
    let second = d.send_intake(&form, &[]).await.expect(303);
    assert_eq!(first.location(), second.location());
    let mut other = form.clone();
    other.retain(|(n, _)| n != "applicant.name");
    other.push(("applicant.name".into(), "Người khác".into()));
    assert!(d.send_intake(&other, &[]).await.expect(422).text().contains("đã được gửi một lần"));
}

/// GR-8: the loser sees what changed, keeps what was typed and may go on.
#[tokio::test(flavor = "multi_thread")]
async fn gr_8_a_stale_page_shows_what_changed_and_keeps_what_was_typed() {
    let d = desk().await;
    let code = d.take_in().await;
    let ha = d.ha.officer.to_string();
    d.step(&d.head, &code, "phan-cong", &[("officer", &ha)]).await.expect(303);
    let path = format!("/can-bo/ho-so/{code}/tham-dinh");
    let old = d.page(&d.specialist, &path).await.expect(200);
    d.step(&d.specialist, &code, "tham-dinh", &[("opinion", "decline"), ("text", "Ý kiến trước"), ("act", "save")])
        .await
        .expect(303);
    let mut form = pairs(&[("opinion", "grant"), ("text", "Ý kiến tôi đang gõ"), ("act", "save")]);
    form.push(("once".into(), hidden(&old, "once")));
    form.push(("version".into(), hidden(&old, "version")));
    let told = d.post(&d.specialist, &path, &form).await.expect(412);
    assert!(told.text().contains("class=\"conflict\"") && told.text().contains("Ý kiến tôi đang gõ"));
    form.retain(|(n, _)| n != "version");
    form.push(("version".into(), hidden(&told, "version")));
    d.post(&d.specialist, &path, &form).await.expect(303);
}

/// GR-6, SEC-01: out of scope is not there; in scope but not the holder is 403 with the reason.
#[tokio::test(flavor = "multi_thread")]
async fn gr_6_who_does_not_hold_the_step_reads_but_does_not_act() {
    let d = desk().await;
    let code = d.take_in().await;
    let path = format!("/can-bo/ho-so/{code}");
    d.page(&d.stranger, &path).await.expect(404);
    d.page(&d.stranger, &format!("{path}/phan-cong")).await.expect(404);
    let search = d.page(&d.stranger, &format!("/can-bo/tim?q={code}")).await.expect(200);
    assert!(search.text().contains("Không tìm thấy"));
    let seen = d.page(&d.clerk, &path).await.expect(200);
    assert!(seen.text().contains("đang do người khác giữ"), "the page says why nothing can be done");
    d.page(&d.clerk, &format!("{path}/phe-duyet")).await.expect(403);
    let forged = pairs(&[("version", "1"), ("decision", "grant"), ("once", "x")]);
    d.post(&d.clerk, &format!("{path}/phe-duyet"), &forged).await.expect(403);
}

/// FLW-07: back with a reason, and never without one.
#[tokio::test(flavor = "multi_thread")]
async fn flw_07_the_leader_sends_back_with_a_reason() {
    let d = desk().await;
    let code = d.take_in().await;
    d.until_approval(&code).await;
    let without = d.step(&d.leader, &code, "tra-lai", &[("step", "appraise"), ("reason", " ")]).await;
    assert!(without.expect(422).text().contains("Xin ghi lý do"));
    d.step(&d.leader, &code, "tra-lai", &[("step", "appraise"), ("reason", "Thiếu căn cứ")]).await.expect(303);
    let back = d.page(&d.specialist, &format!("/can-bo/ho-so/{code}")).await.expect(200);
    assert!(back.text().contains("Thiếu căn cứ"));
    assert!(d.page(&d.specialist, "/can-bo?loc=toi").await.expect(200).text().contains(&code));
}

/// RES-02, INT-10: somebody who is not on the dossier needs an authorisation.
#[tokio::test(flavor = "multi_thread")]
async fn res_02_a_stranger_receives_only_with_an_authorisation() {
    let d = desk().await;
    let code = d.take_in().await;
    d.until_approval(&code).await;
    d.step(&d.leader, &code, "phe-duyet", &[("decision", "grant")]).await.expect(303);
    let result = [("number", "118/TL"), ("date", "2025-13-40"), ("signer", "Lê Văn Ký")];
    let wrong = d.step(&d.clerk, &code, "ket-qua", &result).await.expect(422);
    assert!(wrong.text().contains("Ngày ký có dạng") && wrong.text().contains("value=\"118/TL\""));
    d.step(&d.clerk, &code, "ket-qua", &[result[0], ("date", "08/10/2025"), result[2]]).await.expect(303);
    let other = [("to", "other"), ("other", "Bùi Đức Thành"), ("how", "counter"), ("identity", "022099000111")];
    let refused = d.step(&d.returns, &code, "tra-ket-qua", &other).await.expect(422);
    assert!(refused.text().contains("giấy ủy quyền") && refused.text().contains("Bùi Đức Thành"));
    let shown = ("authorisation", "Giấy ủy quyền số 7 ngày 08/10/2025");
    let given: Vec<_> = other.into_iter().chain([shown]).collect();
    d.step(&d.returns, &code, "tra-ket-qua", &given).await.expect(303);
}

/// What a PDF says, as `pdftotext` reads it.
pub fn pdf_text(bytes: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let read = std::process::Command::new("pdftotext").arg(file.path()).arg("-").output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    String::from_utf8(read.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}
