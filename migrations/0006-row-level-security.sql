-- The second wall. Every query of the program asks only for what its reader may see; should one forget to, the database
-- gives no more. Each transaction says who reads (set_config, local to it): the program itself, or a person with their
-- institution and what the table of rights lets them do. Who says nothing sees nothing. FORCE: the owner, too.
create function reader_is_program() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('noroshi.scope', true), '') = 'program' $$;
create function reader_person() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('noroshi.person', true), '')::uuid $$;
create function reader_institution() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('noroshi.institution', true), '')::uuid $$;
-- An act by its name in the table of rights.
create function reader_may(act text) returns boolean language sql stable parallel safe as
  $$ select reader_is_program() or strpos(' ' || coalesce(current_setting('noroshi.may', true), '') || ' ', ' ' || act || ' ') > 0 $$;
-- An act that may be done everywhere, or, under its name with -own, in the person's own institution.
create function reader_may_in(act text, institution_id uuid) returns boolean language sql stable parallel safe as
  $$ select reader_may(act) or (reader_may(act || '-own') and institution_id = reader_institution()) $$;
create function reader_is_signed_in() returns boolean language sql stable parallel safe as
  $$ select reader_is_program() or reader_person() is not null $$;

-- Every table of the program, and every later one, has these two set; a test looks.
do $$ declare name text; begin
  for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;

-- Conditions on settings stand in (select …), so that they are asked once for a query, not once for a row.

-- Names of institutions are known to everyone who is signed in; where they work and whom to call is not.
create policy reading on institution for select using ((select reader_is_signed_in()));
create policy adding on institution for insert with check ((select reader_may('roster.import') or reader_may('institution.edit')));
create policy changing on institution for update using
  ((select reader_may('roster.import')) or reader_may_in('institution.edit', id) or reader_may_in('attestation.answer', id));
create policy reading on institution_market for select using ((select reader_is_signed_in()));
create policy adding on institution_market for insert with check
  ((select reader_may('roster.import')) or reader_may_in('institution.edit', institution_id));
create policy removing on institution_market for delete using
  ((select reader_may('roster.import')) or reader_may_in('institution.edit', institution_id));
create policy reading on institution_function for select using ((select reader_is_signed_in()));
create policy adding on institution_function for insert with check
  ((select reader_may('roster.import')) or reader_may_in('institution.edit', institution_id));
create policy removing on institution_function for delete using
  ((select reader_may('roster.import')) or reader_may_in('institution.edit', institution_id));
create policy reading on site for select using
  ((select reader_may('directory.see')) or institution_id = (select reader_institution()));
create policy writing on site for all using
  ((select reader_may('roster.import')) or reader_may_in('institution.edit', institution_id));

-- Contacts: one's own, all with the right to the directory, and those of the association, whom everyone may have to call.
create policy reading on contact for select using ((select reader_may('directory.see'))
  or institution_id = (select reader_institution())
  or ((select reader_is_signed_in()) and institution_id in (select id from institution where kind = 'association')));
create policy adding on contact for insert with check
  ((select reader_may('roster.import')) or reader_may_in('contact.edit', institution_id));
create policy changing on contact for update using
  ((select reader_may('roster.import')) or reader_may_in('contact.edit', institution_id));
create policy reading on contact_address for select using ((select reader_may('directory.see'))
  or institution_id = (select reader_institution())
  or ((select reader_is_signed_in()) and institution_id in (select id from institution where kind = 'association')));
create policy adding on contact_address for insert with check
  ((select reader_may('roster.import')) or reader_may_in('contact.edit', institution_id));
create policy changing on contact_address for update using
  ((select reader_may('roster.import') or reader_may('address.test')) or reader_may_in('contact.edit', institution_id));

-- People with an account: one's colleagues, the association's, all with the right to the directory.
create policy reading on person for select using ((select reader_may('directory.see'))
  or institution_id = (select reader_institution())
  or ((select reader_is_signed_in()) and institution_id in (select id from institution where kind = 'association')));
create policy adding on person for insert with check (reader_may_in('person.invite', institution_id));
create policy changing on person for update using
  (reader_may_in('person.end', institution_id) or id = (select reader_person()));
