-- What is to be sent by mail, and what became of it. Addresses and texts are blanked some days after the end.
CREATE TABLE mail (
    id plain_text PRIMARY KEY,      -- public; the Message-ID is made of it
    account plain_text NOT NULL,    -- whose address is looked up when it is sent; '' = `address` is given
    address plain_text NOT NULL,
    language plain_text NOT NULL,
    subject plain_text NOT NULL,
    body plain_text NOT NULL,
    kind plain_text NOT NULL,       -- digest, …
    state plain_text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
    tries INTEGER NOT NULL,
    next_try_utc_ms BIGINT NOT NULL,
    claim plain_text NOT NULL,      -- whoever sends it now; '' = nobody
    claim_until_utc_ms BIGINT NOT NULL,
    last_error plain_text NOT NULL, -- code of a problem, then what the mail server said
    created_utc_ms BIGINT NOT NULL,
    ended_utc_ms BIGINT NOT NULL,   -- sent, failed or dropped; 0 = waiting
    once plain_text UNIQUE          -- NULL = may be repeated
);
CREATE INDEX mail_due ON mail (state, next_try_utc_ms);
CREATE INDEX mail_ended ON mail (ended_utc_ms);
