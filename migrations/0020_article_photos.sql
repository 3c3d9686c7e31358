-- Photos of an article's versions, in order. `evidence` is the public id of a kept file.
CREATE TABLE article_photo (
    version INTEGER NOT NULL REFERENCES article_version (id),
    position INTEGER NOT NULL,
    evidence plain_text NOT NULL,
    caption plain_text NOT NULL,
    credit plain_text NOT NULL,
    PRIMARY KEY (version, position)
);
CREATE INDEX article_photo_file ON article_photo (evidence);
