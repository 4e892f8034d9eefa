//! The dossier slice: one way through for every change, and the pages and API built on it.

mod act;
pub mod answers;
pub mod api;
pub mod apology_drafts;
mod apply;
mod approvals;
mod attach;
mod bulk;
mod clock;
mod control_slip;
mod drafts;
pub mod files;
mod hotline;
mod inbox;
mod intake;
pub mod intake_fields;
mod joint;
mod law;
mod notes;
mod page;
mod passage;
mod phone;
mod phrases;
mod presence;
mod register;
mod return_desk;
mod slip;
pub mod slips;
pub mod states;
mod step;
pub mod store;
mod subject;
mod supplement;
pub mod tracking;
mod undo;
pub mod view;
pub(crate) mod why;
pub mod written;

// A screen each: GET and POST in one file, the template beside it.
mod accept {
    pub mod page;
}
mod appraise {
    pub mod page;
}
mod approve {
    pub mod page;
}
mod assign {
    pub mod page;
}
mod compare {
    pub mod page;
}
mod confirm_late {
    pub mod page;
}
mod choose {
    pub mod page;
}
mod handover {
    pub mod page;
}
mod refuse {
    pub mod page;
}
mod result {
    pub mod page;
}
mod search {
    pub mod page;
}
mod send_back {
    pub mod page;
}
mod submit {
    pub mod page;
}
mod adjust_date {
    pub mod page;
}
mod apology {
    pub mod page;
}
mod bring {
    pub mod page;
}
mod explain {
    pub mod page;
}
mod fee {
    pub mod page;
}
mod fee_back {
    pub mod page;
}
mod overdue {
    pub mod page;
}
mod payment {
    pub mod page;
}
mod resume {
    pub mod page;
}
mod stop {
    pub mod page;
}
mod suspend {
    pub mod page;
}
mod urge {
    pub mod page;
}
mod urge_answer {
    pub mod page;
}
mod withdraw {
    pub mod page;
}
mod untouched {
    pub mod mail;
    pub mod page;
}

pub use act::{Act, Told, slug};
pub use apply::{Done, Order, Target, apply, execute, people_digest};
pub use approvals::approves;
pub use attach::SIGNED;
pub use clock::{Chip, Face, Term};
pub use inbox::{
    Line, lines, midnight,
    store::{every_shape as every_work_list, people_of_all},
};
pub use intake::offer;
pub use law::{law, law_at};
pub use return_desk::reminded_by_message;
pub use slip::{__path_get_slip, get_slip, print_form};
pub use step::{Step, step, step_with_files};
pub use subject::Subject;
pub use untouched::mail::{enlist as enlist_untouched, send as send_untouched};

