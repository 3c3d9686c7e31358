-- Any three letters of a folded name find it. Where the extension may not be created, searching still works, by
-- reading every name.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX unit_name_letters ON unit_name USING gin ((folded::text) gin_trgm_ops);
EXCEPTION
    WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
        RAISE NOTICE 'pg_trgm is not available: unit names are searched without an index';
END
$$;
