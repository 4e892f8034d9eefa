//! `/can-bo/quan-tri/tin-nhan`: which channels are open, what went out in each month (DN 9.2l), what was given up and can be sent
//! again (NTF-02), and the wordings.

use crate::{
    accounts::audit,
    app::App,
    error::AppError,
    http::{Form, PageError, Shell, Typed, html},
    messages::Lang,
    national,
    notices::{
        is_open,
        store::{self, Count, Dead, Notice},
    },
    people::Administrator,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    dossier::Dossier,
    id::Id,
    notices::{About, Channel, in_order},
    time::Instant,
};
use std::collections::{BTreeMap, HashMap};

#[derive(Template)]
#[template(path = "notices/overview/page.html")]
struct Page {
    shell: Shell,
    me: Administrator,
    channels: Vec<Row>,
    portal: Row,
    months: Vec<Month>,
    letters: Vec<Letter>,
    older: Option<i64>,
    subjects: Vec<Subject>,
}

/// A channel and why it is open or not.
struct Row {
    words: &'static str,
    is_open: bool,
    why: String,
}

struct Month {
    name: String,
    /// By the order of [`Channel::ALL`]: sent, and the parts of short messages.
    sent: Vec<(i64, i64)>,
}

struct Letter {
    id: i64,
    what: String,
    code: Option<String>,
    attempts: u32,
    reason: String,
}

