-- What a register keeps, of every kind that there is: an improvement; later a risk, a control, a vendor. Its head gives it one
-- identity, and a number to speak of it by. What it says stands in the table of its own register, with columns of its own:
-- every change adds a version there. What is the same for every kind (links, comments, files, reviews) hangs on the head.

-- May the reader do this with things of this kind? The market's (institution null) by the kind's act, those of an institution
-- by the same act with -own and in that institution only: what a firm keeps for itself no act of the market opens.
create function reader_may_of(kind text, verb text, institution_id uuid) returns boolean language sql stable parallel safe as $$
  select case when institution_id is null then reader_may(kind || '.' || verb)
    else reader_is_program() or (institution_id = reader_institution() and reader_may(kind || '.' || verb || '-own')) end $$;

-- number: by kind, institution and mode, given under a lock and never again. title and label are those of the newest version:
-- the one so that a link can name what it leads to, the other because it decides who may read.
create table register_item (
  id             uuid primary key,
  kind           text not null check (kind in ('improvement')),
  number         int not null check (number > 0),
  institution_id uuid references institution,
  mode           text not null check (mode in ('actual', 'exercise', 'test')),
  title          text not null check (length(title) between 1 and 200),
  label          text not null check (label in ('red', 'amber_strict', 'amber', 'green', 'clear')),
  made_by        uuid not null references person,
  made_at        timestamptz not null,
  unique nulls not distinct (kind, institution_id, mode, number),
  unique (id, kind),
  unique (id, mode)
);
alter table register_item enable row level security;
alter table register_item force row level security;
-- The label of what is the market's decides as mayRead does; who may edit it reads all. What is an institution's own is its own.
create policy reading on register_item for select using ((select reader_is_program())
  or (reader_may_of(kind, 'see', institution_id)
    and (institution_id is not null or label in ('clear', 'green')
      or (label = 'amber' and (select reader_may('directory.see')))
      or (label = 'amber_strict' and (select reader_may('report.see-all')))
      or reader_may(kind || '.edit'))));
create policy adding on register_item for insert with check (reader_may_of(kind, 'edit', institution_id)
  and ((select reader_is_program()) or made_by = (select reader_person())));
create policy changing on register_item for update using (reader_may_of(kind, 'edit', institution_id));
grant select, insert, update (title, label) on register_item to noroshi_app;

-- The same of one thing by its id, which the reader must see at all. Whoever sees the head may read what hangs on it: the rules for
-- reading ask for the head, in a way that the planner joins.
create function reader_may_at(verb text, item uuid) returns boolean language sql stable parallel safe as $$
  select reader_is_program()
    or exists (select from register_item where id = item and reader_may_of(kind, verb, institution_id)) $$;

-- One thing has to do with another. The mode stands in both keys: what belongs to a drill is never linked to what is real. A
-- link is not changed; one that was a mistake is taken away, and stays readable for who asks the database.
create table register_link (
  id         uuid primary key,
  mode       text not null,
  from_id    uuid not null,
  relation   text not null check (relation in ('relates_to', 'comes_from', 'treats', 'proves', 'depends_on', 'replaces')),
  to_id      uuid not null,
  made_by    uuid not null references person,
  made_at    timestamptz not null,
  removed_by uuid references person,
  removed_at timestamptz,
  check (from_id <> to_id),
  check ((removed_by is null) = (removed_at is null)),
  foreign key (from_id, mode) references register_item (id, mode),
  foreign key (to_id, mode) references register_item (id, mode)
);
create unique index on register_link (from_id, relation, to_id) where removed_at is null;
create index on register_link (to_id);
alter table register_link enable row level security;
alter table register_link force row level security;
-- Both ends must be the reader's to see: a link says that the other thing exists.
create policy reading on register_link for select using
  (exists (select from register_item as item where item.id = from_id) and exists (select from register_item as item where item.id = to_id));
create policy adding on register_link for insert with check (reader_may_at('edit', from_id) and reader_may_at('see', to_id)
  and ((select reader_is_program()) or made_by = (select reader_person())));
create policy changing on register_link for update using (reader_may_at('edit', from_id));
grant select, insert, update (removed_by, removed_at) on register_link to noroshi_app;

-- What people say about a thing. It is never changed: who was wrong says so in the next one. The id is the form's own, so that
-- a second press is the same comment.
create table register_comment (
  id      uuid primary key,
  item_id uuid not null references register_item,
  text    text not null check (length(text) between 1 and 4000),
  made_by uuid not null references person,
  made_at timestamptz not null
);
create index on register_comment (item_id, made_at);
alter table register_comment enable row level security;
alter table register_comment force row level security;
create policy reading on register_comment for select using (exists (select from register_item as item where item.id = item_id));
create policy adding on register_comment for insert with check (reader_may_at('comment', item_id)
  and ((select reader_is_program()) or made_by = (select reader_person())));
grant select, insert on register_comment to noroshi_app;

