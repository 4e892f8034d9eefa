use crate::{
    app::App,
    catalogue::{
        Governing,
        courses::{Course, courses},
        facets::Brief,
        pace::{self, Pace},
        places::{self, Place},
        summary, words,
    },
    error::AppError,
    home::Foot,
    http::{PageError, Reader, Shell, encode, html},
    messages::Lang,
    online,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::catalogue::{Component, Flags, Step, SubmissionWay, Variant};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "catalogue/procedure/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    governing: Arc<Governing>,
    courses: Vec<Course>,
    handled_by: String,
    limit: String,
    fee: String,
    online: &'static str,
    channels: Vec<&'static str>,
    ways: Vec<Way>,
    centres: Vec<Place>,
    field_href: String,
    /// Name and agency of whoever is in charge.
    in_charge: Vec<String>,
    levels: Vec<&'static str>,
    /// What is special about it here (CAT-05).
    special: Vec<String>,
    /// Mean working days, percent on time, number of dossiers: real ones of the last twelve months.
    pace: Option<(String, i64, i64)>,
    /// It may be handed in at a commune's one-stop unit.
    at_communes: bool,
    /// It may be handed in from home, on a page of ours (CAT-03).
    is_online: bool,
    /// Where it is handed in online instead (QNI 13.4a).
    portal: Option<String>,
    /// Title of its e-form.
    e_form: Option<String>,
}

struct Way {
    channel: &'static str,
    /// The case for which it holds; empty when for all.
    case: String,
    limit: String,
    fees: Vec<String>,
    note: String,
}

/// `GET /thu-tuc/{code}`: everything the catalogue says of a procedure (CAT-01).
pub async fn show(State(app): State<App>, reader: Reader, Path(code): Path<String>) -> Result<Response, PageError> {
    let fail = |e: AppError| PageError::new(&app, &reader, e);
    let version = app.reference().procedure(&code).map(|p| p.version).ok_or_else(|| fail(AppError::NotFound))?;
    let (app_, lang) = (app.clone(), reader.lang);
    let read = move |q: &mut platform::db::Reader| {
        let pace = pace::of(q, &code, app_.now())?;
        Ok::<_, AppError>((app_.versions.get(q, version)?, courses(q, &app_, version, lang)?, pace))
    };
    let (governing, courses, pace) = app.db.read(read).await.map_err(fail)?;
    Ok(html(&Page::of(&app, &reader, governing, courses, pace)))
}

impl Page {
    fn of(app: &App, reader: &Reader, governing: Arc<Governing>, courses: Vec<Course>, pace: Option<Pace>) -> Self {
        let lang = reader.lang;
        let p = &governing.procedure;
        let reference = app.reference();
        let facet = reference.procedure(p.code.as_str()).and_then(|listed| reference.facets.of(listed.version));
        let brief = |part: fn(&Brief) -> &String| facet.map(|f| part(f.brief(lang)).clone()).unwrap_or_default();
        Self {
            shell: Shell::public(app, reader, &p.name),
            foot: Foot::of(app),
            handled_by: brief(|b| &b.handled_by),
            limit: brief(|b| &b.how_long),
            fee: brief(|b| &b.how_much),
            online: words::online(p.online_level).1,
            channels: summary::channels(&p.ways).into_iter().map(words::channel_name).collect(),
            ways: p.ways.iter().map(|w| Way::of(w, &p.variants, lang)).collect(),
            centres: places::of(&app.reference(), p),
            in_charge: in_charge(app, p.code.as_str()),
            levels: p.levels.iter().copied().map(words::level_name).collect(),
            special: special(app, &p.flags, lang),
            pace: pace.map(|f| {
                (f.days(app.reference().calendar.ordinary_day_minutes(), lang), f.on_time_percent(), f.decided)
            }),
            at_communes: places::at_communes(p),
            is_online: online::may_offer(app, p),
            portal: online::elsewhere(app, p),
            e_form: app.reference().forms.of(p.code.as_str()).map(|f| f.form.title.clone()),
            field_href: format!("/thu-tuc?linh_vuc={}", encode(&p.field.name)),
            courses,
            governing,
        }
    }

    /// How many of a paper, in words.
    fn count(&self, c: &Component) -> String {
        words::copies(c, self.shell.lang)
    }

    fn step_name<'a>(&self, step: &'a Step) -> &'a str {
        self.shell.lang.pick((&step.name_vi, &step.name_en))
    }

    /// The limit of a case, where it has one of its own.
    fn case_limit(&self, v: &Variant) -> Option<String> {
        v.limit.map(|l| summary::limit_words(l, self.shell.lang))
    }
}

impl Way {
    fn of(way: &SubmissionWay, variants: &[Variant], lang: Lang) -> Self {
        let case = way.variant.as_deref().and_then(|id| variants.iter().find(|v| v.id == id));
        Self {
            channel: words::channel_name(way.channel),
            case: case.map(|v| v.name.clone()).unwrap_or_default(),
            limit: summary::limit_words(way.limit, lang),
            fees: way.fees.iter().map(|f| words::fee_line(f, lang)).collect(),
            note: way.note.clone(),
        }
    }
}

fn in_charge(app: &App, code: &str) -> Vec<String> {
    let reference = app.reference();
    reference.in_charge(code).map(|o| format!("{} ({})", o.name, reference.agency_name(o.who.agency))).collect()
}

/// What is special about a procedure, in words (CAT-05).
fn special(app: &App, flags: &Flags, lang: Lang) -> Vec<String> {
    let second_seal = flags.second_seal && app.profile.on_the_spot.second_seal;
    let plain = [
        (flags.same_day, "Giải quyết ngay trong ngày"),
        (flags.on_the_spot, "Tiếp nhận, thẩm định, phê duyệt và trả kết quả ngay tại Trung tâm"),
        (flags.post_intake, "Nhân viên bưu điện tiếp nhận hồ sơ"),
        (second_seal, "Kết quả đóng con dấu thứ hai của cơ quan, đặt tại Trung tâm"),
        (flags.returned_by_agency, "Cơ quan giải quyết trả kết quả"),
        (flags.anywhere, "Nộp tại bất kỳ Trung tâm, Bộ phận Một cửa nào trong tỉnh"),
    ];
    let plain = plain.iter().filter(|(on, _)| *on).map(|(_, words)| lang.t(words).to_owned());
    plain.chain(flags.delegated_by.iter().map(|by| lang.f1("Phê duyệt theo ủy quyền ({})", by))).collect()
}
