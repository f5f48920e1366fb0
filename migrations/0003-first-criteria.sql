-- The criteria a market starts with (設置基準①～③ of the 2006 report, S0-59..61), as examples that the secretariat edits.
insert into criterion (id, version, name_ja, name_en, basis, rule, is_active, reason, edited_at) values
  ('00000000-0000-4000-8000-000000000001', 1, '市場慣行等の継続が困難と思われる緊急事態（基準①・人の判断）', 'Market practice seems difficult to continue (criterion 1, judged by people)', 'S0-59', '{"kind":"judgement"}', true, '初期設定', now()),
  ('00000000-0000-4000-8000-000000000002', 1, '関係機関の拠点がある地域で震度6弱以上', 'Intensity 6- or more where an infrastructure institution has a site', 'S0-59', '{"kind":"intensity_at_sites","at_least":"6-","institutions":"infrastructure"}', true, '初期設定', now()),
  ('00000000-0000-4000-8000-000000000003', 1, '東京都23区で震度5強以上', 'Intensity 5+ or more in the 23 wards of Tokyo', 'S0-59', '{"kind":"intensity_in_area","at_least":"5+","area_code":"350"}', true, '初期設定', now()),
  ('00000000-0000-4000-8000-000000000004', 1, '津波警報以上', 'Tsunami warning or major tsunami warning', 'S0-59', '{"kind":"tsunami","at_least":"warning"}', true, '初期設定', now()),
  ('00000000-0000-4000-8000-000000000005', 1, '南海トラフ地震臨時情報（巨大地震警戒）', 'Nankai Trough earthquake: megaquake alert', 'S0-59', '{"kind":"nankai","codes":["120"]}', true, '初期設定', now()),
  ('00000000-0000-4000-8000-000000000006', 1, '関係機関の拠点がある都道府県に気象特別警報', 'Weather special warning in a prefecture where an infrastructure institution has a site', 'S0-59', '{"kind":"weather_special","institutions":"infrastructure"}', true, '初期設定', now()),
  ('00000000-0000-4000-8000-000000000007', 1, '噴火速報', 'Eruption notice', 'S0-59', '{"kind":"eruption"}', true, '初期設定', now()),
  ('00000000-0000-4000-8000-000000000008', 1, '主なインフラ機関または中央銀行に対策本部が設置された（基準②）', 'A command centre is set up at an infrastructure institution or the central bank (criterion 2)', 'S0-60', '{"kind":"command_centre_set_up"}', true, '初期設定', now()),
  ('00000000-0000-4000-8000-000000000009', 1, '法律にもとづく国の対策本部が設置された（基準③・人の判断）', 'A national headquarters is set up by law (criterion 3, judged by people)', 'S0-61', '{"kind":"judgement"}', true, '初期設定', now());
