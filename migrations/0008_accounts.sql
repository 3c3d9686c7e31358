-- How does somebody prove who they are? Secrets are kept as hashes alone.

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    person INTEGER NOT NULL UNIQUE REFERENCES person (id),
    name plain_text NOT NULL,          -- typed at sign-in
    folded plain_text NOT NULL UNIQUE,
    password_hash plain_text NOT NULL, -- '' = none
    totp_secret plain_text NOT NULL,   -- '' = none; sealed with the server's key
    totp_step BIGINT NOT NULL,         -- the last one used
    mail plain_text NOT NULL,          -- '' = none
    state plain_text NOT NULL CHECK (state IN ('invited', 'active', 'closed')),
    preferences plain_text NOT NULL,   -- JSON
    created_utc_ms BIGINT NOT NULL,
    signed_in_utc_ms BIGINT NOT NULL,  -- 0 = never
    since_seq BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    account INTEGER NOT NULL REFERENCES account (id),
    hash plain_text NOT NULL,
    used_utc_ms BIGINT NOT NULL, -- 0 = not yet
    PRIMARY KEY (account, hash)
);

CREATE TABLE passkey (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    account INTEGER NOT NULL REFERENCES account (id),
    credential plain_text NOT NULL UNIQUE, -- base64url
    public_key plain_text NOT NULL,        -- base64url
    algorithm INTEGER NOT NULL,
    sign_count BIGINT NOT NULL,
    transports plain_text NOT NULL,        -- a|b
    title plain_text NOT NULL,
    created_utc_ms BIGINT NOT NULL,
    used_utc_ms BIGINT NOT NULL
);
CREATE INDEX passkey_account ON passkey (account);

CREATE TABLE external_identity (
    provider plain_text NOT NULL,
    subject plain_text NOT NULL,
    account INTEGER NOT NULL REFERENCES account (id),
    groups plain_text NOT NULL, -- as told last: a|b
    seen_utc_ms BIGINT NOT NULL,
    PRIMARY KEY (provider, subject)
);
CREATE INDEX external_identity_account ON external_identity (account);

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    hash plain_text NOT NULL UNIQUE,   -- of the cookie
    account INTEGER NOT NULL REFERENCES account (id),
    office INTEGER REFERENCES office (id), -- the capacity; NULL = none
    factors plain_text NOT NULL,       -- password|totp, passkey, oidc:KEY …
    about plain_text NOT NULL,         -- the browser, in a few words
    created_utc_ms BIGINT NOT NULL,
    seen_utc_ms BIGINT NOT NULL,
    ends_utc_ms BIGINT NOT NULL,       -- whatever happens
    ended_utc_ms BIGINT NOT NULL       -- 0 = open
);
CREATE INDEX session_account ON session (account);

CREATE TABLE access_token (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    hash plain_text NOT NULL UNIQUE,
    account INTEGER NOT NULL REFERENCES account (id),
    office INTEGER REFERENCES office (id), -- the capacity
    title plain_text NOT NULL,
    verbs plain_text NOT NULL,         -- a|b
    unit INTEGER REFERENCES unit (id), -- NULL = as far as its owner reaches
    ends_day INTEGER NOT NULL,         -- no longer on that day
    created_utc_ms BIGINT NOT NULL,
    used_utc_ms BIGINT NOT NULL,
    ended_utc_ms BIGINT NOT NULL
);
CREATE INDEX access_token_account ON access_token (account);

-- Addresses that are good once: set-up of the first administrator, invitation, a new password.
CREATE TABLE one_time_link (
    hash plain_text PRIMARY KEY,
    kind plain_text NOT NULL CHECK (kind IN ('setup', 'invite', 'reset')),
    account INTEGER REFERENCES account (id),
    ends_utc_ms BIGINT NOT NULL
);

-- What was answered when a client sent the same for the first time.
CREATE TABLE sent_once (
    caller plain_text NOT NULL,
    once plain_text NOT NULL,    -- Idempotency-Key, or the token of a form
    request plain_text NOT NULL, -- hash of what was sent
    status INTEGER NOT NULL,
    location plain_text NOT NULL,
    document plain_text NOT NULL,
    at_utc_ms BIGINT NOT NULL,
    PRIMARY KEY (caller, once)
);
CREATE INDEX sent_once_at ON sent_once (at_utc_ms);

-- What administrators set for the whole server: retention, sessions, work factor of passwords, keys.
CREATE TABLE setting (
    key plain_text PRIMARY KEY,
    value plain_text NOT NULL
);
