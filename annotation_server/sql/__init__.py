"""SQL that lives in the database, one current text each; the migrations run it."""
