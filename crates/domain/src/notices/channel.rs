//! The ways in which a citizen hears.

use crate::profile::NoticeChannel;

/// A way that the system serves by itself; telephone calls and letters are made by people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// The dossier's own page. It costs nothing and is always there.
    Page,
    /// E-mail.
    Email,
    /// A short message, paid for by the piece (DN 9.2l).
    Sms,
    /// Zalo, the permitted social network (VL 4.3e).
    Zalo,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 4] = [Self::Page, Self::Email, Self::Sms, Self::Zalo];
    /// The key in the data base and in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Zalo => "zalo",
        }
    }
    /// Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Page => ("Trang tra cứu hồ sơ", "Tracking page"),
            Self::Email => ("Thư điện tử", "E-mail"),
            Self::Sms => ("Tin nhắn SMS", "SMS"),
            Self::Zalo => ("Zalo", "Zalo"),
        }
    }
    /// Reads a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.key() == key)
    }
    /// Whether room is short, so that the short wording is used.
    pub const fn is_short(self) -> bool {
        matches!(self, Self::Sms | Self::Zalo)
    }
}

/// The channels that a province has opened, first choice first; the page always (INT-15: the applicant may choose among them).
pub fn in_order(opened: &[NoticeChannel]) -> Vec<Channel> {
    let of = |channel: &NoticeChannel| match channel {
        NoticeChannel::Email => Some(Channel::Email),
        NoticeChannel::Sms => Some(Channel::Sms),
        NoticeChannel::SocialNetwork => Some(Channel::Zalo),
        NoticeChannel::NationalPortal | NoticeChannel::Phone | NoticeChannel::Post | NoticeChannel::Online => None,
    };
    std::iter::once(Channel::Page).chain(opened.iter().filter_map(of)).collect()
}
