//! A procedure as the catalogue publishes it, for the dossiers of these tests.
use crate::{
    catalogue::{
        Channel, Component, Field, Flags, OnlineLevel, ProcedureVersion, Publication, PublicationKind, SubmissionWay,
        Variant,
    },
    deadline::TimeLimit,
};

pub fn paper(id: &str, required: bool) -> Component {
    Component {
        id: id.into(),
        name: format!("Giấy {id}"),
        section: String::new(),
        originals: 1,
        copies: 0,
        required,
        form: None,
        form_file: None,
        e_form: false,
    }
}

pub fn case(id: &str, components: Vec<Component>) -> Variant {
    Variant { id: id.into(), name: id.into(), limit: None, components, answers: Vec::new() }
}

/// Two papers that must come, one that may, and a remark that is no paper at all.
pub fn procedure(limit: TimeLimit) -> ProcedureVersion {
    let remark = Component { originals: 0, ..paper("luu-y", true) };
    let components = vec![paper("don", true), paper("ban-ve", true), paper("uy-quyen", false), remark];
    ProcedureVersion {
        code: "1.009994".parse().unwrap(),
        name: "Cấp giấy phép xây dựng mới".into(),
        field: Field { code: String::new(), name: "Hoạt động xây dựng".into() },
        levels: vec![],
        executing: vec![],
        participating: vec![],
        applicants: vec![],
        steps: vec![],
        ways: Channel::ALL.map(|channel| way(channel, limit)).to_vec(),
        variants: vec![case("", components)],
        sets: 1,
        conditions: String::new(),
        legal_bases: vec![],
        results: vec![],
        online_level: OnlineLevel::Full,
        flags: Flags::default(),
        publication: Publication {
            number: "700/QĐ-BXD".into(),
            issuer: "Bộ Xây dựng".into(),
            date: None,
            kind: PublicationKind::New,
            effective_from: None,
            replaced_by: None,
        },
    }
}

fn way(channel: Channel, limit: TimeLimit) -> SubmissionWay {
    SubmissionWay { channel, limit, variant: None, note: String::new(), fees: vec![] }
}
