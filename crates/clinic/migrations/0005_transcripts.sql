-- What was said in voice notes, in words. Facts are append-only: of each note the newest row counts, and a
-- correction is a row of its own. What waits for an engine lies in a queue of its own, in the order in
-- which it was said; a row leaves it in the transaction that keeps the answer.

CREATE TABLE transcripts (
    consultation INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    -- Counts a note's transcripts from 1.
    part         INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    -- written, no_speech, failed, corrected
    state        TEXT NOT NULL,
    -- What the engine heard it spoken in.
    language     TEXT,
    text         TEXT NOT NULL,
    -- JSON: from, to (milliseconds), text, confidence
    segments     TEXT NOT NULL,
    engine       TEXT,
    on_device    INTEGER NOT NULL,
    -- Why it failed: a sentence of the catalogue.
    problem      TEXT,
    -- Who corrected it.
    by           BLOB,
    -- Translations up to this part were made of other words, and count no longer.
    after        INTEGER NOT NULL,
    PRIMARY KEY (consultation, n, part),
    FOREIGN KEY (consultation, n) REFERENCES sounds (consultation, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE transcript_queue (
    key          INTEGER PRIMARY KEY AUTOINCREMENT,
    consultation INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    since        INTEGER NOT NULL,
    UNIQUE (consultation, n),
    FOREIGN KEY (consultation, n) REFERENCES sounds (consultation, n)
) STRICT;

CREATE TRIGGER transcripts_stay BEFORE UPDATE ON transcripts
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER transcripts_are_kept BEFORE DELETE ON transcripts
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER transcript_queue_stays BEFORE UPDATE ON transcript_queue
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
