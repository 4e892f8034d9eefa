//! CAT-04, CAT-07: when an agency is merged, split or closed its processes are listed first, and each is then carried over to
//! the heir or left; what the agency did for others falls to the heir; running dossiers keep theirs.

use crate::{
    call::Answer,
    process::{Board, LIST, PROCEDURE, board, hidden},
    world::World,
};
use domain::{catalogue::Channel, dossier::Command, id::Id, lists::AgencyChangeKind, people::Agency};
use motcua::{accounts::KeyScope, lists::store::agency_changes};

const AGENCIES: &str = "/can-bo/quan-tri/danh-muc/co-quan";
const HEIRS: &str = "/can-bo/quan-tri/quy-trinh/ke-thua";
const PARTNER: &str = "H49.24";
const PARTNERS_HEIR: &str = "H49.18";

impl Board {
    /// Enters a change of an agency as its page is sent.
    async fn changes(&self, kind: &str, agency: &str, other: &str, seen: &str) -> Answer {
        let form = [
            ("kind", kind),
            ("agency", agency),
            ("other", other),
            ("new_name", if kind == "split" { "Xã mới tách" } else { "" }),
            ("decision", "99/NQ-HĐND"),
            ("day", "06/10/2025"),
            ("seen", seen),
        ];
        self.w.post(AGENCIES).cookie(&self.control).form(&form).send().await
    }
    /// The same, having looked at the list.
    async fn changed(&self, kind: &str, agency: &str, other: &str) -> Answer {
        let listed = self.changes(kind, agency, other, "").await.expect(200);
        self.changes(kind, agency, other, &hidden(&listed, "seen")).await.expect(303)
    }
    fn id(&self, identifier: &str) -> Id<Agency> {
        self.w.app.reference().agency_by_identifier(identifier).unwrap().id
    }
    fn other_commune(&self) -> String {
        let reference = self.w.app.reference();
        let fits =
            |a: &&motcua::people::store::Agency| a.level == "commune" && !a.police && a.identifier != self.commune;
        reference.agencies.iter().find(fits).unwrap().identifier.clone()
    }
    /// A published process for one agency's dossiers.
    async fn published_for(&self, name: &str, agency: &str) -> String {
        let design = self.draw(name).await;
        self.act(&design, &[("act", "scope"), ("name", name), ("agency", agency)]).await.expect(303);
        self.decide(&design).await;
        self.publish(&design).await.expect(303);
        design
    }
    async fn decides(&self, act: &str, line: &str) -> Answer {
        self.w.post(HEIRS).cookie(&self.control).form(&[("act", act), ("line", line)]).send().await.expect(303)
    }
    async fn process_of(&self, agency: &str) -> Option<Id<domain::catalogue::Process>> {
        let reference = self.w.app.reference();
        let (app, version) = (self.w.app.clone(), reference.procedure(PROCEDURE).unwrap().version);
        let governing = self.w.app.db.read(move |q| app.versions.get(q, version)).await.unwrap();
        reference.process_for(&governing.procedure, self.id(agency), Channel::Counter, "")
    }
}

