-- Deliveries when the other side answers wrongly, or not at all.

-- refused_at: when a server last said that there is no such address, and in which words. Such an address is stopped
-- (quarantined_at) unless several institutions' are refused within minutes: then it is the relay that cannot be believed.
alter table contact_address
  add column refused_at timestamptz,
  add column refusal text check (length(refusal) <= 300);
update contact_address set refused_at = quarantined_at, refusal = left(quarantine_reason, 300) where quarantined_at is not null;
create index on contact_address (refused_at) where refused_at is not null and removed_at is null;
create index on contact_address (quarantined_at) where quarantined_at is not null and removed_at is null;

-- trouble: in which way a channel that has a problem has it. lost: nothing can be handed over; slow: the other side has not answered
-- for a while and may yet; doubt: message after message went out whole and no answer came.
-- suspect_since: addresses of several institutions were refused within minutes; until a person of the desk has looked.
alter table channel_state
  add column trouble text not null default 'lost' check (trouble in ('lost', 'slow', 'doubt')),
  add column suspect_since timestamptz,
  add column suspect_why text check (length(suspect_why) <= 500),
  add check ((suspect_since is null) = (suspect_why is null));
create policy changing on channel_state for update using ((select reader_may('address.lift')));
drop policy changing on contact_address;
create policy changing on contact_address for update using
  ((select reader_may('roster.import') or reader_may('address.test') or reader_may('address.lift'))
    or reader_may_in('contact.edit', institution_id));

-- tries now also holds what was begun, before anything is known of it: {"claim": 1, "kind": "begun", "at": …}.
-- What may have arrived or not holds nobody up: it is followed as a failure is. What is known so far is not followed up now.
update delivery set followed_at = queued_at where state = 'perhaps' and followed_at is null;
drop index delivery_receipt_id_idx;
create index on delivery (receipt_id) where state in ('failed', 'perhaps') and followed_at is null;

-- A letter about a drill says so in its header, too.
alter table letter add column mode mode not null default 'actual';

-- What came back and could not be understood is kept as it is, for a person to read.
alter table bounce add column said text check (length(said) <= 2000);
