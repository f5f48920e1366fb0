-- What changes after a command centre was set up reaches those at work in it.

-- What the agency said of a situation's event after it was opened, and what that changes: one sentence, written when it was
-- heard. title: what the event is called by the telegrams that hold from then on; null when none does. is_met: whether any
-- criterion is still met. The name of the situation and what the public was told are to be reviewed until a person of the desk
-- says that they did; only that is ever added to a row.
create table situation_change (
  id           uuid primary key default gen_random_uuid(),
  situation_id uuid not null,
  mode         mode not null,
  proposal_id  uuid not null,
  telegram_id  uuid,
  said_ja      text not null check (length(said_ja) between 1 and 1000),
  said_en      text not null check (length(said_en) between 1 and 1000),
  title_ja     text,
  title_en     text,
  is_met       boolean not null,
  heard_at     timestamptz not null,
  reviewed_by  uuid references person,
  reviewed_at  timestamptz,
  check ((reviewed_by is null) = (reviewed_at is null)),
  check ((title_ja is null) = (title_en is null)),
  -- A drill's telegram changes nothing that is real.
  foreign key (situation_id, mode) references situation (id, mode),
  foreign key (proposal_id, mode) references proposal (id, mode),
  foreign key (telegram_id, mode) references telegram (id, mode)
);
create index on situation_change (situation_id, heard_at);
create index on situation_change (proposal_id);
alter table situation_change enable row level security;
alter table situation_change force row level security;
create policy reading on situation_change for select using ((select reader_may('situation.see')));
create policy adding on situation_change for insert with check ((select reader_may('telegram.ingest') or reader_may('proposal.decide')));
create policy changing on situation_change for update using ((select reader_may('situation.change')));
grant select, insert, update (reviewed_by, reviewed_at) on situation_change to noroshi_app;

-- A proposal may also be joined to a situation that is at work already: another telegram about the same matter.
alter table proposal
  drop constraint proposal_decision_check,
  add constraint proposal_decision_check check (decision in ('opened', 'set_aside', 'joined')),
  add column joined_id uuid,
  add foreign key (joined_id, mode) references situation (id, mode),
  add check ((joined_id is not null) = (decision is not distinct from 'joined'));
create index on proposal (joined_id) where joined_id is not null;

-- The log of a situation is for everyone who looks at the whole market. Single reports have a wall of their own.
create policy telling on trail for select using ((select reader_may('board.see-all'))
  and about like '/situations/%' and action not like 'report.%');