use crate::app::App;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// The routes of this slice.
pub fn routes() -> Router<App> {
    // Files stream in; each is limited by the configuration.
    let with_files = Router::new()
        .route("/can-bo/tiep-nhan/{procedure}", get(intake::show).post(intake::send))
        .route("/can-bo/ho-so/{key}/ket-qua", get(result::page::show).post(result::page::send))
        .route("/chup/{secret}", get(phone::show).post(phone::send))
        .route("/can-bo/ho-so/{key}/tu-choi", step_with_files::<refuse::page::Page>())
        .route("/can-bo/ho-so/{key}/dung", step_with_files::<stop::page::Page>())
        .route("/can-bo/ho-so/{key}/yeu-cau-bo-sung", step_with_files::<supplement::page::Request>())
        .route("/can-bo/ho-so/{key}/xin-loi", step_with_files::<apology::page::Page>())
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/can-bo", get(inbox::show))
        .route("/can-bo/truc-tiep", get(inbox::follow))
        .route("/can-bo/goc-nhin", post(inbox::save_view))
        .route("/can-bo/goc-nhin/bo", post(inbox::drop_view))
        .route("/can-bo/nhieu", post(bulk::send))
        .route("/can-bo/nhieu/{report}", get(bulk::show))
        .route("/can-bo/duyet", get(approvals::show).post(approvals::confirm))
        .route("/can-bo/phieu-xin-loi", get(apology_drafts::show))
        .route("/can-bo/chua-xu-ly", get(untouched::page::show))
        .route("/can-bo/tim", get(search::page::show).post(search::page::send))
        .route("/can-bo/tiep-nhan/{procedure}/nguoi", post(intake::past))
        .route("/can-bo/tiep-nhan", get(choose::page::show))
        .route("/kiem-tra-so", post(intake::check_number))
        .route("/can-bo/tra-ket-qua/lien-he", post(return_desk::contact))
        .route("/can-bo/tra-ket-qua/gui", post(return_desk::post))
        .route("/can-bo/tra-ket-qua/bang-ke", get(return_desk::manifests).post(return_desk::list_parcels))
        .route("/can-bo/so-theo-doi", get(register::show))
        .route("/can-bo/so-theo-doi.pdf", get(register::pdf))
        .route("/can-bo/so-theo-doi.xlsx", get(register::table))
        .route("/can-bo/may-quet", post(phone::ask))
        .route("/can-bo/may-quet/{id}", get(phone::look))
        .route("/can-bo/tra-ket-qua", get(return_desk::page::show))
        .route("/can-bo/phieu/{file}", get(slip::show))
        .route("/can-bo/phieu-chung/{file}", get(joint::show))
        .route("/can-bo/giay-hen-chung/{key}", get(joint::ask_receipt).post(joint::make_receipt))
        .route("/can-bo/ho-so/{key}", get(page::show))
        .route("/can-bo/ghi-chu", get(notes::mine))
        .route("/can-bo/ho-so/{key}/ghi-chu", post(notes::send))
        .route("/can-bo/ho-so/{key}/hoan-tac", post(undo::send))
        .route("/can-bo/ho-so/{key}/so-sanh", get(compare::page::show))
        .route("/can-bo/ho-so/{key}/co-mat", get(presence::look))
        .route("/can-bo/ho-so/{key}/xem", get(page::peek))
        .route("/can-bo/ho-so/{key}/phieu-kiem-soat.pdf", get(control_slip::download))
        .route("/can-bo/ho-so/{key}/tiep-nhan", step::<accept::page::Page>())
        .route("/can-bo/ho-so/{key}/huong-dan", step::<supplement::page::Guidance>())
        .route("/can-bo/ho-so/{key}/nhan-bo-sung", step::<bring::page::Page>())
        .route("/can-bo/ho-so/{key}/thong-bao-phi", step::<fee::page::Page>())
        .route("/can-bo/ho-so/{key}/nop-phi", step::<payment::page::Page>())
        .route("/can-bo/ho-so/{key}/tam-dung", step::<suspend::page::Page>())
        .route("/can-bo/ho-so/{key}/tiep-tuc", step::<resume::page::Page>())
        .route("/can-bo/ho-so/{key}/giai-trinh", step::<explain::page::Page>())
        .route("/can-bo/ho-so/{key}/dieu-chinh-ngay-hen", step::<adjust_date::page::Page>())
        .route("/can-bo/ho-so/{key}/nguyen-nhan", step::<overdue::page::Page>())
        .route("/can-bo/ho-so/{key}/rut-phi", step::<fee_back::page::Page>())
        .route("/can-bo/ho-so/{key}/don-doc", step::<urge::page::Page>())
        .route("/can-bo/ho-so/{key}/tra-loi-don-doc", step::<urge_answer::page::Page>())
        .route("/can-bo/ho-so/{key}/rut", step::<withdraw::page::Page>())
        .route("/can-bo/ho-so/{key}/xac-nhan-muon", step::<confirm_late::page::Page>())
        .route("/can-bo/ho-so/{key}/phan-cong", step::<assign::page::Page>())
        .route("/can-bo/ho-so/{key}/tham-dinh", get(appraise::page::show).post(appraise::page::send))
        .route("/can-bo/ho-so/{key}/trinh", step::<submit::page::Page>())
        .route("/can-bo/ho-so/{key}/phe-duyet", step::<approve::page::Page>())
        .route("/can-bo/ho-so/{key}/tra-lai", step::<send_back::page::Page>())
        .route("/can-bo/ho-so/{key}/tra-ket-qua", step::<handover::page::Page>())
        .route("/api/v1/slips/{file}", get(slip::get_slip))
        .merge(with_files)
        .merge(files::routes())
        .merge(api::routes())
        .merge(tracking::routes())
        .merge(hotline::routes())
        .merge(why::routes())
}
