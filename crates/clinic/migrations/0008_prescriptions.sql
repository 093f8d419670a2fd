-- Prescriptions: what a doctor ordered and signed, and what became of it, as facts that never change.
-- What an order says is opaque here (JSON). Amounts are millionths of whatever the order counts in.

CREATE TABLE prescriptions (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    id         BLOB NOT NULL UNIQUE,
    patient    INTEGER NOT NULL REFERENCES patients (key),
    author     BLOB NOT NULL,
    at         INTEGER NOT NULL,
    -- When it is over by itself; null where it goes on until it is stopped.
    ends       INTEGER,
    -- What is on the shelf: ingredients, strength, form. It names no person.
    product    TEXT NOT NULL,
    total      INTEGER NOT NULL CHECK (total > 0),
    content    BLOB NOT NULL,
    sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
    signature  BLOB NOT NULL CHECK (length(signature) = 64),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32)
) STRICT;
CREATE INDEX prescriptions_by_patient ON prescriptions (patient, key);
CREATE INDEX prescriptions_by_product ON prescriptions (product, key);

-- From 1 without gaps.
CREATE TABLE prescription_facts (
    prescription INTEGER NOT NULL REFERENCES prescriptions (key),
    number       INTEGER NOT NULL CHECK (number > 0),
    id           BLOB NOT NULL UNIQUE,
    kind         TEXT NOT NULL CHECK (kind IN ('dispensed', 'returned', 'asked', 'answered', 'cancelled')),
    by           BLOB NOT NULL,
    at           INTEGER NOT NULL,
    amount       INTEGER NOT NULL CHECK (amount >= 0),
    content      TEXT NOT NULL,
    PRIMARY KEY (prescription, number)
) STRICT, WITHOUT ROWID;

-- What the facts come to, so that the queue is found at once; written with them and made from nothing else.
CREATE TABLE prescription_states (
    prescription INTEGER PRIMARY KEY REFERENCES prescriptions (key),
    state        TEXT NOT NULL CHECK (state IN ('ordered', 'partly', 'dispensed', 'asked', 'cancelled')),
    given        INTEGER NOT NULL CHECK (given >= 0),
    facts        INTEGER NOT NULL
) STRICT;
CREATE INDEX prescription_states_by_state ON prescription_states (state, prescription);

CREATE TRIGGER prescriptions_come_new BEFORE INSERT ON prescriptions
    WHEN EXISTS (SELECT 1 FROM prescriptions WHERE key = new.key OR id = new.id)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER prescriptions_stay BEFORE UPDATE ON prescriptions
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER prescriptions_are_kept BEFORE DELETE ON prescriptions
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER prescription_facts_follow BEFORE INSERT ON prescription_facts
    WHEN new.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM prescription_facts WHERE prescription = new.prescription)
      OR EXISTS (SELECT 1 FROM prescription_facts WHERE id = new.id)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER prescription_facts_stay BEFORE UPDATE ON prescription_facts
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER prescription_facts_are_kept BEFORE DELETE ON prescription_facts
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
