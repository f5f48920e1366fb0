-- Reaching everyone. A notice is what is said; a receipt is one institution's duty to answer it; a recipient is a person of
-- that institution as the directory had them at release; a delivery is one message to one address over one channel.
-- Receipts and recipients are stamped at release: a later change of the directory does not touch them.

-- An escalation ladder, in data: after how many minutes who is tried over what. Never edited: a new version replaces the last.
-- steps: [{"after_minutes": 0, "to": "primary" | "deputies" | "all", "channels": ["mail", "web_push", "sms", "voice", "webhook", "file_drop", "call"]}]
create table ladder (
  id       uuid primary key default gen_random_uuid(),
  severity text not null check (severity in ('urgent', 'important', 'routine')),
  scope    text not null check (scope in ('all', 'infrastructure', 'participants')),
  version  int not null check (version > 0),
  -- None in a special scope: as for all.
  steps    jsonb not null check (jsonb_typeof(steps) = 'array' and jsonb_array_length(steps) <= 20 and (scope <> 'all' or steps <> '[]')),
  -- Null: came with the program.
  made_by  uuid references person,
  made_at  timestamptz not null default now(),
  unique (severity, scope, version)
);
insert into ladder (severity, scope, version, steps) values
  ('urgent', 'all', 1, '[
    {"after_minutes": 0, "to": "all", "channels": ["webhook", "file_drop"]},
    {"after_minutes": 0, "to": "primary", "channels": ["mail", "web_push"]},
    {"after_minutes": 5, "to": "primary", "channels": ["sms"]},
    {"after_minutes": 10, "to": "deputies", "channels": ["mail", "web_push", "sms"]},
    {"after_minutes": 20, "to": "all", "channels": ["voice"]},
    {"after_minutes": 30, "to": "all", "channels": ["call"]}]'),
  ('important', 'all', 1, '[
    {"after_minutes": 0, "to": "all", "channels": ["webhook", "file_drop"]},
    {"after_minutes": 0, "to": "primary", "channels": ["mail", "web_push"]},
    {"after_minutes": 60, "to": "deputies", "channels": ["mail", "web_push"]},
    {"after_minutes": 240, "to": "primary", "channels": ["sms"]}]'),
  ('routine', 'all', 1, '[
    {"after_minutes": 0, "to": "all", "channels": ["webhook", "file_drop"]},
    {"after_minutes": 0, "to": "primary", "channels": ["mail"]},
    {"after_minutes": 1440, "to": "deputies", "channels": ["mail"]}]');

-- A text that is written once and used often; {{…}} stands for what is filled in each time. Versions as with ladders: one code, many versions.
create table notice_template (
  id        uuid primary key default gen_random_uuid(),
  code      uuid not null,
  version   int not null check (version > 0),
  kind      text not null check (kind in ('command_centre', 'official', 'report_request', 'practice', 'test')),
  severity  text not null check (severity in ('urgent', 'important', 'routine')),
  label     tlp not null default 'green',
  name_ja   text not null check (length(name_ja) between 1 and 100),
  name_en   text not null check (length(name_en) between 1 and 100),
  subject_ja text not null check (length(subject_ja) between 1 and 100),
  subject_en text not null check (length(subject_en) between 1 and 100),
  text_ja   text not null check (length(text_ja) between 1 and 4000),
  text_en   text not null check (length(text_en) between 1 and 4000),
  answer_wanted  text not null check (answer_wanted in ('none', 'acknowledge', 'choice', 'report')),
  choices   jsonb not null default '[]',
  answer_minutes int check (answer_minutes between 1 and 43200),
  made_by   uuid references person,
  made_at   timestamptz not null default now(),
  removed_at timestamptz,
  unique (code, version)
);

-- A round asks the same again at a set interval (S2-13) until it is closed; each time is a notice of its own.
alter table round
  add column audience jsonb not null default '{"everyone": true}',
  add column repeat_minutes int check (repeat_minutes between 5 and 1440),
  add column answer_minutes int check (answer_minutes between 1 and 43200),
  add column next_repeat_at timestamptz,
  add column closed_at timestamptz,
  -- Null with closed_at: it closed by itself.
  add column closed_by uuid references person,
  add column summary jsonb,
  add check (next_repeat_at is null or closed_at is null);
create index on round (next_repeat_at) where next_repeat_at is not null;

