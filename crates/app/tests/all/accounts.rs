//! Signing in and staying signed in (ADM-03).

use crate::{
    call::Answer,
    world::{PASSWORD, World},
};
use domain::accounts::{Role, Who};
use motcua::{
    accounts::{self, KeyScope, store},
    error::AppError,
};
use platform::{
    sessions::SessionToken,
    totp::{RecoveryCode, TotpSecret},
};

/// The cookie that an answer sets, as a browser sends it back.
fn cookie(answer: &Answer) -> String {
    let line = answer.headers.get("set-cookie").expect("a cookie").to_str().unwrap();
    line.split(';').next().unwrap().to_owned()
}

async fn enter(world: &World, login: &str, password: &str, next: &str) -> Answer {
    world.post("/dang-nhap").form(&[("login", login), ("password", password), ("tiep", next)]).send().await
}

/// The value of a hidden field of a page.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    page.text().split_once(&mark).expect(name).1.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn adm_03_a_specialist_signs_in_and_comes_back_to_where_the_work_was() {
    let world = World::sqlite();
    world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let asked = world.get("/can-bo/tai-khoan").send().await.expect(303);
    assert_eq!(asked.location(), "/dang-nhap?tiep=%2Fcan-bo%2Ftai-khoan");
    let page = world.get(asked.location()).send().await.expect(200);
    let next = hidden(&page, "tiep");
    let entered = enter(&world, " Lan.NT", PASSWORD, &next).await.expect(303);
    let session = cookie(&entered);
    let onward = world.get(entered.location()).cookie(&session).send().await.expect(303);
    assert_eq!(onward.location(), "/can-bo/tai-khoan");
    let page = world.get("/can-bo/tai-khoan").cookie(&session).send().await.expect(200);
    assert!(page.text().contains("Cán bộ lan.nt") && page.text().contains("Chuyên viên"));
}

