-- The record, first shape. Ids are 16 bytes (UUID version 7), moments are milliseconds since 1970
-- (UTC), JSON is text. `key` is SQLite's row id, for joins and pages; it never leaves the crate.

CREATE TABLE clinic (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    settings      TEXT NOT NULL,
    demo          INTEGER NOT NULL,
    created       INTEGER NOT NULL,
    -- The device's secret, so that the recovery phrase brings every account back.
    device_secret BLOB NOT NULL,
    -- Seed of the journal's Ed25519 key, sealed under a key derived from the record's key.
    journal_seed  BLOB NOT NULL
) STRICT;

CREATE TABLE users (
    key          INTEGER PRIMARY KEY,
    id           BLOB NOT NULL UNIQUE,
    slot         TEXT NOT NULL UNIQUE,
    login        TEXT NOT NULL,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    enabled      INTEGER NOT NULL,
    patient      BLOB UNIQUE,
    preferences  TEXT NOT NULL,
    created      INTEGER NOT NULL,
    last_sign_in INTEGER,
    -- The wrapped key of a disabled account, kept from keys.json until it is enabled again.
    parked       TEXT
) STRICT;

CREATE TABLE patients (
    key         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          BLOB NOT NULL UNIQUE,
    version     INTEGER NOT NULL,
    sort_name   TEXT NOT NULL,
    external_id TEXT,
    restricted  INTEGER NOT NULL DEFAULT 0,
    treating    BLOB,
    demo        INTEGER NOT NULL,
    scans       INTEGER NOT NULL DEFAULT 0,
    created     INTEGER NOT NULL
) STRICT;
CREATE INDEX patients_by_name ON patients (sort_name, key);
CREATE INDEX patients_by_external_id ON patients (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX patients_restricted ON patients (treating) WHERE restricted = 1;

-- Append-only: a correction is a new version; the one before stays.
CREATE TABLE patient_versions (
    patient     INTEGER NOT NULL REFERENCES patients (key),
    version     INTEGER NOT NULL,
    name        TEXT NOT NULL,
    birth_date  TEXT,
    sex         TEXT NOT NULL,
    external_id TEXT,
    issuer      TEXT,
    reason      TEXT NOT NULL,
    by          BLOB NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (patient, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE allergy_statements (
    key       INTEGER PRIMARY KEY,
    patient   INTEGER NOT NULL REFERENCES patients (key),
    allergies TEXT NOT NULL,
    by        BLOB NOT NULL,
    at        INTEGER NOT NULL
) STRICT;
CREATE INDEX allergy_statements_by_patient ON allergy_statements (patient, key);

CREATE TABLE restrictions (
    key        INTEGER PRIMARY KEY,
    patient    INTEGER NOT NULL REFERENCES patients (key),
    restricted INTEGER NOT NULL,
    treating   BLOB,
    reason     TEXT NOT NULL,
    by         BLOB NOT NULL,
    at         INTEGER NOT NULL
) STRICT;

-- Words of name, number and external id of the present version; row id = patients.key. Marks (M*)
-- are part of words, or Devanagari and Telugu fall apart at each vowel sign; Han and kana are
-- spaced out before they come here, so that any part of a name is found.
CREATE VIRTUAL TABLE patient_words USING fts5 (
    words, content = '', contentless_delete = 1, prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);

CREATE TABLE studies (
    key         INTEGER PRIMARY KEY,
    id          BLOB NOT NULL UNIQUE,
    patient     INTEGER NOT NULL REFERENCES patients (key),
    uid         TEXT,
    date        TEXT,
    description TEXT,
    modality    TEXT NOT NULL,
    accession   TEXT,
    by          BLOB NOT NULL,
    created     INTEGER NOT NULL,
    UNIQUE (patient, uid)
) STRICT;

CREATE TABLE scans (
    key             INTEGER PRIMARY KEY,
    id              BLOB NOT NULL UNIQUE,
    study           INTEGER NOT NULL REFERENCES studies (key),
    patient         INTEGER NOT NULL REFERENCES patients (key),
    vault_name      BLOB NOT NULL,
    bytes           INTEGER NOT NULL,
    format          TEXT NOT NULL,
    modality        TEXT NOT NULL,
    description     TEXT,
    series_uid      TEXT,
    instance_uid    TEXT,
    instance_number INTEGER,
    frames          INTEGER NOT NULL,
    header          TEXT NOT NULL,
    quality         TEXT NOT NULL,
    by              BLOB NOT NULL,
    at              INTEGER NOT NULL
) STRICT;
CREATE INDEX scans_by_study ON scans (study, key);
CREATE INDEX scans_by_vault_name ON scans (vault_name);

-- Scans entered in error.
CREATE TABLE retractions (
    scan   INTEGER PRIMARY KEY REFERENCES scans (key),
    reason TEXT NOT NULL,
    by     BLOB NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE TABLE readings (
    key           INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE,
    scan          INTEGER NOT NULL REFERENCES scans (key),
    frame         INTEGER NOT NULL,
    model_id      TEXT NOT NULL,
    model_name    TEXT NOT NULL,
    version       TEXT NOT NULL,
    sha256        TEXT NOT NULL,
    research_only INTEGER NOT NULL,
    gate          TEXT NOT NULL,
    answer        TEXT NOT NULL,
    assessed      INTEGER NOT NULL,
    ms            TEXT NOT NULL,
    by            BLOB NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX readings_by_scan ON readings (scan, key);
CREATE INDEX readings_by_model ON readings (model_id, version, sha256);

-- Float32, little-endian, class after class, row after row.
CREATE TABLE reading_maps (
    reading INTEGER PRIMARY KEY REFERENCES readings (key),
    classes INTEGER NOT NULL,
    height  INTEGER NOT NULL,
    width   INTEGER NOT NULL,
    grid    BLOB NOT NULL
) STRICT;

CREATE TABLE verdicts (
    key     INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE,
    scan    INTEGER NOT NULL REFERENCES scans (key),
    reading INTEGER REFERENCES readings (key),
    agrees  INTEGER NOT NULL,
    class   TEXT,
    region  TEXT,
    comment TEXT NOT NULL,
    by      BLOB NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX verdicts_by_scan ON verdicts (scan, key);
CREATE INDEX verdicts_by_reading ON verdicts (reading, key);

CREATE TABLE priorities (
    key    INTEGER PRIMARY KEY,
    scan   INTEGER NOT NULL REFERENCES scans (key),
    level  INTEGER NOT NULL,
    reason TEXT NOT NULL,
    by     BLOB NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE TABLE marks (
    key      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE,
    scan     INTEGER NOT NULL REFERENCES scans (key),
    frame    INTEGER NOT NULL,
    tool     TEXT NOT NULL,
    points   TEXT NOT NULL,
    text     TEXT NOT NULL,
    replaces BLOB,
    by       BLOB NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX marks_by_scan ON marks (scan, key);

-- Tombstones: the mark was taken away, or another took its place.
CREATE TABLE mark_ends (
    mark INTEGER PRIMARY KEY REFERENCES marks (key),
    by   BLOB NOT NULL,
    at   INTEGER NOT NULL
) STRICT;

-- Append-only: of each pack the newest row counts.
CREATE TABLE model_switches (
    key              INTEGER PRIMARY KEY,
    model_id         TEXT NOT NULL,
    sha256           TEXT NOT NULL,
    enabled          INTEGER NOT NULL,
    licence_accepted INTEGER NOT NULL,
    by               BLOB NOT NULL,
    at               INTEGER NOT NULL
) STRICT;
CREATE INDEX model_switches_by_model ON model_switches (model_id, key);

-- What the worklist shows, kept in the same transaction as the facts it repeats. `rank` sorts:
-- priority, then urgency, then age (see record/worklist.rs).
CREATE TABLE worklist (
    scan         INTEGER PRIMARY KEY REFERENCES scans (key),
    patient      INTEGER NOT NULL REFERENCES patients (key),
    status       INTEGER NOT NULL,
    modality     TEXT NOT NULL,
    rank         INTEGER NOT NULL,
    importer     BLOB NOT NULL,
    reading      INTEGER REFERENCES readings (key),
    verdict      INTEGER REFERENCES verdicts (key),
    priority     INTEGER REFERENCES priorities (key)
) STRICT;
CREATE INDEX worklist_by_rank ON worklist (rank, scan);
CREATE INDEX worklist_by_status ON worklist (status, rank, scan);
CREATE INDEX worklist_by_modality ON worklist (modality, rank, scan);
CREATE INDEX worklist_by_patient ON worklist (patient, rank, scan);
CREATE INDEX worklist_by_importer ON worklist (importer, rank, scan);

-- How many scans of unrestricted records stand where; restricted ones are few and counted on demand.
CREATE TABLE worklist_counts (
    modality TEXT NOT NULL,
    status   INTEGER NOT NULL,
    scans    INTEGER NOT NULL,
    PRIMARY KEY (modality, status)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER worklist_added AFTER INSERT ON worklist
WHEN (SELECT restricted FROM patients WHERE key = new.patient) = 0 BEGIN
    INSERT INTO worklist_counts VALUES (new.modality, new.status, 1)
        ON CONFLICT DO UPDATE SET scans = scans + 1;
END;
CREATE TRIGGER worklist_removed AFTER DELETE ON worklist
WHEN (SELECT restricted FROM patients WHERE key = old.patient) = 0 BEGIN
    UPDATE worklist_counts SET scans = scans - 1
        WHERE modality = old.modality AND status = old.status;
END;
CREATE TRIGGER worklist_moved AFTER UPDATE OF status ON worklist
WHEN old.status <> new.status
 AND (SELECT restricted FROM patients WHERE key = new.patient) = 0 BEGIN
    UPDATE worklist_counts SET scans = scans - 1
        WHERE modality = old.modality AND status = old.status;
    INSERT INTO worklist_counts VALUES (new.modality, new.status, 1)
        ON CONFLICT DO UPDATE SET scans = scans + 1;
END;
CREATE TRIGGER patient_restricted AFTER UPDATE OF restricted ON patients
WHEN old.restricted <> new.restricted BEGIN
    INSERT INTO worklist_counts
        SELECT modality, status, count(*) * (1 - 2 * new.restricted)
        FROM worklist WHERE patient = new.key GROUP BY modality, status
        ON CONFLICT DO UPDATE SET scans = scans + excluded.scans;
END;

-- The audit trail. `hash` = BLAKE3 over the row and the hash before it (see journal/chain.rs).
CREATE TABLE journal (
    number      INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    workstation BLOB NOT NULL,
    user        BLOB,
    verb        TEXT NOT NULL,
    subjects    TEXT NOT NULL,
    outcome     INTEGER NOT NULL,
    code        TEXT,
    hash        BLOB NOT NULL
) STRICT;
CREATE INDEX journal_by_user ON journal (user, number);

-- Which rows are about which id; verify compares it with the rows.
CREATE TABLE journal_subjects (
    subject BLOB NOT NULL,
    number  INTEGER NOT NULL,
    PRIMARY KEY (subject, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_head (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    number    INTEGER NOT NULL,
    hash      BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;

CREATE TRIGGER patient_versions_stay BEFORE UPDATE ON patient_versions
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER patient_versions_are_kept BEFORE DELETE ON patient_versions
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER allergy_statements_stay BEFORE UPDATE ON allergy_statements
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER allergy_statements_are_kept BEFORE DELETE ON allergy_statements
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER restrictions_stay BEFORE UPDATE ON restrictions
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER restrictions_are_kept BEFORE DELETE ON restrictions
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER scans_stay BEFORE UPDATE ON scans
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER scans_are_kept BEFORE DELETE ON scans
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER retractions_stay BEFORE UPDATE ON retractions
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER retractions_are_kept BEFORE DELETE ON retractions
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER readings_stay BEFORE UPDATE ON readings
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER readings_are_kept BEFORE DELETE ON readings
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER verdicts_stay BEFORE UPDATE ON verdicts
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER verdicts_are_kept BEFORE DELETE ON verdicts
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER priorities_stay BEFORE UPDATE ON priorities
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER priorities_are_kept BEFORE DELETE ON priorities
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER marks_stay BEFORE UPDATE ON marks
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER marks_are_kept BEFORE DELETE ON marks
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
