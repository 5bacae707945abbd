use super::*;
use crate::exit::Exit;

fn read(more: &[(&str, &str)], plain_hosts: &[&str]) -> Result<StoreSettings, String> {
    let mut variables = vec![
        ("AWS_ACCESS_KEY_ID", "CANARY-ID"),
        ("AWS_SECRET_ACCESS_KEY", "CANARY-KEY"),
    ];
    variables.extend(more);
    let find = |name: &str| {
        let found = variables
            .iter()
            .rev()
            .find(|(variable, _)| *variable == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let plain_hosts: Vec<_> = plain_hosts.iter().map(|host| (*host).to_owned()).collect();
    StoreSettings::read(find, &plain_hosts).map_err(|failure| {
        assert_eq!(failure.exit, Exit::Usage);
        failure.message().to_owned()
    })
}

#[test]
fn the_service_s_own_endpoint_comes_first_and_the_region_has_two_names() {
    let settings = read(&[], &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (settings.endpoint, settings.region.as_str()),
        (None, "us-east-1")
    );
    let more = [
        ("AWS_ENDPOINT_URL", "https://all.example.com"),
        ("AWS_ENDPOINT_URL_S3", "https://s3.example.com/"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_DEFAULT_REGION", "eu-west-1"),
        ("AWS_SESSION_TOKEN", "token"),
    ];
    let settings = read(&more, &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(settings.endpoint.as_deref(), Some("https://s3.example.com"));
    assert_eq!(settings.region, "eu-central-1");
    assert!(matches!(
        settings.credentials,
        Credentials::Keys { token: Some(token), .. } if token == "token"
    ));
    let settings = read(&more[3..], &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(settings.region, "eu-west-1");
}

#[test]
fn plain_http_is_for_loopback_unless_allowed() {
    let plain = |url: &str, more: &[(&str, &str)], hosts: &[&str]| {
        let more: Vec<_> = more
            .iter()
            .copied()
            .chain([("AWS_ENDPOINT_URL", url)])
            .collect();
        read(&more, hosts).map(|settings| settings.is_plain)
    };
    for url in [
        "http://127.0.0.1:9000",
        "http://localhost",
        "http://[::1]:9000",
    ] {
        assert_eq!(plain(url, &[], &[]), Ok(true), "{url}");
    }
    let far = "http://store.example.com:9000";
    assert!(
        plain(far, &[], &[])
            .unwrap_err()
            .contains("--allow-plain-http")
    );
    assert!(plain(far, &[("AWS_ALLOW_HTTP", "false")], &["other.example.com"]).is_err());
    assert_eq!(plain(far, &[("AWS_ALLOW_HTTP", "true")], &[]), Ok(true));
    assert_eq!(plain(far, &[], &["Store.example.com"]), Ok(true));
    assert_eq!(plain("https://store.example.com", &[], &[]), Ok(false));
}

#[test]
fn what_is_wrong_is_said_without_a_value() {
    for (name, value) in [
        ("AWS_ACCESS_KEY_ID", " "),
        ("AWS_SECRET_ACCESS_KEY", ""),
        ("AWS_ENDPOINT_URL", "CANARY"),
        ("AWS_ENDPOINT_URL", "https://CANARY:CANARY@host"),
        (
            "AWS_ENDPOINT_URL_S3",
            "https://host/?X-Amz-Signature=CANARY",
        ),
        ("AWS_ENDPOINT_URL_S3", "ftp://host/CANARY"),
        ("AWS_ACCESS_KEY_ID", "CANARY\u{1b}"),
        ("AWS_SECRET_ACCESS_KEY", "CANARY\nX"),
        ("AWS_SESSION_TOKEN", "CANARY\ndef"),
        ("AWS_REGION", "eu CANARY"),
        ("AWS_REGION", "CANARY.example#"),
        ("AWS_DEFAULT_REGION", "us-east-1/CANARY"),
        ("AWS_SECRET_ACCESS_KEY", "\"CANARY\""),
        ("AWS_SESSION_TOKEN", "'CANARY'"),
        ("AWS_ROLE_ARN", "arn:\nCANARY"),
        ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/a\nCANARY"),
        (
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "http://127.0.0.1/a CANARY",
        ),
    ] {
        let message = read(&[(name, value)], &[]).map(|_| ()).unwrap_err();
        assert!(
            message.contains(name) && !message.contains("CANARY"),
            "{message}"
        );
    }
}

#[test]
fn credentials_may_come_from_where_a_variable_says() {
    let provider = |more: &[(&str, &str)]| {
        let mut variables = vec![("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", "")];
        variables.extend(more);
        read(&variables, &[]).map(|settings| match settings.credentials {
            Credentials::Provider(name) => name,
            Credentials::Keys { .. } => "keys",
        })
    };
    assert_eq!(
        provider(&[
            ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"),
            ("AWS_ROLE_ARN", "arn:x")
        ]),
        Ok("AWS_WEB_IDENTITY_TOKEN_FILE")
    );
    let none = provider(&[("AWS_PROFILE", "x")]).unwrap_err();
    assert!(none.contains("also for profiles"), "{none}");
}

#[test]
fn regions_of_other_partitions_have_hosts_of_their_own() {
    for (region, host) in [
        ("cn-north-1", "s3.cn-north-1.amazonaws.com.cn"),
        ("us-gov-west-1", "s3.us-gov-west-1.amazonaws.com"),
        ("eusc-de-east-1", "s3.eusc-de-east-1.amazonaws.eu"),
        ("us-iso-east-1", "s3.us-iso-east-1.c2s.ic.gov"),
    ] {
        let settings = read(&[("AWS_REGION", region)], &[]);
        let settings = settings.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(settings.host, host);
        let own = [
            ("AWS_REGION", region),
            ("AWS_ENDPOINT_URL", "https://own.example"),
        ];
        let settings = read(&own, &[]).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(settings.host, "own.example");
    }
}
