-- What the search reads of exemplars: written by a follower of the journal, in batches, so that registering waits for
-- nothing. Everything here can be made anew from `exemplar`.

CREATE TABLE exemplar_text (
    exemplar INTEGER PRIMARY KEY,
    since_seq BIGINT NOT NULL,   -- of the exemplar when it was read
    title plain_text NOT NULL,   -- folded, in all languages
    body plain_text NOT NULL,    -- folded, one word for each of `shown`
    shown plain_text NOT NULL    -- as it was written, a space between words
);

-- Exemplars are read in the order of (since_seq, id); the one row says up to which they have been.
CREATE TABLE exemplar_text_position (
    id INTEGER PRIMARY KEY,
    seq BIGINT NOT NULL,
    exemplar INTEGER NOT NULL
);
INSERT INTO exemplar_text_position (id, seq, exemplar) VALUES (1, 0, 0);

-- For each exemplar its words, "a", and what stands beside each other, "~a~b"; with "_" before it what stands so in the
-- title, there three words, "_~a~b~c", too. Without places in the text, which neither order nor phrase needs then, a
-- search among very many stays short. A row's number is that of the exemplar, negative: the newest come first.
CREATE VIRTUAL TABLE exemplar_words USING fts5 (
    words, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars '_~'"
);
