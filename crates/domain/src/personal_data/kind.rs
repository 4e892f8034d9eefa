//! What is asked, by which way it came, and how it ended.

use crate::keyed::keyed;

/// A request about personal data: the type of its identifiers.
#[derive(Clone, Copy, Debug)]
pub struct DataRequest;

keyed! {
    /// What is asked.
    Kind {
        Correction "correction" "Sửa thông tin chưa đúng" "Correct what is wrong" "That something is corrected.";
        Copy "copy" "Cung cấp bản sao dữ liệu" "Give a copy of the data" "That a copy of what is held is given.";
        Erasure "erasure" "Thôi đồng ý, xóa dữ liệu không còn cần giữ" "Take back my agreement, erase what need not be kept" "That the agreement ends, and with it what no rule keeps.";
    }
}

keyed! {
    /// How it came.
    Way {
        Online "online" "Trực tuyến" "Online" "By the citizen's own page, with a proved identity number.";
        Counter "counter" "Tại quầy" "At the counter" "At a counter, where an officer saw the identity card.";
    }
}

keyed! {
    /// How it ended.
    Outcome {
        Done "done" "Đã thực hiện" "Done" "What was asked was done.";
        Partly "partly" "Thực hiện một phần" "Done in part" "A part was done; the answer says why not all.";
        Declined "declined" "Không thực hiện được" "Declined" "It cannot be done; the answer says why, and what else is open.";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_leads_back_to_what_it_names() {
        assert!(Kind::ALL.iter().all(|k| Kind::from_key(k.key()) == Some(*k)));
        assert!(Way::ALL.iter().all(|w| Way::from_key(w.key()) == Some(*w)));
        assert!(Outcome::ALL.iter().all(|o| Outcome::from_key(o.key()) == Some(*o)));
        assert_eq!(Kind::from_key("x"), None);
    }
}
