-- From a telegram to the public page.

-- A telegram of the Japan Meteorological Agency, as it came. Never changed, never fetched twice (unique source and content).
-- event_ids: EventID may hold several, separated by a space; empty for weather warnings.
create table telegram (
  id         uuid primary key default gen_random_uuid(),
  code       text not null check (code ~ '^[A-Z]{4}[0-9]{2}$'),
  mode       mode not null,
  info_kind  text not null check (info_kind in ('issued', 'corrected', 'cancelled')),
  event_key  text not null,
  control_at timestamptz not null,
  serial     int,
  title      text not null,
  headline   text not null,
  parsed     jsonb not null,
  source     text not null,
  digest     bytea not null unique check (length(digest) = 32),
  xml        bytea not null,
  received_at timestamptz not null,
  unique (id, mode)
);
create index on telegram (event_key, control_at);
create index on telegram (received_at);

-- What could not be read as a telegram, with the reason; kept whole, so that nothing is lost.
create table rejected_telegram (
  id          uuid primary key default gen_random_uuid(),
  source      text not null,
  reason_ja   text not null,
  reason_en   text not null,
  digest      bytea not null unique check (length(digest) = 32),
  content     bytea not null,
  received_at timestamptz not null
);

-- One row per feed: how old its last success is.
create table feed (
  url           text primary key,
  last_modified text,
  tried_at      timestamptz,
  succeeded_at  timestamptz,
  problem       text
);
-- Addresses of telegrams already fetched, whatever came of it: none is asked for twice.
create table fetched (
  url        text primary key,
  fetched_at timestamptz not null
);

-- 設置基準 (S0-59..62): when software proposes to open a situation. Every edit is a new version; none is overwritten.
create table criterion (
  id         uuid not null,
  version    int not null check (version >= 1),
  name_ja    text not null,
  name_en    text not null,
  basis      text not null check (basis in ('S0-59', 'S0-60', 'S0-61')),
  rule       jsonb not null,
  is_active  boolean not null,
  reason     text not null,
  edited_by  uuid references person,
  edited_at  timestamptz not null,
  primary key (id, version)
);

-- What the criteria found, one per event. Software proposes, a person decides, with a reason.
-- occurrence: weather has no event of its own, only an office's standing state; each time it comes back it is a new proposal.
-- matches: which criterion version, which telegram or report, which areas and institutions, as last evaluated.
-- change: what brought it up to date last. withdrawn_at: no criterion matches any more.
create table proposal (
  id           uuid primary key default gen_random_uuid(),
  event_key    text not null,
  mode         mode not null,
  occurrence   int not null default 1 check (occurrence >= 1),
  hazard       text not null,
  event_at     timestamptz not null,
  title_ja     text not null,
  title_en     text not null,
  matches      jsonb not null,
  proposed_at  timestamptz not null,
  evaluated_at timestamptz not null,
  change_ja    text,
  change_en    text,
  withdrawn_at timestamptz,
  decision     text check (decision in ('opened', 'set_aside')),
  decided_by   uuid references person,
  decided_at   timestamptz,
  reason       text,
  unique (event_key, mode, occurrence),
  unique (id, mode),
  check ((decision is null) = (decided_at is null) and (decision is null) = (reason is null))
);

-- A situation: the market's command centre at work on one event. The clock of the recovery objective runs from event_at.
create table situation (
  id         uuid primary key default gen_random_uuid(),
  number     bigint generated always as identity unique,
  mode       mode not null,
  hazard     text not null check (hazard in ('earthquake', 'tsunami', 'weather', 'volcano', 'terror', 'system_failure', 'cyber', 'epidemic', 'other')),
  title_ja   text not null check (length(title_ja) between 1 and 120),
  title_en   text not null check (length(title_en) between 1 and 120),
  text_ja    text not null,
  text_en    text not null,
  event_at   timestamptz not null,
  recovery_minutes int not null default 120 check (recovery_minutes between 1 and 10080),
  update_minutes   int not null default 60 check (update_minutes between 5 and 1440),
  phase      text not null default 'emergency' check (phase in ('emergency', 'recovery')),
  proposal_id uuid,
  criterion_id uuid,
  criterion_version int,
  reason     text not null,
  opened_by  uuid not null references person,
  opened_at  timestamptz not null,
  idempotency_key uuid not null unique default gen_random_uuid(),
  -- 還元: from here on the institutions see the board. Separate from telling the public (提供).
  returned_at timestamptz,
  returned_by uuid references person,
  closed_at  timestamptz,
  closed_by  uuid references person,
  closing_reason text,
  unique (id, mode),
  -- A drill telegram only ever opens an exercise.
  foreign key (proposal_id, mode) references proposal (id, mode),
  foreign key (criterion_id, criterion_version) references criterion (id, version),
  check ((closed_at is null) = (closing_reason is null))
);

