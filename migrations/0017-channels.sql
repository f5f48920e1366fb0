-- Channels beside mail: a browser that takes notifications (RFC 8030), and a firm's own server that takes webhooks.

-- A browser of a person. endpoint: the address at its push service; p256dh, auth: the keys with which only that browser
-- reads what it is sent (RFC 8291). An ended one stays, so that everyone can see when and why.
create table push_subscription (
  id             uuid primary key default gen_random_uuid(),
  person_id      uuid not null references person,
  institution_id uuid not null references institution,
  endpoint       text not null check (length(endpoint) between 10 and 1000),
  p256dh         bytea not null check (length(p256dh) = 65),
  auth           bytea not null check (length(auth) = 16),
  device_name    text not null check (length(device_name) between 1 and 60),
  created_at     timestamptz not null,
  last_sent_at   timestamptz,
  ended_at       timestamptz,
  ended_reason   text check (ended_reason in ('by_person', 'gone', 'replaced', 'other_person')),
  check ((ended_at is null) = (ended_reason is null))
);
create unique index on push_subscription (endpoint) where ended_at is null;
create index on push_subscription (person_id, created_at);

-- What is kept of a webhook beside its address. No row: the first secret, and in use. The secret itself is kept nowhere: it
-- is derived from the program's own, the address and the generation.
create table webhook_endpoint (
  contact_address_id uuid primary key references contact_address,
  institution_id     uuid not null references institution,
  generation         int not null default 1 check (generation > 0),
  rotated_at         timestamptz,
  disabled_at        timestamptz,
  disabled_reason    text check (length(disabled_reason) <= 500),
  check ((disabled_at is null) = (disabled_reason is null)),
  check ((generation = 1) = (rotated_at is null))
);
create index on contact_address (address) where removed_at is null and means = 'webhook';

do $$ declare name text; begin
  foreach name in array '{push_subscription,webhook_endpoint}'::text[] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
create policy reading on push_subscription for select using ((select reader_is_program()) or person_id = (select reader_person()));
create policy adding on push_subscription for insert with check ((select reader_is_program())
  or (person_id = (select reader_person()) and institution_id = (select reader_institution())));
create policy changing on push_subscription for update using ((select reader_is_program()) or person_id = (select reader_person()));
create policy changing on webhook_endpoint for all using (reader_may_in('contact.edit', institution_id));

grant select, insert, update on push_subscription, webhook_endpoint to noroshi_app;
