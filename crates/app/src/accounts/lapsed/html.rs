//! The tags of our own pages, read well enough to put values into a form.

/// A tag as it stands in the page.
pub struct Tag<'a> {
    /// Where it begins and ends, `<` and `>` included.
    pub start: usize,
    pub end: usize,
    /// Lower case, as our templates write it.
    pub name: &'a str,
    pub closes: bool,
    /// As written, with entities.
    attributes: Vec<(&'a str, Option<&'a str>)>,
}

impl Tag<'_> {
    pub fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(n, _)| *n == name)
    }
    /// The value of an attribute in plain text; empty when it has none.
    pub fn value(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(n, _)| *n == name)?;
        Some(plain(value.unwrap_or_default()))
    }
    /// The tag again, with one attribute put in place of what it was: `None` takes it away, an empty text leaves it bare.
    pub fn with(&self, name: &str, value: Option<&str>) -> String {
        let kept = self.attributes.iter().filter(|(n, _)| *n != name);
        let mut out = kept.fold(format!("<{}", self.name), |out, (n, v)| match v {
            Some(v) => format!("{out} {n}=\"{}\"", v.replace('"', "&#34;")),
            None => format!("{out} {n}"),
        });
        match value {
            Some("") => out = format!("{out} {name}"),
            Some(value) => out = format!("{out} {name}=\"{}\"", escaped(value)),
            None => {}
        }
        out.push('>');
        out
    }
}

/// All tags of a page, in order.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|i| at + i) {
        if html[start..].starts_with("<!--") {
            at = html[start..].find("-->").map_or(html.len(), |i| start + i + 3);
            continue;
        }
        match tag(html, start) {
            Some(tag) => {
                at = tag.end;
                found.push(tag);
            }
            None => at = start + 1,
        }
    }
    found
}

fn tag(html: &str, start: usize) -> Option<Tag<'_>> {
    let closes = html[start + 1..].starts_with('/');
    let from = start + 1 + usize::from(closes);
    let end_of_name = html[from..].find(|c: char| !c.is_ascii_alphanumeric()).map(|i| from + i)?;
    if !html[from..end_of_name].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    let mut at = end_of_name;
    loop {
        at += html[at..].find(|c: char| !c.is_ascii_whitespace() && c != '/')?;
        if html[at..].starts_with('>') {
            return Some(Tag { start, end: at + 1, name: &html[from..end_of_name], closes, attributes });
        }
        let end = at + html[at..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let name = &html[at..end];
        if end == at {
            return None;
        }
        at = end;
        let Some(rest) = html[at..].strip_prefix('=') else {
            attributes.push((name, None));
            continue;
        };
        let quote = rest.chars().next()?;
        let (open, close) = if matches!(quote, '"' | '\'') {
            (at + 2, at + 2 + html[at + 2..].find(quote)?)
        } else {
            (at + 1, at + 1 + rest.find(|c: char| c.is_ascii_whitespace() || c == '>')?)
        };
        attributes.push((name, Some(&html[open..close])));
        at = close + usize::from(open == at + 2);
    }
}

/// Text as it may stand in a page.
pub fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&#38;"),
            '<' => out.push_str("&#60;"),
            '>' => out.push_str("&#62;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
        out
    })
}

/// The text behind what our templates write.
pub fn plain(text: &str) -> String {
    let named = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let numbered = named.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'");
    numbered.replace("&#38;", "&").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_with_its_attributes_and_written_again_with_another_value() {
        let page =
            "<!doctype html><!-- <input> --><p>1 < 2<input type=\"text\" name='a' value=\"x &#38; y\" disabled><br/>";
        let found = tags(page);
        let names: Vec<_> = found.iter().map(|t| t.name).collect();
        assert_eq!(names, ["p", "input", "br"]);
        let input = &found[1];
        assert_eq!(input.value("value").as_deref(), Some("x & y"));
        assert!(input.has("disabled"));
        assert_eq!(
            input.with("value", Some("\"><script>")),
            "<input type=\"text\" name=\"a\" disabled value=\"&#34;&#62;&#60;script&#62;\">"
        );
        assert_eq!(input.with("disabled", None), "<input type=\"text\" name=\"a\" value=\"x &#38; y\">");
        assert_eq!(&page[input.start..input.end], "<input type=\"text\" name='a' value=\"x &#38; y\" disabled>");
    }

    #[test]
    fn a_page_that_is_broken_off_ends_the_reading() {
        for page in ["<", "<input", "<input name=\"a", "<a b=c", "</", "<1>"] {
            assert!(tags(page).is_empty(), "{page}");
        }
    }
}
