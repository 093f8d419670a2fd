-- Reports: drafts that change and signings that never do, sealed files, and the outbox. A report's
-- row repeats the state of its newest signing; the triggers below hold both together.

-- Seed of the clinic's Ed25519 report key, sealed under a key derived from the record's key.
CREATE TABLE report_key (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    seed BLOB NOT NULL
) STRICT;

CREATE TABLE reports (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       BLOB NOT NULL UNIQUE,
    -- From 1 without gaps; given by the first signing.
    number   INTEGER UNIQUE,
    patient  INTEGER NOT NULL REFERENCES patients (key),
    scan     INTEGER NOT NULL REFERENCES scans (key),
    author   BLOB NOT NULL,
    language TEXT NOT NULL,
    state    TEXT NOT NULL DEFAULT 'draft',
    revision INTEGER NOT NULL DEFAULT 0,
    -- Of the newest signing, so that lists need not read signed texts.
    title    TEXT,
    signed   INTEGER,
    created  INTEGER NOT NULL
) STRICT;
CREATE INDEX reports_by_state ON reports (state, key);
CREATE INDEX reports_by_author ON reports (author, state, key);
CREATE INDEX reports_by_patient ON reports (patient, state, key);
CREATE INDEX reports_by_scan ON reports (scan, state, key);

-- What its author is writing; at most one for each report.
CREATE TABLE drafts (
    report INTEGER PRIMARY KEY REFERENCES reports (key),
    kind   TEXT NOT NULL,
    title  TEXT NOT NULL,
    value  TEXT NOT NULL,
    edit   INTEGER NOT NULL,
    saved  INTEGER NOT NULL
) STRICT;

-- Append-only: `content` is what was signed, byte for byte.
CREATE TABLE signings (
    report     INTEGER NOT NULL REFERENCES reports (key),
    revision   INTEGER NOT NULL CHECK (revision > 0),
    state      TEXT NOT NULL CHECK (state <> 'draft'),
    sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
    signature  BLOB NOT NULL CHECK (length(signature) = 64),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    by         BLOB NOT NULL,
    at         INTEGER NOT NULL,
    title      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    content    BLOB NOT NULL,
    PRIMARY KEY (report, revision)
) STRICT, WITHOUT ROWID;

-- Append-only. `vault_name` and `passphrase` are null where a patient sealed a copy for themselves:
-- of that only the hash is kept, so that it is known again.
CREATE TABLE report_files (
    key        INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE,
    report     INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    purpose    TEXT NOT NULL,
    vault_name BLOB,
    bytes      INTEGER NOT NULL,
    sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
    passphrase TEXT,
    by         BLOB NOT NULL,
    at         INTEGER NOT NULL,
    FOREIGN KEY (report, revision) REFERENCES signings (report, revision)
) STRICT;
CREATE INDEX report_files_by_report ON report_files (report, key);
CREATE INDEX report_files_by_sha256 ON report_files (sha256);
CREATE INDEX report_files_by_vault_name ON report_files (vault_name) WHERE vault_name IS NOT NULL;

-- Sealed reports that were handed over in a consultation, as messages of it.
CREATE TABLE handed_over (
    consultation INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    file         INTEGER NOT NULL REFERENCES report_files (key),
    PRIMARY KEY (consultation, n),
    FOREIGN KEY (consultation, n) REFERENCES messages (consultation, n)
) STRICT, WITHOUT ROWID;

-- The outbox. `sending` is durable before the first byte goes out, `data_begun` before the first byte
-- of the content: a crash between them sent nothing.
CREATE TABLE deliveries (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    id         BLOB NOT NULL UNIQUE,
    report     INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    file       INTEGER REFERENCES report_files (key),
    channel    TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    address    TEXT NOT NULL,
    language   TEXT NOT NULL,
    -- The same at each try.
    message_id TEXT NOT NULL UNIQUE,
    by         BLOB NOT NULL,
    created    INTEGER NOT NULL,
    state      TEXT NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    data_begun INTEGER NOT NULL DEFAULT 0,
    next_try   INTEGER,
    FOREIGN KEY (report, revision) REFERENCES signings (report, revision)
) STRICT;
CREATE INDEX deliveries_by_report ON deliveries (report, state, key);
CREATE INDEX deliveries_by_state ON deliveries (state, key);
CREATE INDEX deliveries_due ON deliveries (next_try, key) WHERE next_try IS NOT NULL;

