-- Break-glass: who opened a restricted record in an emergency, for how long, and what an administrator
-- who was not that person said of it. The row of an opening is its review task: nothing can take it away.

CREATE TABLE break_glass (
    key     INTEGER PRIMARY KEY AUTOINCREMENT,
    id      BLOB NOT NULL UNIQUE,
    patient INTEGER NOT NULL REFERENCES patients (key),
    user    BLOB NOT NULL,
    reason  TEXT NOT NULL,
    words   TEXT NOT NULL CHECK (length(trim(words)) > 0),
    opened  INTEGER NOT NULL
) STRICT;
CREATE INDEX break_glass_by_user ON break_glass (user, key);
CREATE INDEX break_glass_by_patient ON break_glass (patient, key);

-- How it ended: by time, by the person, by another opening, by a clock that was put back.
CREATE TABLE break_glass_ends (
    opening INTEGER PRIMARY KEY REFERENCES break_glass (key),
    how     TEXT NOT NULL CHECK (how IN ('time', 'person', 'another', 'clock')),
    at      INTEGER NOT NULL
) STRICT;

-- How much of the hour is spent and when somebody last looked; no act, and it only goes on.
CREATE TABLE break_glass_clock (
    opening INTEGER PRIMARY KEY REFERENCES break_glass (key),
    spent   INTEGER NOT NULL CHECK (spent >= 0),
    seen    INTEGER NOT NULL
) STRICT;

