-- A series is what one source reported of an indicator in a period: a judge, a race, an opponent. Most values come from
-- none in particular; where several sources report, each has a series of its own and the rules combine them.
CREATE TABLE series_by_source (
    id INTEGER PRIMARY KEY,
    indicator plain_text NOT NULL,
    period plain_text NOT NULL,
    source plain_text NOT NULL,
    UNIQUE (period, indicator, source)
);
INSERT INTO series_by_source (id, indicator, period, source) SELECT id, indicator, period, '' FROM series;
DROP TABLE series;
ALTER TABLE series_by_source RENAME TO series;
