-- Spans are half open: valid_from holds, valid_to no longer does. Days are numbers YYYYMMDD; 0 = since always,
-- 99999999 = still. Moments are milliseconds since 1970 in UTC. Numbers are counted in millionths.

CREATE TABLE journal (
    seq BIGINT PRIMARY KEY,
    at_utc_ms BIGINT NOT NULL,
    who plain_text NOT NULL,
    capacity plain_text NOT NULL,
    what plain_text NOT NULL,
    subject plain_text NOT NULL,
    document plain_text NOT NULL, -- JSON, exactly as it was hashed
    hash plain_text NOT NULL      -- leaf hash of RFC 6962, hexadecimal
);
CREATE INDEX journal_subject ON journal (subject, seq);

CREATE TABLE job (
    id plain_text PRIMARY KEY,
    kind plain_text NOT NULL,
    state plain_text NOT NULL
        CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
    progress BIGINT NOT NULL,
    total BIGINT NOT NULL,
    cancel_wanted INTEGER NOT NULL,
    result plain_text NOT NULL,
    faults plain_text NOT NULL,
    who plain_text NOT NULL,
    process plain_text NOT NULL, -- which run of the program holds it
    created_utc_ms BIGINT NOT NULL,
    changed_utc_ms BIGINT NOT NULL
);
CREATE INDEX job_created ON job (created_utc_ms);

CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    kind plain_text NOT NULL,
    tags plain_text NOT NULL, -- a|b
    valid_from INTEGER NOT NULL,
    valid_to INTEGER NOT NULL,
    CHECK (valid_from < valid_to)
);

CREATE TABLE unit_code (
    unit INTEGER NOT NULL REFERENCES unit (id),
    code plain_text NOT NULL,
    folded plain_text NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to INTEGER NOT NULL,
    PRIMARY KEY (unit, valid_from),
    CHECK (valid_from < valid_to)
);
CREATE INDEX unit_code_code ON unit_code (code, valid_from);
CREATE INDEX unit_code_folded ON unit_code (folded);

CREATE TABLE unit_name (
    id INTEGER PRIMARY KEY,
    unit INTEGER NOT NULL REFERENCES unit (id),
    language plain_text NOT NULL, -- '' = none in particular
    name plain_text NOT NULL,
    folded plain_text NOT NULL, -- what search compares
    valid_from INTEGER NOT NULL,
    valid_to INTEGER NOT NULL,
    UNIQUE (unit, language, valid_from),
    CHECK (valid_from < valid_to)
);
CREATE INDEX unit_name_folded ON unit_name (folded);

CREATE TABLE unit_parent (
    unit INTEGER NOT NULL REFERENCES unit (id),
    parent INTEGER REFERENCES unit (id), -- NULL = a root
    valid_from INTEGER NOT NULL,
    valid_to INTEGER NOT NULL,
    PRIMARY KEY (unit, valid_from),
    CHECK (valid_from < valid_to),
    CHECK (parent IS NULL OR parent <> unit)
);
CREATE INDEX unit_parent_parent ON unit_parent (parent, valid_from);

CREATE TABLE peer_group (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    code plain_text NOT NULL UNIQUE,
    name plain_text NOT NULL
);

-- What overwrote a membership is kept: the row in force has until_seq 0.
CREATE TABLE membership (
    unit INTEGER NOT NULL REFERENCES unit (id),
    period plain_text NOT NULL, -- '' = every period for which the unit has no other
    until_seq BIGINT NOT NULL,  -- journal entry that ended it; 0 = in force
    peer_group INTEGER NOT NULL REFERENCES peer_group (id),
    role plain_text NOT NULL CHECK (role IN ('', 'leader', 'deputy')),
    since_seq BIGINT NOT NULL,
    PRIMARY KEY (unit, period, until_seq)
);
CREATE INDEX membership_group ON membership (peer_group, period);

CREATE TABLE movement (
    id INTEGER PRIMARY KEY,
    code plain_text NOT NULL UNIQUE -- `key` of its files
);

CREATE TABLE cycle (
    id INTEGER PRIMARY KEY,
    movement INTEGER NOT NULL REFERENCES movement (id),
    period plain_text NOT NULL,
    starts plain_text NOT NULL,
    ends plain_text NOT NULL,
    state plain_text NOT NULL CHECK (state IN ('planned', 'running', 'closed')),
    toml plain_text NOT NULL,
    since_seq BIGINT NOT NULL,
    UNIQUE (movement, period)
);

CREATE TABLE cycle_past (
    cycle INTEGER NOT NULL REFERENCES cycle (id),
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL,
    starts plain_text NOT NULL,
    ends plain_text NOT NULL,
    toml plain_text NOT NULL,
    PRIMARY KEY (cycle, since_seq)
);

-- An indicator in a period.
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    indicator plain_text NOT NULL,
    period plain_text NOT NULL,
    UNIQUE (period, indicator)
);