-- Append-only: what happened to a delivery, in order.
CREATE TABLE delivery_events (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery INTEGER NOT NULL REFERENCES deliveries (key),
    state    TEXT NOT NULL,
    attempt  INTEGER NOT NULL,
    code     TEXT NOT NULL,
    answer   TEXT NOT NULL,
    by       BLOB,
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_events_by_delivery ON delivery_events (delivery, key);

-- A doctor's own short words for longer ones.
CREATE TABLE macros (
    user  BLOB NOT NULL,
    name  TEXT NOT NULL,
    text  TEXT NOT NULL,
    saved INTEGER NOT NULL,
    PRIMARY KEY (user, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER report_key_stays BEFORE UPDATE ON report_key
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER report_key_is_kept BEFORE DELETE ON report_key
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER report_key_is_made_once BEFORE INSERT ON report_key
    WHEN EXISTS (SELECT 1 FROM report_key)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- INSERT OR REPLACE deletes without asking the triggers of DELETE, so that each table's INSERT asks.
CREATE TRIGGER reports_begin_as_drafts BEFORE INSERT ON reports
    WHEN new.state <> 'draft' OR new.revision <> 0 OR new.number IS NOT NULL
      OR EXISTS (SELECT 1 FROM reports WHERE key = new.key OR id = new.id)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER reports_stay BEFORE UPDATE OF key, id, patient, scan, author, created ON reports
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER reports_have_no_gaps BEFORE UPDATE OF number ON reports
    WHEN old.number IS NOT NULL
      OR new.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM reports)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER reports_follow_their_signings BEFORE UPDATE OF state, revision ON reports
    WHEN new.number IS NULL OR new.revision <> old.revision + 1
      OR NOT EXISTS (SELECT 1 FROM signings
                     WHERE report = old.key AND revision = new.revision AND state = new.state)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER reports_are_titled_by_signing BEFORE UPDATE OF title, signed ON reports
    WHEN new.revision = old.revision
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER signed_reports_are_kept BEFORE DELETE ON reports WHEN old.revision > 0
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER signings_follow BEFORE INSERT ON signings
    WHEN new.revision IS NOT (SELECT revision + 1 FROM reports WHERE key = new.report)
      OR EXISTS (SELECT 1 FROM signings WHERE report = new.report AND revision = new.revision)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER signings_end BEFORE INSERT ON signings
    WHEN (SELECT state FROM reports WHERE key = new.report) = 'entered_in_error'
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER signings_stay BEFORE UPDATE ON signings
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER signings_are_kept BEFORE DELETE ON signings
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER report_files_come_new BEFORE INSERT ON report_files
    WHEN EXISTS (SELECT 1 FROM report_files WHERE key = new.key OR id = new.id)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER report_files_stay BEFORE UPDATE ON report_files
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER report_files_are_kept BEFORE DELETE ON report_files
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER handed_over_comes_new BEFORE INSERT ON handed_over
    WHEN EXISTS (SELECT 1 FROM handed_over WHERE consultation = new.consultation AND n = new.n)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER handed_over_stays BEFORE UPDATE ON handed_over
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER handed_over_is_kept BEFORE DELETE ON handed_over
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER deliveries_come_new BEFORE INSERT ON deliveries
    WHEN EXISTS (SELECT 1 FROM deliveries
                 WHERE key = new.key OR id = new.id OR message_id = new.message_id)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER deliveries_stay
    BEFORE UPDATE OF key, id, report, revision, file, channel, recipient, address, language, message_id,
                     by, created ON deliveries
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER deliveries_are_kept BEFORE DELETE ON deliveries
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER delivered_is_delivered BEFORE UPDATE OF state ON deliveries
    WHEN old.state = 'delivered'
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER delivery_events_come_new BEFORE INSERT ON delivery_events
    WHEN EXISTS (SELECT 1 FROM delivery_events WHERE key = new.key)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER delivery_events_stay BEFORE UPDATE ON delivery_events
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER delivery_events_are_kept BEFORE DELETE ON delivery_events
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
