-- What differs between a message and a machine's translation of it, as found when it came, and who
-- looked at it. A translation with findings goes to nobody but the doctor until it is confirmed.
-- Facts are append-only.

CREATE TABLE translation_findings (
    consultation INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    part         INTEGER NOT NULL,
    -- JSON: kind, and the words of both texts.
    findings     TEXT NOT NULL,
    PRIMARY KEY (consultation, n, part),
    FOREIGN KEY (consultation, n, part) REFERENCES translations (consultation, n, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE translation_confirmations (
    consultation INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    part         INTEGER NOT NULL,
    by           BLOB NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (consultation, n, part),
    FOREIGN KEY (consultation, n, part) REFERENCES translation_findings (consultation, n, part)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER translation_findings_stay BEFORE UPDATE ON translation_findings
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER translation_findings_are_kept BEFORE DELETE ON translation_findings
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER translation_confirmations_stay BEFORE UPDATE ON translation_confirmations
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER translation_confirmations_are_kept BEFORE DELETE ON translation_confirmations
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