-- Files. One that should not be there is taken away: nobody is given it any more, and its hash stays in the trail.
create table register_file (
  id         uuid primary key,
  item_id    uuid not null references register_item,
  file_name  text not null check (length(file_name) between 1 and 200),
  media_type text not null check (length(media_type) <= 100),
  digest     text not null check (digest ~ '^[0-9a-f]{64}$'),
  size       int not null check (size > 0),
  content    bytea not null,
  made_by    uuid not null references person,
  made_at    timestamptz not null,
  removed_by uuid references person,
  removed_at timestamptz,
  check ((removed_by is null) = (removed_at is null)),
  unique (id, item_id)
);
-- Not packed, so that a part of it can be read without the whole.
alter table register_file alter column content set storage external;
create index on register_file (item_id);
alter table register_file enable row level security;
alter table register_file force row level security;
create policy reading on register_file for select using (exists (select from register_item as item where item.id = item_id));
create policy adding on register_file for insert with check (reader_may_at('edit', item_id)
  and ((select reader_is_program()) or made_by = (select reader_person())));
create policy changing on register_file for update using (reader_may_at('edit', item_id));
grant select, insert, update (removed_by, removed_at) on register_file to noroshi_app;

-- A look at a thing: what was found (note), and when to look next, and who (next_on null: not any more). The newest counts; the
-- first only says when to look for the first time.
create table register_review (
  item_id   uuid not null references register_item,
  version   int not null check (version > 0),
  note      text check (length(note) between 1 and 4000),
  next_on   date,
  looker_id uuid references person,
  made_by   uuid not null references person,
  made_at   timestamptz not null,
  primary key (item_id, version),
  check (version = 1 or note is not null),
  check ((next_on is null) = (looker_id is null))
);
alter table register_review enable row level security;
alter table register_review force row level security;
create policy reading on register_review for select using (exists (select from register_item as item where item.id = item_id));
create policy adding on register_review for insert with check (reader_may_at('edit', item_id)
  and ((select reader_is_program()) or made_by = (select reader_person())));
grant select, insert on register_review to noroshi_app;
create view register_review_now with (security_invoker) as
  select distinct on (item_id) * from register_review order by item_id, version desc;
grant select on register_review_now to noroshi_app;

-- The register of improvements: what was found wanting, by whom or where, who mends it until when, and what proves that it is.
-- kind: an improvement hangs on the head of an improvement. about: a path of the portal, or words. What is worked on has somebody
-- who answers for it and a day. It is verified only with something that proves it, by another person than who did it or answers for it.
create table improvement (
  id                   uuid not null,
  version              int not null check (version > 0),
  kind                 text not null generated always as ('improvement') stored,
  title                text not null check (length(title) between 1 and 200),
  label                text not null check (label in ('red', 'amber_strict', 'amber', 'green', 'clear')),
  finding              text not null check (length(finding) between 1 and 4000),
  source               text not null
    check (source in ('peacetime_use', 'overseas', 'domestic', 'situation', 'exercise', 'inspection', 'other')),
  about                text not null check (length(about) <= 300),
  action               text not null check (length(action) <= 4000),
  owner_person_id      uuid references person,
  owner_institution_id uuid references institution,
  due_on               date,
  state                text not null check (state in ('open', 'doing', 'done', 'verified', 'dropped')),
  done_by              uuid references person,
  evidence             text not null check (length(evidence) <= 4000),
  evidence_file_id     uuid,
  evidence_item_id     uuid references register_item,
  reason               text not null check (length(reason) <= 500),
  made_by              uuid not null references person,
  made_at              timestamptz not null,
  primary key (id, version),
  foreign key (id, kind) references register_item (id, kind),
  foreign key (evidence_file_id, id) references register_file (id, item_id),
  check (version = 1 or reason <> ''),
  check (owner_person_id is null or owner_institution_id is null),
  constraint has_owner_and_day check (state in ('open', 'dropped')
    or (due_on is not null and (owner_person_id is not null or owner_institution_id is not null))),
  check ((done_by is not null) = (state in ('done', 'verified'))),
  constraint is_proved check (state <> 'verified'
    or evidence <> '' or evidence_file_id is not null or evidence_item_id is not null),
  constraint by_another check (state <> 'verified' or (made_by <> done_by and made_by is distinct from owner_person_id))
);
alter table improvement enable row level security;
alter table improvement force row level security;
create policy reading on improvement for select using
  (exists (select from register_item as item where item.id = improvement.id));
create policy adding on improvement for insert with check (reader_may_at('edit', id)
  and ((select reader_is_program()) or made_by = (select reader_person())));
grant select, insert on improvement to noroshi_app;
create view improvement_now with (security_invoker) as
  select item.number, item.mode, item.institution_id, newest.* from register_item as item
  cross join lateral (select * from improvement where improvement.id = item.id order by version desc limit 1) as newest
  where item.kind = 'improvement';
grant select on improvement_now to noroshi_app;
