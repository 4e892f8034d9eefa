//! What the page of a version does: its lines, its sections, order, publication.

use crate::{
    accounts::audit,
    app::App,
    error::{AppError, FieldError},
    forms::{
        admin::{Designer, begin, change, draft_only, flaws_at, stale, trials},
        store::{self, Status, Version},
    },
    http::{Form, hidden_key, once},
    settings,
};
use domain::forms::{self, Case, CaseFault, Flaw, Kind, Layout, Section};
use platform::db::{Answer, Outcome};

/// Lines of the head, as the page names them.
const HEAD: [&str; 8] =
    ["title", "basis", "addressed_to", "stands_for", "declaration", "signer", "also_sign", "layout"];
/// Letters at most: of the title, of another line of the head, and of what heads a section.
const LONGEST_TITLE: usize = 250;
const LONGEST: usize = 1000;
const LONGEST_OF_SECTION: [(&str, usize); 3] = [("section_title", 250), ("section_help", 500), ("section_lead", 300)];

/// The page's form as the version stands.
pub fn filled(app: &App, v: &Version) -> Form {
    let f = &v.form;
    let values = [
        f.title.clone(),
        f.basis.clone(),
        f.addressed_to.clone(),
        f.stands_for.join("; "),
        f.declaration.clone(),
        f.signer.clone(),
        f.also_sign.join("; "),
        f.layout.key().to_owned(),
    ];
    let form = Form::default().with("once", hidden_key(app)).with("version", v.version.to_string());
    HEAD.iter().zip(values).fold(form, |form, (name, value)| form.with(name, value))
}

/// Why it cannot be published yet.
pub fn hindrances(flaws: &[Flaw], trials: &[(Case, Option<CaseFault>)]) -> Vec<&'static str> {
    let mut out = Vec::new();
    if !flaws.is_empty() {
        out.push("Còn lỗi trong biểu mẫu.");
    }
    if !trials.iter().any(|(c, _)| c.fails_at.is_none()) {
        out.push("Cần ít nhất một ca thử phải đạt.");
    }
    if !trials.iter().any(|(c, _)| c.fails_at.is_some()) {
        out.push("Cần ít nhất một ca thử phải sai.");
    }
    if trials.iter().any(|(_, fault)| fault.is_some()) {
        out.push("Có ca thử chưa ra đúng kết quả.");
    }
    out
}

/// Does what a button of the page says; gives where to go.
pub async fn act(app: &App, me: &Designer, v: &Version, form: &mut Form) -> Result<Option<String>, AppError> {
    let here = format!("/can-bo/quan-tri/bieu-mau/{}", v.id);
    let said = form.value("act").to_owned();
    let (what, at) = said.split_once(':').unwrap_or((said.as_str(), ""));
    match what {
        "head" => head(app, me, v, form).await?,
        "section" => section(app, me, v, form).await?,
        "section-drop" => drop_section(app, me, v, form, at).await?,
        "up" | "down" | "drop" => move_field(app, me, v, form, what, at).await?,
        "publish" => {
            publish(app, me, v, form).await?;
            return Ok(Some(format!("{here}?xong=cong-bo")));
        }
        "discard" => {
            discard(app, me, v, form).await?;
            return Ok(Some("/can-bo/quan-tri/bieu-mau?xong=bo".to_owned()));
        }
        "copy" => return Ok(Some(begin(app, me, form, v.form.clone()).await?)),
        _ => return Err(AppError::NotFound),
    }
    Ok(form.is_good().then(|| format!("{here}?xong=luu")))
}

async fn head(app: &App, me: &Designer, v: &Version, form: &mut Form) -> Result<(), AppError> {
    let title = form.required("title", "Xin ghi tên biểu mẫu.", "Give the form a title.");
    for name in HEAD {
        form.at_most(name, if name == "title" { LONGEST_TITLE } else { LONGEST });
    }
    if !form.is_good() {
        return Ok(());
    }
    let text = |name: &str| form.value(name).trim().to_owned();
    let [basis, addressed_to, declaration, signer] = ["basis", "addressed_to", "declaration", "signer"].map(text);
    let list = |name: &str| -> Vec<String> {
        text(name).split(';').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect()
    };
    let (stands_for, also_sign) = (list("stands_for"), list("also_sign"));
    let layout = Layout::from_key(form.value("layout")).unwrap_or_default();
    change(app, me, form, v.id, "form.change", move |v, _| {
        draft_only(v)?;
        v.form.title.clone_from(&title);
        v.form.basis.clone_from(&basis);
        v.form.addressed_to.clone_from(&addressed_to);
        v.form.declaration.clone_from(&declaration);
        v.form.signer.clone_from(&signer);
        v.form.stands_for.clone_from(&stands_for);
        v.form.also_sign.clone_from(&also_sign);
        v.form.layout = layout;
        Ok("head".to_owned())
    })
    .await
}

