-- Whoever sets up the association's workplace sign-in says who the people of the desk are. For them it counts once another of the
-- desk has agreed to the settings as they are: settings names all of them, so that any change asks anew.
create function sso_settings(provider sso_provider) returns text language sql stable as $$
  select encode(sha256(convert_to(jsonb_build_array(provider.institution_id, provider.kind, provider.domain, provider.issuer,
    provider.client_id, provider.entry_point, provider.certificates)::text, 'UTF8')), 'hex') $$;

create table sso_agreement (
  provider_id uuid not null references sso_provider,
  settings    text not null check (settings ~ '^[0-9a-f]{64}$'),
  agreed_by   uuid not null references person,
  agreed_at   timestamptz not null,
  primary key (provider_id, settings)
);
alter table sso_agreement enable row level security;
alter table sso_agreement force row level security;
create policy reading on sso_agreement for select using ((select reader_may('sso.agree')));
-- The second wall: for oneself, to what stands there, and never to what one set up.
create policy adding on sso_agreement for insert with check ((select reader_is_program()) or ((select reader_may('sso.agree'))
  and agreed_by = (select reader_person())
  and exists (select from sso_provider as provider where provider.id = provider_id and provider.removed_at is null
    and provider.created_by <> agreed_by and sso_settings(provider) = settings)));
grant select, insert on sso_agreement to noroshi_app;

-- Who agrees, an approver perhaps, reads what they agree to.
create policy reading_to_agree on sso_provider for select using ((select reader_may('sso.agree')));
-- Settings are never changed, so that whoever set a provider up is who agrees last of all: only its use and its checks are.
revoke update on sso_provider from noroshi_app;
grant update (is_active, tested_at, test_result, changed_by, changed_at, removed_at) on sso_provider to noroshi_app;
