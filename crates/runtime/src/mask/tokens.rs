//! Credentials of a known form: by the prefixes that their issuers chose for that purpose.

use std::ops::Range;

/// How known credentials begin, and how many characters follow at least. Where the beginning alone is a common word or a
/// part of one, more has to follow.
const TOKENS: [(&str, usize); 74] = [
    // OpenAI, Anthropic and services with a compatible API.
    ("sk-", 1),
    // Stripe: secret and restricted keys, and the secrets of webhooks (`whsec_` is also that of Standard Webhooks).
    ("sk_live_", 1),
    ("sk_test_", 1),
    ("rk_live_", 1),
    ("whsec_", 1),
    // LlamaCloud.
    ("llx-", 1),
    // GitHub: personal, OAuth, user, installation and refresh tokens, and fine-grained ones; then GitLab.
    ("ghp_", 1),
    ("gho_", 1),
    ("ghu_", 1),
    ("ghs_", 1),
    ("ghr_", 1),
    ("github_pat_", 1),
    ("glpat-", 1),
    // Groq.
    ("gsk_", 8),
    // AWS: the ids of long-term and of temporary keys.
    ("AKIA", 12),
    ("ASIA", 12),
    // Google: API keys; its OAuth access and refresh tokens follow below.
    ("AIza", 16),
    // Hugging Face.
    ("hf_", 8),
    ("pat_", 16),
    ("ya29.", 1),
    ("1//0", 16),
    // SendGrid, and then Slack.
    ("SG.", 8),
    ("xoxa-", 1),
    ("xoxb-", 1),
    ("xoxe-", 1),
    ("xoxp-", 1),
    ("xoxr-", 1),
    ("xoxs-", 1),
    ("xapp-", 1),
    // A JSON Web Token: what base64 makes of `{"`.
    ("eyJ", 7),
    // npm, PyPI, DigitalOcean and Shopify.
    ("npm_", 16),
    ("pypi-", 16),
    ("dop_v1_", 8),
    ("shpat_", 8),
    ("AGE-SECRET-KEY-", 1),
    ("ATATT3x", 8),
    ("GOCSPX-", 8),
    ("PMAK-", 16),
    ("dapi", 32),
    ("dp.pt.", 16),
    ("dp.sa.", 16),
    ("dp.st.", 16),
    ("fm2_", 8),
    ("gldt-", 8),
    ("glrt-", 8),
    ("glsa_", 8),
    ("hooks.slack.com/", 1),
    ("hvb.", 16),
    ("hvs.", 16),
    ("lin_api_", 8),
    ("lsv2_", 16),
    ("ntn_", 16),
    ("pcsk_", 8),
    ("pplx-", 16),
    ("pscale_pw_", 8),
    ("pscale_tkn_", 8),
    ("pul-", 32),
    ("r8_", 24),
    ("rk_test_", 1),
    ("sbp_", 16),
    ("secret_", 43),
    ("shpca_", 8),
    ("shppa_", 8),
    ("shpss_", 8),
    ("sntrys_", 8),
    ("sntryu_", 8),
    ("sq0atp-", 8),
    ("sq0csp-", 8),
    ("tvly-", 8),
    ("xai-", 32),
    ("xoxc-", 1),
    ("xoxd-", 1),
    ("xoxe.", 1),
    ("xoxo-", 1),
];

/// What a byte of a text is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Part of a word or a credential.
    Word,
    /// Part of a word, too, and the beginning of a key in a block of its own.
    Dash,
    /// Part of a word, too, and before a name in a path.
    Slash,
    /// What stands between a name and a credential, or before a host.
    Sign,
    /// Between words.
    Between,
}

/// The kind of each byte. Bytes beyond ASCII are between words: no known credential has one.
pub(super) const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Between; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'=' | b'@' | b':' | b'?' | b'>' => Kind::Sign,
            b'-' => Kind::Dash,
            b'/' => Kind::Slash,
            b'_' | b'.' | b'+' | b'~' => Kind::Word,
            _ if byte.is_ascii_alphanumeric() => Kind::Word,
            _ => Kind::Between,
        };
        byte += 1;
    }
    kinds
};

fn is_token_byte(byte: u8) -> bool {
    byte == b'='
        || matches!(
            KINDS[usize::from(byte)],
            Kind::Word | Kind::Dash | Kind::Slash
        )
}

/// For each byte at a position of a known credential, the bytes that may follow it, as bits. An entry of [`TOKENS`] that is
/// not ASCII, or shorter, would not compile.
const fn followers(position: usize) -> [u128; 128] {
    let mut followers = [0; 128];
    let mut at = 0;
    while at < TOKENS.len() {
        let start = TOKENS[at].0.as_bytes();
        followers[start[position] as usize] |= 1 << start[position + 1];
        at += 1;
    }
    followers
}

/// Most words begin as no credential does, and are done after a look at three bytes.
const FOLLOWERS: [[u128; 128]; 2] = [followers(0), followers(1)];

pub(super) fn token_start(text: &[u8]) -> bool {
    let [first, second, third, ..] = *text else {
        return false;
    };
    let may_follow = |position: usize, byte: u8, next: u8| {
        let followers = FOLLOWERS[position].get(usize::from(byte));
        followers.is_some_and(|bits| next.is_ascii() && bits >> next & 1 == 1)
    };
    may_follow(0, first, second)
        && may_follow(1, second, third)
        && TOKENS
            .iter()
            .any(|(start, _)| text.starts_with(start.as_bytes()))
}

/// Credentials of a known form.
pub(super) fn tokens(word: &str) -> Vec<Range<usize>> {
    let bytes = word.as_bytes();
    let mut hidden = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let is_start = at == 0
            || !is_token_byte(bytes[at - 1])
            || bytes[at - 1] == b'='
            || bytes[at - 1] == b'/';
        if is_start && token_start(&bytes[at..]) {
            let is_end = |byte: &u8| !is_token_byte(*byte);
            let end = bytes[at..]
                .iter()
                .position(is_end)
                .map_or(bytes.len(), |end| at + end);
            let is_token = |(start, least): &(&str, usize)| {
                word[at..end]
                    .strip_prefix(start)
                    .is_some_and(|rest| rest.len() >= *least)
            };
            if TOKENS.iter().any(is_token) {
                hidden.push(at..end);
            }
            at = end;
        }
        at += 1;
    }
    hidden
}
