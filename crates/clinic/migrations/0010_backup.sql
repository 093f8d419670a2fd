-- Backups: where they go and when, what became of each, and which was brought back.

CREATE TABLE backup_plan (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    plan TEXT NOT NULL,
    by   BLOB NOT NULL,
    at   INTEGER NOT NULL
) STRICT;

-- One row for each try, written when it ended. `about` is JSON: sizes, or what went wrong.
CREATE TABLE backup_runs (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    started  INTEGER NOT NULL,
    ended    INTEGER NOT NULL,
    outcome  TEXT NOT NULL CHECK (outcome IN ('verified', 'failed', 'cancelled')),
    snapshot TEXT,
    about    TEXT NOT NULL
) STRICT;
CREATE INDEX backup_runs_by_outcome ON backup_runs (outcome, key);

CREATE TRIGGER backup_runs_stay BEFORE UPDATE ON backup_runs
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER backup_runs_are_kept BEFORE DELETE ON backup_runs
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- A snapshot that became the record: what is older than `at` in a backup's folder is another past.
CREATE TABLE backup_restores (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    snapshot TEXT NOT NULL,
    by       BLOB,
    at       INTEGER NOT NULL
) STRICT;

CREATE TRIGGER backup_restores_stay BEFORE UPDATE ON backup_restores
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER backup_restores_are_kept BEFORE DELETE ON backup_restores
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
