//! The addresses under which people come: one for all, or another one for staff (ADM-04).

/// What types alone cannot rule out about the two.
pub(super) fn check(public_url: Option<&str>, staff_url: Option<&str>) -> Result<(), String> {
    let public = public_url.map(|url| parts("public_url", url)).transpose()?;
    let Some(staff) = staff_url.map(|url| parts("public.staff_url", url)).transpose()? else {
        return Ok(());
    };
    let Some(public) = public else {
        return Err("public.staff_url needs public_url beside it: what citizens read answers there".into());
    };
    // One setting says whether cookies are secure, and the other address is never the open door.
    if public.scheme != staff.scheme {
        return Err("public.staff_url and public_url must both begin with https:// (or both with http://)".into());
    }
    // A browser gives its cookies to every port of a host.
    if name(public.host).eq_ignore_ascii_case(name(staff.host)) {
        return Err(format!("public.staff_url must name another host than public_url, not {:?} too", name(staff.host)));
    }
    Ok(())
}

struct Parts<'a> {
    scheme: &'a str,
    host: &'a str,
}

fn parts<'a>(key: &str, url: &'a str) -> Result<Parts<'a>, String> {
    let (scheme, host) = url.split_once("://").unwrap_or_default();
    if !matches!(scheme, "https" | "http") || host.is_empty() || host.contains(['/', ' ', '?', '#', '@']) {
        return Err(format!("{key} must look like https://dichvucong.example.vn, not {url:?}"));
    }
    Ok(Parts { scheme, host })
}

/// A host without its port.
fn name(host: &str) -> &str {
    let port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    port.map_or(host, |(name, _)| name)
}

/// The host under which staff work (ADM-04).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffHost {
    origin: String,
    host: String,
    /// What a browser leaves out after a host of this scheme.
    implied_port: &'static str,
}

impl StaffHost {
    /// Absent where one host serves all.
    pub fn of(config: &super::Config) -> Option<Self> {
        let (scheme, host) = config.public.staff_url.as_deref()?.split_once("://")?;
        let implied_port = if scheme == "https" { ":443" } else { ":80" };
        let host = as_sent(host, implied_port);
        Some(Self { origin: format!("{scheme}://{host}"), host, implied_port })
    }

    /// `https://noi-bo.example.vn`, as a browser says where a form came from.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether a request that came under this name, with its port, came to the staff's host.
    pub fn is_named(&self, host: &str) -> bool {
        as_sent(host, self.implied_port) == self.host
    }
}

/// In small letters, without the port that goes without saying.
fn as_sent(host: &str, implied_port: &str) -> String {
    host.strip_suffix(implied_port).unwrap_or(host).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_with_a_path_or_another_scheme_is_refused() {
        assert!(check(None, None).is_ok());
        for right in ["https://mc.example.vn", "http://127.0.0.1:8080"] {
            assert!(check(Some(right), None).is_ok(), "{right}");
        }
        for wrong in ["mc.example.vn", "https://mc.example.vn/", "ftp://x", "https://", "https://a@b.vn"] {
            assert!(check(Some(wrong), None).unwrap_err().starts_with("public_url "), "{wrong}");
        }
    }

    #[test]
    fn adm_04_the_host_of_staff_is_another_one_under_the_same_scheme() {
        let with = |staff: &str| check(Some("https://mc.example.vn"), Some(staff));
        assert!(with("https://noi-bo.example.vn").is_ok());
        for wrong in [
            "https://mc.example.vn",
            "https://MC.example.vn:8443",
            "http://noi-bo.example.vn",
            "noi-bo.example.vn",
            "https://noi-bo.example.vn/can-bo",
        ] {
            assert!(with(wrong).unwrap_err().contains("public.staff_url"), "{wrong}");
        }
        assert!(check(None, Some("https://noi-bo.example.vn")).unwrap_err().contains("needs public_url"));
    }

    #[test]
    fn adm_04_a_host_is_compared_as_browsers_send_it() {
        let of = |url: &str| {
            let mut config = crate::config::Config::default();
            config.public.staff_url = Some(url.into());
            StaffHost::of(&config).unwrap()
        };
        let secure = of("https://Noi-Bo.example.vn:443");
        assert_eq!(secure.origin(), "https://noi-bo.example.vn");
        for (host, is_theirs) in [
            ("noi-bo.example.vn", true),
            ("NOI-BO.example.vn:443", true),
            ("noi-bo.example.vn:80", false),
            ("noi-bo.example.vn:8443", false),
            ("noi-bo.example.vn.evil.vn", false),
            ("", false),
        ] {
            assert_eq!(secure.is_named(host), is_theirs, "{host}");
        }
        let plain = of("http://127.0.0.1:8080");
        assert_eq!(plain.origin(), "http://127.0.0.1:8080");
        assert!(plain.is_named("127.0.0.1:8080") && !plain.is_named("127.0.0.1"));
        assert_eq!(StaffHost::of(&crate::config::Config::default()), None);
    }
}