#[tokio::test]
async fn adm_03_a_wrong_password_and_an_unknown_login_get_the_same_answer_and_the_login_is_kept() {
    let world = World::sqlite();
    world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let wrong = enter(&world, "lan.nt", "không phải", "").await.expect(422);
    let nobody = enter(&world, "khong.co", "không phải", "").await.expect(422);
    assert!(wrong.text().contains("value=\"lan.nt\"") && !wrong.text().contains("không phải"));
    assert_eq!(wrong.text().replace("lan.nt", "x"), nobody.text().replace("khong.co", "x"));
    assert!(wrong.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn adm_03_guessing_is_slowed_by_login_and_the_page_says_how_long() {
    let world = World::sqlite();
    world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    for _ in 0..5 {
        enter(&world, "lan.nt", "đoán mò thôi", "").await.expect(422);
    }
    let slowed = enter(&world, "lan.nt", PASSWORD, "").await.expect(429);
    assert_eq!(slowed.headers["retry-after"], "5");
    assert!(slowed.text().contains("Xin đợi 5 giây") && slowed.text().contains("value=\"lan.nt\""));
    world.officer("minh.pt", "H49.24", &[Role::Specialist]).await;
    enter(&world, "minh.pt", PASSWORD, "").await.expect(303);
}

#[tokio::test]
async fn adm_03_guessing_is_slowed_by_address_too() {
    let world = World::sqlite();
    for n in 0..100 {
        enter(&world, &format!("doan.{n}"), "đoán mò thôi", "").await.expect(422);
    }
    enter(&world, "doan.100", "đoán mò thôi", "").await.expect(429);
}

/// SEC-01: behind a proxy that is trusted each address stands for itself; without trust nobody can choose an address.
#[tokio::test]
async fn sec_01_a_guesser_behind_the_proxy_shuts_out_only_the_own_address() {
    let few = platform::throttle::Limits {
        free_tries: 3,
        forgive_seconds: 30,
        first_wait_seconds: 5,
        longest_wait_seconds: 900,
    };
    let with = |proxies: &[&str]| {
        let trusted = proxies.iter().map(|p| p.parse().unwrap()).collect();
        World::sqlite_with("quang-ninh", |config| {
            config.guessing.address = few;
            config.public.trusted_proxies = trusted;
        })
    };
    for (proxies, the_others) in [(&["127.0.0.0/8"][..], 422), (&[], 429)] {
        let world = with(proxies);
        let sent = |from: &str, login: &str| {
            let form = [("login", login), ("password", "đoán mò thôi"), ("tiep", "")];
            world.post("/dang-nhap").header("x-forwarded-for", from).form(&form).send()
        };
        for n in 0..3 {
            sent("192.0.2.7", &format!("doan.{n}")).await.expect(422);
        }
        sent("192.0.2.7", "doan.3").await.expect(429);
        sent("198.51.100.4, 192.0.2.8", "minh.pt").await.expect(the_others);
    }
}

#[tokio::test]
async fn adm_03_an_administrator_reaches_nothing_before_the_second_factor() {
    let world = World::sqlite();
    world.officer("quan.tri", "H49.24", &[Role::TopAdmin]).await;
    let entered = enter(&world, "quan.tri", PASSWORD, "/can-bo/quan-tri").await.expect(303);
    let half = cookie(&entered);
    for closed in ["/can-bo/quan-tri", "/can-bo/tai-khoan", "/can-bo/quan-tri/nhat-ky"] {
        let away = world.get(closed).cookie(&half).send().await.expect(303);
        assert!(away.location().starts_with("/dang-nhap?tiep="), "{closed}");
    }
    let step = world.get(entered.location()).cookie(&half).send().await.expect(303);
    assert_eq!(step.location(), "/dang-nhap/thiet-bi?tiep=%2Fcan-bo%2Fquan-tri");

    // Enrolment: the secret stands on the page for typing it in by hand.
    let page = world.get(step.location()).cookie(&half).send().await.expect(200);
    let (secret, sealed) = (shown_secret(&page), hidden(&page, "secret"));
    assert!(page.text().contains("<svg width=\"232\""));
    let form =
        |code: &str| [("code", code.to_owned()), ("secret", sealed.clone()), ("tiep", "/can-bo/quan-tri".into())];
    let send = |code: String| {
        let pairs = form(&code);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(k, v)| (*k, v.as_str())).collect();
        world.post("/dang-nhap/thiet-bi").cookie(&half).form(&pairs).send()
    };
    send("000000".into()).await.expect(422);
    let now = world.app.machine.now();
    let enrolled = send(code_at(&secret, now)).await.expect(200);
    let whole = cookie(&enrolled);
    assert_ne!(whole, half, "the token changes with what it is worth");
    let recovery = enrolled.text().split("<li class=\"code\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    world.get("/can-bo/quan-tri").cookie(&whole).send().await.expect(200);
    world.get("/can-bo/quan-tri").cookie(&half).send().await.expect(303);

    // The next sign-in asks for a code; the one that was spent is refused, a recovery code works once.
    for (typed, status) in [(code_at(&secret, now), 422), (recovery.clone(), 303), (recovery, 422)] {
        let half = cookie(&enter(&world, "quan.tri", PASSWORD, "/can-bo").await.expect(303));
        let away = world.get("/dang-nhap?tiep=/can-bo").cookie(&half).send().await.expect(303);
        assert_eq!(away.location(), "/dang-nhap/ma-xac-thuc?tiep=%2Fcan-bo");
        let form = [("code", typed.as_str()), ("tiep", "/can-bo")];
        world.post("/dang-nhap/ma-xac-thuc").cookie(&half).form(&form).send().await.expect(status);
    }
}

/// The key in base32 that the enrolment page shows.
fn shown_secret(page: &Answer) -> TotpSecret {
    let text = page.text().split("<br><span class=\"code\">").nth(1).unwrap().split('<').next().unwrap();
    let mut bits = 0_u32;
    let (mut held, mut bytes) = (0_u32, Vec::new());
    for c in text.bytes() {
        let value = if c.is_ascii_uppercase() { c - b'A' } else { c - b'2' + 26 };
        held = (held << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).unwrap());
        }
    }
    TotpSecret::from_bytes(&bytes).unwrap()
}

