//! `/ban-nhap/{id}/truong-hop`: which case, and which agency where the procedure leaves a choice.

use crate::{
    app::App,
    catalogue::Governing,
    dossier::offer::{self, Agencies},
    http::{Form, Shell},
    online::{
        Citizen,
        draft::{Draft, Frame, Step},
        question::Question,
    },
};
use askama::Template;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "online/case/page.html")]
pub struct Page {
    shell: Shell,
    frame: Frame,
    form: Form,
    governing: Arc<Governing>,
    agencies: Agencies,
}

impl Question for Page {
    const STEP: Step = Step::Case;
    const FIELDS: &'static [&'static str] = &["variant", "agency"];

    fn page(app: &App, me: &Citizen, draft: &Draft, form: Form) -> Self {
        let lang = me.reader.lang;
        let several = draft.governing.procedure.variants.len() > 1;
        let title =
            if several { lang.t("Trường hợp của ông/bà") } else { lang.t("Nơi giải quyết hồ sơ") };
        Self {
            shell: Shell::public(app, &me.reader, title),
            frame: Frame::of(app, draft, Step::Case, lang),
            form,
            agencies: offer::agencies(app, &draft.governing),
            governing: Arc::clone(&draft.governing),
        }
    }
}
