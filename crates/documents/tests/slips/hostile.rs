//! Whatever people type is text.

use crate::reader::Printed;
use crate::{KINDS, sample};
use documents::{Form, Paper};
use serde_json::Value;

/// Each of these would stop, run or vanish if it were read as Typst markup.
const MARKUP: &str =
    r#"#panic("x") $x^2$ *b* _i_ @ref <l> `r` ] [ } { \ \u{41} "q" 'q' // c /* d */ = h #sys.version ~ -- ..."#;

/// Puts `text` after every text that people type; dates, codes and tags stay as they are.
fn spoil(value: &mut Value, text: &str) {
    const OURS: [&str; 35] = [
        "form",
        "form_set",
        "day",
        "barcode",
        "qr_url",
        "unit",
        "amount",
        "received_at",
        "due_at",
        "submitted_at",
        "at",
        "outcome",
        "returned_at",
        "by",
        "dossier_code",
        "time_limit",
        "approved_at",
        "until",
        "new_due_at",
        "old_due_at",
        "stopped_at",
        "first_day",
        "last_day",
        "passed_at",
        "handed_at",
        "made_at",
        "began_at",
        "ended_at",
        "answer_by",
        "stage",
        "travel",
        "load",
        "layout",
        "place",
        "checked_by",
    ];
    match value {
        Value::String(typed) => *typed = format!("{typed} {text}"),
        Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, text)),
        Value::Object(fields) => {
            for (key, field) in fields {
                if !OURS.contains(&key.as_str()) {
                    spoil(field, text);
                }
            }
        }
        _ => {}
    }
}

fn spoilt(form: &Form, text: &str) -> Form {
    let mut json = serde_json::to_value(form).unwrap();
    spoil(&mut json, text);
    serde_json::from_value(json).unwrap()
}

#[test]
fn markup_in_any_field_is_printed_as_it_was_typed() {
    for kind in KINDS {
        let form = spoilt(&sample(kind), MARKUP);
        let text = Printed::of(&form, Paper::A4).text();
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        assert!(squeezed(&text).contains(&squeezed(MARKUP)), "{kind:?}: {text}");
    }
}

#[test]
fn a_letterhead_of_markup_is_printed_too() {
    let mut json = serde_json::to_value(sample(KINDS[0])).unwrap();
    json["letterhead"]["unit"] = Value::from("#eval(\"1\") ] *");
    let form: Form = serde_json::from_value(json).unwrap();
    assert!(Printed::of(&form, Paper::A5).text().contains("#EVAL(\"1\") ] *"));
}

#[test]
fn characters_without_a_glyph_or_with_tricks_do_not_stop_the_printer() {
    for kind in KINDS {
        let form =
            spoilt(&sample(kind), "😀 漢字 \u{202e}gpj.exe\u{0} \u{7f} \u{e000} e\u{302}\u{301} \u{fffd} \n dòng");
        let text = Printed::of(&form, Paper::A5).text();
        assert!(text.contains("□ □□ gpj.exe"), "{kind:?}: {text}");
        assert!(text.contains("ế"), "{kind:?}: marks are composed");
    }
}

#[test]
fn empty_texts_and_empty_lists_print() {
    for kind in KINDS {
        let mut json = serde_json::to_value(sample(kind)).unwrap();
        for key in [
            "components",
            "fees",
            "steps",
            "participants",
            "reasons",
            "results",
            "items",
            "recipients",
            "rows",
            "legs",
            "enclosed",
            "findings",
            "asked",
            "content",
            "lines",
        ] {
            // Some slips have a list where others have a sentence.
            if json.get(key).is_some_and(Value::is_array) {
                json[key] = Value::Array(Vec::new());
            }
        }
        for key in ["centre", "owner", "request", "officer", "delivery", "agency", "reason", "content", "place", "lead"]
        {
            if json.get(key).is_some_and(Value::is_string) {
                json[key] = Value::from("");
            }
        }
        let form: Form = serde_json::from_value(json).unwrap();
        assert!(Printed::of(&form, Paper::A4).text().contains("VIỆT NAM"), "{kind:?}");
    }
}
