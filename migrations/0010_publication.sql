-- When were the standings of a cycle made public, and taken back? Nothing is deleted: what was published again is another
-- version.

CREATE TABLE publication (
    id INTEGER PRIMARY KEY,
    cycle INTEGER NOT NULL REFERENCES cycle (id),
    version INTEGER NOT NULL,       -- from 1 within the cycle
    seq BIGINT NOT NULL,            -- journal entry; the figures are those before it
    at_utc_ms BIGINT NOT NULL,
    who plain_text NOT NULL,
    capacity plain_text NOT NULL,
    withdrawn_seq BIGINT NOT NULL,  -- journal entry that took it back, 0 = it stands
    withdrawn_at_utc_ms BIGINT NOT NULL,
    withdrawn_by plain_text NOT NULL,
    withdrawn_capacity plain_text NOT NULL,
    reason plain_text NOT NULL,     -- why it was taken back
    UNIQUE (cycle, version)
);
