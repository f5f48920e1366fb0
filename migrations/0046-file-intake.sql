-- Reports that come in by the association's own network, as files (S0-5, 0053).

-- Whose files are believed: by a key of each institution, made by the desk, derived from the program's secret and kept nowhere. A new
-- generation ends the one before; is_on false ends the intake of that institution. Nothing is changed or deleted.
create table drop_key (
  institution_id uuid not null references institution,
  generation     int not null check (generation >= 1),
  is_on          boolean not null,
  set_by         uuid not null references person,
  set_at         timestamptz not null,
  primary key (institution_id, generation)
);

-- Every file that was claimed from the folder of an institution, whatever became of it; the id is given as it is claimed, so that after a
-- crash the same file is known again. digest: of what it says, or of its bytes where that cannot be read. said_ja, said_en: what the
-- institution is answered. stands_id: what stood instead of it.
create table inbound_file (
  id             uuid primary key,
  institution_id uuid not null references institution,
  name           text not null check (length(name) between 1 and 200),
  digest         text not null check (digest ~ '^[0-9a-f]{64}$'),
  outcome        text not null check (outcome in ('taken', 'refused')),
  reason         text check (reason in ('not_a_file', 'too_large', 'cut_off', 'not_readable', 'other_institution', 'no_key', 'not_signed',
    'doubled', 'not_valid', 'not_asked', 'wrong_mode', 'closed', 'too_old', 'ahead', 'conflict')),
  mode           mode,
  situation_id   uuid,
  report_id      uuid references report,
  stands_id      uuid references report,
  said_ja        text not null check (length(said_ja) <= 4000),
  said_en        text not null check (length(said_en) <= 4000),
  taken_at       timestamptz not null,
  foreign key (situation_id, mode) references situation (id, mode),
  check ((outcome = 'taken') = (reason is null)),
  check ((outcome = 'taken') = (report_id is not null)),
  check ((reason is not distinct from 'conflict') = (stands_id is not null))
);
-- What was taken is taken once, under whatever name it comes again.
create unique index on inbound_file (institution_id, digest) where outcome = 'taken';
create index on inbound_file (taken_at desc, id);

-- What an institution's own system says is said by nobody by name.
alter table report drop constraint report_via_check;
alter table report add constraint report_via_check check (via in ('portal', 'link', 'mail', 'sms', 'call', 'file'));
alter table report drop constraint report_check;
alter table report add constraint report_said_by check (reported_by is not null or recipient_id is not null or via = 'file');
alter table answer drop constraint answer_via_check;
alter table answer add constraint answer_via_check check (via in ('portal', 'link', 'mail', 'sms', 'call', 'file'));
alter table answer drop constraint answer_check;
alter table answer add constraint answer_said_by check (answered_by is not null or recipient_id is not null or via = 'file');

alter table drop_key enable row level security;
alter table drop_key force row level security;
alter table inbound_file enable row level security;
alter table inbound_file force row level security;
create policy reading on drop_key for select using ((select reader_may('delivery.see')));
create policy adding on drop_key for insert with check ((select reader_may('drop.set-key'))
  and ((select reader_is_program()) or set_by = (select reader_person())));
create policy reading on inbound_file for select using ((select reader_may('delivery.see')));
create policy adding on inbound_file for insert with check ((select reader_is_program()));
grant select, insert on drop_key, inbound_file to noroshi_app;
