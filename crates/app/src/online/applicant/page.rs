//! `/ban-nhap/{id}/nguoi-nop`: who asks, and who hands in for somebody else (INT-10).

use crate::{
    app::App,
    http::{Form, Shell},
    online::{
        Citizen,
        draft::{Draft, Frame, Step},
        question::Question,
    },
};
use askama::Template;

#[derive(Template)]
#[template(path = "online/applicant/page.html")]
pub struct Page {
    shell: Shell,
    frame: Frame,
    form: Form,
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
        Self { shell, frame: Frame::of(app, draft, Step::Applicant, lang), form }
    }
}
