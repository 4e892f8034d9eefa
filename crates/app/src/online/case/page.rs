//! `/ban-nhap/{id}/truong-hop`: which case, and which agency where the procedure leaves a choice.

use crate::{
    app::App,
    catalogue::{Governing, questions},
    dossier::offer::{self, Agencies},
    http::{Form, Shell},
    online::{
        Citizen,
        draft::{Draft, Frame, Step},
        question::Question,
    },
};
use askama::Template;
use domain::catalogue::Variant;
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
    const FIELDS: &'static [&'static str] =
        &["variant", "agency", "hoi.0", "hoi.1", "hoi.2", "hoi.3", "hoi.4", "hoi.5"];

    /// The case to which the answers lead; where they leave several, the citizen chooses among them.
    fn settled(draft: &Draft, form: Form) -> Form {
        match questions::led_to(&draft.governing.procedure, &form, |_| String::new()) {
            Some(case) => form.with("variant", case),
            None => form,
        }
    }

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

impl Page {
    fn questions(&self) -> Vec<questions::Asked> {
        questions::asked(&self.governing.procedure, &self.form)
    }
    /// The cases that are left.
    fn cases(&self) -> Vec<&Variant> {
        questions::left(&self.governing.procedure, &self.form)
    }
}
