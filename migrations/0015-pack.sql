-- The offline pack (N-11): directory, call trees, board and log on paper, for the hour in which nothing else works.
-- digest: SHA-256 of the printed pages. content: those pages and, behind their end, the signature.
create table pack (
  id        uuid primary key default gen_random_uuid(),
  made_at   timestamptz not null,
  made_by   uuid references person,
  pages     int not null check (pages > 0),
  institutions int not null,
  contacts  int not null,
  digest    bytea not null check (length(digest) = 32),
  content   bytea not null
);
create index on pack (made_at);
alter table pack enable row level security;
alter table pack force row level security;
create policy reading on pack for select using ((select reader_may('pack.take')));
create policy program on pack for all using ((select reader_is_program()));
grant select, insert, delete on pack to noroshi_app;
