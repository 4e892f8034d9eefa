//! From where a request came, for slowing guessers down.

use crate::app::App;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use platform::{
    config::{Network, ProxyHeader, Public},
    throttle::subscriber,
};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

/// The subscriber behind a request: the other end of the connection, or, when that is a trusted proxy, whom it speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl FromRequestParts<App> for Peer {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // In-process tests have no connection.
        let other_end = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let other_end = other_end.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        Ok(Self(subscriber(behind(&app.config.public, other_end, &parts.headers))))
    }
}

/// Each proxy adds on the right whom it heard, so the list is read from the right for as long as trusted proxies speak; what
/// stands further left a stranger may have written. What cannot be read ends it at the proxy that said so.
fn behind(public: &Public, other_end: IpAddr, headers: &HeaderMap) -> IpAddr {
    let trusted = |address: IpAddr| public.trusted_proxies.iter().any(|n: &Network| n.contains(address));
    let said = match public.proxy_header {
        ProxyHeader::XForwardedFor => "x-forwarded-for",
        ProxyHeader::Forwarded => "forwarded",
    };
    let lines: Vec<&str> = headers.get_all(said).iter().map(|line| line.to_str().unwrap_or("?")).collect();
    let mut hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
    let mut heard = other_end;
    while trusted(heard) {
        let hop = hops.next().and_then(|hop| match public.proxy_header {
            ProxyHeader::XForwardedFor => address_of(hop),
            ProxyHeader::Forwarded => address_of(forwarded_for(hop)?),
        });
        let Some(hop) = hop else { break };
        heard = hop;
    }
    heard
}

/// `for=…` among the pairs of one element of RFC 7239.
fn forwarded_for(element: &str) -> Option<&str> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| value.trim().trim_matches('"'))
    })
}

/// `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
fn address_of(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|s| s.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn heard(header: ProxyHeader, other_end: &str, lines: &[&'static str]) -> String {
        let public = Public {
            trusted_proxies: ["10.0.0.0/8", "2001:db8:1::/48"].iter().map(|n| n.parse().unwrap()).collect(),
            proxy_header: header,
            ..Public::default()
        };
        let name = match header {
            ProxyHeader::XForwardedFor => "x-forwarded-for",
            ProxyHeader::Forwarded => "forwarded",
        };
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(line));
        }
        behind(&public, other_end.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn sec_01_only_a_trusted_proxy_is_believed_and_only_what_it_added_itself() {
        let table: &[(&str, &[&'static str], &str)] = &[
            ("203.0.113.9", &["192.0.2.7"], "203.0.113.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["192.0.2.7"], "192.0.2.7"),
            ("10.0.0.1", &["198.51.100.1, 192.0.2.7"], "192.0.2.7"),
            ("10.0.0.1", &["192.0.2.7, 10.0.0.2"], "192.0.2.7"),
            ("10.0.0.1", &["198.51.100.1", "192.0.2.7, 10.0.0.2"], "192.0.2.7"),
            ("10.0.0.1", &["198.51.100.1", "192.0.2.7"], "192.0.2.7"),
            ("10.0.0.1", &["192.0.2.7:4711"], "192.0.2.7"),
            ("::ffff:10.0.0.1", &["2001:db8:2::9"], "2001:db8:2::9"),
            ("2001:db8:1::1", &["[2001:db8:2::9]:80"], "2001:db8:2::9"),
            ("10.0.0.1", &["192.0.2.7, unknown"], "10.0.0.1"),
            ("10.0.0.1", &["192.0.2.7, x, 10.0.0.2"], "10.0.0.2"),
        ];
        for (other_end, lines, expected) in table {
            assert_eq!(heard(ProxyHeader::XForwardedFor, other_end, lines), *expected, "{other_end} {lines:?}");
        }
    }

    #[test]
    fn sec_01_the_header_of_the_standard_is_read_the_same_way() {
        let table: &[(&str, &[&'static str], &str)] = &[
            ("10.0.0.1", &["for=192.0.2.7;proto=https;by=10.0.0.1"], "192.0.2.7"),
            ("10.0.0.1", &["for=198.51.100.1, For=\"192.0.2.7:4711\""], "192.0.2.7"),
            ("10.0.0.1", &["for=\"[2001:db8:2::9]:4711\""], "2001:db8:2::9"),
            ("10.0.0.1", &["for=_hidden"], "10.0.0.1"),
            ("10.0.0.1", &["proto=https"], "10.0.0.1"),
            ("203.0.113.9", &["for=192.0.2.7"], "203.0.113.9"),
        ];
        for (other_end, lines, expected) in table {
            assert_eq!(heard(ProxyHeader::Forwarded, other_end, lines), *expected, "{other_end} {lines:?}");
        }
    }
}
