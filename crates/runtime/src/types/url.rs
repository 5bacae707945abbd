//! URLs in a response that may carry a credential.

use std::fmt::{self, Debug, Display, Formatter};
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize};

use crate::covered::covered;
use crate::field::{Field, Shape, text};

/// A URL in a response that may carry a credential, `format: uri` in the
/// contract: user info of a proxy, the signature of a presigned link.
///
/// `Debug` and `Display` leave out user info, query and fragment, and the path where it is a credential itself, as that
/// of a webhook of Slack. The text need not be a valid URL; it is kept as it came.
///
/// ```
/// use processing_results_runtime::SensitiveUrl;
///
/// let proxy = SensitiveUrl::from("http://user:pass@proxy.example.com:8080/?token=1");
/// assert_eq!(proxy.to_string(), "http://***@proxy.example.com:8080/?***");
/// assert_eq!(proxy.expose(), "http://user:pass@proxy.example.com:8080/?token=1");
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(inline))]
pub struct SensitiveUrl(String);

/// Services whose webhooks have a credential in their path: the end of the host, and how the path begins.
const WEBHOOKS: [(&str, &str); 21] = [
    ("hooks.slack.com", "/"),
    ("hooks.slack-gov.com", "/"),
    ("hooks.zapier.com", "/"),
    ("discord.com", "/api/webhooks/"),
    ("discord.com", "/api/v"),
    ("discordapp.com", "/api/webhooks/"),
    ("webhook.office.com", "/"),
    ("outlook.office.com", "/webhook/"),
    ("api.telegram.org", "/bot"),
    ("maker.ifttt.com", "/"),
    ("open.larksuite.com", "/open-apis/bot/"),
    ("open.feishu.cn", "/open-apis/bot/"),
    ("logic.azure.com", "/workflows/"),
    ("pagerduty.com", "/integration/"),
    ("hookdeck.com", "/"),
    ("hc-ping.com", "/"),
    ("betterstack.com", "/api/v1/heartbeat/"),
    ("pabbly.com", "/workflow/"),
    ("api.day.app", "/"),
    ("sctapi.ftqq.com", "/"),
    // A request to storage of Oracle that is authorized in advance.
    ("oraclecloud.com", "/p/"),
];

impl SensitiveUrl {
    /// The complete text, as the service sent it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// What is hidden of a URL: user info, query and fragment, and the path where it is a credential itself.
pub(crate) fn hidden(text: &str) -> Vec<Range<usize>> {
    let is_end = |c| matches!(c, '?' | '#');
    let mut end = text.find(is_end).unwrap_or(text.len());
    let start = text[..end].find("//").map_or(0, |at| at + 2);
    let mut hidden = Vec::new();
    let authority = text[start..end].split('/').next().unwrap_or_default();
    if has_password(authority)
        && let Some(at) = text.rfind('@')
    {
        end = text[at..].find(is_end).map_or(text.len(), |end| at + end);
    }
    // The path of a webhook may have an `@`, as that of Teams.
    let behind_host = || secret_path(&text[start..end]).map(|at| start + at);
    let mut path = if authority.contains('@') {
        None
    } else {
        behind_host()
    };
    if path.is_none() {
        // A password may hold any character, so the last `@` counts, not the first slash. A path with an `@` loses more
        // than it must.
        let user = text[start..end].rfind('@').map(|at| start..start + at);
        let host = user.as_ref().map_or(start, |user| user.end + 1);
        path = secret_path(&text[host..end]).map(|at| host + at);
        hidden.extend(user);
    }
    hidden.extend(path.map(|at| at..end));
    hidden.extend((end < text.len()).then(|| end + 1..text.len()));
    hidden
}

/// Whether what seems to be a port is the beginning of a password, as in `u:pass#word@h`.
fn has_password(authority: &str) -> bool {
    let port = authority.rsplit_once(':').map(|(_, port)| port);
    port.is_some_and(|port| !authority.contains(['@', ']']) && port.contains(char::is_alphabetic))
}

/// What is a credential in `host/path` without a scheme.
pub(crate) fn webhook(text: &str) -> Option<Range<usize>> {
    secret_path(text).map(|at| at..text.len())
}

/// Where in host and path a credential begins that the path ends with.
fn secret_path(rest: &str) -> Option<usize> {
    let (host, path) = rest.split_at(rest.find('/')?);
    let is_secret = path.len() > 1 && is_webhook(host, path);
    match is_secret {
        true => Some(host.len() + 1),
        false => opaque_hook(rest, host.len()),
    }
}

/// Whether the path behind a host is a credential, as that of `hooks.slack.com/services/T0/B0/x`. A port does not matter,
/// nor does the case; `notdiscord.com` is another host than `discord.com`, and `ptb.discord.com` is below it.
fn is_webhook(host: &str, path: &str) -> bool {
    let name = host.split([':', '@']).next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let is_below = |service: &str| {
        let within = name.strip_suffix(service);
        within.is_some_and(|within| within.is_empty() || within.ends_with('.'))
    };
    let is_secret = |(service, start): &(&str, &str)| path.starts_with(start) && is_below(service);
    WEBHOOKS.iter().any(is_secret)
}

fn is_hook(word: &str) -> bool {
    ["hook", "hooks", "webhook", "webhooks"].contains(&word)
}

/// Where what opens a webhook begins: a long segment with digits behind one that is called so, as Mattermost and n8n have
/// it on hosts of one's own, or on a host that is called so, as that of Make.
fn opaque_hook(rest: &str, host: usize) -> Option<usize> {
    let is_opaque =
        |segment: &str| segment.len() >= 16 && segment.bytes().any(|byte| byte.is_ascii_digit());
    let mut at = host;
    let label = rest.split('.').next().unwrap_or_default();
    let mut is_behind = is_hook(&label.to_ascii_lowercase());
    for segment in rest[host..].split('/').skip(1) {
        if is_behind && is_opaque(segment) {
            return Some(at + 1);
        }
        is_behind |= is_hook(segment);
        at += 1 + segment.len();
    }
    None
}

impl<T: Into<String>> From<T> for SensitiveUrl {
    fn from(value: T) -> Self {
        SensitiveUrl(value.into())
    }
}

impl Display for SensitiveUrl {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&covered(&self.0, hidden(&self.0)))
    }
}