-- What is said to institutions. Drafted, put forward, released by a second person when it is real, and never edited after that:
-- a correction or a withdrawal is a notice of its own that names the one it replaces.
-- audience: as asked for; who that was stands in the receipts. choices: [{"ja": …, "en": …}].
create table notice (
  id          uuid primary key default gen_random_uuid(),
  number      bigint generated always as identity unique,
  mode        mode not null,
  kind        text not null check (kind in ('command_centre', 'official', 'report_request', 'practice', 'test', 'correction', 'withdrawal')),
  severity    text not null check (severity in ('urgent', 'important', 'routine')),
  label       tlp not null,
  situation_id uuid,
  official_notice_id uuid references official_notice,
  round_id    uuid,
  -- Which asking of its round, from 1.
  asking      int check (asking > 0),
  replaces_id uuid,
  template_id uuid references notice_template,
  subject_ja  text not null check (length(subject_ja) between 1 and 200),
  subject_en  text not null check (length(subject_en) between 1 and 200),
  text_ja     text not null check (length(text_ja) between 1 and 4000),
  text_en     text not null check (length(text_en) between 1 and 4000),
  audience    jsonb not null,
  answer_wanted text not null check (answer_wanted in ('none', 'acknowledge', 'choice', 'report')),
  choices     jsonb not null default '[]' check (jsonb_typeof(choices) = 'array'),
  answer_by   timestamptz,
  repeat_minutes int check (repeat_minutes between 5 and 1440),
  state       text not null default 'draft' check (state in ('draft', 'submitted', 'released', 'dropped')),
  -- Counts the changes of the draft: what is released is what was seen.
  version     int not null default 1,
  drafted_by  uuid not null references person,
  drafted_at  timestamptz not null,
  submitted_by uuid references person,
  submitted_at timestamptz,
  released_by uuid references person,
  released_at timestamptz,
  override_reason text check (length(override_reason) between 1 and 500),
  replaced_by_id uuid references notice,
  idempotency_key uuid not null unique,
  unique (id, mode),
  foreign key (situation_id, mode) references situation (id, mode),
  foreign key (round_id, mode) references round (id, mode),
  foreign key (replaces_id, mode) references notice (id, mode),
  check ((state = 'released') = (released_at is not null) and (released_at is null) = (released_by is null)),
  check ((kind in ('correction', 'withdrawal')) = (replaces_id is not null)),
  check ((round_id is null) = (asking is null)),
  check (kind <> 'report_request' or situation_id is not null),
  check (answer_wanted <> 'choice' or jsonb_array_length(choices) between 2 and 9),
  -- What is real needs a second person, or one who says why there was none (N-8).
  constraint two_people check (mode <> 'actual' or released_at is null or override_reason is not null
    or released_by not in (drafted_by, submitted_by))
);
create unique index on notice (round_id, asking);
-- One replacement each: whoever comes second corrects the correction.
create unique index on notice (replaces_id) where state = 'released';
create index on notice (situation_id, released_at);
create index on notice (released_at) where state = 'released';

-- What was released stays as it was, whoever asks.
create function released_stands() returns trigger language plpgsql as $$ begin
  if old.state = 'released' and to_jsonb(new) - 'replaced_by_id' is distinct from to_jsonb(old) - 'replaced_by_id' then
    raise exception 'a released notice is not changed' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger released_stands before update on notice for each row execute function released_stands();

create table notice_attachment (
  id         uuid primary key default gen_random_uuid(),
  notice_id  uuid not null references notice,
  file_name  text not null check (length(file_name) between 1 and 200),
  media_type text not null check (length(media_type) <= 100),
  digest     text not null check (digest ~ '^[0-9a-f]{64}$'),
  size       int not null check (size > 0),
  content    bytea not null,
  added_by   uuid not null references person,
  added_at   timestamptz not null
);
create index on notice_attachment (notice_id);

-- One institution's duty to answer one notice. Its first answer closes it, and nobody else's.
-- step: the next of its ladder's steps; next_step_at: when that is due, null when no more will be taken.
create table receipt (
  id             uuid primary key default gen_random_uuid(),
  notice_id      uuid not null,
  mode           mode not null,
  institution_id uuid not null references institution,
  ladder_id      uuid references ladder,
  step           int not null default 0,
  next_step_at   timestamptz,
  opened_at      timestamptz not null,
  closed_at      timestamptz,
  -- ended: the notice was replaced, or its round or situation closed.
  closed_how     text check (closed_how in ('answered', 'ended')),
  -- On the call list since.
  call_since     timestamptz,
  foreign key (notice_id, mode) references notice (id, mode),
  unique (notice_id, institution_id),
  unique (id, mode),
  check ((closed_at is null) = (closed_how is null)),
  check (closed_at is null or next_step_at is null)
);
create index on receipt (next_step_at) where next_step_at is not null;
create index on receipt (institution_id, opened_at);
create index on receipt (call_since) where call_since is not null and closed_at is null;

