use super::store::{self, Phrase};
use crate::{
    accounts::{SignedIn, audit},
    app::App,
    dossier::act::Act,
    error::{AppError, FieldError},
    http::Form,
};

/// Letters of a wording's name, and of a wording.
const LONGEST_NAME: usize = 80;
const LONGEST: usize = 8000;

/// The wordings that the officer's agency has for the dossier's procedure.
pub async fn known(app: &App, me: &SignedIn, act: &Act) -> Result<Vec<Phrase>, AppError> {
    let (agency, procedure) = (me.who.agency, act.subject.state.intake.procedure_code.clone());
    app.db.read(move |q| Ok(store::of_agency(q, agency, &procedure)?)).await
}

/// The text with the chosen wording behind it; a wording of another agency is passed over.
pub fn insert(form: Form, phrases: &[Phrase]) -> Form {
    let Some(phrase) = phrases.iter().find(|p| form.is("phrase", &p.id.to_string())) else { return form };
    let text = match form.text("text") {
        Some(text) if text.contains(phrase.body.trim()) => text.to_owned(),
        Some(text) => format!("{text}\n{}", phrase.body),
        None => phrase.body.clone(),
    };
    form.with("text", text)
}

/// Keeps the text as a wording of the agency under the name in `phrase_name`; what is missing is said beside its field.
pub async fn keep(app: &App, me: &SignedIn, act: &mut Act) -> Result<(), AppError> {
    act.subject.permit(me, act.what)?;
    let (vi, en) = ("Xin đặt tên cho mẫu ý kiến.", "Give the wording a name.");
    let name = act.form.required("phrase_name", vi, en);
    let (vi, en) = ("Xin ghi ý kiến thẩm định.", "Write the opinion.");
    let body = act.form.required("text", vi, en);
    act.form.at_most("phrase_name", LONGEST_NAME);
    act.form.at_most("text", LONGEST);
    if !act.form.is_good() {
        return Ok(());
    }
    let procedure = if act.form.is("phrase_for", "all") { "" } else { &act.subject.state.intake.procedure_code };
    let (procedure, who, app_) = (procedure.to_owned(), me.who.clone(), app.clone());
    app.db
        .unit(move |u| {
            let (name, body) = (name.clone(), body.clone());
            let phrase = Phrase { id: app_.ids.next()?, name, body, is_of_procedure: !procedure.is_empty() };
            store::keep(u, &phrase, who.agency, &procedure, who.officer)?;
            audit(u, &app_, Some(&who), "keep_opinion_phrase", &phrase.name, &procedure)
        })
        .await?;
    act.form = std::mem::take(&mut act.form).with("phrase_name", "");
    Ok(())
}

/// Removes the chosen wording from those of the agency.
pub async fn remove(app: &App, me: &SignedIn, act: &mut Act) -> Result<(), AppError> {
    act.subject.permit(me, act.what)?;
    let Some(id) = act.form.text("phrase").and_then(|id| id.parse().ok()) else {
        let (vi, en) = ("Xin chọn mẫu ý kiến.", "Choose a wording.");
        act.form.wrong(FieldError::missing("phrase", vi, en));
        return Ok(());
    };
    let (who, app_) = (me.who.clone(), app.clone());
    app.db
        .unit(move |u| match store::remove(u, id, who.agency)? {
            Some(name) => audit(u, &app_, Some(&who), "remove_opinion_phrase", &name, ""),
            None => Ok(()),
        })
        .await
}