-- A request to report, to all who were in the directory when it was sent.
create table round (
  id           uuid primary key default gen_random_uuid(),
  situation_id uuid not null,
  mode         mode not null,
  text_ja      text not null,
  text_en      text not null,
  answer_by    timestamptz not null,
  asked_by     uuid not null references person,
  asked_at     timestamptz not null,
  idempotency_key uuid not null unique,
  foreign key (situation_id, mode) references situation (id, mode),
  unique (id, mode),
  unique (id, situation_id)
);
create table asked (
  round_id       uuid not null references round,
  institution_id uuid not null references institution,
  primary key (round_id, institution_id)
);
-- One attempt to reach one address. Claimed with a lease; a dead worker's claim runs out and another takes over.
-- message_id stays the same over every retry, so that a mail that arrived twice can be told.
create table delivery (
  id             uuid primary key default gen_random_uuid(),
  round_id       uuid not null,
  mode           mode not null,
  institution_id uuid not null references institution,
  contact_id     uuid not null references contact,
  address        text not null,
  message_id     text not null unique,
  state          text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'perhaps', 'failed')),
  attempts       int not null default 0,
  next_try_at    timestamptz not null,
  claimed_until  timestamptz,
  sent_at        timestamptz,
  answer         text,
  foreign key (round_id, mode) references round (id, mode),
  unique (round_id, contact_id)
);
create index on delivery (next_try_at) where state in ('waiting', 'sending');

-- What an institution says of itself. Never edited: a new one supersedes the last, so the history is a chain.
-- situation_id is null for a report outside any situation, which keeps the habit in peacetime (S0-17).
-- A function the institution does not have is null. Times of freshness: S0-12.
create table report (
  id             uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institution,
  situation_id   uuid,
  mode           mode not null,
  supersedes     uuid unique references report,
  order_trading  condition,
  clearing       condition,
  settlement     condition,
  custody        condition,
  market_data    condition,
  funds          condition,
  damage_building damage not null,
  damage_systems  damage not null,
  damage_staff    damage not null,
  damage_external damage not null,
  bcp            text not null check (bcp in ('not_activated', 'preparing', 'activated', 'lifted')),
  command_centre text not null check (command_centre in ('not_set_up', 'set_up')),
  resumption_at  timestamptz,
  text           text not null check (length(text) <= 4000),
  next_update_at timestamptz not null,
  reported_by    uuid not null references person,
  reported_at    timestamptz not null,
  idempotency_key uuid not null unique,
  foreign key (situation_id, mode) references situation (id, mode)
);
-- One chain per institution and situation: a second first report is refused by the database itself.
create unique index on report (institution_id, situation_id, mode) nulls not distinct where supersedes is null;
create index on report (situation_id, institution_id, reported_at desc);
create index on report (institution_id, reported_at desc);

-- What the public was told: one row per publication, each with the whole public picture of its mode as it then was.
-- Numbered within its mode, without gaps. institutions: who was chosen to be named, also those that had not reported yet.
create table publication (
  id           uuid primary key default gen_random_uuid(),
  number       int not null check (number >= 1),
  mode         mode not null,
  situation_id uuid not null,
  cap_kind     text not null check (cap_kind in ('Alert', 'Update', 'Cancel')),
  snapshot     jsonb not null,
  institutions uuid[] not null default '{}',
  published_by uuid not null references person,
  published_at timestamptz not null,
  idempotency_key uuid not null unique,
  unique (mode, number),
  foreign key (situation_id, mode) references situation (id, mode)
);
create index on publication (situation_id, number);

-- 通達 (S0-6): notices of ministries and authorities, as they came in.
create table official_notice (
  id           uuid primary key default gen_random_uuid(),
  situation_id uuid,
  mode         mode not null,
  issuer       text not null check (length(issuer) between 1 and 100),
  reference    text not null check (length(reference) <= 100),
  issued_on    date not null,
  title        text not null check (length(title) between 1 and 200),
  body         text not null check (length(body) <= 20000),
  registered_by uuid not null references person,
  registered_at timestamptz not null,
  idempotency_key uuid not null unique,
  foreign key (situation_id, mode) references situation (id, mode)
);

grant select, insert on telegram, rejected_telegram, fetched, criterion, round, asked, report, publication, official_notice to noroshi_app;
grant select, insert, update on feed, proposal, situation, delivery to noroshi_app;
