//! A dossier on its way to being sent: what was typed so far, step by step, and the files that lie on the server.

use super::{Citizen, store};
use crate::{
    app::App,
    catalogue::Governing,
    dossier::{
        intake_fields::{self, ComponentInput, IntakeInput, PersonInput, ProxyInput},
        offer::{self, Agencies},
        store::FileRow,
    },
    error::{AppError, FieldError},
    forms::{self, Published},
    http::Form,
    messages::Lang,
};
use domain::{
    catalogue::{Channel, Component, ProcedureVersion},
    dossier::Dossier,
    forms::Typed,
    id::Id,
    notices::Channel as NoticeChannel,
};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};

/// One page of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Case,
    Applicant,
    Form,
    Papers,
    Delivery,
    Check,
}

impl Step {
    pub const ALL: [Self; 6] = [Self::Case, Self::Applicant, Self::Form, Self::Papers, Self::Delivery, Self::Check];
    /// The last part of its address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Case => "truong-hop",
            Self::Applicant => "nguoi-nop",
            Self::Form => "to-khai",
            Self::Papers => "giay-to",
            Self::Delivery => "nhan-ket-qua",
            Self::Check => "kiem-tra",
        }
    }
    pub fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Case, Lang::Vi) => "Trường hợp, nơi nộp",
            (Self::Case, Lang::En) => "Case and agency",
            (Self::Applicant, Lang::Vi) => "Người nộp",
            (Self::Applicant, Lang::En) => "Applicant",
            (Self::Form, Lang::Vi) => "Tờ khai",
            (Self::Form, Lang::En) => "Form",
            (Self::Papers, Lang::Vi) => "Giấy tờ",
            (Self::Papers, Lang::En) => "Papers",
            (Self::Delivery, Lang::Vi) => "Nhận kết quả",
            (Self::Delivery, Lang::En) => "Result",
            (Self::Check, Lang::Vi) => "Kiểm tra và nộp",
            (Self::Check, Lang::En) => "Check and send",
        }
    }
    /// On which page a field stands.
    pub fn of_field(field: &str) -> Self {
        match field.split('.').next().unwrap_or_default() {
            "applicant" | "owner" | "proxy" => Self::Applicant,
            "to_khai" => Self::Form,
            "components" | "files" => Self::Papers,
            "result_by" => Self::Delivery,
            _ => Self::Case,
        }
    }
}

/// A draft with everything that its pages need.
pub struct Draft {
    pub id: i64,
    pub governing: Arc<Governing>,
    version: Id<ProcedureVersion>,
    values: BTreeMap<String, String>,
    pub files: Vec<(String, FileRow)>,
}

/// A draft, or the dossier that it became.
pub enum Found {
    Open(Box<Draft>),
    Sent(Id<Dossier>),
}

