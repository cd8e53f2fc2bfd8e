-- The table of Django's database cache: counts of failed sign-ins, shared by all web processes.
CREATE TABLE counters (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX counters_expires ON counters (expires);
