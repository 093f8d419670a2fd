-- Who is who: likely duplicates, and two records that turned out to be one person. A merge moves no
-- fact: it only says which record is read for both, so that undoing it restores exactly what was.

-- The record that is read for this one; its own key where it was not merged.
ALTER TABLE patients ADD COLUMN head INTEGER NOT NULL DEFAULT 0;
-- The newest statement of allergies (of anybody) when it was merged; null where it stands for itself.
-- What the other record said of allergies before that does not outweigh what this one says.
ALTER TABLE patients ADD COLUMN merged_after INTEGER;
-- Which way of finding duplicates has looked at this version; another one looks anew.
ALTER TABLE patients ADD COLUMN compared_by INTEGER NOT NULL DEFAULT 0;
UPDATE patients SET head = key;
CREATE TRIGGER patients_stand_alone AFTER INSERT ON patients WHEN new.head = 0
    BEGIN UPDATE patients SET head = new.key WHERE key = new.key; END;
CREATE INDEX patients_by_head ON patients (head);
CREATE INDEX patients_to_compare ON patients (compared_by, key);

-- A patient as every list shows them: `member` is the key that facts point at, the rest is of the
-- record that is read for it.
CREATE VIEW heads AS
    SELECT m.key AS member, p.key, p.id, p.version, p.sort_name, p.external_id, p.restricted,
           p.treating, p.demo, p.created,
           (SELECT sum(q.scans) FROM patients AS q WHERE q.head = p.key) AS scans
    FROM patients AS m JOIN patients AS p ON p.key = m.head;

-- Append-only: of two records, the one that is read for both, and who said so.
CREATE TABLE merges (
    key    INTEGER PRIMARY KEY AUTOINCREMENT,
    id     BLOB NOT NULL UNIQUE,
    kept   INTEGER NOT NULL REFERENCES patients (key),
    gone   INTEGER NOT NULL REFERENCES patients (key),
    -- The newest statement of allergies then; see patients.merged_after.
    after  INTEGER NOT NULL,
    reason TEXT NOT NULL,
    by     BLOB NOT NULL,
    at     INTEGER NOT NULL,
    CHECK (kept <> gone)
) STRICT;
CREATE INDEX merges_by_kept ON merges (kept, key);
CREATE INDEX merges_by_gone ON merges (gone, key);

-- Append-only: a merge that was taken back.
CREATE TABLE unmerges (
    merge  INTEGER PRIMARY KEY REFERENCES merges (key),
    reason TEXT NOT NULL,
    by     BLOB NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

-- Append-only: somebody looked at these two and they are two people. It holds for the versions that were
-- looked at; a correction of either asks again.
CREATE TABLE told_apart (
    key       INTEGER PRIMARY KEY AUTOINCREMENT,
    a         INTEGER NOT NULL REFERENCES patients (key),
    a_version INTEGER NOT NULL,
    b         INTEGER NOT NULL REFERENCES patients (key),
    b_version INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    by        BLOB NOT NULL,
    at        INTEGER NOT NULL,
    CHECK (a < b)
) STRICT;
CREATE INDEX told_apart_by_pair ON told_apart (a, b);

-- Made from the present versions and made anew with each: how a name sounds, a birth date whichever way
-- day and month were written, another system's id. Whoever shares one is compared.
CREATE TABLE patient_traits (
    trait   TEXT NOT NULL,
    patient INTEGER NOT NULL REFERENCES patients (key),
    PRIMARY KEY (trait, patient)
) STRICT, WITHOUT ROWID;
CREATE INDEX patient_traits_by_patient ON patient_traits (patient);

-- Pairs that are likely one person; made from the present versions, too.
CREATE TABLE likely_duplicates (
    a       INTEGER NOT NULL REFERENCES patients (key),
    b       INTEGER NOT NULL REFERENCES patients (key),
    score   INTEGER NOT NULL,
    PRIMARY KEY (a, b),
    CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX likely_duplicates_by_b ON likely_duplicates (b);
CREATE INDEX likely_duplicates_by_score ON likely_duplicates (score DESC, a, b);

-- INSERT OR REPLACE deletes without asking the triggers of DELETE, so that INSERT asks, too.
CREATE TRIGGER merges_come_new BEFORE INSERT ON merges
    WHEN EXISTS (SELECT 1 FROM merges WHERE key = new.key OR id = new.id)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER merges_stay BEFORE UPDATE ON merges
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER merges_are_kept BEFORE DELETE ON merges
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER unmerges_come_new BEFORE INSERT ON unmerges
    WHEN EXISTS (SELECT 1 FROM unmerges WHERE merge = new.merge)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER unmerges_stay BEFORE UPDATE ON unmerges
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER unmerges_are_kept BEFORE DELETE ON unmerges
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER told_apart_comes_new BEFORE INSERT ON told_apart
    WHEN EXISTS (SELECT 1 FROM told_apart WHERE key = new.key)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER told_apart_stays BEFORE UPDATE ON told_apart
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER told_apart_is_kept BEFORE DELETE ON told_apart
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- A model put the scan above its operating point; kept with the rest of the scan's line.
ALTER TABLE worklist ADD COLUMN above INTEGER NOT NULL DEFAULT 0;
UPDATE worklist SET above = EXISTS (
    SELECT 1 FROM readings AS r, json_each(r.answer, '$.classes') AS c
    WHERE r.key = worklist.reading
      AND json_extract(c.value, '$.abnormal') AND json_extract(c.value, '$.band') = 'above');
CREATE INDEX worklist_above ON worklist (rank, scan) WHERE above = 1 AND status = 1;
