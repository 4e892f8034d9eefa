//! Delegated administration and imports (ADM-01, ADM-02, ADM-04).

use crate::world::{PASSWORD, World};
use domain::accounts::{Role, Who};
use motcua::{
    accounts::{KeyScope, store as accounts_store},
    error::AppError,
    import::{Fate, Job, Line, Summary},
    people::{What, import, store},
};

async fn admins(world: &World) -> (Who, Who) {
    let top = world.officer("cap.cao", "H49.28", &[Role::TopAdmin]).await;
    let own = world.officer("so.xd", "H49.24", &[Role::AgencyAdmin]).await;
    (top, own)
}

fn card(world: &World, who: &Who) -> store::OfficerCard {
    let id = who.officer;
    world.app.db.read_blocking(move |q| Ok::<_, AppError>(store::officer_card(q, id)?)).unwrap().unwrap()
}

#[tokio::test]
async fn adm_01_delegation_an_agency_administrator_reaches_the_own_agency_only() {
    let world = World::sqlite();
    let (top, own) = admins(&world).await;
    let mine = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let foreign = world.officer("minh.pt", "H49.18", &[Role::Specialist]).await;
    let higher = world.officer("truong.qt", "H49.24", &[Role::TopAdmin]).await;
    let (top_in, own_in) = (world.sign_in(&top).await, world.sign_in(&own).await);
    let plain = world.officer("hoa.lt", "H49.24", &[Role::Specialist]).await;
    let plain_in = world.sign_in(&plain).await;
    for (session, who, get, post) in [
        (&top_in, &mine, 200, 303),
        (&top_in, &foreign, 200, 303),
        (&top_in, &higher, 200, 303),
        (&own_in, &mine, 200, 303),
        (&own_in, &foreign, 404, 404),
        (&own_in, &higher, 200, 403),
        (&own_in, &own, 200, 403),
        (&plain_in, &mine, 403, 403),
    ] {
        let path = format!("/can-bo/quan-tri/can-bo/{}", who.officer);
        world.get(&path).cookie(session).send().await.expect(get);
        world.post(&path).cookie(session).form(&[("act", "sessions")]).send().await.expect(post);
    }
}

#[tokio::test]
async fn adm_01_an_agency_administrator_gives_only_roles_of_daily_work() {
    let world = World::sqlite();
    let (_, own) = admins(&world).await;
    let session = world.sign_in(&own).await;
    let add = |login: &'static str, agency: &'static str, role: Role| {
        let form = [
            ("name", "Trần Văn Bình"),
            ("login", login),
            ("agency", agency),
            ("unit", "main"),
            ("roles", role.as_str()),
        ];
        world.post("/can-bo/quan-tri/can-bo/them").cookie(&session).form(&form).send()
    };
    for &role in Role::ALL {
        let status = if Role::AgencyAdmin.may_grant(role) { 200 } else { 403 };
        let login: &'static str = Box::leak(format!("moi.{}", role.as_str().replace('_', "-")).into_boxed_str());
        add(login, "H49.24", role).await.expect(status);
    }
    add("di.noi-khac", "H49.18", Role::Specialist).await.expect(404);
    let taken = add("moi.specialist", "H49.24", Role::Specialist).await.expect(422);
    assert!(taken.text().contains("Tên đăng nhập này đã có người dùng") && taken.text().contains("Trần Văn Bình"));
}