/// The code that a telephone shows at that moment, found as an examiner would: by trying.
fn code_at(secret: &TotpSecret, now: i64) -> String {
    let step = now.div_euclid(30_000);
    let is = |code: &String| secret.verify(code, Some(step - 1), now) == Some(step);
    (0..1_000_000).map(|n| format!("{n:06}")).find(is).unwrap()
}

async fn open_at(world: &World, who: &Who, at: i64) -> String {
    let token = SessionToken::new(&world.app.random);
    let (digest, officer) = (token.digest(), who.officer);
    let insert = move |unit: &mut platform::db::Unit| {
        Ok::<_, AppError>(store::insert_session(unit, &digest, officer, at, true)?)
    };
    world.app.db.unit(insert).await.unwrap();
    format!("motcua={}", token.expose())
}

#[tokio::test]
async fn adm_03_a_silent_session_locks_after_the_idle_time_and_asks_to_come_back_to_the_same_page() {
    let world = World::sqlite();
    let who = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let (now, idle) =
        (world.app.machine.now(), i64::from(accounts::sessions::limits(&world.app).idle_minutes) * 60_000);
    let fresh = open_at(&world, &who, now - idle + 1).await;
    world.get("/can-bo/tai-khoan").cookie(&fresh).send().await.expect(200);
    let silent = open_at(&world, &who, now - idle).await;
    let asked = world.post("/can-bo/tai-khoan").cookie(&silent).form(&[("act", "end-others")]).send().await.expect(303);
    assert_eq!(asked.location(), "/dang-nhap?tiep=%2Fcan-bo%2Ftai-khoan");
}

#[tokio::test]
async fn adm_03_sessions_end_at_once_one_by_one_all_together_and_at_sign_out() {
    let world = World::sqlite();
    let who = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let (mine, other, third) = (world.sign_in(&who).await, world.sign_in(&who).await, world.sign_in(&who).await);
    let digest = |c: &str| SessionToken::parse(c.strip_prefix("motcua=").unwrap()).unwrap().digest();
    let end = [("act", "end"), ("session", &digest(&other))];
    world.post("/can-bo/tai-khoan").cookie(&mine).form(&end).send().await.expect(303);
    world.get("/can-bo/tai-khoan").cookie(&other).send().await.expect(303);
    world.get("/can-bo/tai-khoan").cookie(&third).send().await.expect(200);
    world.post("/can-bo/tai-khoan").cookie(&mine).form(&[("act", "end-others")]).send().await.expect(303);
    world.get("/can-bo/tai-khoan").cookie(&third).send().await.expect(303);
    world.get("/can-bo/tai-khoan").cookie(&mine).send().await.expect(200);
    world.post("/dang-xuat").cookie(&mine).send().await.expect(303);
    world.get("/can-bo/tai-khoan").cookie(&mine).send().await.expect(303);
}

#[tokio::test]
async fn adm_03_nobody_ends_a_session_of_somebody_else() {
    let world = World::sqlite();
    let lan = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let minh = world.officer("minh.pt", "H49.24", &[Role::Specialist]).await;
    let (hers, his) = (world.sign_in(&lan).await, world.sign_in(&minh).await);
    let digest = SessionToken::parse(his.strip_prefix("motcua=").unwrap()).unwrap().digest();
    world
        .post("/can-bo/tai-khoan")
        .cookie(&hers)
        .form(&[("act", "end"), ("session", &digest)])
        .send()
        .await
        .expect(303);
    world.get("/can-bo/tai-khoan").cookie(&his).send().await.expect(200);
}

