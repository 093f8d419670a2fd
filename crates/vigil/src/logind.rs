//! systemd-logind over D-Bus (its documentation: org.freedesktop.login1(5)).

use std::{collections::HashMap, thread, time::Duration};

use zbus::{
    MatchRule, Message,
    blocking::{Connection, MessageIterator, connection, fdo::DBusProxy},
    message::Type,
    zvariant::{OwnedFd, OwnedObjectPath, Value},
};

use crate::{Bus, Sign};

const SERVICE: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const ROOT: &str = "/org/freedesktop/login1";

/// After the bus went away, it is looked for again at these intervals; a bus restarts seldom.
const AGAIN: [Duration; 4] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(60),
];

pub(crate) fn listen(bus: &Bus, told: &dyn Fn(Sign)) {
    for wait in AGAIN {
        match listen_once(bus, told) {
            Ok(()) => tracing::warn!("the bus went away"),
            Err(error) => tracing::info!(%error, "sleep and lock are not listened for"),
        }
        thread::sleep(wait);
    }
}

/// Until the bus goes away.
fn listen_once(bus: &Bus, told: &dyn Fn(Sign)) -> zbus::Result<()> {
    let connection = match bus {
        Bus::System => Connection::system()?,
        Bus::At { address, .. } => connection::Builder::address(address.as_str())?.build()?,
    };
    let session = session(&connection, bus);
    // Subscribed before anything is asked for, so that no sign is missed in between.
    let signs = MessageIterator::from(&connection);
    let watched = DBusProxy::new(&connection)?;
    watched.add_match_rule(rule(MANAGER, "PrepareForSleep", ROOT)?)?;
    if let Some(session) = &session {
        watched.add_match_rule(rule(SESSION, "Lock", session.as_str())?)?;
        watched.add_match_rule(rule(PROPERTIES, "PropertiesChanged", session.as_str())?)?;
    }
    let mut held = hold(&connection);
    for message in signs {
        let message = message?;
        match sign(&message, session.as_ref()) {
            Some(Seen::Sleep) => {
                told(Sign::Sleep);
                // Let go: the machine may sleep now.
                held = None;
            }
            Some(Seen::Awake) => held = hold(&connection),
            Some(Seen::Lock) => told(Sign::Lock),
            None => {}
        }
    }
    drop(held);
    Ok(())
}

enum Seen {
    Sleep,
    Awake,
    Lock,
}

fn sign(message: &Message, session: Option<&OwnedObjectPath>) -> Option<Seen> {
    let header = message.header();
    if header.message_type() != Type::Signal {
        return None;
    }
    let (interface, member) = (header.interface()?.as_str(), header.member()?.as_str());
    let ours = || {
        let path = header.path().map(|path| path.as_str());
        path.is_some() && path == session.map(|session| session.as_str())
    };
    match (interface, member) {
        (MANAGER, "PrepareForSleep") => match message.body().deserialize::<bool>().ok()? {
            true => Some(Seen::Sleep),
            false => Some(Seen::Awake),
        },
        (SESSION, "Lock") if ours() => Some(Seen::Lock),
        (PROPERTIES, "PropertiesChanged") if ours() => {
            let body = message.body();
            let changed: (&str, HashMap<&str, Value<'_>>, Vec<&str>) = body.deserialize().ok()?;
            let locked = changed.1.get("LockedHint")?;
            (changed.0 == SESSION && matches!(locked, Value::Bool(true))).then_some(Seen::Lock)
        }
        _ => None,
    }
}

fn rule(
    interface: &'static str,
    member: &'static str,
    path: &str,
) -> zbus::Result<MatchRule<'static>> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(SERVICE)?
        .interface(interface)?
        .member(member)?
        .path(path.to_owned())?
        .build();
    Ok(rule)
}

/// The session that this program runs in; none on a machine without one, where only sleep is listened for.
fn session(connection: &Connection, bus: &Bus) -> Option<OwnedObjectPath> {
    let ask = |method: &str, with: &dyn Fn() -> zbus::Result<Message>| match with()
        .and_then(|answer| answer.body().deserialize::<OwnedObjectPath>())
    {
        Ok(path) => Some(path),
        Err(error) => {
            tracing::debug!(%error, method, "logind knows no session so");
            None
        }
    };
    let call = |method: &'static str, body: &dyn Fn(&str) -> zbus::Result<Message>| {
        ask(method, &|| body(method))
    };
    let by_id = |id: &str| {
        call("GetSession", &|method| {
            connection.call_method(Some(SERVICE), ROOT, Some(MANAGER), method, &(id))
        })
    };
    match bus {
        Bus::At { session, .. } => by_id(session),
        Bus::System => call("GetSessionByPID", &|method| {
            connection.call_method(
                Some(SERVICE),
                ROOT,
                Some(MANAGER),
                method,
                &(std::process::id()),
            )
        })
        .or_else(|| by_id(&std::env::var("XDG_SESSION_ID").ok()?)),
    }
}

/// Holds the machine back before it sleeps, until this is dropped; none where it may not.
fn hold(connection: &Connection) -> Option<OwnedFd> {
    let asked = ("sleep", "Medibridge", "The record is being locked", "delay");
    let answer = connection.call_method(Some(SERVICE), ROOT, Some(MANAGER), "Inhibit", &asked);
    match answer.and_then(|answer| answer.body().deserialize::<OwnedFd>()) {
        Ok(held) => Some(held),
        Err(error) => {
            tracing::info!(%error, "the machine cannot be held back before it sleeps");
            None
        }
    }
}
