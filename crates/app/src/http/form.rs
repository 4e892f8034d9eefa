use crate::{
    error::{AppError, FieldError},
    messages::Lang,
};
use axum::{
    extract::{FromRequest, Request},
    http::header,
};
use std::collections::BTreeMap;

/// What was typed into a form, every field kept as it was, and what is wrong beside which field.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
}

impl Form {
    /// From pairs as a browser sends them.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            form.values.entry(name).or_default().push(value);
        }
        form
    }
    /// The value of a field, empty when it was not sent.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).and_then(|v| v.last()).map_or("", String::as_str)
    }
    /// The trimmed value, absent when empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        Some(self.value(name).trim()).filter(|t| !t.is_empty())
    }
    /// Every value of a field that may be sent several times.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }
    /// Every name with its last value.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().filter_map(|(name, all)| Some((name.as_str(), all.last()?.as_str())))
    }
    /// Whether a field has this value: for `checked` and `selected`.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|v| v == value)
    }
    /// Sets a value: a default before the form is first shown.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), vec![value.into()]);
        self
    }
    /// With the values of `base` where nothing was sent: a page of several forms is shown again whole.
    #[must_use]
    pub fn over(mut self, base: Self) -> Self {
        for (name, values) in base.values {
            self.values.entry(name).or_insert(values);
        }
        self
    }
    /// A required field; an empty one is noted as wrong and gives an empty text.
    pub fn required(&mut self, name: &str, vi: &str, en: &str) -> String {
        if let Some(text) = self.text(name) {
            return text.to_owned();
        }
        self.errors.push(FieldError::missing(name, vi, en));
        String::new()
    }
    /// Notes a text of more than `most` letters as wrong. It is never cut: what somebody wrote is kept and answered, or given back.
    pub fn at_most(&mut self, name: &str, most: usize) {
        let letters = self.value(name).trim().chars().count();
        if letters > most {
            self.errors.push(FieldError::too_long(name, letters, most));
        }
    }
    /// Parses a field, noting what is wrong beside it.
    pub fn parse<T, E>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Result<T, E>,
        say: impl Fn(E) -> (String, String),
    ) -> Option<T> {
        let text = self.text(name)?.to_owned();
        match read(&text) {
            Ok(value) => Some(value),
            Err(e) => {
                let (vi, en) = say(e);
                self.errors.push(FieldError::new(name, "invalid", vi, en));
                None
            }
        }
    }
    /// Notes that a field is wrong.
    pub fn wrong(&mut self, error: FieldError) {
        self.errors.push(error);
    }
    pub fn is_good(&self) -> bool {
        self.errors.is_empty()
    }
    /// Everything that is wrong, in order, for the summary above the form.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }
    /// The message beside a field.
    pub fn error(&self, name: &str, lang: impl std::borrow::Borrow<Lang>) -> Option<&str> {
        let e = self.errors.iter().find(|e| e.field == name)?;
        Some(if *lang.borrow() == Lang::En { &e.en } else { &e.vi })
    }
    /// Takes over what the domain or the data base found wrong, so that the form is shown again with every field kept.
    /// An error that belongs to no field is given back.
    pub fn absorb(&mut self, error: AppError) -> Result<(), AppError> {
        match error {
            AppError::Fields(errors) => {
                self.errors.extend(errors);
                Ok(())
            }
            AppError::Refused(r, article) if !r.is_forbidden() => {
                let field = r.field().unwrap_or("form");
                let (vi, en) = match article {
                    Some(article) => {
                        (format!("{} Căn cứ: {article}.", r.vi()), format!("{} Basis: {article}.", r.en()))
                    }
                    None => (r.vi(), r.en()),
                };
                self.errors.push(FieldError::new(field, r.code(), vi, en));
                Ok(())
            }
            other => Err(other),
        }
    }
}

/// Reads `application/x-www-form-urlencoded`; a body that is no form is an empty one. Multipart forms are read by the
/// page that expects files.
pub struct Typed(pub Form);

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = axum::response::Response;
    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        use axum::response::IntoResponse;
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Ok(Self(Form::default()));
        }
        let axum::extract::RawForm(bytes) =
            axum::extract::RawForm::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes).unwrap_or_default();
        Ok(Self(Form::from_pairs(pairs)))
    }
}