impl Draft {
    /// The citizen's own draft; that of another is not there.
    pub async fn load(app: &App, me: &Citizen, id: &str) -> Result<Found, AppError> {
        let id: i64 = id.parse().map_err(|_| AppError::NotFound)?;
        let contact = me.key.clone();
        let read = move |q: &mut platform::db::Reader| {
            let Some(row) = store::draft_of(q, &contact, id)? else { return Err(AppError::NotFound) };
            Ok((row, store::draft_files(q, id)?))
        };
        let (row, files) = app.db.read(read).await?;
        if let Some(dossier) = row.dossier {
            return Ok(Found::Sent(dossier));
        }
        let (version, governing) = intake_fields::governing(app, &row.procedure).await?;
        let values = serde_json::from_str(&row.body).map_err(AppError::internal)?;
        Ok(Found::Open(Box::new(Self { id, governing, version, values, files })))
    }

    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }
    /// What was typed, for showing it again.
    pub fn form(&self) -> Form {
        Form::from_pairs(self.values.clone())
    }
    /// The address of a page.
    pub fn href(&self, step: Step) -> String {
        format!("/ban-nhap/{}/{}", self.id, step.slug())
    }
    /// The pages that this procedure needs: where there is nothing to choose nobody is asked.
    pub fn steps(&self, app: &App) -> Vec<Step> {
        let asks = self.governing.procedure.variants.len() > 1
            || matches!(offer::agencies(app, &self.governing), Agencies::Choice(_));
        let fills = self.published(app).is_some();
        let wanted = |s: &Step| match s {
            Step::Case => asks,
            Step::Form => fills,
            _ => true,
        };
        Step::ALL.into_iter().filter(wanted).collect()
    }
    pub fn next(&self, app: &App, after: Step) -> Step {
        let steps = self.steps(app);
        let at = steps.iter().position(|s| *s == after);
        at.and_then(|i| steps.get(i + 1)).copied().unwrap_or(Step::Check)
    }
    /// The case that was chosen, or the only one.
    pub fn variant(&self) -> &str {
        let variants = &self.governing.procedure.variants;
        match (self.value("variant"), variants.as_slice()) {
            ("", [only]) => &only.id,
            (chosen, _) => chosen,
        }
    }
    /// The papers of the case.
    pub fn papers(&self) -> Vec<&Component> {
        let variant = self.governing.procedure.variant(self.variant());
        variant.map(|v| v.components.iter().filter(|c| c.is_paper()).collect()).unwrap_or_default()
    }
    /// The files that lie here for a paper.
    pub fn files_for(&self, paper: &str) -> Vec<&FileRow> {
        self.files.iter().filter(|(place, _)| place == paper).map(|(_, f)| f).collect()
    }
    /// The e-form of the procedure, where there is one.
    pub fn published(&self, app: &App) -> Option<Arc<Published>> {
        app.reference().forms.of(self.governing.procedure.code.as_str()).cloned()
    }
    /// What was typed into the e-form, by its paths.
    pub fn typed(&self, form: &domain::forms::Form) -> Typed {
        forms::typed_of(self.values.iter().map(|(n, v)| (n.as_str(), v.as_str())), form)
    }
    /// The answers to the e-form, and what is wrong with them.
    pub fn judged(&self, app: &App, published: &Published) -> (Value, Vec<FieldError>) {
        self.judged_as(app, published, &self.typed(&published.form))
    }
    /// The same of what stands on the page and is not kept yet.
    pub fn judged_as(&self, app: &App, published: &Published, typed: &Typed) -> (Value, Vec<FieldError>) {
        let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (place, file) in &self.files {
            if let Some(path) = place.strip_prefix(forms::PREFIX) {
                files.entry(path.to_owned()).or_default().push(file.sha256.clone());
            }
        }
        let (answers, wrong) = forms::judged(&app.reference(), published, typed, &files);
        (Value::Object(answers), wrong)
    }
    /// Whether the e-form stands for this paper.
    pub fn is_by_form(&self, app: &App, paper: &Component) -> bool {
        self.published(app).is_some_and(|p| p.form.is_the_paper(&paper.name))
    }
    /// The printed e-form takes the place of the papers for which it stands.
    pub fn put_in_place(&mut self, app: &App, printed: &FileRow) {
        let ids: Vec<String> =
            self.papers().into_iter().filter(|c| self.is_by_form(app, c)).map(|c| c.id.clone()).collect();
        self.files.extend(ids.into_iter().map(|id| (id, printed.clone())));
    }
    /// Required papers without a file: ids and names. The same check as the counter's, before anything is sent.
    pub fn missing(&self, app: &App) -> Vec<(String, String)> {
        let here = |c: &&Component| !self.is_by_form(app, c) && !self.files.iter().any(|(place, _)| *place == c.id);
        let required = self.papers().into_iter().filter(|c| c.required);
        required.filter(here).map(|c| (c.id.clone(), c.name.clone())).collect()
    }

    /// Saves what was typed into the e-form, in place of what was there.
    pub async fn save_typed(&mut self, app: &App, me: &Citizen, typed: &Typed) -> Result<(), AppError> {
        self.values.retain(|name, _| !name.starts_with(forms::PREFIX));
        let named = typed.iter().map(|(path, text)| (format!("{}{path}", forms::PREFIX), text.clone()));
        self.values.extend(named);
        self.write(app, me).await
    }

    /// Saves what a page asked: the named fields are set, all others stay.
    pub async fn save(&mut self, app: &App, me: &Citizen, form: &Form, fields: &[&str]) -> Result<(), AppError> {
        for name in fields {
            let said = form.all(name).iter().map(|v| v.trim()).filter(|v| !v.is_empty());
            self.values.insert((*name).to_owned(), said.collect::<Vec<_>>().join(" "));
        }
        self.write(app, me).await
    }

    async fn write(&self, app: &App, me: &Citizen) -> Result<(), AppError> {
        let body = serde_json::to_string(&self.values).map_err(AppError::internal)?;
        let (contact, id, now) = (me.key.clone(), self.id, app.machine.now());
        let write =
            move |unit: &mut platform::db::Unit| Ok::<_, AppError>(store::put_draft(unit, &contact, id, &body, now)?);
        if app.db.unit(write).await? { Ok(()) } else { Err(AppError::NotFound) }
    }

    /// All of it as the intake takes it, and every field that is wrong.
    pub fn parsed(&self, app: &App) -> Result<intake_fields::Parsed, AppError> {
        let answers = self.published(app).map(|p| self.judged(app, &p).0);
        self.checked(app, answers.unwrap_or_default())
    }

    fn checked(&self, app: &App, form: Value) -> Result<intake_fields::Parsed, AppError> {
        let who = super::sender(app, None);
        let version = (self.version, Arc::clone(&self.governing));
        intake_fields::intake(&self.input(app, form), &who, &app.reference(), &app.profile, &version)
    }

    fn input(&self, app: &App, form: Value) -> IntakeInput {
        let text = |name: &str| Some(self.value(name).to_owned()).filter(|t| !t.is_empty());
        let agency = text("agency");
        let components = self.papers().into_iter().map(|c| ComponentInput {
            id: c.id.clone(),
            files: self.files_for(&c.id).into_iter().map(|f| f.sha256.clone()).collect(),
            ..ComponentInput::default()
        });
        IntakeInput {
            procedure: self.governing.procedure.code.as_str().to_owned(),
            variant: Some(self.variant().to_owned()),
            centre: self.centre(app, agency.as_deref()),
            agency,
            channel: Channel::Online.as_str().to_owned(),
            applicant: self.person("applicant"),
            proxy: self.proxy(),
            components: components.filter(|c| !c.files.is_empty()).collect(),
            result_by: text("result_by"),
            form,
            ..IntakeInput::default()
        }
    }

    /// Who hands in for somebody else, where somebody does.
    pub fn proxy(&self) -> Option<ProxyInput> {
        let authorisation = self.value("proxy.authorisation").to_owned();
        (self.value("for_other") == "yes").then(|| ProxyInput { person: self.person("proxy"), authorisation })
    }

    /// By which channels to be told.
    pub fn channels(&self) -> Vec<NoticeChannel> {
        self.value("kenh").split(' ').filter_map(NoticeChannel::from_key).collect()
    }

    pub fn person(&self, at: &str) -> PersonInput {
        let text = |field: &str| Some(self.value(&format!("{at}.{field}")).to_owned()).filter(|t| !t.is_empty());
        PersonInput {
            kind: text("kind").unwrap_or_default(),
            name: text("name").unwrap_or_default(),
            identity: text("identity"),
            phone: text("phone"),
            email: text("email"),
            address: text("address"),
        }
    }

    /// A commune's dossier goes to the commune's own one-stop unit, all others to the provincial centre.
    fn centre(&self, app: &App, agency: Option<&str>) -> Option<String> {
        let reference = app.reference();
        let competent = self.governing.competent(&reference.directory);
        let only = match &*competent {
            [only] => Some(only.as_str()),
            _ => None,
        };
        let agency = reference.agency_by_identifier(agency.or(only)?)?;
        reference.centre_for(agency.id).map(|c| c.code.clone())
    }

    /// What is still wrong or missing, by the page on which it stands.
    pub fn faults(&self, app: &App) -> Result<Vec<(Step, FieldError)>, AppError> {
        // The e-form is judged once, by what was typed.
        let mut wrong = match self.checked(app, Value::Null) {
            Ok(_) => Vec::new(),
            Err(AppError::Fields(wrong)) => wrong,
            Err(e) => return Err(e),
        };
        wrong.extend(self.published(app).map(|p| self.judged(app, &p).1).unwrap_or_default());
        for (id, name) in self.missing(app) {
            let (vi, en) = (format!("Chưa có tệp: {name}"), format!("File missing: {name}"));
            wrong.push(FieldError::new(format!("components.{id}"), "missing", vi, en));
        }
        if self.value("result_by").is_empty() {
            let (vi, en) = ("Xin chọn cách nhận kết quả.", "Choose how the result is received.");
            wrong.push(FieldError::missing("result_by", vi, en));
        }
        Ok(wrong.into_iter().map(|e| (Step::of_field(&e.field), e)).collect())
    }
}

/// What every page of the wizard shows around its question.
pub struct Frame {
    pub draft: i64,
    pub procedure: String,
    pub code: String,
    /// Address, name, `done`, `now` or `ahead`.
    pub steps: Vec<(String, &'static str, &'static str)>,
}

impl Frame {
    pub fn of(app: &App, draft: &Draft, now: Step, lang: Lang) -> Self {
        let steps = draft.steps(app);
        let at = steps.iter().position(|s| *s == now).unwrap_or(0);
        let state = |i: usize| match i.cmp(&at) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "ahead",
        };
        Self {
            draft: draft.id,
            procedure: draft.governing.procedure.name.clone(),
            code: draft.governing.procedure.code.as_str().to_owned(),
            steps: steps.iter().enumerate().map(|(i, s)| (draft.href(*s), s.name(lang), state(i))).collect(),
        }
    }
}
