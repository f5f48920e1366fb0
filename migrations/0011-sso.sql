-- Signing in with the account of one's workplace. A provider belongs to one institution for good and lets in nobody else.

-- kind: OpenID Connect or SAML 2.0. issuer: how the provider calls itself (OIDC issuer, SAML entity ID).
-- entry_point, certificates: SAML only; certificates in PEM, several while the provider changes its key.
-- A provider that was removed stays as a line for the trail; its domain is free again and its secret gone.
create table sso_provider (
  id             uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institution,
  kind           text not null check (kind in ('oidc', 'saml')),
  domain         text not null check (length(domain) <= 253 and domain ~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$'),
  issuer         text not null check (length(issuer) between 1 and 1000),
  client_id      text check (length(client_id) between 1 and 500),
  entry_point    text check (length(entry_point) <= 1000),
  certificates   text[] not null default '{}',
  is_active      boolean not null default false,
  -- What the last look at the provider found: 'ok', or the reason.
  tested_at      timestamptz,
  test_result    text check (length(test_result) <= 60),
  created_by     uuid not null references person,
  created_at     timestamptz not null,
  changed_by     uuid not null references person,
  changed_at     timestamptz not null,
  removed_at     timestamptz,
  check ((kind = 'oidc') = (client_id is not null)),
  check ((kind = 'saml') = (entry_point is not null)),
  check ((kind = 'saml') = (cardinality(certificates) > 0)),
  check (removed_at is null or not is_active)
);
-- Two institutions never share a domain: it decides where a person is sent.
create unique index on sso_provider (domain) where removed_at is null;
create index on sso_provider (institution_id);

-- The client secret, encrypted with a key that is not in the database (AES-256-GCM).
create table sso_secret (
  provider_id uuid primary key references sso_provider,
  sealed      bytea not null
);

-- Whom a provider calls what. The first sign-in binds; from then on the subject counts, not the mail address.
create table sso_subject (
  provider_id uuid not null references sso_provider,
  subject     text not null check (length(subject) between 1 and 500),
  person_id   uuid not null references person on delete cascade,
  bound_at    timestamptz not null,
  primary key (provider_id, subject),
  unique (provider_id, person_id)
);
create index on sso_subject (person_id);

-- One way to the provider and back, in one browser, within minutes; who comes back takes the line away, so once. key_hash:
-- SHA-256 of what only that browser's cookie holds. nonce: what must stand in what the provider signs, the OIDC nonce or
-- the id of the SAML request. endpoints: what the provider said of itself when the way began. answer: what a SAML provider
-- sent, kept until the browser comes with its cookie, which it does not send along with another site's form.
create table sso_request (
  id          uuid primary key default gen_random_uuid(),
  provider_id uuid not null references sso_provider,
  key_hash    bytea not null,
  state       text not null unique,
  nonce       text not null,
  endpoints   jsonb,
  next        text not null,
  answer      text,
  expires_at  timestamptz not null
);
create index on sso_request (expires_at);

-- What the sign-in library keeps meanwhile: state, PKCE verifier, ids of SAML requests and of assertions already seen.
-- Not in its table `verification`: ids of assertions are no uuids.
create table sso_verification (
  id         text primary key,
  identifier text not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on sso_verification (identifier);

do $$ declare name text; begin
  foreach name in array '{sso_provider,sso_secret,sso_subject,sso_request,sso_verification}'::text[] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
create policy reading on sso_provider for select using ((select reader_may('sso.edit')));
create policy adding on sso_provider for insert with check ((select reader_may('sso.edit')));
create policy changing on sso_provider for update using ((select reader_may('sso.edit')));
-- Who sets up a provider writes its secret and never reads it again; only the program does.
create policy adding on sso_secret for insert with check ((select reader_may('sso.edit')));
create policy program on sso_secret for all using ((select reader_is_program()));
create policy reading on sso_subject for select using ((select reader_may('sso.edit')));
create policy program on sso_subject for all using ((select reader_is_program()));
create policy program on sso_request for all using ((select reader_is_program()));
create policy program on sso_verification for all using ((select reader_is_program()));

grant select, insert, update on sso_provider to noroshi_app;
grant select, insert, delete on sso_secret, sso_subject to noroshi_app;
grant select, insert, update, delete on sso_request, sso_verification to noroshi_app;
