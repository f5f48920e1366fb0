-- The rules that hold for every table:
--   * mode ('actual', 'exercise', 'test') travels in composite foreign keys, so that the database itself
--     refuses to mix an exercise with an actual situation;
--   * times are timestamptz, always; a date in the market's own calendar is `date`;
--   * the program signs in as a member of noroshi_app, which owns nothing; what it may do is granted at the end
--     of each migration, table by table. Nothing that was reported, published or recorded can be changed by it.
do $$ begin
  if not exists (select from pg_roles where rolname = 'noroshi_app') then create role noroshi_app nologin; end if;
exception when duplicate_object or unique_violation then null; end $$;

create domain mode as text check (value in ('actual', 'exercise', 'test'));
create domain market as text check (value in ('exchange', 'off_exchange', 'bonds'));
create domain function_code as text check (value in ('order_trading', 'clearing', 'settlement', 'custody', 'market_data', 'funds'));
-- How a function stands, in the words of the institution that runs it.
create domain condition as text check (value in ('normal', 'partial', 'stopped', 'resumed', 'unknown'));
create domain damage as text check (value in ('none', 'partial', 'severe', 'unknown'));

-- Who takes part in the market (S0-13).
create table institution (
  id          uuid primary key default gen_random_uuid(),
  code        text not null unique check (code ~ '^[0-9A-Z-]{2,20}$'),
  kind        text not null check (kind in ('association', 'exchange', 'pts', 'clearing_equities', 'clearing_bonds',
                'depository', 'central_bank', 'regulator', 'securities_firm', 'special_member')),
  name_ja     text not null check (length(name_ja) between 1 and 100),
  name_en     text not null check (length(name_en) between 1 and 100),
  active_from date not null default current_date,
  active_to   date,
  -- 関係機関: the market cannot trade or settle without it; everyone else is a participant (市場参加者).
  is_infrastructure boolean not null generated always as
    (kind in ('association', 'exchange', 'pts', 'clearing_equities', 'clearing_bonds', 'depository', 'central_bank', 'regulator')) stored
);
create table institution_market (
  institution_id uuid not null references institution,
  market         market not null,
  primary key (institution_id, market)
);
create table institution_function (
  institution_id uuid not null references institution,
  function_code  function_code not null,
  primary key (institution_id, function_code)
);

-- Where an institution works. area_code is the 細分区域 of the Japan Meteorological Agency (3 digits; 350 = 東京都２３区),
-- by which a telegram's shaken areas are compared with the market.
create table site (
  id             uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institution,
  kind           text not null check (kind in ('head_office', 'data_centre', 'alternate_office')),
  address        text not null,
  area_code      text not null check (area_code ~ '^[0-9]{3}$')
);
create index on site (area_code);
create unique index on site (institution_id, kind, address);

-- People who sign in. person, session, credential and verification are better-auth's tables under our own names.
create table person (
  id             uuid primary key default gen_random_uuid(),
  name_ja        text not null,
  name_en        text,
  email          text not null unique,
  email_verified boolean not null default false,
  image          text,
  institution_id uuid not null references institution,
  is_demo        boolean not null default false,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);
create table session (
  id         uuid primary key default gen_random_uuid(),
  person_id  uuid not null references person on delete cascade,
  token      text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on session (person_id);
create table credential (
  id            uuid primary key default gen_random_uuid(),
  person_id     uuid not null references person on delete cascade,
  account_id    text not null,
  provider_id   text not null,
  password      text,
  access_token  text,
  refresh_token text,
  id_token      text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope         text,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);
create index on credential (person_id);
create table verification (
  id         uuid primary key default gen_random_uuid(),
  identifier text not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table role_grant (
  person_id  uuid not null references person on delete cascade,
  role       text not null check (role in ('secretariat', 'bcp_contact', 'observer', 'auditor')),
  granted_at timestamptz not null default now(),
  primary key (person_id, role)
);

-- BCP連絡担当者 (S0-20): the people of an institution who are asked to report, in the order in which they answer for it.
create table contact (
  id             uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institution,
  rank           int not null check (rank between 1 and 9),
  name_ja        text not null,
  name_en        text,
  mail           text not null,
  phone          text,
  person_id      uuid references person,
  removed_at     timestamptz
);
create unique index on contact (institution_id, rank) where removed_at is null;

-- The audit trail: who did what, when, about what. Each line carries the hash of the one before it.
-- `about` is the path of the page where the thing can be seen; `details` says the rest, without secrets.
create table trail (
  id             bigint primary key,
  at             timestamptz not null,
  person_id      uuid,
  who            text not null,
  institution_id uuid,
  action         text not null,
  about          text not null,
  mode           mode,
  details        jsonb not null,
  previous_hash  bytea not null check (length(previous_hash) = 32),
  hash           bytea not null unique check (length(hash) = 32)
);
create index on trail (about, id);
-- Even the owner of the table does not change a line by accident. (A superuser can; verify-trail finds it.)
create function refuse_change() returns trigger language plpgsql as $$
begin raise exception 'the audit trail is append-only'; end $$;
create trigger append_only before update or delete on trail for each row execute function refuse_change();
create trigger never_emptied before truncate on trail for each statement execute function refuse_change();
-- Every line tells the open pages that something about its subject has changed, and the pages that list such subjects.
create function tell_change() returns trigger language plpgsql as $$
declare list text := '/' || split_part(new.about, '/', 2);
begin
  perform pg_notify('changed', new.about);
  if list <> new.about then perform pg_notify('changed', list); end if;
  return null;
end $$;
create trigger told after insert on trail for each row execute function tell_change();

grant select on institution, institution_market, institution_function, site, person, role_grant, contact, trail to noroshi_app;
grant insert, update on institution, site, person, contact to noroshi_app;
grant insert, delete on institution_market, institution_function, role_grant to noroshi_app;
grant delete on site to noroshi_app;
grant select, insert, update, delete on session, credential, verification to noroshi_app;
grant insert on trail to noroshi_app;