-- number: what a signed link names. reply_code: five characters that tell, with the sender's number, which message an SMS answers.
-- addresses: in the order of the directory, [{"id": …, "means": "mail", "address": …}].
create table recipient (
  id             uuid primary key default gen_random_uuid(),
  number         bigint generated always as identity unique,
  receipt_id     uuid not null references receipt,
  -- As in the receipt, which stands for both.
  notice_id      uuid not null,
  institution_id uuid not null,
  contact_id     uuid not null references contact,
  person_id      uuid references person,
  rank           int not null,
  is_primary     boolean not null,
  name_ja        text not null,
  name_en        text,
  addresses      jsonb not null,
  reply_code     text not null check (length(reply_code) = 5),
  unique (receipt_id, contact_id)
);
create index on recipient (notice_id);
create index on recipient (person_id) where person_id is not null;

-- What a notice says on one channel, as it was at release; {{institution}} {{contact}} {{link}} {{code}} are filled in for each.
create table rendering (
  notice_id uuid not null references notice,
  channel   text not null,
  subject   text not null,
  body      text not null,
  html      text,
  primary key (notice_id, channel)
);

-- The old deliveries were mails of rounds.
alter table delivery rename to round_delivery;
alter index delivery_pkey rename to round_delivery_pkey;
drop index delivery_next_try_at_idx;

-- One message to one address over one channel. Claimed with a lease; a dead worker's claim runs out and another takes over.
-- message_id stays the same over every attempt, so that what arrived twice can be told; made of its id, it is nobody else's.
-- purpose: the notice itself; that a colleague has answered; the answer to a reply; several routine ones in one.
-- step: of the ladder; for a second sending and for replies counted on from 1000. subject and body: of what is no rendering.
-- stopped: answered, replaced, or too old before it went out.
create table delivery (
  id             uuid primary key default gen_random_uuid(),
  notice_id      uuid not null,
  mode           mode not null,
  receipt_id     uuid not null references receipt,
  recipient_id   uuid references recipient,
  -- As in the receipt.
  institution_id uuid not null,
  contact_address_id uuid references contact_address,
  purpose        text not null default 'notice' check (purpose in ('notice', 'done', 'reply', 'bundle')),
  step           int not null,
  channel        text not null check (channel in ('mail', 'web_push', 'sms', 'voice', 'webhook', 'file_drop')),
  address        text not null,
  message_id     text not null,
  -- 0 urgent, 1 important, 2 routine: what is claimed first.
  urgency        smallint not null check (urgency between 0 and 2),
  state          text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'perhaps', 'failed', 'stopped')),
  attempts       int not null default 0,
  queued_at      timestamptz not null,
  next_try_at    timestamptz not null,
  claimed_until  timestamptz,
  sent_at        timestamptz,
  answer         text,
  subject        text,
  body           text,
  foreign key (notice_id, mode) references notice (id, mode),
  unique (receipt_id, address, channel, step, purpose),
  check (purpose = 'notice' or body is not null)
);
create index on delivery (channel, urgency, next_try_at) where state = 'waiting';
create index on delivery (channel, claimed_until) where state = 'sending';
create index on delivery (notice_id, state);
create index on delivery (address, queued_at) where channel = 'mail' and urgency = 2;

-- Everything that anybody said in answer. The first of a receipt closed it; the others stand beside it.
create table answer (
  id             uuid primary key default gen_random_uuid(),
  receipt_id     uuid not null,
  mode           mode not null,
  notice_id      uuid not null references notice,
  institution_id uuid not null references institution,
  is_first       boolean not null,
  given          text not null check (given in ('acknowledged', 'choice', 'report')),
  choice         int,
  text           text not null default '' check (length(text) <= 4000),
  report_id      uuid references report,
  via            text not null check (via in ('portal', 'link', 'mail', 'sms', 'call')),
  -- Who signed in to say so; null for a link or a reply, where recipient_id says whose it was.
  answered_by    uuid references person,
  recipient_id   uuid references recipient,
  -- Said by someone of the secretariat for the institution.
  is_on_behalf   boolean not null default false,
  answered_at    timestamptz not null,
  foreign key (receipt_id, mode) references receipt (id, mode),
  check (answered_by is not null or recipient_id is not null),
  check ((given = 'choice') = (choice is not null)),
  check ((given = 'report') = (report_id is not null))
);
create unique index on answer (receipt_id) where is_first;
create index on answer (receipt_id, answered_at);
create index on answer (notice_id, answered_at);
create index on answer (report_id) where report_id is not null;

