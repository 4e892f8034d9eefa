-- Wrong guesses are forgiven one after the other, whatever traffic there is: not their number is kept but the moment at which
-- all of them will be forgiven. What was counted the old way is let go; nobody is locked out by that, and a guesser gains a day.
DROP TABLE wrong_guesses;
CREATE TABLE wrong_guesses (
    guard TEXT NOT NULL,
    digest TEXT NOT NULL,
    even_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (guard, digest)
);
CREATE INDEX wrong_guesses_even ON wrong_guesses (even_at);
