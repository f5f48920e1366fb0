-- How people sign in besides a password: passkeys (WebAuthn), and codes of an authenticator app (TOTP, RFC 6238) with
-- recovery codes. better-auth's tables under our own names, as person and session are.

-- credential_id and public_key: base64url and base64, as the authenticator made them. counter: a whole number of 32 bits
-- without sign. aaguid: which model of authenticator it is. backed_up: a copy is kept by the maker of the device.
create table passkey (
  id            uuid primary key default gen_random_uuid(),
  person_id     uuid not null references person on delete cascade,
  name          text not null check (length(name) between 1 and 60),
  credential_id text not null unique,
  public_key    text not null,
  counter       double precision not null,
  device_type   text not null,
  backed_up     boolean not null,
  transports    text,
  aaguid        text,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz
);
create index on passkey (person_id);

-- secret: encrypted with the program's own secret. verified: a code of it was given once; until then it opens nothing.
-- backup_codes: a JSON list of the hashes (scrypt with recovery_salt) of the recovery codes that were not used yet.
-- last_step: the 30 seconds whose code was used last; no code is taken twice.
create table two_factor (
  id            uuid primary key default gen_random_uuid(),
  person_id     uuid not null unique references person on delete cascade,
  secret        text not null,
  backup_codes  text not null,
  verified      boolean not null default false,
  failed_verification_count int not null default 0,
  locked_until  timestamptz,
  recovery_salt text,
  last_step     bigint
);

alter table passkey enable row level security;
alter table passkey force row level security;
alter table two_factor enable row level security;
alter table two_factor force row level security;

-- A person sees, renames and removes passkeys of their own; only the program adds one, after it has checked it.
create policy reading on passkey for select using ((select reader_is_program()) or person_id = (select reader_person()));
create policy changing on passkey for update using ((select reader_is_program()) or person_id = (select reader_person()));
create policy removing on passkey for delete using ((select reader_is_program()) or person_id = (select reader_person()));
create policy adding on passkey for insert with check ((select reader_is_program()));
create policy program on two_factor for all using ((select reader_is_program()));

grant select, insert, update, delete on passkey, two_factor to noroshi_app;
