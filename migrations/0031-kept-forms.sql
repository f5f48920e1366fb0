-- What somebody typed into a form and sent when their session was over, until they have signed in again: for twelve hours, for
-- that person and that browser alone. key_hash: SHA-256 of what only the browser's cookie holds; sealed: the form, encrypted with a
-- key made of the same, so that whoever reads the database reads nothing. Gone when it has been sent, dropped or is too old.
create table kept_form (
  id        uuid primary key default gen_random_uuid(),
  key_hash  bytea not null unique,
  person_id uuid not null references person,
  sealed    bytea not null check (octet_length(sealed) <= 1048576),
  kept_at   timestamptz not null
);
create index on kept_form (person_id, kept_at);
create index on kept_form (kept_at);

alter table kept_form enable row level security;
alter table kept_form force row level security;
-- Nobody is signed in when it is written; it is the program that looks whose it is.
create policy program on kept_form for all using ((select reader_is_program()));
grant select, insert, delete on kept_form to noroshi_app;
