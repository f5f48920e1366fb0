-- Activating a BCP (発動) is not setting up the command centre (設置): a market's BCP is activated by that market's own deciding
-- body, by that body's own criteria. Both are kept here, by market. A market is a code in plain text, not a type: what
-- markets there are is for the program to say; `whole` is the whole market (証券市場全体).

-- Who decides for a market, and by which procedure. A version counts once a second person of the desk has agreed to it; one that
-- was dropped stays. Only one waits at a time.
create table deciding_body (
  market         text not null check (market ~ '^[a-z][a-z_]{0,39}$'),
  version        int not null check (version > 0),
  institution_id uuid not null references institution,
  body_ja        text not null check (length(body_ja) between 1 and 120),
  body_en        text not null check (length(body_en) between 1 and 120),
  procedure_ja   text not null check (length(procedure_ja) between 1 and 4000),
  procedure_en   text not null check (length(procedure_en) between 1 and 4000),
  reason         text not null check (length(reason) between 1 and 2000),
  made_by        uuid not null references person,
  made_at        timestamptz not null,
  outcome        text check (outcome in ('agreed', 'dropped')),
  settled_by     uuid references person,
  settled_at     timestamptz,
  primary key (market, version),
  check ((outcome is null) = (settled_by is null) and (outcome is null) = (settled_at is null)),
  constraint by_another check (outcome <> 'agreed' or settled_by <> made_by)
);
create unique index on deciding_body (market) where outcome is null;
alter table deciding_body enable row level security;
alter table deciding_body force row level security;
-- Who decides is no secret of anybody who is signed in; what is not agreed is the desk's and the auditors'.
create policy reading on deciding_body for select using ((select reader_may('activation.see-all'))
  or (outcome = 'agreed' and (select reader_is_signed_in())));
create policy adding on deciding_body for insert with check ((select reader_may('deciding-body.edit'))
  and outcome is null and ((select reader_is_program()) or made_by = (select reader_person())));
create policy changing on deciding_body for update
  using (outcome is null and (select reader_may('deciding-body.edit')))
  with check ((select reader_is_program()) or settled_by = (select reader_person()));
grant select, insert, update (outcome, settled_by, settled_at) on deciding_body to noroshi_app;

create view deciding_body_now with (security_invoker = true) as
  select distinct on (market) * from deciding_body where outcome = 'agreed' order by market, version desc;
grant select on deciding_body_now to noroshi_app;

-- When a market's BCP is activated and when it is lifted (発動基準), apart from the criteria of setting up: a written text that people
-- judge by, with whom each version was agreed, and from which day it holds.
create table activation_criterion (
  market         text not null check (market ~ '^[a-z][a-z_]{0,39}$'),
  version        int not null check (version > 0),
  activating_ja  text not null check (length(activating_ja) between 1 and 4000),
  activating_en  text not null check (length(activating_en) between 1 and 4000),
  lifting_ja     text not null check (length(lifting_ja) between 1 and 4000),
  lifting_en     text not null check (length(lifting_en) between 1 and 4000),
  agreed_with_ja text not null check (length(agreed_with_ja) between 1 and 500),
  agreed_with_en text not null check (length(agreed_with_en) between 1 and 500),
  effective_on   date not null,
  reason         text not null check (length(reason) between 1 and 2000),
  made_by        uuid not null references person,
  made_at        timestamptz not null,
  primary key (market, version)
);
alter table activation_criterion enable row level security;
alter table activation_criterion force row level security;
create policy reading on activation_criterion for select using ((select reader_is_signed_in()));
create policy adding on activation_criterion for insert with check ((select reader_may('activation-criterion.edit'))
  and ((select reader_is_program()) or made_by = (select reader_person())));
grant select, insert on activation_criterion to noroshi_app;
