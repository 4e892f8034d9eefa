//! `/ban-nhap/{id}/nguoi-nop`: who asks, and who hands in for somebody else (INT-10).

use crate::{
    app::App,
    http::{Form, Shell},
    online::{
        Citizen,
        draft::{Draft, Frame, Step},
        question::Question,
    },
    registers::{Which, is_there},
};
use askama::Template;

#[derive(Template)]
#[template(path = "online/applicant/page.html")]
pub struct Page {
    shell: Shell,
    frame: Frame,
    form: Form,
    /// The citizen's number is proved and the population register can be asked.
    may_ask: bool,
}

impl Question for Page {
    const STEP: Step = Step::Applicant;
    const FIELDS: &'static [&'static str] = &[
        "applicant.kind",
        "applicant.name",
        "applicant.identity",
        "applicant.phone",
        "applicant.email",
        "applicant.address",
        "for_other",
        "proxy.kind",
        "proxy.name",
        "proxy.identity",
        "proxy.phone",
        "proxy.email",
        "proxy.address",
        "proxy.authorisation",
    ];

    fn page(app: &App, me: &Citizen, draft: &Draft, form: Form) -> Self {
        let lang = me.reader.lang;
        let shell = Shell::public(app, &me.reader, lang.t("Người nộp hồ sơ"));
        let may_ask = me.acting.is_none() && me.own_number().is_some() && is_there(app, Which::Population);
        Self { shell, frame: Frame::of(app, draft, Step::Applicant, lang), form, may_ask }
    }
}
