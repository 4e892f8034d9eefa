//! Every slip is printed, then read back by other people's programs: `pdftotext`, `pdfinfo`, `pdftoppm`, `zbarimg`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod forms;
mod hostile;
mod letters;
mod lists;
mod long;
mod paper;
mod reader;

use documents::{Form, FormKind, Receipt};

const KINDS: [FormKind; 18] = FormKind::ALL;

fn sample(kind: FormKind) -> Form {
    Form::sample(kind).unwrap()
}

fn sample_receipt() -> Receipt {
    match sample(FormKind::Receipt) {
        Form::Receipt(receipt) => *receipt,
        other => panic!("not a receipt: {other:?}"),
    }
}