impl Debug for SensitiveUrl {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.to_string(), f)
    }
}

impl<'de> Deserialize<'de> for SensitiveUrl {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text(from).map(SensitiveUrl::from)
    }
}

impl Field for SensitiveUrl {
    const SHAPE: Shape = Shape::Url;

    fn empty() -> Self {
        SensitiveUrl(String::new())
    }
}

#[cfg(test)]
mod tests {
    use super::SensitiveUrl;

    #[test]
    fn user_info_query_and_fragment_are_left_out() {
        for (text, shown) in [
            ("", ""),
            ("input_url", "input_url"),
            ("https://h/p", "https://h/p"),
            ("https://h/p?X-Sig=CANARY", "https://h/p?***"),
            ("https://h/p#CANARY", "https://h/p#***"),
            ("user:CANARY@proxy:1", "***@proxy:1"),
            ("http://u:CAN/ARY@proxy:1/x", "http://***@proxy:1/x"),
            ("http://u:CAN@ARY@proxy", "http://***@proxy"),
            ("//u:CANARY@proxy", "//***@proxy"),
            (
                "https://hooks.slack.com/services/T0/B0/CANARY",
                "https://hooks.slack.com/***",
            ),
            (
                "https://x.webhook.office.com/webhookb2/CANARY?x",
                "https://x.webhook.office.com/***?***",
            ),
            (
                "https://discord.com/api/webhooks/1/CANARY",
                "https://discord.com/***",
            ),
            (
                "https://discord.com/developers",
                "https://discord.com/developers",
            ),
            (
                "https://discord.com/api/v10/webhooks/1/CANARY",
                "https://discord.com/***",
            ),
            (
                "https://mm.example.com/hooks/CANARY-0123456789?x",
                "https://mm.example.com/hooks/***?***",
            ),
            (
                "https://n8n.example.com/a/webhook/b/0f5c1f4e-CANARY-CANARY",
                "https://n8n.example.com/a/webhook/b/***",
            ),
            (
                "https://example.com/webhooks/llamacloud/parsed-documents",
                "https://example.com/webhooks/llamacloud/parsed-documents",
            ),
            (
                "https://notdiscord.com/api/webhooks/1",
                "https://notdiscord.com/api/webhooks/1",
            ),
        ] {
            assert_eq!(SensitiveUrl::from(text).to_string(), shown);
            assert_eq!(
                format!("{:?}", SensitiveUrl::from(text)),
                format!("\"{shown}\"")
            );
        }
    }
}