async fn section(app: &App, me: &Designer, v: &Version, form: &mut Form) -> Result<(), AppError> {
    let title = form.required("section_title", "Xin ghi tên phần.", "Give the section a title.");
    for (name, most) in LONGEST_OF_SECTION {
        form.at_most(name, most);
    }
    if !form.is_good() {
        return Ok(());
    }
    let help = form.value("section_help").trim().to_owned();
    let lead = form.text("section_lead").map(str::to_owned);
    change(app, me, form, v.id, "form.change", move |v, _| {
        draft_only(v)?;
        v.form.sections.push(Section {
            title: title.clone(),
            help: help.clone(),
            lead: lead.clone(),
            when: None,
            fields: Vec::new(),
        });
        Ok(format!("+ {title}"))
    })
    .await
}

async fn drop_section(app: &App, me: &Designer, v: &Version, form: &Form, at: &str) -> Result<(), AppError> {
    let at: usize = at.parse().map_err(|_| AppError::NotFound)?;
    change(app, me, form, v.id, "form.change", move |v, _| {
        draft_only(v)?;
        let found = v.form.sections.get(at).ok_or(AppError::NotFound)?;
        if !found.fields.is_empty() {
            let (vi, en) = ("Chỉ bỏ được phần không còn mục nào.", "Only an empty section can be taken away.");
            return Err(AppError::field("form", "section.filled", vi, en));
        }
        let gone = v.form.sections.remove(at);
        Ok(format!("- {}", gone.title))
    })
    .await
}

/// `at` is the section, then the field or group and field: `0.thanh_vien.ho_ten`.
async fn move_field(app: &App, me: &Designer, v: &Version, form: &Form, what: &str, at: &str) -> Result<(), AppError> {
    let (what, at) = (what.to_owned(), at.to_owned());
    change(app, me, form, v.id, "form.change", move |v, _| {
        draft_only(v)?;
        let mut path = at.split('.');
        let section: usize = path.next().and_then(|n| n.parse().ok()).ok_or(AppError::NotFound)?;
        let section = v.form.sections.get_mut(section).ok_or(AppError::NotFound)?;
        let (first, second) = (path.next().ok_or(AppError::NotFound)?, path.next());
        let mut list = &mut section.fields;
        if second.is_some() {
            let group = list.iter_mut().find(|f| f.key == first).ok_or(AppError::NotFound)?;
            let Kind::Group { fields, .. } = &mut group.kind else { return Err(AppError::NotFound) };
            list = fields;
        }
        let key = second.unwrap_or(first);
        let here = list.iter().position(|f| f.key == key).ok_or(AppError::NotFound)?;
        match what.as_str() {
            "up" if here > 0 => list.swap(here, here - 1),
            "down" if here + 1 < list.len() => list.swap(here, here + 1),
            "drop" => drop(list.remove(here)),
            _ => {}
        }
        Ok(format!("{what} {at}"))
    })
    .await
}

async fn publish(app: &App, me: &Designer, v: &Version, form: &Form) -> Result<(), AppError> {
    let app_ = app.clone();
    change(app, me, form, v.id, "form.publish", move |v, unit| {
        draft_only(v)?;
        may_publish(&app_, &v.form)?;
        store::replace(unit, &v.form.procedure)?;
        v.status = Status::Published;
        v.published_at = Some(app_.machine.now());
        settings::bump_reference(unit)?;
        Ok(v.form.title.clone())
    })
    .await?;
    app.refresh().await
}

/// CAT-06: a form is tried before it is published.
fn may_publish(app: &App, form: &forms::Form) -> Result<(), AppError> {
    let flaws = flaws_at("form", form);
    if !flaws.is_empty() {
        return Err(AppError::Fields(flaws));
    }
    let found = hindrances(&[], &trials(app, form));
    if found.is_empty() {
        return Ok(());
    }
    let vi = found.join(" ");
    let en = "The trials do not come out as they say, or there is none that passes and none that fails.";
    Err(FieldError::new("form", "form.untried", vi, en).into())
}

async fn discard(app: &App, me: &Designer, v: &Version, form: &Form) -> Result<(), AppError> {
    let key = form.key(app);
    let once = once(app, format!("officer/{}", me.who.officer), key, &format!("form.discard {} {form:?}", v.id));
    let (app_, who, v) = (app.clone(), me.who.clone(), v.clone());
    let done = app.db.unit_once::<AppError>(once, move |unit| {
        draft_only(&v)?;
        store::discard(unit, &v).map_err(stale)?;
        audit(unit, &app_, Some(&who), "form.discard", &v.subject(), &v.form.title)?;
        Ok(Answer { status: 303, body: String::new() })
    });
    match done.await? {
        Outcome::Mismatch => Err(AppError::KeyMismatch),
        _ => Ok(()),
    }
}