/// A subject with its wordings: address, name of the channel, whether it was changed here.
struct Subject {
    words: &'static str,
    wordings: Vec<(String, &'static str, bool)>,
}

const PAGE: i64 = 50;
/// Put back in one unit; the rest with the next click.
const MOST_REVIVED: i64 = 1000;

pub async fn show(
    State(app): State<App>,
    me: Administrator,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    page(&app, &me, &query).await.map_err(|e| me.wrong(&app, e))
}

async fn page(app: &App, me: &Administrator, query: &HashMap<String, String>) -> Result<Response, AppError> {
    me.needs_top()?;
    let lang = me.reader.lang;
    let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
    let since = since(app);
    let read = move |q: &mut platform::db::Reader| {
        let dead = store::dead_letters(q, before, PAGE)?;
        let ids: Vec<i64> =
            dead.iter().filter(|d| d.kind == "send_notice").filter_map(|d| d.payload.parse().ok()).collect();
        let notices = if ids.is_empty() { Vec::new() } else { store::notices_by_ids(q, ids)? };
        let dossiers = store::codes(q, dossiers_of(&dead, &notices))?;
        Ok::<_, AppError>((store::counts(q, &since)?, dead, notices, dossiers, national::waiting(q)?))
    };
    let (counts, dead, notices, codes, waiting) = app.db.read(read).await?;
    let full = dead.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
    let flash = match query.get("xong").map(String::as_str) {
        Some("gui-lai") => Some(lang.t("Đã đưa vào hàng gửi lại.").to_owned()),
        Some("luu") => Some(lang.t("Đã lưu thay đổi.").to_owned()),
        _ => None,
    };
    Ok(html(&Page {
        shell: me.shell(app, "Tin nhắn").with_flash(flash),
        me: me.clone(),
        channels: channels(app, lang),
        portal: portal(app, waiting, lang),
        months: months(counts),
        older: dead.last().filter(|_| full).map(|d| d.id),
        letters: dead.into_iter().map(|d| letter(d, &notices, &codes, lang)).collect(),
        subjects: subjects(app, lang),
    }))
}

/// The month a year ago.
fn since(app: &App) -> String {
    let day = Instant::from_millis(app.machine.now()).day();
    format!("{:04}-{:02}", day.year() - 1, day.month())
}

fn dossiers_of(dead: &[Dead], notices: &[Notice]) -> Vec<Id<Dossier>> {
    let told =
        dead.iter().filter(|d| names_its_dossier(&d.kind)).filter_map(|d| d.payload.split('/').next()?.parse().ok());
    notices.iter().map(|n| n.dossier).chain(told).collect()
}

/// Its payload begins with the dossier.
fn names_its_dossier(kind: &str) -> bool {
    matches!(kind, "tell" | national::KIND)
}

/// The national portal beside the channels: whether it is told, and how many dossiers wait for it to answer again.
fn portal(app: &App, waiting: i64, lang: Lang) -> Row {
    let is_open = national::is_on(app);
    let why = match (is_open, waiting) {
        (true, 0) => lang.t("Đang đồng bộ hồ sơ và tiến độ.").to_owned(),
        (true, n) => lang.f1("Cổng chưa trả lời. {} lượt đồng bộ đang chờ và sẽ tự gửi lại.", n),
        (false, _) if app.is_demo() => lang.t("Tắt: dữ liệu mẫu không gửi tin ra ngoài.").to_owned(),
        (false, _) => {
            lang.t("Chưa cấu hình. Người quản trị máy chủ khai báo mục national_portal trong tệp cấu hình.").to_owned()
        }
    };
    Row { words: lang.t("Cổng Dịch vụ công quốc gia"), is_open, why }
}

fn channels(app: &App, lang: Lang) -> Vec<Row> {
    let opened = in_order(&app.profile.contact.notices);
    let row = |channel: Channel| {
        let (is_open, why) = match (channel, is_open(app, channel), opened.contains(&channel)) {
            (Channel::Page, ..) => (true, lang.t("Luôn có; người dân xem ở trang tra cứu.")),
            (_, true, true) => (true, lang.t("Đang gửi.")),
            (_, true, false) => (false, lang.t("Đã cấu hình, nhưng quy chế của tỉnh không dùng kênh này.")),
            _ if app.is_demo() => (false, lang.t("Tắt: dữ liệu mẫu không gửi tin ra ngoài.")),
            _ => (false, lang.t("Chưa cấu hình. Người quản trị máy chủ khai báo mục notices trong tệp cấu hình.")),
        };
        Row { words: lang.pick(channel.words()), is_open, why: why.to_owned() }
    };
    Channel::ALL.into_iter().map(row).collect()
}

fn months(counts: Vec<Count>) -> Vec<Month> {
    let mut by: BTreeMap<String, Vec<(i64, i64)>> = BTreeMap::new();
    for count in counts {
        let row = by.entry(count.month).or_insert_with(|| vec![(0, 0); Channel::ALL.len()]);
        if let Some(at) = Channel::ALL.iter().position(|c| Some(*c) == count.channel) {
            row[at] = (count.sent, count.parts);
        }
    }
    let name = |month: &str| month.split_once('-').map_or_else(|| month.to_owned(), |(y, m)| format!("{m}/{y}"));
    by.into_iter().rev().map(|(month, sent)| Month { name: name(&month), sent }).collect()
}

fn letter(dead: Dead, notices: &[Notice], codes: &HashMap<Id<Dossier>, String>, lang: Lang) -> Letter {
    let notice = notices.iter().find(|n| n.id.to_string() == dead.payload && dead.kind == "send_notice");
    let told = dead.payload.split('/').next().and_then(|id| id.parse().ok()).filter(|_| names_its_dossier(&dead.kind));
    let what = match (dead.kind.as_str(), notice) {
        (_, Some(n)) => format!("{} · {}", lang.pick(n.channel.words()), lang.pick(n.about.words())),
        ("archive_slip", _) => lang.t("Lưu bản PDF của phiếu").to_owned(),
        (national::KIND, _) => lang.t("Đồng bộ lên Cổng Dịch vụ công quốc gia").to_owned(),
        ("tell", _) => lang.t("Soạn tin báo cho người nộp").to_owned(),
        ("untouched", _) => lang.t("Thư báo hồ sơ chưa ai xử lý").to_owned(),
        (other, _) => other.to_owned(),
    };
    let dossier = notice.map(|n| n.dossier).or(told);
    Letter {
        id: dead.id,
        what,
        code: dossier.and_then(|d| codes.get(&d).cloned()),
        attempts: dead.attempts,
        reason: dead.reason,
    }
}

fn subjects(app: &App, lang: Lang) -> Vec<Subject> {
    let wordings = &app.reference().wordings;
    let of = |about: &About| Subject {
        words: lang.pick(about.words()),
        wordings: Channel::ALL
            .into_iter()
            .map(|c| (format!("{}/{}", about.key(), c.key()), lang.pick(c.words()), wordings.is_changed(*about, c)))
            .collect(),
    };
    About::ALL.iter().map(of).collect()
}

pub async fn send(State(app): State<App>, me: Administrator, Typed(form): Typed) -> Result<Response, PageError> {
    revive(&app, &me, &form).await.map_err(|e| me.wrong(&app, e))
}

/// One letter, or all of them, back into the outbox. A double click finds nothing more to do.
async fn revive(app: &App, me: &Administrator, form: &Form) -> Result<Response, AppError> {
    me.needs_top()?;
    let id: Option<i64> = form.text("id").and_then(|t| t.parse().ok());
    let all = form.value("act") == "all";
    if id.is_none() && !all {
        return Err(AppError::NotFound);
    }
    let (app_, by) = (app.clone(), me.who.clone());
    app.db
        .unit(move |unit| {
            let now = app_.machine.now();
            let revived = match id.filter(|_| !all) {
                Some(id) => u64::from(store::revive(unit, id, now)?),
                None => store::revive_some(unit, now, MOST_REVIVED)?,
            };
            if revived == 0 {
                return Ok(());
            }
            let subject = id.map_or_else(|| "all".to_owned(), |id| id.to_string());
            audit(unit, &app_, Some(&by), "notice.resend", &subject, &revived.to_string())
        })
        .await?;
    Ok(Redirect::to("/can-bo/quan-tri/tin-nhan?xong=gui-lai#loi").into_response())
}
