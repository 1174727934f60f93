//! All calls of the crate `healthchecks`, in version 3 of the API.

use healthchecks::errors::HealthchecksApiError;
use healthchecks::manage::{self, ManageClient, UpsertResult};
use healthchecks::model::{NewCheck, UpdatedCheck};
use healthchecks::ping;
use uuid::Uuid;

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"))
}

fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}

fn client(key: &str) -> ManageClient {
    let api = format!("{}/api/v3", setting("ROLLCALL_SITE"));
    manage::get_client_with_url(key.to_owned(), None, api).unwrap()
}

fn manage_checks(client: &ManageClient) {
    let channels = client.get_channels().unwrap();
    assert_eq!(1, channels.len());
    assert_eq!(("email", "Operations"), (channels[0].kind.as_str(), channels[0].name.as_str()));

    let made = client
        .create_check(NewCheck {
            name: text("Backup"),
            tags: text("rust nightly"),
            desc: text("all disks"),
            timeout: Some(7200),
            grace: Some(600),
            channels: text("*"),
            ..Default::default()
        })
        .unwrap();
    let id = made.id().unwrap();
    assert_eq!(("Backup", "rust nightly", "all disks"), (made.name.as_str(), made.tags.as_str(), made.desc.as_str()));
    assert_eq!((Some(7200), 600, "new", false), (made.timeout, made.grace, made.status.as_str(), made.started));
    assert_eq!(Some(channels[0].id.clone()), made.channels);
    assert_eq!(text(""), made.slug);

    let unique = Some(vec!["name".to_owned()]);
    let same = NewCheck { name: text("Backup"), grace: Some(900), unique: unique.clone(), ..Default::default() };
    assert!(matches!(client.create_check(same.clone()), Err(HealthchecksApiError::ExistingCheckMatched)));
    let (result, again) = client.upsert_check(same).unwrap();
    assert!(matches!(result, UpsertResult::Updated));
    assert_eq!((Some(id.clone()), 900), (again.id(), again.grace));
    let cron = NewCheck {
        name: text("Cron"),
        schedule: text("15 5 * * *"),
        tz: text("Europe/Riga"),
        unique,
        ..Default::default()
    };
    let (result, cron) = client.upsert_check(cron).unwrap();
    assert!(matches!(result, UpsertResult::Created));
    assert_eq!((text("15 5 * * *"), text("Europe/Riga"), None), (cron.schedule.clone(), cron.tz.clone(), cron.timeout));

    let mut listed: Vec<_> = client.get_checks().unwrap().iter().map(|check| check.id().unwrap()).collect();
    let mut expected = vec![id.clone(), cron.id().unwrap()];
    listed.sort();
    expected.sort();
    assert_eq!(expected, listed);

    let change = UpdatedCheck { name: text("Copies"), tags: text(""), ..Default::default() };
    let changed = client.update_check(change, &id).unwrap();
    assert_eq!(("Copies", "", "all disks"), (changed.name.as_str(), changed.tags.as_str(), changed.desc.as_str()));
    assert_eq!("paused", client.pause(&id).unwrap().status);
    assert_eq!("paused", client.get_check(&id).unwrap().status);
    assert_eq!("Cron", client.delete(&cron.id().unwrap()).unwrap().name);
    assert!(matches!(client.get_check(&cron.id().unwrap()), Err(HealthchecksApiError::NoCheckFound(_))));
    assert!(matches!(
        client.create_check(NewCheck { timeout: Some(59), ..Default::default() }),
        Err(HealthchecksApiError::NotWellFormed)
    ));

    ping_check(client, &id);
    client.delete(&id).unwrap();
}

fn ping_check(client: &ManageClient, id: &str) {
    let endpoint = format!("{}/ping", setting("ROLLCALL_SITE"));
    let pings = ping::get_client_with_url(id, &endpoint).unwrap().set_user_agent("rust-test");
    let (one, other) = (Uuid::new_v4(), Uuid::new_v4());
    assert!(pings.start_timer());
    assert!(pings.report_success());
    assert!(pings.start_timer_with_run_id(Some(&one)));
    assert!(pings.start_timer_with_run_id(Some(&other)));
    assert!(pings.report_success_with_run_id(Some(&one)));
    assert!(client.get_check(id).unwrap().started);
    assert!(pings.report_failure_with_run_id(Some(&other)));
    assert!(pings.report_failure());
    assert!(pings.report_failure_with_logs("went wrong"));
    assert!(pings.report_failure_with_logs_and_run_id("went wrong again", Some(&one)));

    let logged = client.list_logged_pings(id).unwrap();
    let mut kinds: Vec<_> = logged.iter().map(|ping| ping.type_field.as_str()).collect();
    kinds.reverse();
    assert_eq!(vec!["start", "success", "start", "start", "success", "fail", "fail", "fail", "fail"], kinds);
    assert_eq!(("POST", "http", "rust-test", 9), (logged[0].method.as_str(), logged[0].scheme.as_str(), logged[0].ua.as_str(), logged[0].n));
    assert!(logged[4].duration.is_some() && logged[3].duration.is_some());
    let check = client.get_check(id).unwrap();
    assert_eq!(("down", false, 9), (check.status.as_str(), check.started, check.n_pings));

    // The client reads a list, and the API answers with an object, at Healthchecks too.
    assert!(matches!(client.list_status_changes(id), Err(HealthchecksApiError::Io { .. })));
}

fn main() {
    manage_checks(&client(&setting("ROLLCALL_API_KEY")));

    let reader = client(&setting("ROLLCALL_READ_KEY"));
    assert!(reader.get_checks().unwrap().is_empty());
    assert!(matches!(reader.create_check(NewCheck::default()), Err(HealthchecksApiError::InvalidApiKey)));
    assert!(matches!(client("no such key").get_checks(), Err(HealthchecksApiError::InvalidApiKey)));

    let endpoint = format!("{}/ping", setting("ROLLCALL_SITE"));
    let unknown = ping::get_client_with_url(&Uuid::new_v4().to_string(), &endpoint).unwrap();
    assert!(!unknown.report_success());
}
