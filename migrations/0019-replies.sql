-- Answers that come in without a sign-in: by the link in a mail, by a reply to it, by SMS, and by phone.

-- Every reply that came in by mail or SMS, whatever became of it. Nothing of it is ever changed but what a person decided about it.
-- finding: what the program made of it. taken: it is an answer. again: said before. unclear: could not be read. no_code: several
-- messages were open for that number, and it named none. late: a colleague had answered something else. over: replaced, expired, or
-- its matter closed. other_sender: a right address, but not from the one it was given to. unknown: of nobody we know.
-- automatic: written by a machine.
create table reply (
  id           uuid primary key default gen_random_uuid(),
  channel      text not null check (channel in ('mail', 'sms')),
  -- As the other side calls it; the same when it comes twice.
  message_id   text not null check (length(message_id) between 1 and 1000),
  sender       text not null check (length(sender) <= 320),
  subject      text not null default '' check (length(subject) <= 300),
  text         text not null check (length(text) <= 4000),
  finding      text not null check (finding in ('taken', 'again', 'unclear', 'no_code', 'late', 'over', 'other_sender', 'unknown', 'automatic')),
  recipient_id uuid references recipient,
  receipt_id   uuid references receipt,
  received_at  timestamptz not null,
  -- A person of the secretariat took it by hand, or set it aside.
  settled_how  text check (settled_how in ('answered', 'set_aside')),
  settled_by   uuid references person,
  settled_at   timestamptz,
  check ((settled_how is null) = (settled_by is null) and (settled_by is null) = (settled_at is null)),
  unique nulls not distinct (channel, message_id, sender, recipient_id)
);
create index on reply (received_at) where settled_how is null and finding not in ('taken', 'again', 'automatic');
create index on reply (receipt_id) where receipt_id is not null;

-- Who is ringing an institution now, so that two people do not ring the same one. It ends by itself.
create table call_claim (
  receipt_id    uuid primary key references receipt,
  claimed_by    uuid not null references person,
  claimed_until timestamptz not null
);

-- An SMS says nothing but a number: whom it may be from.
create index on recipient using gin (addresses jsonb_path_ops);
-- How many confirmations a person was sent in the last hour.
create index on delivery (recipient_id, queued_at) where purpose = 'reply';

-- What came back may be about a letter or about a delivery.
alter table bounce
  add column delivery_id uuid references delivery,
  add check (letter_id is null or delivery_id is null);

-- A report may be one press on the page behind a link; and one that comes as a few words says nothing of plan and command centre.
alter table report drop constraint report_via_check;
alter table report add constraint report_via_check check (via in ('portal', 'link', 'mail', 'sms', 'call'));
alter table report drop constraint report_bcp_check;
alter table report add constraint report_bcp_check check (bcp in ('not_activated', 'preparing', 'activated', 'lifted', 'unknown'));
alter table report drop constraint report_command_centre_check;
alter table report add constraint report_command_centre_check check (command_centre in ('not_set_up', 'set_up', 'unknown'));

alter table reply enable row level security;
alter table reply force row level security;
alter table call_claim enable row level security;
alter table call_claim force row level security;

create policy reading on reply for select using ((select reader_may('delivery.see')));
create policy adding on reply for insert with check ((select reader_is_program()));
create policy changing on reply for update using ((select reader_may('notice.answer')));
create policy reading on call_claim for select using ((select reader_may('delivery.see')));
create policy writing on call_claim for all using ((select reader_may('call.record')));

grant select, insert, update on reply to noroshi_app;
grant select, insert, update, delete on call_claim to noroshi_app;
