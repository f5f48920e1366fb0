-- Keeping the directory true: everyone confirms their entry, two institutions exchange contacts, and anyone is found by what is known of them.

-- A round in which institutions confirm their entry (N-10).
create table attestation (
  id              uuid primary key default gen_random_uuid(),
  text_ja         text not null check (length(text_ja) between 1 and 2000),
  text_en         text not null check (length(text_en) between 1 and 2000),
  answer_by       timestamptz not null,
  started_by      uuid not null references person,
  started_at      timestamptz not null,
  closed_at       timestamptz,
  -- Null with closed_at: it closed by itself, since all had answered and the date had passed.
  closed_by       uuid references person,
  idempotency_key uuid not null unique,
  check (answer_by > started_at),
  check (closed_by is null or closed_at is not null)
);
-- One round at a time: nobody is asked twice for the same.
create unique index on attestation ((true)) where closed_at is null;

-- Who was asked, as the directory stood at the start. answer: confirmed as it stood, or corrected since and then confirmed.
create table attestation_asked (
  attestation_id uuid not null references attestation,
  institution_id uuid not null references institution,
  answer         text check (answer in ('confirmed', 'corrected')),
  answered_by    uuid references person,
  answered_at    timestamptz,
  primary key (attestation_id, institution_id),
  check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create index on attestation_asked (institution_id) where answer is null;

-- One line for each time that letters went out. Each step of the schedule has one at most, whatever restarts.
create table attestation_letters (
  id             uuid primary key default gen_random_uuid(),
  attestation_id uuid not null references attestation,
  step           text not null check (step in ('start', 'week', 'day', 'after', 'hand')),
  institutions   int not null,
  letters        int not null,
  queued_at      timestamptz not null
);
create unique index on attestation_letters (attestation_id, step) where step <> 'hand';
create index on attestation_letters (attestation_id, queued_at);

-- Two institutions show each other their contacts (S2-20), once both have said so and until either ends it.
create table contact_exchange (
  id             uuid primary key default gen_random_uuid(),
  proposing_id   uuid not null references institution,
  answering_id   uuid not null references institution,
  reason         text not null check (length(reason) <= 500),
  proposed_by    uuid not null references person,
  proposed_at    timestamptz not null,
  agreed_by      uuid references person,
  agreed_at      timestamptz,
  -- When each side last said that the exchange is still wanted; a year later it is asked again.
  proposing_confirmed_at timestamptz not null,
  answering_confirmed_at timestamptz,
  -- Declined, taken back or ended: by whom, of which side, and why.
  ended_by       uuid references person,
  ended_side_id  uuid references institution check (ended_side_id in (proposing_id, answering_id)),
  ended_at       timestamptz,
  ending_reason  text check (length(ending_reason) <= 500),
  check (proposing_id <> answering_id),
  check ((agreed_at is null) = (agreed_by is null) and (agreed_at is null) = (answering_confirmed_at is null)),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_side_id is null)
    and (ended_at is null) = (ending_reason is null))
);
create unique index on contact_exchange (least(proposing_id, answering_id), greatest(proposing_id, answering_id)) where ended_at is null;
create index on contact_exchange (proposing_id);
create index on contact_exchange (answering_id);

-- Text as it is looked for: one width, one case, hiragana as katakana, nothing between the letters of a name.
create function folded(written text) returns text language sql immutable parallel safe as $$
  select regexp_replace(translate(lower(normalize(written, nfkc)),
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ',
    'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ'),
    '\s', '', 'g') $$;
alter table institution add column sought text generated always as (folded(code) || ' ' || folded(name_ja) || ' ' || folded(name_en)
  || ' ' || folded(reading) || ' ' || folded(coalesce(lei, '')) || ' ' || folded(coalesce(mic, ''))) stored;
alter table contact add column sought text generated always as (folded(name_ja) || ' ' || folded(coalesce(name_en, ''))
  || ' ' || folded(reading) || ' ' || folded(title)) stored;
-- Of a number its digits, as dialled from abroad and at home.
alter table contact_address add column sought text generated always as (case
  when means in ('mobile', 'phone', 'priority_phone', 'satellite', 'fax')
    then regexp_replace(address, '[^0-9]', '', 'g') || ' ' || regexp_replace(regexp_replace(address, '^\+81', '0'), '[^0-9]', '', 'g')
  else folded(address) end) stored;

do $$ declare name text; begin
  foreach name in array array['attestation', 'attestation_asked', 'attestation_letters', 'contact_exchange'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;

-- What is asked of all is known to all who are asked; who has answered is for the institution and those who see the directory.
create policy reading on attestation for select using ((select reader_is_signed_in()));
create policy adding on attestation for insert with check ((select reader_may('attestation.run')));
-- Who answers holds the round open meanwhile (a row lock asks for the right to update), but may not change it.
create policy changing on attestation for update
  using ((select reader_may('attestation.run') or reader_may('attestation.answer-own')))
  with check ((select reader_may('attestation.run')));
create policy reading on attestation_asked for select using
  ((select reader_may('directory.see')) or institution_id = (select reader_institution()));
create policy adding on attestation_asked for insert with check ((select reader_may('attestation.run')));
create policy changing on attestation_asked for update using (reader_may_in('attestation.answer', institution_id));
create policy reading on attestation_letters for select using ((select reader_may('directory.see')));
create policy adding on attestation_letters for insert with check ((select reader_may('attestation.run')));

create policy reading on contact_exchange for select using ((select reader_is_program())
  or proposing_id = (select reader_institution()) or answering_id = (select reader_institution()));
create policy adding on contact_exchange for insert with check ((select reader_is_program())
  or ((select reader_may('exchange.agree-own')) and proposing_id = (select reader_institution())));
create policy changing on contact_exchange for update using ((select reader_is_program())
  or ((select reader_may('exchange.agree-own'))
    and (proposing_id = (select reader_institution()) or answering_id = (select reader_institution()))));

-- Whose contacts the reader sees because both institutions agreed.
create function reader_partners() returns setof uuid language sql stable parallel safe as $$
  select case when proposing_id = reader_institution() then answering_id else proposing_id end
  from contact_exchange
  where agreed_at is not null and ended_at is null and reader_institution() in (proposing_id, answering_id) $$;

-- Contacts: one's own, all with the right to the directory, those of the association, whom everyone may have to call, and of a partner.
drop policy reading on contact;
create policy reading on contact for select using ((select reader_may('directory.see'))
  or institution_id = (select reader_institution())
  or ((select reader_is_signed_in()) and institution_id in (select id from institution where kind = 'association'))
  or institution_id in (select reader_partners()));
drop policy reading on contact_address;
create policy reading on contact_address for select using ((select reader_may('directory.see'))
  or institution_id = (select reader_institution())
  or ((select reader_is_signed_in()) and institution_id in (select id from institution where kind = 'association'))
  or institution_id in (select reader_partners()));

grant select, insert, update on attestation, attestation_asked, contact_exchange to noroshi_app;
grant select, insert on attestation_letters to noroshi_app;
