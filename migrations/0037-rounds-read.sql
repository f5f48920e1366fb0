-- What a round came to when it ended names who had not reported. No page gave that to another institution; now the table does not
-- either: a round is read by those who look at the whole market, and by the program.
drop policy reading on round;
create policy reading on round for select
  using ((select reader_may('board.see-all') or reader_may('notice.release') or reader_is_program()));
