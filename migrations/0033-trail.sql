-- The seal of a line: its hash under a key that only the program knows (HMAC-SHA-256, the key from NOROSHI_SECRET), after four
-- bytes that tell which key. Whoever has the database can write the chain of hashes anew, but not the seals. Lines from before
-- this table had the column carry none.
alter table trail add column seal bytea check (length(seal) = 36);

-- The end of the chain, for who holds its lock: the lock is the argument, so it is taken before anything is read, and a function
-- that may see changes reads what stands after the wait. The reader's scope is handed back, to be set again.
create function trail_end(lock text, out scope text, out id bigint, out hash bytea) language plpgsql volatile as $$
begin
  scope := current_setting('noroshi.scope', true);
  perform set_config('noroshi.scope', 'program', true);
  select trail.id, trail.hash into trail_end.id, trail_end.hash from trail order by trail.id desc limit 1;
end $$;
