-- A number that was not reported is NULL; one that is not applicable is NULL with value_na = 1. Targets likewise.
-- No foreign keys here: at five million rows they cost more than the import itself. Units and series are never
-- deleted, and the doctor looks for orphans.
-- Without rowid: a series is one run of pages in the order of units, read and written in a piece.
CREATE TABLE value (
    series INTEGER NOT NULL, -- series.id
    unit INTEGER NOT NULL,   -- unit.id
    value BIGINT,
    value_na INTEGER NOT NULL CHECK (value_na = 0 OR value IS NULL),
    target BIGINT,
    target_na INTEGER NOT NULL CHECK (target_na = 0 OR target IS NULL),
    note plain_text,
    since_seq BIGINT NOT NULL, -- journal entry that stored it
    PRIMARY KEY (series, unit)
) WITHOUT ROWID;

-- What was overwritten: it held from journal entry since_seq until until_seq.
CREATE TABLE value_past (
    series INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    value BIGINT,
    value_na INTEGER NOT NULL,
    target BIGINT,
    target_na INTEGER NOT NULL,
    note plain_text,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL,
    PRIMARY KEY (series, unit, since_seq)
) WITHOUT ROWID;
