-- Consultations: what was said, by whom, in which language, and what keeps a running one alive.
-- Facts are append-only; what a running consultation needs (its keys above all) lies in the last
-- four tables and is deleted in the transaction that ends it.

CREATE TABLE consultations (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       BLOB NOT NULL UNIQUE,
    patient  INTEGER NOT NULL REFERENCES patients (key),
    doctor   BLOB NOT NULL,
    started  INTEGER NOT NULL,
    ended    INTEGER,
    -- How much was said: the number of its newest message, too.
    messages INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX consultations_by_patient ON consultations (patient, key);
CREATE INDEX consultations_by_doctor ON consultations (doctor, key);
CREATE INDEX consultations_running ON consultations (doctor, key) WHERE ended IS NULL;

CREATE TABLE participants (
    key           INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE,
    consultation  INTEGER NOT NULL REFERENCES consultations (key),
    kind          TEXT NOT NULL,
    name          TEXT NOT NULL,
    joined        INTEGER NOT NULL,
    second_device INTEGER NOT NULL,
    gone          INTEGER
) STRICT;
CREATE INDEX participants_by_consultation ON participants (consultation, key);

-- Of each participant the newest row counts; the first is the language they came with.
CREATE TABLE participant_languages (
    key         INTEGER PRIMARY KEY,
    participant INTEGER NOT NULL REFERENCES participants (key),
    language    TEXT NOT NULL,
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX participant_languages_by_participant ON participant_languages (participant, key);

CREATE TABLE invitations (
    key          INTEGER PRIMARY KEY,
    id           BLOB NOT NULL UNIQUE,
    consultation INTEGER NOT NULL REFERENCES consultations (key),
    way          TEXT NOT NULL,
    made         INTEGER NOT NULL,
    until        INTEGER NOT NULL,
    spent        INTEGER,
    withdrawn    INTEGER
) STRICT;
CREATE INDEX invitations_by_consultation ON invitations (consultation, key);

-- A consultation's messages lie side by side, so that a page of them is one run of pages on disk.
CREATE TABLE messages (
    consultation INTEGER NOT NULL REFERENCES consultations (key),
    n            INTEGER NOT NULL CHECK (n > 0),
    id           BLOB NOT NULL UNIQUE,
    participant  INTEGER NOT NULL REFERENCES participants (key),
    at           INTEGER NOT NULL,
    language     TEXT NOT NULL,
    text         TEXT NOT NULL,
    phrase       TEXT,
    PRIMARY KEY (consultation, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE sounds (
    consultation INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    vault_name   BLOB NOT NULL,
    bytes        INTEGER NOT NULL,
    ms           INTEGER NOT NULL,
    peaks        BLOB NOT NULL,
    PRIMARY KEY (consultation, n),
    FOREIGN KEY (consultation, n) REFERENCES messages (consultation, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX sounds_by_vault_name ON sounds (vault_name);

-- `part` counts a message's translations from 1, whatever their language.
CREATE TABLE translations (
    consultation INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    part         INTEGER NOT NULL,
    language     TEXT NOT NULL,
    text         TEXT NOT NULL,
    provenance   TEXT NOT NULL,
    engine       TEXT,
    at           INTEGER NOT NULL,
    PRIMARY KEY (consultation, n, part),
    FOREIGN KEY (consultation, n) REFERENCES messages (consultation, n)
) STRICT, WITHOUT ROWID;

-- The newest message that each participant has on the screen.
CREATE TABLE seen (
    participant INTEGER PRIMARY KEY REFERENCES participants (key),
    n           INTEGER NOT NULL
) STRICT;

-- Keys, epochs and cursors of a running consultation.
CREATE TABLE live_state (
    consultation INTEGER NOT NULL REFERENCES consultations (key),
    name         TEXT NOT NULL,
    value        BLOB NOT NULL,
    PRIMARY KEY (consultation, name)
) STRICT, WITHOUT ROWID;

-- Where a sound lies sealed at the relay, and the key it is sealed with.
CREATE TABLE relayed_sounds (
    consultation INTEGER NOT NULL REFERENCES consultations (key),
    n            INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    blob_key     BLOB NOT NULL,
    PRIMARY KEY (consultation, n)
) STRICT, WITHOUT ROWID;

-- A recording in progress, piece by piece, so that a crash keeps what was said.
CREATE TABLE recording_pieces (
    key          INTEGER PRIMARY KEY,
    consultation INTEGER NOT NULL REFERENCES consultations (key),
    participant  INTEGER NOT NULL REFERENCES participants (key),
    at           INTEGER NOT NULL,
    sound        BLOB NOT NULL
) STRICT;
CREATE INDEX recording_pieces_by_participant ON recording_pieces (consultation, participant, key);

-- Who may review which language; of each pair the newest row counts.
CREATE TABLE phrase_reviewers (
    key      INTEGER PRIMARY KEY,
    user     BLOB NOT NULL,
    language TEXT NOT NULL,
    named    INTEGER NOT NULL,
    by       BLOB NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX phrase_reviewers_by_user ON phrase_reviewers (user, language, key);

-- `hash` pins the source and the translation that were reviewed; of each phrase and language the
-- newest row counts.
CREATE TABLE phrase_reviews (
    key      INTEGER PRIMARY KEY,
    phrase   TEXT NOT NULL,
    language TEXT NOT NULL,
    hash     TEXT NOT NULL,
    approved INTEGER NOT NULL,
    by       BLOB NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX phrase_reviews_by_phrase ON phrase_reviews (phrase, language, key);

-- What the clinic uses beyond this machine (JSON, no secrets), and the secrets for it: `value` is
-- null where the operating system's keychain has it.
CREATE TABLE services (
    name     TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    by       BLOB NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value BLOB,
    by    BLOB NOT NULL,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER consultations_stay BEFORE UPDATE OF key, id, patient, doctor, started ON consultations
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER consultations_end_once BEFORE UPDATE OF ended ON consultations WHEN old.ended IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER consultations_only_grow BEFORE UPDATE OF messages ON consultations
    WHEN new.messages <> old.messages + 1
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER consultations_are_kept BEFORE DELETE ON consultations
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER participants_stay
    BEFORE UPDATE OF key, id, consultation, kind, name, joined, second_device ON participants
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER participants_go_once BEFORE UPDATE OF gone ON participants WHEN old.gone IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER participants_are_kept BEFORE DELETE ON participants
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER participant_languages_stay BEFORE UPDATE ON participant_languages
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER participant_languages_are_kept BEFORE DELETE ON participant_languages
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER invitations_stay BEFORE UPDATE OF key, id, consultation, way, made, until ON invitations
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER invitations_are_spent_once BEFORE UPDATE OF spent ON invitations
    WHEN old.spent IS NOT NULL AND new.spent IS NOT old.spent
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER invitations_are_withdrawn_once
    BEFORE UPDATE OF withdrawn ON invitations
    WHEN old.withdrawn IS NOT NULL AND new.withdrawn IS NOT old.withdrawn
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER invitations_are_kept BEFORE DELETE ON invitations
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER messages_stay BEFORE UPDATE ON messages
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER messages_are_kept BEFORE DELETE ON messages
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER sounds_stay BEFORE UPDATE ON sounds
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER sounds_are_kept BEFORE DELETE ON sounds
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER translations_stay BEFORE UPDATE ON translations
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER translations_are_kept BEFORE DELETE ON translations
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER phrase_reviewers_stay BEFORE UPDATE ON phrase_reviewers
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER phrase_reviewers_are_kept BEFORE DELETE ON phrase_reviewers
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER phrase_reviews_stay BEFORE UPDATE ON phrase_reviews
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER phrase_reviews_are_kept BEFORE DELETE ON phrase_reviews
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
