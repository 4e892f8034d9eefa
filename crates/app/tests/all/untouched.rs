//! FLW-13: the heads hear each working day of what nobody has touched.

use crate::{outside::MailServer, worklist::desk_in, world::World};
use domain::accounts::Who;
use platform::{
    config::Config,
    db::{params, sql},
};

fn email(config: &mut Config, port: u16) {
    let text =
        format!("server='127.0.0.1'\nport={port}\nsecurity='none'\nfrom='Một Cửa <khong-tra-loi@quangninh.vn>'\n");
    config.notices.email = Some(toml::from_str(&text).unwrap());
}

async fn with_address(w: &World, who: &Who, address: &str) {
    let (officer, address) = (who.officer.raw(), address.to_owned());
    let st = sql!("UPDATE officers SET email = $2 WHERE id = $1");
    w.app.db.unit(move |u| u.execute(st, params![officer, &address])).await.unwrap();
}

/// The text of a letter; its lines are encoded for the way.
fn words(letter: &str) -> String {
    let (_, body) = letter.split_once("\n\n").expect("a head and a body");
    let mut bytes = Vec::new();
    let mut rest = body.replace("=\n", "").into_bytes().into_iter();
    while let Some(b) = rest.next() {
        if b != b'=' {
            bytes.push(b);
            continue;
        }
        let hex: String = rest.by_ref().take(2).map(char::from).collect();
        bytes.push(u8::from_str_radix(&hex, 16).unwrap_or(b'?'));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_13_untouched_dossiers_are_told_to_the_head_once_a_working_day_from_the_profiles_time_on() {
    let (mail, port) = MailServer::start().await;
    let d = desk_in(World::sqlite_with("quang-ninh", |config| email(config, port))).await;
    with_address(&d.w, &d.head, "truong.phong@quangninh.vn").await;
    let left = d.assigned(&d.ha).await;
    let code = left.state.code.as_ref().unwrap().to_string();
    let settle = async |moment: &str| {
        d.w.at(moment);
        motcua::schedule::settle(&d.w.app).await.unwrap();
        mail.letters().iter().filter(|(to, _)| to == "truong.phong@quangninh.vn").count()
    };
    // Monday's dossier was touched on the working day before Tuesday, so on Tuesday nobody hears of it.
    assert_eq!(settle("2025-10-07T08:30").await, 0);
    assert_eq!(settle("2025-10-08T07:59").await, 0, "before the profile's time");
    assert_eq!(settle("2025-10-08T08:00").await, 1);
    assert_eq!(settle("2025-10-08T16:00").await, 1, "once a day");
    assert_eq!(settle("2025-10-09T08:01").await, 2, "and again the next day");
    assert_eq!(settle("2025-10-11T09:00").await, 2, "not on a Saturday");

    let letters = mail.letters();
    let text = words(&letters.iter().find(|(to, _)| to == "truong.phong@quangninh.vn").unwrap().1);
    assert!(text.contains(&code) && text.contains("/can-bo/chua-xu-ly"), "{text}");
    assert!(text.contains("06/10/2025") && text.contains(&d.w.app.reference().officer_name(d.ha.officer).to_owned()));
    assert!(!text.contains("Nguyễn Thị Mẫu"), "nobody is named but officers: {text}");
    assert!(letters.iter().all(|(to, _)| to.ends_with("quangninh.vn")), "the leader has no address and gets none");
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_13_no_letter_when_nothing_was_left_lying() {
    let (mail, port) = MailServer::start().await;
    let d = desk_in(World::sqlite_with("quang-ninh", |config| email(config, port))).await;
    with_address(&d.w, &d.leader, "lanh.dao@quangninh.vn").await;
    d.w.at("2025-10-08T08:30");
    motcua::schedule::settle(&d.w.app).await.unwrap();
    assert!(mail.letters().is_empty());
    let dead = d.w.app.db.read_blocking(|q| motcua::notices::store::dead_letters(q, i64::MAX, 10)).unwrap();
    assert!(dead.is_empty());
}
