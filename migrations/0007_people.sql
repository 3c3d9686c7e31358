-- Who acts here, in which capacity, and with which rights? Persons are apart from accounts (0008), so that what they did
-- outlives their leaving. Spans are half open days, as everywhere.

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    name plain_text NOT NULL,   -- '' once erased
    folded plain_text NOT NULL,
    salt plain_text NOT NULL,   -- of the hashes by which the journal names personal data; '' once erased
    erased INTEGER NOT NULL,
    since_seq BIGINT NOT NULL   -- journal entry that last changed the person
);
CREATE INDEX person_folded ON person (folded);

CREATE TABLE person_alias (
    person INTEGER NOT NULL REFERENCES person (id),
    alias plain_text NOT NULL,
    folded plain_text NOT NULL,
    PRIMARY KEY (person, alias)
);
CREATE INDEX person_alias_folded ON person_alias (folded);

CREATE TABLE office (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES person (id),
    unit INTEGER REFERENCES unit (id), -- NULL = of the system itself
    title_en plain_text NOT NULL,
    title_vi plain_text NOT NULL,
    title_ur plain_text NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to INTEGER NOT NULL,
    since_seq BIGINT NOT NULL,
    CHECK (valid_from < valid_to)
);
CREATE INDEX office_person ON office (person);
CREATE INDEX office_unit ON office (unit);

-- Somebody acts for the holder of an office.
CREATE TABLE delegation (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    office INTEGER NOT NULL REFERENCES office (id),
    deputy INTEGER NOT NULL REFERENCES person (id),
    valid_from INTEGER NOT NULL,
    valid_to INTEGER NOT NULL,
    since_seq BIGINT NOT NULL,
    CHECK (valid_from <= valid_to) -- equal: ended before it began
);
CREATE INDEX delegation_office ON delegation (office);
CREATE INDEX delegation_deputy ON delegation (deputy);

CREATE TABLE council (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    code plain_text NOT NULL UNIQUE,
    unit INTEGER NOT NULL REFERENCES unit (id),
    title_en plain_text NOT NULL,
    title_vi plain_text NOT NULL,
    title_ur plain_text NOT NULL,
    since_seq BIGINT NOT NULL
);

-- What × where × when. Where: a unit (alone or with all below it), or a group, or a council; none of them = everywhere.
CREATE TABLE role_grant (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    office INTEGER NOT NULL REFERENCES office (id),
    role plain_text NOT NULL,
    unit INTEGER REFERENCES unit (id),
    reach plain_text NOT NULL CHECK (reach IN ('unit', 'subtree')),
    peer_group INTEGER REFERENCES peer_group (id),
    council INTEGER REFERENCES council (id),
    movement plain_text NOT NULL, -- key; '' = every movement
    valid_from INTEGER NOT NULL,
    valid_to INTEGER NOT NULL,
    granted_by plain_text NOT NULL,
    since_seq BIGINT NOT NULL,
    CHECK (valid_from <= valid_to) -- equal: taken back before it began
);
CREATE INDEX role_grant_office ON role_grant (office);
CREATE INDEX role_grant_role ON role_grant (role);
