//! LNK-01: the messages as tables, for every stage of a dossier's life.
use super::*;
use crate::{
    accounts::{Role, Who},
    catalogue::Channel,
    dossier::{
        ApplicantKind, Command, Event, Intake, People, ResultBy, StoredEvent,
        tests::{beside::*, world::*},
    },
};
use serde_json::{Value, json};

const PORTAL: i64 = 70;

fn portal() -> Who {
    who(PORTAL, &[Role::NationalPortal], OF_THE_CENTRE, None)
}

fn lines(world: &World) -> Vec<Line> {
    let read = |stored: &StoredEvent| Line {
        stored: stored.clone(),
        event: serde_json::from_str::<Event>(&stored.body).unwrap(),
    };
    world.history.iter().map(read).collect()
}

fn actor(officer: crate::id::Id<crate::people::Officer>) -> Actor {
    Actor { name: format!("Cán bộ {officer}"), title: "Chuyên viên".into(), place: "Sở Xây dựng".into() }
}

fn message_with(world: &World, people: Option<&People>, files: &[File]) -> Option<DossierMessage> {
    let history = lines(world);
    let subject = Subject {
        dossier: world.dossier(),
        history: &history,
        procedure: &world.procedure,
        people,
        files,
        agency: "Sở Xây dựng",
        names: &actor,
    };
    dossier(&subject).unwrap()
}

fn message(world: &World) -> DossierMessage {
    message_with(world, world.people.as_ref(), &[]).unwrap()
}

#[test]
fn a_moment_is_written_by_the_clock_in_viet_nam() {
    for (moment, written) in [
        ("2025-10-06T08:30:00+07:00", "20251006083000"),
        ("2025-12-31T17:00:09Z", "20260101000009"),
        ("2025-01-02T03:04:05.999+07:00", "20250102030405"),
    ] {
        assert_eq!(stamp(at(moment)), written);
    }
}

#[test]
fn every_stage_has_its_national_status_and_a_draft_is_not_told() {
    let of = |stage| message_with(&dossier_at(stage), None, &[]).map(|m| m.status);
    assert_eq!(of(Stage::Draft), None);
    for (stage, status) in [
        (Stage::Submitted, "1"),
        (Stage::Accepted, "2"),
        (Stage::Refused, "3"),
        (Stage::Appraisal, "4"),
        (Stage::Approval, "4"),
        (Stage::Issue, "9"),
        (Stage::Return, "9"),
        (Stage::Returned, "10"),
    ] {
        assert_eq!(of(stage).as_deref(), Some(status), "{stage:?}");
    }
}

#[test]
fn a_dossier_is_written_in_the_portals_words_and_nothing_is_made_up() {
    let world = dossier_at(Stage::Accepted);
    assert_eq!(
        serde_json::to_value(message(&world)).unwrap(),
        json!({
            "MaHoSo": "H49.24-251006-0001",
            "MaTTHC": "1.009994",
            "TenTTHC": "Cấp giấy phép xây dựng mới",
            "TenLinhVuc": "Hoạt động xây dựng",
            "KenhThucHien": "1",
            "ChuHoSo": "Nguyễn Văn An",
            "LoaiDoiTuong": "1",
            "SoDienThoai": "0912345678",
            "TrichYeuHoSo": "Cấp giấy phép xây dựng mới",
            "NgayNopHoSo": "20251006083000",
            "NgayTiepNhan": "20251006083000",
            "NgayHenTra": "20251020170000",
            "TrangThaiHoSo": "2",
            "HinhThuc": "0",
            "DonViXuLy": "Sở Xây dựng",
            "NoiNopHoSo": "2",
            "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "022085001234"}],
        })
    );
}

#[test]
fn sec_03_who_was_erased_is_not_told_any_more() {
    let told = message_with(&dossier_at(Stage::Accepted), None, &[]).unwrap();
    assert_eq!((told.owner, told.owner_kind, told.phone, told.identities.len()), (None, None, None, 0));
    assert_eq!(told.status, "2", "the dossier itself goes on");
}

#[test]
fn channel_and_kind_and_way_of_return_have_the_portals_codes() {
    for (channel, written) in
        [(Channel::Counter, "1"), (Channel::PostEmployee, "1"), (Channel::Online, "2"), (Channel::Post, "3")]
    {
        let mut world = dossier_at(Stage::Accepted);
        world.state.as_mut().unwrap().intake.channel = channel;
        assert_eq!(message(&world).channel, written, "{channel:?}");
    }
    for (way, written) in [(ResultBy::Counter, Some("0")), (ResultBy::Post, Some("1")), (ResultBy::Online, None)] {
        let mut world = dossier_at(Stage::Accepted);
        world.state.as_mut().unwrap().intake.result_by = way;
        assert_eq!(message(&world).result_by.as_deref(), written, "{way:?}");
    }
    for (kind, written) in [
        (ApplicantKind::Citizen, "1"),
        (ApplicantKind::Business, "2"),
        (ApplicantKind::StateBody, "3"),
        (ApplicantKind::Organisation, "4"),
    ] {
        let mut people = people();
        people.applicant.kind = kind;
        let told = message_with(&dossier_at(Stage::Accepted), Some(&people), &[]).unwrap();
        assert_eq!(told.owner_kind.as_deref(), Some(written), "{kind:?}");
    }
}

#[test]
fn only_the_two_kinds_of_numbers_that_the_portal_knows_are_sent() {
    for (number, kind) in [
        (Some("022085001234"), Some("1")),
        (Some("100123456"), Some("2")),
        (Some("5700100256"), None),
        (Some("B1234567"), None),
        (None, None),
    ] {
        let mut people = people();
        people.applicant.identity = number.map(str::to_owned);
        let told = message_with(&dossier_at(Stage::Accepted), Some(&people), &[]).unwrap();
        assert_eq!(told.identities.first().map(|i| i.kind.as_str()), kind, "{number:?}");
    }
}

