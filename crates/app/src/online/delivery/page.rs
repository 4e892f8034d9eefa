//! `/ban-nhap/{id}/nhan-ket-qua`: how the result is wanted, and how to be told (INT-15).

use crate::{
    app::App,
    dossier::offer,
    http::{Form, Shell},
    notices,
    online::{
        Citizen,
        draft::{Draft, Frame, Step},
        question::Question,
    },
};
use askama::Template;
use domain::{
    dossier::ResultBy,
    notices::{Channel, in_order},
};

#[derive(Template)]
#[template(path = "online/delivery/page.html")]
pub struct Page {
    shell: Shell,
    frame: Frame,
    form: Form,
    ways: Vec<ResultBy>,
    /// Channel and whether it is chosen.
    channels: Vec<(Channel, bool)>,
}

impl Question for Page {
    const STEP: Step = Step::Delivery;
    const FIELDS: &'static [&'static str] = &["result_by", "kenh"];

    fn page(app: &App, me: &Citizen, draft: &Draft, form: Form) -> Self {
        let lang = me.reader.lang;
        let open = in_order(&app.profile.contact.notices).into_iter();
        let open = open.filter(|c| *c != Channel::Page && notices::is_open(app, *c));
        let chosen = draft.channels();
        Self {
            shell: Shell::public(app, &me.reader, lang.t("Nhận kết quả và tin báo")),
            frame: Frame::of(app, draft, Step::Delivery, lang),
            ways: offer::ways(app),
            channels: open.map(|c| (c, chosen.contains(&c))).collect(),
            form,
        }
    }
}
