-- What the owner vouched for when a paper was uploaded, sealed with the key of the system; papers of before have none.
ALTER TABLE vault_papers ADD COLUMN sealed_at BIGINT;
ALTER TABLE vault_papers ADD COLUMN seal TEXT;
