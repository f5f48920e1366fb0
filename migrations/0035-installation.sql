-- What this database is used with, in one row. Whoever opens it with another secret or mode is refused, before it harms who runs on it.
-- secret_mark: tells one secret from another and says nothing of either. cluster: which server's database the background work
-- was last done on; a copy has another. beat_at: when a process last did that work. written_at: when somebody last asked whether
-- anything can be written.
create table installation (
  is_only     boolean primary key default true check (is_only),
  mode        text not null check (mode in ('demo', 'production')),
  secret_mark text not null,
  cluster     text,
  beat_at     timestamptz,
  written_at  timestamptz
);
alter table installation enable row level security;
alter table installation force row level security;
create policy own on installation for all using ((select reader_is_program())) with check ((select reader_is_program()));
grant select, insert, update on installation to noroshi_app;

-- That nothing goes out until the desk says so, because what waits may be old news: the background work had stood still for hours,
-- or this is a copy of another database. One at a time.
create table held_sending (
  id           uuid primary key default gen_random_uuid(),
  reason       text not null check (reason in ('silence', 'copy')),
  silent_since timestamptz not null,
  held_at      timestamptz not null,
  released_by  uuid references person,
  released_at  timestamptz,
  check ((released_by is null) = (released_at is null))
);
create unique index one_hold on held_sending ((true)) where released_at is null;
alter table held_sending enable row level security;
alter table held_sending force row level security;
create policy reading on held_sending for select using ((select reader_may('delivery.see')));
create policy adding on held_sending for insert with check ((select reader_is_program()));
create policy changing on held_sending for update using ((select reader_may('sending.resume')))
  with check ((select reader_is_program()) or released_by = (select reader_person()));
grant select, insert, update (released_by, released_at) on held_sending to noroshi_app;