-- One try to reach an institution by phone, by whoever works through the call list.
create table call (
  id             uuid primary key default gen_random_uuid(),
  receipt_id     uuid not null references receipt,
  institution_id uuid not null references institution,
  recipient_id   uuid references recipient,
  outcome        text not null check (outcome in ('reached', 'left_message', 'no_answer', 'busy', 'wrong_number')),
  note           text not null default '' check (length(note) <= 500),
  called_by      uuid not null references person,
  called_at      timestamptz not null,
  idempotency_key uuid not null unique
);
create index on call (receipt_id, called_at);

-- Which channels cannot be used now, as the workers found: for the home page, whatever process sends. problem null: all is well.
create table channel_state (
  channel    text primary key,
  problem    text check (length(problem) <= 500),
  since      timestamptz not null,
  checked_at timestamptz not null
);

-- A report may come by mail, by SMS or by phone through the secretariat; then nobody of the institution was signed in.
alter table report alter column reported_by drop not null;
alter table report
  add column via text not null default 'portal' check (via in ('portal', 'mail', 'sms', 'call')),
  add column recipient_id uuid references recipient,
  add column is_on_behalf boolean not null default false,
  add check (reported_by is not null or recipient_id is not null);

-- Before the first change of one: an owner who is no superuser is held by the rules, too.
create policy changing on round for update using ((select reader_may('round.ask') or reader_may('notice.release')));

-- Rounds asked so far, as notices. Nothing of them goes out again: mails that still waited are ended, and nobody is chased.
insert into notice (id, mode, kind, severity, label, situation_id, round_id, asking, subject_ja, subject_en, text_ja, text_en, audience,
  answer_wanted, answer_by, state, drafted_by, drafted_at, submitted_by, submitted_at, released_by, released_at, override_reason, idempotency_key)
select id, mode, 'report_request', 'urgent', label, situation_id, id, 1, '状況報告のお願い', 'Report requested', text_ja, text_en,
  '{"everyone": true}', 'report', answer_by, 'released', asked_by, asked_at, asked_by, asked_at, asked_by, asked_at,
  'asked by one person, before two were needed', idempotency_key
from round;
update round set closed_at = coalesce((select closed_at from situation where id = round.situation_id), now());
insert into receipt (notice_id, mode, institution_id, opened_at, closed_at, closed_how)
select asked.round_id, round.mode, asked.institution_id, round.asked_at, coalesce(first.reported_at, round.closed_at),
  case when first.reported_at is null then 'ended' else 'answered' end
from asked join round on round.id = asked.round_id
left join lateral (select reported_at from report where report.institution_id = asked.institution_id
  and report.situation_id = round.situation_id and report.reported_at >= round.asked_at order by reported_at limit 1) first on true;
insert into answer (receipt_id, mode, notice_id, institution_id, is_first, given, report_id, via, answered_by, answered_at)
select receipt.id, receipt.mode, receipt.notice_id, receipt.institution_id, true, 'report', first.id, 'portal', first.reported_by, first.reported_at
from receipt join notice on notice.id = receipt.notice_id
join lateral (select id, reported_by, reported_at from report where report.institution_id = receipt.institution_id
  and report.situation_id = notice.situation_id and report.reported_at >= notice.released_at order by reported_at limit 1) first on true;
insert into recipient (receipt_id, notice_id, institution_id, contact_id, person_id, rank, is_primary, name_ja, name_en, addresses, reply_code)
select receipt.id, receipt.notice_id, receipt.institution_id, contact.id, contact.person_id, contact.rank, contact.rank = 1, contact.name_ja, contact.name_en,
  jsonb_build_array(jsonb_build_object('id', null, 'means', 'mail', 'address', old.address)), substr(md5(old.id::text), 1, 5)
from round_delivery old join receipt on receipt.notice_id = old.round_id and receipt.institution_id = old.institution_id
join contact on contact.id = old.contact_id;
insert into delivery (id, notice_id, mode, receipt_id, recipient_id, institution_id, step, channel, address, message_id, urgency, state, attempts,
  queued_at, next_try_at, sent_at, answer)
