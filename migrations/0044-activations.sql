-- What was decided about a market's BCP, one row a step: activated, lifted, or that an earlier row was an error (corrected). A row is
-- put forward by one person and counts once a second person of the same side has confirmed it; it is never changed afterwards.
-- The sides: people of the deciding body's institution enter its decision as its own; the desk records on its behalf what it was
-- told, and the row says so. decided_at: when the body decided. effective_at: from when it holds. place: the order of the rows, and
-- of what was decided, since a step is never older than the last and one waits at a time.
create table activation (
  id                uuid primary key,
  place             bigint generated always as identity,
  mode              mode not null,
  market            text not null,
  step              text not null check (step in ('activated', 'lifted', 'corrected')),
  corrects          uuid references activation,
  institution_id    uuid not null references institution,
  body_version      int not null,
  body_ja           text not null check (length(body_ja) between 1 and 120),
  body_en           text not null check (length(body_en) between 1 and 120),
  is_on_behalf      boolean not null,
  situation_id      uuid,
  criterion_version int,
  decided_at        timestamptz not null,
  effective_at      timestamptz not null,
  reason            text not null check (length(reason) between 1 and 2000),
  put_forward_by    uuid not null references person,
  put_forward_at    timestamptz not null,
  outcome           text check (outcome in ('confirmed', 'withdrawn')),
  settled_by        uuid references person,
  settled_at        timestamptz,
  foreign key (market, body_version) references deciding_body (market, version),
  foreign key (market, criterion_version) references activation_criterion (market, version),
  foreign key (situation_id, mode) references situation (id, mode),
  check ((step = 'corrected') = (corrects is not null)),
  check (effective_at >= decided_at),
  check ((outcome is null) = (settled_by is null) and (outcome is null) = (settled_at is null)),
  constraint by_another check (outcome <> 'confirmed' or settled_by <> put_forward_by)
);
-- One waits at a time, and what was an error is said to be one once.
create unique index on activation (mode, market) where outcome is null;
create unique index on activation (corrects) where outcome = 'confirmed';
create index on activation (situation_id);
alter table activation enable row level security;
alter table activation force row level security;
-- What was confirmed everybody who is signed in may know; what waits or was withdrawn, its own side and who looks after all.
create policy reading on activation for select using ((select reader_may('activation.see-all'))
  or (outcome = 'confirmed' and (select reader_is_signed_in()))
  or ((select reader_may('activation.enter-own')) and institution_id = (select reader_institution())));
-- Whether the reader may say that this entry was an error: one that was confirmed, and that the desk recorded or their own institution
-- entered. A function, since a rule cannot ask its own table.
create function reader_may_correct(entry uuid) returns boolean language sql stable parallel safe as $$
  select exists (select from activation where id = entry and outcome = 'confirmed'
    and (is_on_behalf or institution_id = reader_institution())) $$;
-- As of now its body's, never another's; and nobody but the body says that the body's own entry was an error.
create policy adding on activation for insert with check ((select reader_is_program()) or (outcome is null
  and put_forward_by = (select reader_person())
  and reader_may_in('activation.enter', institution_id)
  and is_on_behalf = (institution_id <> (select reader_institution()))
  and exists (select from deciding_body_now as body where body.market = activation.market
    and body.version = activation.body_version and body.institution_id = activation.institution_id)
  and (corrects is null or reader_may_correct(corrects))));
create policy changing on activation for update
  using (outcome is null and ((select reader_is_program())
    or case when is_on_behalf then (select reader_may('activation.enter'))
      else institution_id = (select reader_institution()) and reader_may_in('activation.enter', institution_id) end))
  with check ((select reader_is_program()) or settled_by = (select reader_person()));
grant select, insert, update (outcome, settled_by, settled_at) on activation to noroshi_app;

-- What stands: confirmed, and not found to be an error. nth 1 is the last word of a market.
create view activation_standing with (security_invoker = true) as
  select activation.*, (row_number() over (partition by mode, market order by place desc))::int as nth
  from activation
  where outcome = 'confirmed' and step <> 'corrected'
    and not exists (select from activation as later where later.corrects = activation.id and later.outcome = 'confirmed');
grant select on activation_standing to noroshi_app;
