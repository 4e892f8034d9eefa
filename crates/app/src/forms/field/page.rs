//! `…/muc?phan=0&nhom=thanh_vien&truong=ho_ten`: one field of a draft; without `truong` a new one.

use super::typed;
use crate::{
    app::App,
    error::{AppError, FieldError},
    forms::{
        admin::{Designer, change, draft_only, load},
        store::Version,
    },
    http::{Form, PageError, Shell, Typed, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::forms::{self, Field, Fill, Kind, Place, flaws};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "forms/field/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    v: Version,
    query: String,
    kinds: Vec<(String, String)>,
    fills: Vec<(String, String)>,
    /// Where it may stand on paper.
    places: Vec<(String, String)>,
    /// Fields on which it may depend.
    others: Vec<(String, String)>,
}

/// Which field.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    phan: usize,
    nhom: Option<String>,
    truong: Option<String>,
}

impl Asked {
    fn query(&self) -> String {
        let part = |name: &str, value: &Option<String>| {
            value.as_deref().filter(|v| forms::is_key(v)).map(|v| format!("&{name}={v}")).unwrap_or_default()
        };
        format!("phan={}{}{}", self.phan, part("nhom", &self.nhom), part("truong", &self.truong))
    }
    /// The fields among which it stands.
    fn list<'a>(&self, form: &'a mut forms::Form) -> Option<&'a mut Vec<Field>> {
        let list = &mut form.sections.get_mut(self.phan)?.fields;
        let Some(group) = &self.nhom else { return Some(list) };
        match &mut list.iter_mut().find(|f| f.key == *group)?.kind {
            Kind::Group { fields, .. } => Some(fields),
            _ => None,
        }
    }
}

pub async fn show(
    State(app): State<App>,
    me: Designer,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let answer = async {
        let mut v = load(&app, &id).await?;
        draft_only(&v).map_err(|_| AppError::NotFound)?;
        let form = Form::default().with("once", hidden_key(&app)).with("version", v.version.to_string());
        let list = asked.list(&mut v.form).ok_or(AppError::NotFound)?;
        let form = match &asked.truong {
            Some(key) => typed::filled(form, list.iter().find(|f| f.key == *key).ok_or(AppError::NotFound)?),
            None => typed::fresh(form),
        };
        Ok(html(&page(&app, &me, v, &asked, form)))
    };
    answer.await.map_err(|e| me.wrong(&app, e))
}

fn page(app: &App, me: &Designer, v: Version, asked: &Asked, form: Form) -> Page {
    let lang = me.reader.lang;
    let title = if asked.truong.is_some() { lang.t("Sửa mục") } else { lang.t("Thêm mục") };
    // A group holds no group.
    let kinds = Kind::KEYS.iter().filter(|k| asked.nhom.is_none() || **k != "group");
    let depends = |f: &&Field| matches!(f.kind, Kind::Choice { .. } | Kind::YesNo);
    let mut others: Vec<&Field> = v.form.fields().map(|(_, f)| f).filter(depends).collect();
    if let Some(Kind::Group { fields, .. }) = asked.nhom.as_deref().and_then(|g| v.form.field(g)).map(|f| &f.kind) {
        others.extend(fields.iter().filter(depends));
    }
    Page {
        kinds: kinds.map(|k| ((*k).to_owned(), lang.pick(Kind::words_of(k)).to_owned())).collect(),
        fills: Fill::ALL.iter().map(|f| (f.key().to_owned(), lang.pick(f.words()).to_owned())).collect(),
        places: Place::ALL.iter().map(|p| (p.key().to_owned(), lang.pick(p.words()).to_owned())).collect(),
        others: others.iter().map(|f| (f.key.clone(), format!("{} ({})", f.label, f.key))).collect(),
        query: asked.query(),
        shell: me.shell(app, title),
        v,
        form,
    }
}

pub async fn send(
    State(app): State<App>,
    me: Designer,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &id, asked, form).await.map_err(|e| me.wrong(&app, e))
}

async fn sent(app: &App, me: &Designer, id: &str, asked: Asked, mut form: Form) -> Result<Response, AppError> {
    let v = load(app, id).await?;
    let typed = typed::field(&mut form);
    if let Some(field) = typed.filter(|_| form.is_good()) {
        match save(app, me, &v, &asked, &form, field).await {
            Ok(()) => {
                let to = format!("/can-bo/quan-tri/bieu-mau/{}?xong=luu#phan-{}", v.id, asked.phan);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(e) => form.absorb(e)?,
        }
    }
    let now = load(app, id).await?;
    let form = form.with("once", hidden_key(app));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page(app, me, now, &asked, form))).into_response())
}

async fn save(app: &App, me: &Designer, v: &Version, asked: &Asked, form: &Form, field: Field) -> Result<(), AppError> {
    let asked = asked.clone();
    change(app, me, form, v.id, "form.change", move |v, _| {
        draft_only(v)?;
        let before = flaws(&v.form);
        let list = asked.list(&mut v.form).ok_or(AppError::NotFound)?;
        let here = asked.truong.as_ref().and_then(|key| list.iter().position(|f| f.key == *key));
        let mut field = field.clone();
        match here {
            Some(at) => {
                // The page edits what a group is, not what stands in it.
                if let (Kind::Group { fields: new, .. }, Kind::Group { fields: old, .. }) =
                    (&mut field.kind, &list[at].kind)
                {
                    new.clone_from(old);
                }
                list[at] = field.clone();
            }
            None => list.push(field.clone()),
        }
        // What this change brought is said at once; what was there before stands on the form's own page. An empty group is
        // filled next.
        let fresh = flaws(&v.form).into_iter().filter(|f| !before.contains(f) && !f.vi.starts_with("Nhóm phải có"));
        let wrong: Vec<FieldError> = fresh.map(|f| FieldError::new("key", "form.flaw", f.vi, f.en)).collect();
        if wrong.is_empty() { Ok(field.key) } else { Err(AppError::Fields(wrong)) }
    })
    .await
}