select old.id, old.round_id, old.mode, recipient.receipt_id, recipient.id, old.institution_id, 0, 'mail', old.address, old.message_id, 0,
  case when old.state = 'waiting' then 'stopped' when old.state = 'sending' then 'perhaps' else old.state end, old.attempts,
  round.asked_at, old.next_try_at, old.sent_at,
  case when old.state = 'waiting' then 'not sent: the program was replaced meanwhile' else old.answer end
from round_delivery old join round on round.id = old.round_id
join recipient on recipient.notice_id = old.round_id and recipient.contact_id = old.contact_id;
drop table round_delivery;
drop table asked;

do $$ declare name text; begin
  foreach name in array '{ladder,notice_template,notice,notice_attachment,receipt,recipient,rendering,delivery,answer,call,channel_state}'::text[] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;

create policy reading on ladder for select using ((select reader_may('notice.see')));
create policy adding on ladder for insert with check ((select reader_may('ladder.edit')));
create policy reading on notice_template for select using ((select reader_may('notice.draft') or reader_may('delivery.see')));
create policy writing on notice_template for all using ((select reader_may('template.edit')));

-- Receipts first: which notices an institution sees follows from them.
create policy reading on receipt for select using
  ((select reader_may('notice.see')) or institution_id = (select reader_institution()));
create policy adding on receipt for insert with check ((select reader_may('notice.release')));
create policy changing on receipt for update using
  ((select reader_may('notice.release')) or reader_may_in('notice.answer', institution_id));
-- A draft is for the desk. What is out is for those who look at the whole market, and for whom it was sent to; red only for the latter and the desk.
create policy reading on notice for select using ((select reader_may('delivery.see'))
  or ((select reader_may('notice.see')) and state = 'released' and label <> 'red')
  or (state = 'released' and id in (select notice_id from receipt where institution_id = (select reader_institution()))));
create policy adding on notice for insert with check ((select reader_may('notice.draft')));
create policy changing on notice for update using ((select reader_may('notice.draft') or reader_may('notice.release')));
create policy reading on notice_attachment for select using (notice_id in (select id from notice));
create policy adding on notice_attachment for insert with check ((select reader_may('notice.draft')));
create policy removing on notice_attachment for delete using ((select reader_may('notice.draft')));
create policy reading on recipient for select using
  ((select reader_may('delivery.see')) or institution_id = (select reader_institution()));
create policy adding on recipient for insert with check ((select reader_may('notice.release')));
create policy reading on rendering for select using ((select reader_may('delivery.see'))
  or notice_id in (select notice_id from receipt where institution_id = (select reader_institution())));
create policy adding on rendering for insert with check ((select reader_may('notice.release')));
create policy reading on delivery for select using
  ((select reader_may('delivery.see')) or institution_id = (select reader_institution()));
create policy adding on delivery for insert with check
  ((select reader_may('notice.release')) or reader_may_in('notice.answer', institution_id));
create policy changing on delivery for update using
  ((select reader_may('notice.release')) or reader_may_in('notice.answer', institution_id));
create policy reading on answer for select using
  ((select reader_may('notice.see')) or institution_id = (select reader_institution()));
create policy adding on answer for insert with check (reader_may_in('notice.answer', institution_id));
create policy reading on call for select using
  ((select reader_may('delivery.see')) or institution_id = (select reader_institution()));
create policy adding on call for insert with check ((select reader_may('call.record')));
create policy reading on channel_state for select using ((select reader_may('delivery.see')));
create policy writing on channel_state for all using ((select reader_is_program()));

-- Who releases holds the situation open meanwhile.
drop policy changing on situation;
create policy changing on situation for update
  using ((select reader_may('situation.change') or reader_may('situation.close') or reader_may('report.file') or reader_may('notice.release')))
  with check ((select reader_may('situation.change') or reader_may('situation.close')));
-- A round is opened when its first notice is released, and closed by hand or by itself.
drop policy adding on round;
create policy adding on round for insert with check ((select reader_may('notice.release')));
-- Whoever answers a request by phone for an institution files its report.
drop policy adding on report;
create policy adding on report for insert with check ((select reader_is_program())
  or ((select reader_may('report.file')) and institution_id = (select reader_institution()) and not is_on_behalf)
  or ((select reader_may('report.file-for')) and is_on_behalf));

grant select, insert on ladder, recipient, rendering, answer, call to noroshi_app;
grant select, insert, update on notice_template, notice, receipt, delivery, channel_state, round to noroshi_app;
grant select, insert, delete on notice_attachment to noroshi_app;