#[tokio::test]
async fn adm_01_a_new_officer_signs_in_with_a_one_time_password_and_must_choose_an_own_one() {
    let world = World::sqlite();
    let (top, _) = admins(&world).await;
    let session = world.sign_in(&top).await;
    let form =
        [("name", "Lê Thị Hoa"), ("login", "hoa.lt"), ("agency", "H49.24"), ("unit", "main"), ("roles", "specialist")];
    let made = world.post("/can-bo/quan-tri/can-bo/them").cookie(&session).form(&form).send().await.expect(200);
    let password = made.text().split("<p class=\"code strong\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let entered =
        world.post("/dang-nhap").form(&[("login", "hoa.lt"), ("password", &password)]).send().await.expect(303);
    let half = entered.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    world.get("/can-bo/tai-khoan").cookie(&half).send().await.expect(303);
    let away = world.get("/dang-nhap").cookie(&half).send().await.expect(303);
    assert!(away.location().starts_with("/dang-nhap/mat-khau"));
    let own = [("new", "năm con thỏ trắng"), ("again", "năm con thỏ trắng")];
    let whole = world.post("/dang-nhap/mat-khau").cookie(&half).form(&own).send().await.expect(303);
    let whole = whole.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    world.get("/can-bo/tai-khoan").cookie(&whole).send().await.expect(200);
}

#[tokio::test]
async fn adm_01_a_change_of_roles_or_a_withdrawal_ends_the_sessions_at_once() {
    let world = World::sqlite();
    let (top, _) = admins(&world).await;
    let lan = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let admin = world.sign_in(&top).await;
    let path = format!("/can-bo/quan-tri/can-bo/{}", lan.officer);
    let form = |version: &'static str, role: &'static str| {
        [
            ("act", "save"),
            ("version", version),
            ("name", "Nguyễn Thị Lan"),
            ("agency", "H49.24"),
            ("unit", "main"),
            ("roles", role),
        ]
    };
    let hers = world.sign_in(&lan).await;
    world.post(&path).cookie(&admin).form(&form("1", "unit_head")).send().await.expect(303);
    world.get("/can-bo/tai-khoan").cookie(&hers).send().await.expect(303);
    assert_eq!(card(&world, &lan).place.roles, [Role::UnitHead]);

    let stale = world.post(&path).cookie(&admin).form(&form("1", "specialist")).send().await.expect(412);
    assert!(stale.text().contains("người khác đã lưu tài khoản này") && stale.text().contains("Nguyễn Thị Lan"));

    let hers = world.sign_in(&lan).await;
    world.post(&path).cookie(&admin).form(&[("act", "withdraw")]).send().await.expect(303);
    world.get("/can-bo/tai-khoan").cookie(&hers).send().await.expect(303);
    world.post("/dang-nhap").form(&[("login", "lan.nt"), ("password", PASSWORD)]).send().await.expect(422);
    let own = format!("/can-bo/quan-tri/can-bo/{}", top.officer);
    world.post(&own).cookie(&admin).form(&[("act", "withdraw")]).send().await.expect(422);
    let rows = world.app.db.read(|q| Ok::<_, AppError>(accounts_store::trace(q, None, None, 50)?)).await.unwrap();
    assert!(rows.iter().any(|r| r.act == "officer.change" && r.subject == "lan.nt" && r.detail == "withdrawn"));
}

#[tokio::test]
async fn adm_04_the_top_administrator_keeps_agencies_units_centres_and_counters() {
    let world = World::sqlite();
    let (top, own) = admins(&world).await;
    let (top_in, own_in) = (world.sign_in(&top).await, world.sign_in(&own).await);
    let new = [("identifier", "h49.777"), ("name", "Ban Quản lý thử"), ("kind", "public_unit"), ("level", "province")];
    world.post("/can-bo/quan-tri/co-quan").cookie(&own_in).form(&new).send().await.expect(403);
    world.post("/can-bo/quan-tri/co-quan").cookie(&top_in).form(&new).send().await.expect(303);
    let again = world.post("/can-bo/quan-tri/co-quan").cookie(&top_in).form(&new).send().await.expect(422);
    assert!(again.text().contains("Mã định danh này đã thuộc một cơ quan khác"));
    let path = "/can-bo/quan-tri/co-quan/H49.777";
    // CAT-07: a new name keeps the old one findable, and the list of changes tells of it.
    let renamed = [("act", "save"), ("version", "1"), ("identifier", "H49.777"), ("name", "Ban Quản lý mới")];
    let renamed = [&renamed[..], &[("kind", "public_unit"), ("level", "province")]].concat();
    world.post(path).cookie(&top_in).form(&renamed).send().await.expect(303);
    let kept = world.app.reference().agency_by_identifier("H49.777").cloned().unwrap();
    assert_eq!((kept.name.as_str(), kept.aliases.as_slice()), ("Ban Quản lý mới", &["Ban Quản lý thử".to_owned()][..]));
    let changes = world.get("/can-bo/quan-tri/danh-muc/co-quan").cookie(&top_in).send().await.expect(200);
    assert!(changes.text().contains("Ban Quản lý thử") && changes.text().contains("Đổi tên"));
    world.get(path).cookie(&own_in).send().await.expect(404);
    world
        .post(path)
        .cookie(&top_in)
        .form(&[("act", "add-unit"), ("unit_name", "Phòng Đất đai")])
        .send()
        .await
        .expect(303);
    world
        .post(path)
        .cookie(&top_in)
        .form(&[("act", "add-unit"), ("unit_name", "Phòng Đất đai")])
        .send()
        .await
        .expect(422);
    world.post(path).cookie(&top_in).form(&[("act", "stop")]).send().await.expect(303);
    let agency = world.app.reference().agency_by_identifier("H49.777").cloned().unwrap();
    assert!(!agency.active && world.app.reference().units_of(agency.id).any(|u| u.code == "phong-dat-dai"));

    world.get("/can-bo/quan-tri/trung-tam").cookie(&own_in).send().await.expect(403);
    let centre =
        [("code", "thu"), ("name", "Trung tâm thử"), ("agency", "H49.28"), ("level", "commune"), ("address", "Tổ 1")];
    world.post("/can-bo/quan-tri/trung-tam").cookie(&top_in).form(&centre).send().await.expect(303);
    let counter = [("act", "counter"), ("number", "3"), ("counter_name", "Đất đai")];
    world.post("/can-bo/quan-tri/trung-tam/thu").cookie(&top_in).form(&counter).send().await.expect(303);
    for page in [
        "/can-bo/quan-tri/co-quan",
        path,
        "/can-bo/quan-tri/trung-tam",
        "/can-bo/quan-tri/trung-tam/thu",
        "/can-bo/quan-tri/nhat-ky",
    ] {
        world.get(page).cookie(&top_in).send().await.expect(200);
    }
}

#[tokio::test]
async fn adm_02_agencies_and_centres_are_read_by_a_key_that_reads_dossiers() {
    let world = World::sqlite();
    let who = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let key = world.key(&who, &[KeyScope::DossierRead]).await;
    let agencies = world.get("/api/v1/agencies").bearer(&key).send().await.expect(200).json();
    let own = agencies.as_array().unwrap().iter().find(|a| a["identifier"] == "H49.24").unwrap().clone();
    assert_eq!((own["name"].as_str(), own["units"][0]["code"].as_str()), (Some("Sở Xây dựng"), Some("main")));
    let centres = world.get("/api/v1/centres").bearer(&key).send().await.expect(200).json();
    assert!(centres.as_array().unwrap().iter().any(|c| !c["counters"].as_array().unwrap().is_empty()));
    world.get("/api/v1/centres").send().await.expect(401);
    let other = world.key(&who, &[KeyScope::ReportRead]).await;
    world.get("/api/v1/agencies").bearer(&other).send().await.expect(403);
}

pub fn run(world: &World, what: What, text: &str, dry_run: bool) -> (Summary, Vec<Line>) {
    let mut lines = Vec::new();
    let mut on_line = |line: Line, _: usize| lines.push(line);
    let job = Job { name: "tep.csv", bytes: text.as_bytes(), dry_run, on_line: &mut on_line };
    let summary = import(&world.app, what, job).unwrap();
    (summary, lines)
}

fn counts(s: Summary) -> [usize; 4] {
    [s.taken, s.mended, s.refused, s.unchanged]
}

#[tokio::test]
async fn adm_04_agencies_and_units_are_imported_and_every_row_is_told() {
    let world = World::sqlite();
    let file = "\u{feff}Mã định danh;Tên cơ quan;Loại;Cấp\n\
                H49.901;Ban  Dân tộc;department;province\n\
                h49.902;Ban Tôn giáo;Sở, ban, ngành;tỉnh\n\
                H50.1;Sở Nơi khác;department;province\n\
                H49.901;Ban Dân tộc;department;province\n\
                H49.903;;department;province\n\
                H49.904;Ban Lạ;không có loại này;province\n";
    assert_eq!(counts(run(&world, What::Agencies, file, true).0), [0, 2, 4, 0]);
    let (summary, lines) = run(&world, What::Agencies, file, false);
    assert_eq!(counts(summary), [0, 2, 4, 0]);
    assert_eq!((lines[0].row, lines[0].key.as_str()), (2, "H49.901"));
    assert_eq!(lines[3].fate, Fate::Refused { why: "trùng với dòng 2".into() });
    world.app.refresh().await.unwrap();
    assert_eq!(world.app.reference().agency_by_identifier("H49.901").unwrap().name, "Ban Dân tộc");
    assert_eq!(
        counts(
            run(&world, What::Agencies, "identifier,name,kind,level\nH49.901,Ban Dân tộc,department,province\n", false)
                .0
        ),
        [0, 0, 0, 1]
    );

    let renamed = "identifier,name,kind,level\nH49.901,Ban Dân tộc và Tôn giáo,department,province\n";
    assert_eq!(counts(run(&world, What::Agencies, renamed, false).0), [1, 0, 0, 0]);
    assert_eq!(counts(run(&world, What::Agencies, renamed, false).0), [0, 0, 0, 1], "again nothing changes");
    world.app.refresh().await.unwrap();
    let agency = world.app.reference().agency_by_identifier("H49.901").unwrap().clone();
    assert_eq!(
        (agency.name.as_str(), agency.aliases),
        ("Ban Dân tộc và Tôn giáo", vec!["Ban Dân tộc".to_owned()]),
        "CAT-07"
    );
    let told = world
        .app
        .db
        .read(|q| Ok::<_, motcua::error::AppError>(motcua::lists::store::agency_changes(q)?))
        .await
        .unwrap();
    assert!(
        told.iter().any(|c| c.agency == agency.id && c.old_name == "Ban Dân tộc"),
        "the list of changes tells of it"
    );

    let units = "agency,name,code\nH49.901,Phòng Chính sách,\nH49.999,Phòng Lạ,la\nH49.901,Phòng Hai,phong-hai\n";
    let (summary, lines) = run(&world, What::Units, units, false);
    assert_eq!(counts(summary), [1, 1, 1, 0]);
    assert_eq!(lines[1].fate, Fate::Refused { why: "không có cơ quan H49.999".into() });
    let (again, _) = run(&world, What::Units, units, false);
    assert_eq!((again.unchanged, again.refused), (2, 1));
}

/// CAT-07: the list goes out and comes in again unchanged, and a file that says less takes nothing away.
#[tokio::test]
async fn cat_07_agencies_go_out_and_come_in_again_and_a_shorter_list_takes_nothing_away() {
    let world = World::sqlite();
    let who = world.officer("quan.tri", "H49", &[Role::TopAdmin]).await;
    let session = world.sign_in(&who).await;
    let close = [("agency", "H49.18"), ("kind", "close"), ("decision", "1/QĐ"), ("day", "01/07/2025")];
    world.post("/can-bo/quan-tri/danh-muc/co-quan").cookie(&session).form(&close).send().await.expect(303);
    let path = "/can-bo/quan-tri/danh-muc/co-quan/tai-ve?dang=csv";
    let out = world.get(path).cookie(&session).send().await.expect(200).text().to_owned();
    let before = world.app.reference().agencies.clone();
    assert!(
        before.iter().any(|a| a.police)
            && before.iter().any(|a| !a.active)
            && before.iter().any(|a| !a.aliases.is_empty())
    );
    let (again, lines) = run(&world, What::Agencies, &out, false);
    assert_eq!(counts(again), [0, 0, 0, before.len()], "{lines:?}");
    let short: Vec<_> = before.iter().map(|a| format!("{},\"{}\"", a.identifier, a.name)).collect();
    let (again, lines) = run(&world, What::Agencies, &format!("identifier,name\n{}\n", short.join("\n")), false);
    assert_eq!(counts(again), [0, 0, 0, before.len()], "{lines:?}");
}

#[tokio::test]
async fn adm_01_officers_are_imported_without_passwords_and_again_without_change() {
    let world = World::sqlite();
    let file = "login,name,agency,unit,roles,phone\n\
                lan.nt,Nguyễn Thị Lan,H49.24,main,specialist unit_head,0912 345 678\n\
                Binh.TV,Trần Văn Bình,H49.24,main,Chuyên viên,\n\
                xa.la,Người Lạ,H49.999,main,specialist,\n\
                sai.vt,Người Sai,H49.24,main,phi công,\n\
                lần,Người Dấu,H49.24,main,specialist,\n";
    let (summary, lines) = run(&world, What::Officers, file, false);
    assert_eq!(counts(summary), [0, 2, 3, 0], "{lines:?}");
    let Fate::Refused { why } = &lines[2].fate else { panic!("{:?}", lines[2]) };
    assert!(why.contains("Không có cơ quan này"));
    let (again, _) = run(&world, What::Officers, file, false);
    assert_eq!((again.unchanged, again.refused), (2, 3));
    world.post("/dang-nhap").form(&[("login", "lan.nt"), ("password", "")]).send().await.expect(422);
    let moved = "login,name,agency,unit,roles\nlan.nt,Nguyễn Thị Lan,H49.18,main,specialist\n";
    assert_eq!(run(&world, What::Officers, moved, false).0.taken, 1);
}

#[tokio::test]
async fn cat_07_areas_and_centres_are_imported_over_what_the_product_carries() {
    let world = World::sqlite();
    let (first, _) =
        run(&world, What::Areas, "code,name,province_code\n22,Tỉnh Quảng Ninh,\n4,Xã Ba,99\nabc,Xã Chữ,22\n", false);
    assert_eq!((first.unchanged, first.refused), (1, 2));
    let centres = "code,name,agency,level,address,counters\nhong-gai-2,Điểm Hồng Gai 2,H49.24,province,Tổ 1,1:Tư pháp;2:Đất đai\nx,Điểm X,H49.999,province,,\n";
    let (summary, _) = run(&world, What::Centres, centres, false);
    assert_eq!(counts(summary), [1, 0, 1, 0]);
    world.app.refresh().await.unwrap();
    let centre = world.app.reference().centre_by_code("hong-gai-2").cloned().unwrap();
    assert_eq!(world.app.reference().counters.iter().filter(|k| k.centre == centre.id).count(), 2);
    assert_eq!(run(&world, What::Centres, centres, false).0.unchanged, 1);
}

#[test]
fn what_a_file_throws_at_the_import_never_panics() {
    let world = World::sqlite();
    let noise: [&[u8]; 6] = [b"", b"\xff\xfe\x00", b"code\n", b"{", b"login,name,agency,roles\n\"", b"\x1f\x8b\x08"];
    for what in [What::Areas, What::Agencies, What::Units, What::Centres, What::Officers] {
        for bytes in noise {
            let job = Job { name: "x", bytes, dry_run: false, on_line: &mut |_, _| () };
            if let Ok(summary) = import(&world.app, what, job) {
                assert_eq!(summary.taken + summary.mended, 0);
            }
        }
    }
}
