//! URLs in a response that may carry a credential.

use std::fmt::{self, Debug, Display, Formatter};

use serde::{Deserialize, Deserializer, Serialize};

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
const WEBHOOKS: [(&str, &str); 18] = [
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
    ("hook.make.com", "/"),
    ("hook.eu1.make.com", "/"),
    ("hook.eu2.make.com", "/"),
    ("hook.us1.make.com", "/"),
    ("hook.us2.make.com", "/"),
    ("open.larksuite.com", "/open-apis/bot/"),
    ("open.feishu.cn", "/open-apis/bot/"),
    ("webhook.site", "/"),
];

impl SensitiveUrl {
    /// The complete text, as the service sent it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Scheme with its separator, whether there is user info, host and path,
    /// and the character that starts what is left out behind them.
    fn parts(&self) -> (&str, bool, &str, Option<char>) {
        let end = self.0.find(['?', '#']).unwrap_or(self.0.len());
        let (shown, hidden) = self.0.split_at(end);
        let start = shown.find("//").map_or(0, |at| at + 2);
        let (scheme, rest) = shown.split_at(start);
        // A password may hold any character, so the last `@` counts, not the
        // first slash. A path with an `@` loses more than it must.
        let (user, rest) = rest
            .rsplit_once('@')
            .map_or((false, rest), |(_, rest)| (true, rest));
        (scheme, user, rest, hidden.chars().next())
    }
}

/// The host, if the path behind it is a credential: of `hooks.slack.com/services/T0/B0/x` it is `hooks.slack.com`. A port
/// does not matter, nor does the case; `notdiscord.com` is another host than `discord.com`, and `ptb.discord.com` is below it.
fn credential_path(rest: &str) -> Option<&str> {
    let (host, path) = rest.split_at(rest.find('/')?);
    let name = host.split(':').next()?.to_ascii_lowercase();
    let is_secret = |(service, start): &(&str, &str)| {
        let within = name.strip_suffix(service);
        within.is_some_and(|within| within.is_empty() || within.ends_with('.'))
            && path.starts_with(start)
    };
    (path.len() > 1 && WEBHOOKS.iter().any(is_secret)).then_some(host)
}

/// The URL up to what opens a webhook: a long segment with digits behind one that is called so, as Mattermost and n8n
/// have it on hosts of one's own.
fn opaque_hook(rest: &str) -> Option<&str> {
    let is_hook = |segment: &str| ["hook", "hooks", "webhook", "webhooks"].contains(&segment);
    let is_opaque =
        |segment: &str| segment.len() >= 16 && segment.bytes().any(|byte| byte.is_ascii_digit());
    let mut at = rest.find('/')?;
    let mut is_behind = false;
    for segment in rest[at..].split('/').skip(1) {
        if is_behind && is_opaque(segment) {
            return rest.get(..at);
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
        let (scheme, user, rest, hidden) = self.parts();
        let user = if user { "***@" } else { "" };
        let rest = match credential_path(rest).or_else(|| opaque_hook(rest)) {
            Some(shown) => format!("{shown}/***"),
            None => rest.to_owned(),
        };
        write!(f, "{scheme}{user}{rest}")?;
        hidden.map_or(Ok(()), |mark| write!(f, "{mark}***"))
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
