-- Sessions that end by our own clock, and doors that guessing does not open.

-- When the session began, by the program's clock: for its absolute limit. Null: no sign-in has dated it yet.
alter table session add column started_at timestamptz;

-- One try to prove who one is: a password, a code, an invitation. Kept for the quarter of an hour in which it counts.
-- account, address: keyed or plain digests, never what was typed; has_failed is false while the answer is still out.
create table attempt (
  id         uuid primary key default gen_random_uuid(),
  purpose    text not null check (length(purpose) between 1 and 40),
  account    text check (length(account) <= 64),
  address    text not null check (length(address) <= 64),
  tried_at   timestamptz not null,
  has_failed boolean not null default false
);
create index on attempt (purpose, account, tried_at);
create index on attempt (purpose, address, tried_at);
create index on attempt (tried_at);

-- From where an account has signed in within 30 days: strangers' failures at the same address do not keep it out.
create table known_address (
  account      text not null check (length(account) <= 64),
  address      text not null check (length(address) <= 64),
  succeeded_at timestamptz not null,
  primary key (account, address)
);
create index on known_address (succeeded_at);

-- Whom the trail has named as refused for too many tries, and until when that is said.
create table attempt_refusal (
  purpose   text not null,
  who       text not null,
  told_until timestamptz not null,
  primary key (purpose, who)
);

alter table attempt enable row level security;
alter table attempt force row level security;
alter table known_address enable row level security;
alter table known_address force row level security;
alter table attempt_refusal enable row level security;
alter table attempt_refusal force row level security;
create policy program on attempt for all using ((select reader_is_program()));
create policy program on known_address for all using ((select reader_is_program()));
create policy program on attempt_refusal for all using ((select reader_is_program()));

grant select, insert, update, delete on attempt, known_address, attempt_refusal to noroshi_app;