async fn a_merger(w: World) {
    let b = board(w).await;
    let heir = b.other_commune();
    let own = b.published_for("Riêng của xã", &b.commune).await;
    let shared = b.draw("Liên thông").await;
    let part = [("act", "part"), ("part_agency", PARTNER), ("part_work", "Cho ý kiến"), ("part_hours", "4")];
    b.act(&shared, &part).await.expect(303);
    let key = b.w.key(&b.intake, &[KeyScope::DossierWrite]).await;
    let running = b.take_in(&key, "dang-giai-quyet").await;
    let followed = b.process_of(&b.commune).await;
    assert!(followed.is_some());

    // First the list: nothing is entered yet.
    let listed = b.changes("merge", &b.commune, &heir, "").await.expect(200);
    assert!(listed.text().contains("Thay đổi này đụng đến 1 quy trình") && listed.text().contains("Riêng của xã"));
    assert!(listed.text().contains("Hết áp dụng cho hồ sơ mới") && !listed.text().contains("Liên thông"));
    assert!(b.w.app.reference().agency(b.id(&b.commune)).unwrap().active);
    // A list that somebody else has changed meanwhile is shown again.
    b.changes("merge", &b.commune, &heir, "1.1").await.expect(200);
    let done = b.changes("merge", &b.commune, &heir, &hidden(&listed, "seen")).await.expect(303);
    assert!(done.location().starts_with(HEIRS));
    assert!(!b.w.app.reference().agency(b.id(&b.commune)).unwrap().active);

    // It waits until somebody decides; one press makes a draft that nobody has approved.
    assert!(b.get(LIST).await.expect(200).text().contains(HEIRS));
    let waits = b.get(HEIRS).await.expect(200);
    assert!(waits.text().contains("Riêng của xã") && waits.text().contains("99/NQ-HĐND"));
    let line = hidden(&waits, "line");
    let draft = b.decides("carry", &line).await.location().split('?').next().unwrap().to_owned();
    let name = b.w.app.reference().agency_name(b.id(&heir)).to_owned();
    let page = b.get(&draft).await.expect(200);
    assert!(page.text().contains("Bản nháp") && page.text().contains(&name) && !page.text().contains("12/QĐ-UBND"));
    assert!(b.get(&own).await.expect(200).text().contains("Đã hết áp dụng"));
    assert_eq!(b.decides("carry", &line).await.location(), HEIRS, "a second press makes nothing");
    assert!(b.get(HEIRS).await.expect(200).text().contains("Không có quy trình nào chờ chuyển."));
    assert_eq!(b.process_of(&heir).await, None, "not before it was approved for the heir");
    // Who runs keeps the process.
    assert_eq!(b.submitted(&running).await, "approve");
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_04_cat_07_a_merger_lists_the_processes_first_and_carries_each_over_by_one_press() {
    a_merger(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_04_cat_07_a_merger_lists_the_processes_first_and_carries_each_over_on_postgres() {
    a_merger(World::postgres()).await;
}

/// The heir's people are there: the copy is published, and what the heir takes in from then on follows it.
#[tokio::test(flavor = "multi_thread")]
async fn cat_04_what_was_carried_over_and_approved_is_followed_by_the_heirs_dossiers() {
    use domain::accounts::Role;
    let b = board(World::sqlite()).await;
    let heir = b.other_commune();
    for (login, role) in
        [("tp2", Role::UnitHead), ("cv2", Role::Specialist), ("ld2", Role::AgencyLeader), ("vt2", Role::Clerk)]
    {
        b.w.officer(login, &heir, &[role]).await;
    }
    b.published_for("Riêng của xã", &b.commune).await;
    b.changed("merge", &b.commune, &heir).await;
    let line = hidden(&b.get(HEIRS).await.expect(200), "line");
    let draft = b.decides("carry", &line).await.location().split('?').next().unwrap().to_owned();
    b.decide(&draft).await;
    b.publish(&draft).await.expect(303);
    assert!(b.process_of(&heir).await.is_some());
}

/// ILK-01: who takes over from a participant is proposed in its place, at once and without anybody's doing.
#[tokio::test(flavor = "multi_thread")]
async fn ilk_01_the_part_of_a_merged_agency_falls_to_its_heir_and_that_of_a_closed_one_is_said_to_be_nobodys() {
    let b = board(World::sqlite()).await;
    let design = b.draw("Liên thông").await;
    let part = [("act", "part"), ("part_agency", PARTNER), ("part_work", "Cho ý kiến"), ("part_hours", "4")];
    b.act(&design, &part).await.expect(303);
    b.decide(&design).await;
    b.publish(&design).await.expect(303);
    let key = b.w.key(&b.intake, &[KeyScope::DossierWrite]).await;
    let code = b.take_in(&key, "lien-thong").await;
    b.go(&code, &b.head, Command::Assign { unit: None, officer: b.specialist.officer }).await;
    let lead = b.w.sign_in(&b.specialist).await;
    let path = format!("/can-bo/ho-so/{code}/lien-thong");
    let proposed = || b.w.get(&path).cookie(&lead).send();
    assert!(proposed().await.expect(200).text().contains(&format!("<option value=\"{PARTNER}\" selected>")));

    let listed = b.changes("merge", PARTNER, PARTNERS_HEIR, "").await.expect(200);
    assert!(listed.text().contains("chuyển ngay sang cơ quan nhận sáp nhập"));
    let done = b.changes("merge", PARTNER, PARTNERS_HEIR, &hidden(&listed, "seen")).await.expect(303);
    assert!(done.location().starts_with(AGENCIES), "nothing waits for anybody");
    assert!(proposed().await.expect(200).text().contains(&format!("<option value=\"{PARTNERS_HEIR}\" selected>")));

    // The heir ends without a successor: the page says that somebody must choose.
    let old = b.w.app.reference().agency_by_identifier(PARTNER).unwrap().name.clone();
    b.changed("close", PARTNERS_HEIR, "").await;
    let page = proposed().await.expect(200);
    assert!(
        page.text().contains(&format!("{old} đã chấm dứt hoạt động và không có cơ quan kế thừa")),
        "{}",
        page.text()
    );
}

/// An end without a successor, and a part that becomes an agency of its own.
#[tokio::test(flavor = "multi_thread")]
async fn cat_04_a_closed_agencys_process_ends_by_a_word_and_a_split_leaves_it_to_the_old_one() {
    let b = board(World::sqlite()).await;
    let design = b.published_for("Riêng của xã", &b.commune).await;
    b.changed("split", &b.commune, "H49.777").await;
    let waits = b.get(HEIRS).await.expect(200);
    assert!(
        waits.text().contains("Tiếp tục áp dụng cho cơ quan cũ")
            && waits.text().contains("Lập bản nháp cho Xã mới tách")
    );
    let draft = b.decides("carry", &hidden(&waits, "line")).await.location().split('?').next().unwrap().to_owned();
    assert!(b.get(&draft).await.expect(200).text().contains("Xã mới tách"));
    assert!(b.get(&design).await.expect(200).text().contains("Đang áp dụng"));

    b.changed("close", &b.commune, "").await;
    let waits = b.get(HEIRS).await.expect(200);
    assert!(waits.text().contains("không có cơ quan nào kế thừa") && !waits.text().contains("value=\"carry\""));
    assert!(waits.text().contains("Không chuyển, kết thúc quy trình"));
    b.decides("leave", &hidden(&waits, "line")).await;
    assert!(b.get(&design).await.expect(200).text().contains("Đã hết áp dụng"));
    // Those who do not keep everybody's processes have no business here.
    let leader = b.w.sign_in(&b.leader).await;
    b.w.get(HEIRS).cookie(&leader).send().await.expect(403);
    b.w.post(HEIRS).cookie(&leader).form(&[("act", "leave"), ("line", "1.1")]).send().await.expect(403);
}

/// CAT-07: an agency is not stopped by a button while processes name it; else the button's doing stands in the history.
#[tokio::test(flavor = "multi_thread")]
async fn cat_07_an_agency_with_processes_is_stopped_by_decision_only_and_every_stop_is_recorded() {
    let b = board(World::sqlite()).await;
    let top = b.w.officer("quan.tri", PARTNER, &[domain::accounts::Role::TopAdmin]).await;
    let top = b.w.sign_in(&top).await;
    let press = |agency: &str, act: &'static str| {
        b.w.post(&format!("/can-bo/quan-tri/co-quan/{agency}")).cookie(&top).form(&[("act", act)]).send()
    };
    b.published_for("Riêng của xã", &b.commune).await;
    let refused = press(&b.commune, "stop").await.expect(422);
    assert!(refused.text().contains("Cơ quan này có tên trong 1 quy trình"));
    let version = b.w.app.reference().agency(b.id(&b.commune)).unwrap().version.to_string();
    assert_eq!(hidden(&refused, "version"), version, "the form keeps its fields");
    press(PARTNERS_HEIR, "stop").await.expect(303);
    press(PARTNERS_HEIR, "start").await.expect(303);
    let changes = b.w.app.db.read(|q| Ok::<_, motcua::error::AppError>(agency_changes(q)?)).await.unwrap();
    let kinds: Vec<_> = changes.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [AgencyChangeKind::Reopen, AgencyChangeKind::Close]);
    let shown = b.get(AGENCIES).await.expect(200);
    assert!(shown.text().contains("Chấm dứt hoạt động") && shown.text().contains("Hoạt động trở lại"));
}

/// CAT-07: agencies come in from a file on their page; who sent it stands in the history of the list, the command line's too.
#[tokio::test(flavor = "multi_thread")]
async fn cat_07_agencies_are_imported_on_their_page_and_the_history_says_by_whom() {
    let b = board(World::sqlite()).await;
    let file = |text: &str| {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"co-quan.csv\"\r\n\r\n{text}\r\n--x--\r\n"
        );
        let call = b.w.post(&format!("{AGENCIES}/nhap")).cookie(&b.control);
        call.bytes("multipart/form-data; boundary=x", body).send()
    };
    let rows = "identifier,name,kind,level\nH49.900,Sở Thử nghiệm,department,province\nX1,Sai mã,department,province\n";
    let told = file(rows).await.expect(200);
    assert!(told.text().contains("Nhận 1 dòng") && told.text().contains("mã định danh phải là"), "{}", told.text());
    assert_eq!(b.w.app.reference().agency_by_identifier("H49.900").unwrap().name, "Sở Thử nghiệm");
    file("").await.expect(422);
    // An agency that a file stops is recorded, and its processes wait.
    b.published_for("Riêng của xã", &b.commune).await;
    let name = b.w.app.reference().agency(b.id(&b.commune)).unwrap().name.clone();
    file(&format!("identifier,name,active\n{},{name},0\n", b.commune)).await.expect(200);
    assert!(b.get(HEIRS).await.expect(200).text().contains("Riêng của xã"));
    let mut quiet = |_: motcua::import::Line, _: usize| {};
    let bytes = "identifier,name,kind,level\nH49.901,Sở Dòng lệnh,department,province\n".as_bytes();
    let job = motcua::import::Job { name: "lenh.csv", bytes, dry_run: false, on_line: &mut quiet };
    motcua::people::import(&b.w.app, motcua::people::What::Agencies, job).unwrap();
    let history = b.get("/can-bo/quan-tri/danh-muc/lich-su/agencies").await.expect(200);
    for word in ["Cán bộ kiem.soat", "nhập từ tệp", "co-quan.csv", "lenh.csv", "motcua"] {
        assert!(history.text().contains(word), "{word}");
    }
}