#[tokio::test]
async fn adm_03_changing_the_password_ends_the_other_sessions_and_weak_ones_are_refused_in_words() {
    let world = World::sqlite();
    let who = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let (mine, other) = (world.sign_in(&who).await, world.sign_in(&who).await);
    let change = |current: &'static str, new: &'static str, again: &'static str| {
        let form = [("act", "password"), ("current", current), ("new", new), ("again", again)];
        world.post("/can-bo/tai-khoan").cookie(&mine).form(&form).send()
    };
    for (current, new, again, told) in [
        ("sai rồi nhé", "năm con thỏ trắng", "năm con thỏ trắng", "Mật khẩu hiện tại không đúng"),
        (PASSWORD, "ngắn", "ngắn", "ít nhất 8 ký tự"),
        (PASSWORD, "lan.nt là tôi", "lan.nt là tôi", "không được chứa tên đăng nhập"),
        (PASSWORD, "năm con thỏ trắng", "năm con thỏ đen", "Hai lần nhập không giống nhau"),
    ] {
        let refused = change(current, new, again).await.expect(422);
        assert!(refused.text().contains(told), "{told}");
    }
    let changed = change(PASSWORD, "năm con thỏ trắng", "năm con thỏ trắng").await.expect(303);
    world.get("/can-bo/tai-khoan").cookie(&other).send().await.expect(303);
    world.get("/can-bo/tai-khoan").cookie(&mine).send().await.expect(303);
    world.get("/can-bo/tai-khoan").cookie(&cookie(&changed)).send().await.expect(200);
    enter(&world, "lan.nt", PASSWORD, "").await.expect(422);
    enter(&world, "lan.nt", "năm con thỏ trắng", "").await.expect(303);
}

#[tokio::test]
async fn adm_03_the_command_line_breaks_the_glass_ends_sessions_and_leaves_a_trace() {
    let world = World::sqlite();
    let who = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let session = world.sign_in(&who).await;
    accounts::set_password(&world.app, "lan.nt", "năm con thỏ trắng".into(), true).await.unwrap();
    world.get("/can-bo/tai-khoan").cookie(&session).send().await.expect(303);
    enter(&world, "lan.nt", "năm con thỏ trắng", "").await.expect(303);
    let rows = world.app.db.read(|q| Ok::<_, AppError>(store::trace(q, None, None, 10)?)).await.unwrap();
    assert!(
        rows.iter().any(|r| r.act == "officer.password" && r.subject == "lan.nt" && r.detail.contains("second factor"))
    );
    let nobody = accounts::set_password(&world.app, "khong.co", "năm con thỏ trắng".into(), false).await;
    assert!(matches!(nobody, Err(AppError::NotFound)));
}