CREATE TABLE break_glass_reviews (
    opening INTEGER PRIMARY KEY REFERENCES break_glass (key),
    outcome TEXT NOT NULL CHECK (outcome IN ('justified', 'not_justified')),
    words   TEXT NOT NULL CHECK (length(trim(words)) > 0),
    by      BLOB NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

CREATE TRIGGER break_glass_comes_new BEFORE INSERT ON break_glass
    WHEN EXISTS (SELECT 1 FROM break_glass WHERE key = new.key OR id = new.id)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER break_glass_stays BEFORE UPDATE ON break_glass
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER break_glass_is_kept BEFORE DELETE ON break_glass
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER break_glass_ends_once BEFORE INSERT ON break_glass_ends
    WHEN EXISTS (SELECT 1 FROM break_glass_ends WHERE opening = new.opening)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER break_glass_ends_stay BEFORE UPDATE ON break_glass_ends
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER break_glass_ends_are_kept BEFORE DELETE ON break_glass_ends
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER break_glass_clock_goes_on BEFORE UPDATE ON break_glass_clock
    WHEN new.opening <> old.opening OR new.spent < old.spent
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER break_glass_clock_begins_once BEFORE INSERT ON break_glass_clock
    WHEN EXISTS (SELECT 1 FROM break_glass_clock WHERE opening = new.opening)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER break_glass_clock_is_kept BEFORE DELETE ON break_glass_clock
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- Four eyes, and no verdict on what still goes on.
CREATE TRIGGER break_glass_reviews_are_others BEFORE INSERT ON break_glass_reviews
    WHEN new.by = (SELECT user FROM break_glass WHERE key = new.opening)
      OR NOT EXISTS (SELECT 1 FROM break_glass_ends WHERE opening = new.opening)
      OR EXISTS (SELECT 1 FROM break_glass_reviews WHERE opening = new.opening)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER break_glass_reviews_stay BEFORE UPDATE ON break_glass_reviews
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER break_glass_reviews_are_kept BEFORE DELETE ON break_glass_reviews
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- A removed person signs in no more; what they did keeps their name.
ALTER TABLE users ADD COLUMN removed INTEGER;

-- Statistics: narrow rows and indexes beside wide ones, so that a count reads little.
CREATE INDEX scans_by_time ON scans (at, key);
CREATE INDEX consultations_by_time ON consultations (started, key);
CREATE INDEX journal_by_time ON journal (at, number, outcome);

-- The class that a reading found likeliest; empty where it was not assessed.
CREATE TABLE reading_classes (
    model_id TEXT NOT NULL,
    version  TEXT NOT NULL,
    class    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    reading  INTEGER NOT NULL REFERENCES readings (key),
    PRIMARY KEY (model_id, version, class, at, reading)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER readings_are_classed AFTER INSERT ON readings BEGIN
    INSERT INTO reading_classes VALUES (new.model_id, new.version, coalesce(
        (SELECT value ->> '$.name' FROM json_each(new.answer, '$.classes')
         ORDER BY value ->> '$.probability' DESC, key LIMIT 1), ''), new.at, new.key);
END;
INSERT INTO reading_classes
    SELECT r.model_id, r.version, coalesce(
        (SELECT value ->> '$.name' FROM json_each(r.answer, '$.classes')
         ORDER BY value ->> '$.probability' DESC, key LIMIT 1), ''), r.at, r.key
    FROM readings AS r;

-- From a scan's import to the first final report on it.
CREATE TABLE turnarounds (
    at     INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES reports (key),
    ms     INTEGER NOT NULL,
    PRIMARY KEY (at, report)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER signings_are_timed AFTER INSERT ON signings
    WHEN new.state = 'final' AND NOT EXISTS
        (SELECT 1 FROM signings WHERE report = new.report AND state = 'final' AND revision < new.revision)
BEGIN
    INSERT INTO turnarounds SELECT new.at, new.report, max(0, new.at - s.at)
        FROM reports AS r JOIN scans AS s ON s.key = r.scan WHERE r.key = new.report;
END;
INSERT INTO turnarounds
    SELECT g.at, g.report, max(0, g.at - s.at)
    FROM signings AS g JOIN reports AS r ON r.key = g.report JOIN scans AS s ON s.key = r.scan
    WHERE g.state = 'final' AND NOT EXISTS
        (SELECT 1 FROM signings WHERE report = g.report AND state = 'final' AND revision < g.revision);

-- Outcomes: of each reading what it said, in short, and what the newest verdict on it says. A fact makes the
-- line of its reading anew in its own transaction, so that no figure reads answers and verdicts.
CREATE TABLE model_versions (
    key      INTEGER PRIMARY KEY,
    model_id TEXT NOT NULL,
    version  TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    UNIQUE (model_id, version, sha256)
) STRICT;
CREATE TABLE outcomes (
    reading   INTEGER PRIMARY KEY REFERENCES readings (key),
    model     INTEGER NOT NULL REFERENCES model_versions (key),
    modality  TEXT NOT NULL,
    -- The scan was entered in error.
    retracted INTEGER NOT NULL,
    -- Key of the likeliest class, of equals the first, and the score; null where it was not assessed.
    said      TEXT,
    score     REAL,
    -- Null where nobody judged it.
    verdict   INTEGER REFERENCES verdicts (key),
    agrees    INTEGER,
    -- Key of the clinician's class; null where their words are none of the reading's classes.
    doctor    TEXT
) STRICT;
CREATE INDEX outcomes_in_short ON outcomes (model, modality, said, agrees, doctor, retracted);
CREATE INDEX outcomes_by_verdict ON outcomes (model, agrees, verdict, doctor) WHERE verdict IS NOT NULL;

-- The same lines worked out from the facts.
CREATE VIEW outcomes_anew AS
    SELECT o.reading, o.model, o.modality, o.retracted, o.said, o.score, v.key AS verdict, v.agrees,
           CASE WHEN v.agrees = 1 THEN o.said ELSE
               (SELECT value ->> '$.id' FROM json_each(o.answer, '$.classes')
                WHERE value ->> '$.id' = v.class LIMIT 1) END AS doctor
    FROM (SELECT r.key AS reading, m.key AS model, s.modality, r.answer,
                 EXISTS (SELECT 1 FROM retractions WHERE scan = r.scan) AS retracted,
                 (SELECT value ->> '$.id' FROM json_each(r.answer, '$.classes')
                  ORDER BY value ->> '$.probability' DESC, key LIMIT 1) AS said,
                 r.answer ->> '$.urgency' AS score
          FROM readings AS r
          JOIN scans AS s ON s.key = r.scan
          JOIN model_versions AS m
            ON m.model_id = r.model_id AND m.version = r.version AND m.sha256 = r.sha256) AS o
    LEFT JOIN verdicts AS v ON v.key = (SELECT max(key) FROM verdicts WHERE reading = o.reading);

CREATE TRIGGER readings_have_outcomes AFTER INSERT ON readings BEGIN
    INSERT INTO model_versions (model_id, version, sha256)
        VALUES (new.model_id, new.version, new.sha256) ON CONFLICT DO NOTHING;
    INSERT INTO outcomes SELECT * FROM outcomes_anew WHERE reading = new.key;
END;
CREATE TRIGGER verdicts_make_outcomes_anew AFTER INSERT ON verdicts WHEN new.reading IS NOT NULL BEGIN
    INSERT OR REPLACE INTO outcomes SELECT * FROM outcomes_anew WHERE reading = new.reading;
END;
CREATE TRIGGER retractions_make_outcomes_anew AFTER INSERT ON retractions BEGIN
    INSERT OR REPLACE INTO outcomes SELECT * FROM outcomes_anew
        WHERE reading IN (SELECT key FROM readings WHERE scan = new.scan);
END;
INSERT INTO model_versions (model_id, version, sha256)
    SELECT DISTINCT model_id, version, sha256 FROM readings ORDER BY model_id, version, sha256;
INSERT INTO outcomes SELECT * FROM outcomes_anew;