#[test]
fn the_ends_of_a_dossier_carry_their_days() {
    let days = |world: &World| {
        let told = message(world);
        (told.ended_at, told.refused_at, told.returned_at, told.returned_how)
    };
    let day = || Some("20251006083000".to_owned());
    assert_eq!(days(&dossier_at(Stage::Appraisal)), (None, None, None, None));
    assert_eq!(days(&dossier_at(Stage::Refused)), (day(), day(), None, None));
    assert_eq!(days(&dossier_at(Stage::Issue)), (day(), None, None, None));
    let how = Some("Nhận tại quầy trả kết quả".to_owned());
    assert_eq!(days(&dossier_at(Stage::Returned)), (day(), None, day(), how));
}

#[test]
fn what_was_handed_in_on_the_portal_says_so() {
    let mut world = World::new("quang-ninh");
    world.act(&portal(), &Command::Submit(Intake { channel: Channel::Online, ..intake() })).unwrap();
    let told = message(&world);
    assert_eq!((told.handed_in_at.as_str(), told.channel.as_str(), told.status.as_str()), ("1", "2", "1"));
    assert_eq!((told.submitted_at.as_deref(), told.accepted_at), (Some("20251006083000"), None));
}

/// INT-04: everything that is asked at once, in words; then that it came, and the new date (CLK-04).
#[test]
fn a_supplement_is_told_when_it_is_asked_and_when_it_is_here() {
    let mut world = dossier_at(Stage::Appraisal);
    after(&mut world, "2025-10-07T09:00+07:00");
    world.act(&staff(SPECIALIST), &ask_supplement(vec![item("ban-ve")])).unwrap();
    let asked = message(&world);
    assert_eq!(asked.status, "5");
    let open = &asked.supplements[0];
    assert_eq!((open.id, open.asked_at.as_str(), &open.taken_at), (3, "20251007090000", &None));
    assert!(open.content.starts_with("Bản vẽ chưa đúng tỷ lệ.\n") && open.content.ends_with("Xin nộp bản đúng."));
    assert_eq!(open.due_before.as_deref(), Some("20251020170000"));
    after(&mut world, "2025-10-09T10:00+07:00");
    world.act(&staff(INTAKE), &bring(vec![brought("ban-ve")])).unwrap();
    let here = message(&world);
    assert_eq!(here.supplements.len(), 1);
    assert_eq!(here.supplements[0].taken_at.as_deref(), Some("20251009100000"));
    assert_eq!(here.supplements[0].due_after.as_deref(), Some("20251023170000"), "from zero");
    assert_eq!(here.status, "4");
}

#[test]
fn files_stand_with_their_component_and_those_of_the_result_apart() {
    let file = |place: &str, name: &str| File { place: place.into(), sha256: "a".repeat(64), name: name.into() };
    let files = [file("don", "don.pdf"), file("result", "giay-phep.pdf")];
    let told = message_with(&dossier_at(Stage::Return), None, &files).unwrap();
    assert_eq!((told.files.len(), told.results.len()), (1, 1));
    let wire: Value = serde_json::to_value(&told).unwrap();
    assert_eq!(wire["TaiLieuNop"][0]["MaThanhPhanHoSo"], "don");
    assert_eq!(wire["TaiLieuNop"][0]["IsDeleted"], "False");
    assert_eq!(wire["DanhSachGiayToKetQua"][0]["TenGiayTo"], "giay-phep.pdf");
}

#[test]
fn the_steps_of_the_way_come_in_order_each_with_the_status_after_it() {
    let history = lines(&dossier_at(Stage::Returned));
    let all = steps(&history, 0, &actor).unwrap();
    let statuses: Vec<&str> = all.iter().map(|s| s.status.as_str()).collect();
    assert_eq!(statuses, ["2", "4", "4", "4", "9", "9", "10"]);
    assert_eq!(all[0].what, "Tiếp nhận hồ sơ");
    assert_eq!((all[0].begun_at.as_deref(), all[1].begun_at.as_deref()), (None, Some("20251006083000")));
    let later = steps(&history, 5, &actor).unwrap();
    assert_eq!(later, all[5..]);
    assert_eq!(steps(&history, 7, &actor).unwrap(), []);
    assert_eq!(
        serde_json::to_value(&all[1]).unwrap(),
        json!({
            "MaHoSo": "H49.24-251006-0001",
            "NguoiXuLy": format!("Cán bộ {}", staff(HEAD).officer),
            "ChucDanh": "Chuyên viên",
            "ThoiDiemXuLy": "20251006083000",
            "PhongBanXuLy": "Sở Xây dựng",
            "NoiDungXuLy": "Phân công xử lý",
            "TrangThai": "4",
            "NgayBatDau": "20251006083000",
            "NgayKetThucTheoQuyDinh": "20251020170000",
        })
    );
}

/// What the office keeps to itself reaches no portal, and asks for no message.
#[test]
fn the_offices_own_affairs_are_no_news() {
    let world = dossier_at(Stage::Appraisal);
    let own = Event::LateEntryConfirmed;
    assert!(!shows(&own) && !crate::notices::reactions(&[own]).contains(&crate::notices::Reaction::Sync));
    let taken_in = world.history[0].body.clone();
    let taken_in: Event = serde_json::from_str(&taken_in).unwrap();
    let twice = [taken_in.clone(), taken_in];
    let syncs = crate::notices::reactions(&twice).into_iter().filter(|r| *r == crate::notices::Reaction::Sync);
    assert_eq!(syncs.count(), 1, "one message for all that happened in a unit");
}
