-- Keeping the directory true: who changed an entry, codes that prove an address, quiet tests, and mails that came back.

-- Counts the changes of an entry, so that of two people who change it at once the second sees what the first did.
alter table contact add column version int not null default 1 check (version > 0);

-- A code that was sent to an address. What is kept is a keyed hash of it; five wrong answers, a newer code or half an hour end it.
create table address_code (
  id                 uuid primary key default gen_random_uuid(),
  contact_address_id uuid not null references contact_address,
  institution_id     uuid not null references institution,
  code_hash          bytea not null,
  sent_by            uuid not null references person,
  sent_at            timestamptz not null,
  expires_at         timestamptz not null,
  tries              int not null default 0,
  ended_at           timestamptz
);
create index on address_code (contact_address_id, sent_at);
create index on address_code (sent_by, sent_at);

-- A quiet test of many addresses at once. Its mails are letters about /contacts/tests/<id>.
create table address_test (
  id              uuid primary key default gen_random_uuid(),
  scope           text not null check (scope in ('all', 'untested', 'chosen')),
  addresses       int not null check (addresses >= 0),
  institutions    int not null check (institutions >= 0),
  started_by      uuid not null references person,
  started_at      timestamptz not null,
  idempotency_key uuid not null unique
);

-- A mail that reached the return path. finding: what it turned out to be; only 'failed' changes anything else.
create table bounce (
  id          uuid primary key default gen_random_uuid(),
  letter_id   uuid references letter,
  recipient   text not null check (length(recipient) <= 254),
  finding     text not null check (finding in ('failed', 'delayed', 'other', 'no_report', 'unknown')),
  status_code text check (length(status_code) <= 20),
  diagnostic  text check (length(diagnostic) <= 500),
  received_at timestamptz not null
);
create index on bounce (received_at);

do $$ declare name text; begin
  foreach name in array '{address_code,address_test,bounce}'::text[] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
create policy changing on address_code for all using (reader_may_in('contact.edit', institution_id));
create policy reading on address_test for select using ((select reader_may('directory.see')));
create policy adding on address_test for insert with check ((select reader_may('address.test')));
create policy reading on bounce for select using ((select reader_may('delivery.see')));
create policy adding on bounce for insert with check ((select reader_is_program()));

grant select, insert, update on address_code to noroshi_app;
grant select, insert on address_test, bounce to noroshi_app;
