-- What is told, and what do people say to it? Articles in versions that stay, and threads of comments on anything that
-- has an address.

CREATE TABLE comment_thread (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    subject plain_text NOT NULL UNIQUE, -- address of what is commented on: '/news/…'
    title plain_text NOT NULL,          -- what it is called
    unit INTEGER NOT NULL REFERENCES unit (id), -- whose moderators decide
    state plain_text NOT NULL CHECK (state IN ('open', 'closed', 'hidden')),
    shown BIGINT NOT NULL CHECK (shown >= 0), -- how many comments are shown: the counter
    since_seq BIGINT NOT NULL
);

CREATE TABLE comment (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    thread INTEGER NOT NULL REFERENCES comment_thread (id),
    state plain_text NOT NULL CHECK (state IN ('pending', 'shown', 'rejected', 'removed')),
    body plain_text NOT NULL,       -- '' once erased
    person INTEGER REFERENCES person (id), -- NULL = somebody of the public
    office INTEGER REFERENCES office (id), -- in which the person spoke
    name plain_text NOT NULL,       -- of somebody of the public; '' of a person
    salt plain_text NOT NULL,       -- of the hashes in the journal; '' once erased
    at_utc_ms BIGINT NOT NULL,
    reason plain_text NOT NULL,     -- why it was rejected or removed
    reports BIGINT NOT NULL CHECK (reports >= 0), -- that nobody has looked into
    waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)), -- 1 = pending, or shown with reports
    since_seq BIGINT NOT NULL
);
CREATE INDEX comment_of_thread ON comment (thread, state, id);
CREATE INDEX comment_of_person ON comment (person);
CREATE INDEX comment_waiting ON comment (waiting, id);

CREATE TABLE comment_report (
    id INTEGER PRIMARY KEY,
    comment INTEGER NOT NULL REFERENCES comment (id),
    reason plain_text NOT NULL,
    person INTEGER REFERENCES person (id), -- NULL = somebody of the public
    at_utc_ms BIGINT NOT NULL,
    settled_seq BIGINT NOT NULL -- journal entry that looked into it; 0 = open
);
CREATE INDEX comment_report_comment ON comment_report (comment, settled_seq);
CREATE INDEX comment_report_person ON comment_report (person);

CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    unit INTEGER NOT NULL REFERENCES unit (id), -- that publishes it
    state plain_text NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    published_day INTEGER NOT NULL, -- of its first version; 0 = never
    published_utc_ms BIGINT NOT NULL,
    shown INTEGER NOT NULL,  -- number of the version that readers get; 0 = none
    draft INTEGER NOT NULL,  -- number of the version that is being written; 0 = none
    reason plain_text NOT NULL, -- why it was withdrawn
    withdrawn_day INTEGER NOT NULL,
    salt plain_text NOT NULL, -- of the hashes of names in the journal
    since_seq BIGINT NOT NULL
);
CREATE INDEX article_published ON article (state, published_day, id);

CREATE TABLE article_version (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id),
    number INTEGER NOT NULL, -- from 1
    language plain_text NOT NULL,
    title plain_text NOT NULL,
    lede plain_text NOT NULL,
    body plain_text NOT NULL, -- markup of news/markup.h
    note plain_text NOT NULL, -- what was corrected; '' of the first
    published_seq BIGINT NOT NULL, -- journal entry; 0 = being written
    published_utc_ms BIGINT NOT NULL,
    UNIQUE (article, number)
);

CREATE TABLE article_author (
    version INTEGER NOT NULL REFERENCES article_version (id),
    position INTEGER NOT NULL,
    name plain_text NOT NULL,
    PRIMARY KEY (version, position)
);

CREATE TABLE article_source (
    version INTEGER NOT NULL REFERENCES article_version (id),
    position INTEGER NOT NULL,
    label plain_text NOT NULL,
    address plain_text NOT NULL, -- http or https; '' = not known
    PRIMARY KEY (version, position)
);

CREATE TABLE article_document (
    version INTEGER NOT NULL REFERENCES article_version (id),
    position INTEGER NOT NULL,
    number plain_text NOT NULL,
    issuer plain_text NOT NULL,
    dated plain_text NOT NULL, -- 2024-03-14, 2024-03, 2024, --03-14 or ''
    title plain_text NOT NULL,
    PRIMARY KEY (version, position)
);

CREATE TABLE article_about (
    version INTEGER NOT NULL REFERENCES article_version (id),
    position INTEGER NOT NULL,
    subject plain_text NOT NULL, -- address here: '/movements/…'
    label plain_text NOT NULL,
    PRIMARY KEY (version, position)
);
