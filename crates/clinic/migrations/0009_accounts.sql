-- Accounts: invitations, a second factor with its recovery codes, PINs.

-- Who was invited and has not joined yet. The code itself wraps the record's key in keys.json and is kept nowhere.
CREATE TABLE staff_invitations (
    user    INTEGER PRIMARY KEY REFERENCES users (key),
    email   TEXT,
    made    INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT;

-- What a person shows beside the password: an authenticator app (its secret), or codes by e-mail (the address).
CREATE TABLE second_factors (
    user      INTEGER PRIMARY KEY REFERENCES users (key),
    secret    BLOB,
    email     TEXT,
    -- The newest time step whose code was taken; none up to it is taken again (RFC 6238, section 5.2).
    last_step INTEGER NOT NULL,
    since     INTEGER NOT NULL,
    CHECK ((secret IS NULL) <> (email IS NULL))
) STRICT;

-- Ten codes for the day on which the second factor is lost; each opens once. Only keyed hashes.
CREATE TABLE recovery_codes (
    user INTEGER NOT NULL REFERENCES users (key),
    hash BLOB NOT NULL,
    used INTEGER,
    PRIMARY KEY (user, hash)
) STRICT, WITHOUT ROWID;

-- Argon2id(PIN, salt). It wraps the record's key in memory while a session stands, and never on the disk.
CREATE TABLE pins (
    user  INTEGER PRIMARY KEY REFERENCES users (key),
    salt  BLOB NOT NULL,
    cost  TEXT NOT NULL,
    key   BLOB NOT NULL,
    since INTEGER NOT NULL
) STRICT;
