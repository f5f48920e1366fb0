-- Saved groups of institutions, to whom notices are addressed together. audience: what was chosen, as src/audience has it;
-- who that is, is asked anew each time. A removed group stays, so that what named it can say so.
create table audience_group (
  id         uuid primary key,
  name_ja    text not null check (length(name_ja) between 1 and 100),
  name_en    text not null check (length(name_en) between 1 and 100),
  audience   jsonb not null check (jsonb_typeof(audience) = 'object'),
  -- Counts the changes, so that of two people who change it at once the second sees what the first did.
  version    int not null default 1 check (version > 0),
  made_by    uuid not null references person,
  made_at    timestamptz not null,
  changed_by uuid not null references person,
  changed_at timestamptz not null,
  removed_by uuid references person,
  removed_at timestamptz,
  check ((removed_by is null) = (removed_at is null))
);
-- Two groups of one name would be mistaken for each other.
create unique index on audience_group (name_ja) where removed_at is null;
create unique index on audience_group (name_en) where removed_at is null;
alter table audience_group enable row level security;
alter table audience_group force row level security;
create policy reading on audience_group for select using ((select reader_may('audience.see')));
create policy adding on audience_group for insert with check ((select reader_may('audience.edit')));
create policy changing on audience_group for update using ((select reader_may('audience.edit')));
grant select, insert, update on audience_group to noroshi_app;