create policy reading on role_grant for select using ((select reader_may('rights.see') or reader_may('role.grant'))
  or person_id = (select reader_person())
  or ((select reader_may('role.grant-own')) and person_id in (select id from person where institution_id = reader_institution())));
create policy adding on role_grant for insert with check ((select reader_may('role.grant'))
  or ((select reader_may('role.grant-own')) and role in ('bcp_contact', 'institution_administrator')
    and person_id in (select id from person where institution_id = reader_institution())));
create policy changing on role_grant for update using ((select reader_may('role.grant') or reader_may('role.review') or reader_may('person.end'))
  or ((select reader_may('role.grant-own')) and person_id in (select id from person where institution_id = reader_institution())));

-- What opens the door is the program's alone; a person sees which sessions of theirs are open, and may end them.
create policy program on credential for all using ((select reader_is_program()));
create policy program on verification for all using ((select reader_is_program()));
create policy reading on session for select using ((select reader_is_program()) or person_id = (select reader_person()));
create policy removing on session for delete using ((select reader_is_program()) or person_id = (select reader_person()));
create policy adding on session for insert with check ((select reader_is_program()));
create policy changing on session for update using ((select reader_is_program()));

create policy reading on setting for select using ((select reader_is_signed_in()));
create policy writing on setting for all using ((select reader_may('setting.change')));
create policy adding on letter for insert with check ((select reader_is_signed_in()));
create policy reading on letter for select using ((select reader_may('delivery.see')));
create policy changing on letter for update using ((select reader_is_program()));

-- What institutions report moves prices: their own, and all for who may see every report.
create policy reading on report for select using
  ((select reader_may('report.see-all')) or institution_id = (select reader_institution()));
create policy adding on report for insert with check
  ((select reader_may('report.file')) and ((select reader_is_program()) or institution_id = (select reader_institution())));
create policy reading on delivery for select using
  ((select reader_may('delivery.see')) or institution_id = (select reader_institution()));
create policy adding on delivery for insert with check ((select reader_may('round.ask')));
create policy changing on delivery for update using ((select reader_is_program()));
create policy reading on asked for select using
  ((select reader_may('board.see-all')) or institution_id = (select reader_institution()));
create policy adding on asked for insert with check ((select reader_may('round.ask')));
create policy reading on round for select using ((select reader_may('situation.see')));
create policy adding on round for insert with check ((select reader_may('round.ask')));

create policy reading on situation for select using ((select reader_may('situation.see')));
create policy adding on situation for insert with check ((select reader_may('situation.open')));
-- Who reports holds the situation open meanwhile (a row lock asks for the right to update), but may not change it.
create policy changing on situation for update
  using ((select reader_may('situation.change') or reader_may('situation.close') or reader_may('report.file')))
  with check ((select reader_may('situation.change') or reader_may('situation.close')));
create policy reading on proposal for select using ((select reader_may('home.see-proposals')));
create policy writing on proposal for all using ((select reader_may('proposal.decide') or reader_may('telegram.ingest')));
create policy reading on criterion for select using ((select reader_is_signed_in()));
create policy adding on criterion for insert with check ((select reader_may('criteria.edit')));
create policy reading on telegram for select using ((select reader_is_signed_in()));
create policy adding on telegram for insert with check ((select reader_may('telegram.ingest')));
create policy reading on rejected_telegram for select using ((select reader_may('telegram.see')));
create policy adding on rejected_telegram for insert with check ((select reader_may('telegram.ingest')));
create policy program on feed for all using ((select reader_is_program()));
create policy reading on feed for select using ((select reader_is_signed_in()));
create policy program on fetched for all using ((select reader_is_program()));

create policy reading on publication for select using ((select reader_is_signed_in()));
create policy adding on publication for insert with check ((select reader_may('publication.publish')));
create policy reading on official_notice for select using ((select reader_may('official-notice.register'))
  or ((select reader_may('official-notice.see')) and (label in ('clear', 'green')
    or (label = 'amber' and (select reader_may('directory.see')))
    or (label = 'amber_strict' and (select reader_may('report.see-all'))))));
create policy adding on official_notice for insert with check ((select reader_may('official-notice.register')));

-- A line is written by the program for whoever acts. One's own lines are one's own to see.
create policy reading on trail for select using
  ((select reader_may('trail.read')) or person_id = (select reader_person()));
create policy adding on trail for insert with check ((select reader_is_program()));