#[tokio::test]
async fn adm_03_the_welcome_page_exists_in_a_demo_only() {
    let world = World::sqlite();
    world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    world.get("/chao-mung").send().await.expect(404);
    let forced = world.post("/chao-mung").form(&[("login", "lan.nt")]).send().await.expect(404);
    assert!(forced.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn the_language_is_kept_in_a_cookie_and_the_sign_in_speaks_it() {
    let world = World::sqlite();
    let switched = world.get("/ngon-ngu?to=en&tiep=/dang-nhap").send().await.expect(303);
    assert_eq!(switched.location(), "/dang-nhap");
    let page = world.get("/dang-nhap").cookie(&cookie(&switched)).send().await.expect(200);
    assert!(page.text().contains("<h1>Sign in</h1>") && page.text().contains("lang=\"en\""));
}

#[tokio::test]
async fn a_recovery_code_is_no_password_and_a_key_is_no_session() {
    let world = World::sqlite();
    let who = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let key = world.key(&who, &[motcua::accounts::KeyScope::DossierRead]).await;
    world.get("/can-bo/tai-khoan").cookie(&format!("motcua={key}")).send().await.expect(303);
    let code = RecoveryCode::set(&world.app.random)[0].to_string();
    enter(&world, "lan.nt", &code, "").await.expect(422);
}

/// SEC-01: neither a restart nor a second process gives a guesser new tries, and the right password ends the count everywhere.
async fn guesses_are_counted_together(world: World) {
    world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    for _ in 0..5 {
        enter(&world, "lan.nt", "không phải", "").await.expect(422);
    }
    enter(&world.another_process(4_999), "lan.nt", PASSWORD, "").await.expect(429);
    enter(&world.another_process(5_000), "lan.nt", PASSWORD, "").await.expect(303);
    let third = world.another_process(5_000);
    enter(&third, "lan.nt", "không phải", "").await.expect(422);
    enter(&third, "lan.nt", PASSWORD, "").await.expect(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_wrong_passwords_are_counted_over_processes_and_restarts_on_sqlite() {
    guesses_are_counted_together(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_wrong_passwords_are_counted_over_processes_and_restarts_on_postgresql() {
    guesses_are_counted_together(World::postgres()).await;
}

#[tokio::test]
async fn sec_01_silent_guessers_are_forgotten_by_the_store_too() {
    let world = World::sqlite();
    world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    enter(&world, "lan.nt", "không phải", "").await.expect(422);
    assert_eq!(motcua::guessing::sweep(&world.app).await.unwrap(), 0);
    let next_day = world.another_process(24 * 3_600_000 + 1);
    // The login, and the address behind it.
    assert_eq!(motcua::guessing::sweep(&next_day.app).await.unwrap(), 2);
}

/// ADM-01: a key is worth nothing from the moment at which somebody was told that it was taken away.
async fn a_key_taken_away_is_refused_at_once(world: World) {
    let who = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let key = accounts::create_key(&world.app, "lan.nt", &[KeyScope::DossierRead]).await.unwrap();
    let inbox = |w: &World| w.get("/api/v1/inbox").bearer(&key.secret).send();
    inbox(&world).await.expect(200);
    inbox(&world).await.expect(200);
    // Where several processes serve, each of them knows at once.
    let other = world.app.db.is_shared().then(|| world.another_process(0));
    if let Some(other) = &other {
        inbox(other).await.expect(200);
    }
    assert!(accounts::revoke_key(&world.app, None, "lan.nt", key.id).await.unwrap());
    inbox(&world).await.expect(401);
    if let Some(other) = &other {
        inbox(other).await.expect(401);
    }
    assert!(!accounts::revoke_key(&world.app, None, "lan.nt", key.id).await.unwrap(), "it was gone already");
    let foreign = accounts::revoke_key(&world.app, Some(&who), "lan.nt", 1).await;
    assert!(matches!(foreign, Err(AppError::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_01_a_key_taken_away_is_refused_on_the_very_next_request_on_sqlite() {
    a_key_taken_away_is_refused_at_once(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_01_a_key_taken_away_is_refused_on_the_very_next_request_by_every_process_on_postgresql() {
    a_key_taken_away_is_refused_at_once(World::postgres()).await;
}

#[tokio::test]
async fn adm_01_an_administrator_sees_the_keys_of_an_account_and_takes_one_away() {
    let world = World::sqlite();
    let admin = world.officer("quan", "H49.24", &[Role::TopAdmin]).await;
    let who = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    let key = accounts::create_key(&world.app, "lan.nt", &[KeyScope::DossierRead]).await.unwrap();
    let session = world.sign_in(&admin).await;
    let path = format!("/can-bo/quan-tri/can-bo/{}", who.officer);
    let page = world.get(&path).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("dossier:read") && !page.text().contains(&key.secret));
    let id = key.id.to_string();
    world.post(&path).cookie(&session).form(&[("act", "key"), ("key", &id)]).send().await.expect(303);
    world.get("/api/v1/inbox").bearer(&key.secret).send().await.expect(401);
    let page = world.get(&path).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("đã thu hồi"));
    let rows = world.app.db.read(|q| Ok::<_, AppError>(store::trace(q, None, None, 10)?)).await.unwrap();
    assert!(rows.iter().any(|r| r.act == "key.revoke" && r.subject == "lan.nt" && r.officer == Some(admin.officer)));
}
