import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composeVoice, type VoiceContent } from './compose-voice.ts'
import { twiml, twiml_length_max, utterancesOf, withSpokenMark } from './voice-text.ts'

const content: VoiceContent = {
  mode: 'exercise',
  subject_ja: '状況報告の依頼',
  subject_en: 'Request to report',
  sender: { name_ja: '架空証券業協会', name_en: 'Fictional Association' },
  is_answer_wanted: true,
  phone: '+81312345678',
}

test('a call about a drill says so first, in both languages', () => {
  assert.deepEqual(composeVoice(content).split('\n\n'), [
    '訓練。これは訓練です。実際の災害ではありません。架空証券業協会からお知らせします。状況報告の依頼。' +
      'メールまたはショートメッセージをご確認のうえ、回答してください。この電話では回答できません。' +
      'お問い合わせは、0 3、1 2 3 4、5 6 7 8へお電話ください。',
    'EXERCISE. This is an exercise. It is not a real event. This is a notice from Fictional Association. Request to report. ' +
      'Please open the mail or text message that we sent, and answer as it says. You cannot answer in this call. ' +
      'For questions, call plus 8 1, 3, 1 2 3 4, 5 6 7 8.',
  ])
})

test('what is real says how urgent it is, and nothing of a drill', () => {
  const text = composeVoice({ ...content, mode: 'actual', is_answer_wanted: false, phone: null })
  assert.equal(
    text,
    '緊急のお知らせです。架空証券業協会からお知らせします。状況報告の依頼。\n\n' +
      'This is an urgent notice. This is a notice from Fictional Association. Request to report.',
  )
  assert.match(composeVoice({ ...content, mode: 'actual', severity: 'important' }), /^重要なお知らせです。/)
  assert.match(composeVoice({ ...content, mode: 'actual', severity: 'routine' }), /^架空証券業協会/)
  assert.match(composeVoice({ ...content, mode: 'test' }), /^試験。これは試験です。/)
})

test('the mark is said once, whether it was composed or not', () => {
  const composed = composeVoice(content)
  assert.equal(withSpokenMark('exercise', composed), composed)
  const bare = withSpokenMark('exercise', 'A notice.')
  assert.match(bare, /^訓練。.*\n\nEXERCISE\. .*\n\nA notice\.$/)
  assert.equal(withSpokenMark('exercise', bare), bare)
  assert.equal(withSpokenMark('actual', 'A notice.'), 'A notice.')
})

test('each paragraph is said in the language it is written in, all of it twice', () => {
  assert.deepEqual(utterancesOf('地震です。\n津波の\nおそれ\n\n\nTsunami (M 8.1) may come. Run!\n\n'), [
    { language: 'ja', text: '地震です。 津波の おそれ' },
    { language: 'en', text: 'Tsunami (M 8.1) may come. Run!' },
    { language: 'ja', text: '繰り返します。' },
    { language: 'ja', text: '地震です。 津波の おそれ' },
    { language: 'en', text: 'Tsunami (M 8.1) may come. Run!' },
  ])
  assert.deepEqual(utterancesOf(' \n\n '), [])
})

test('a machine gets pieces that it takes, cut between sentences where it can', () => {
  const sentences = Array.from({ length: 40 }, (_, n) => `第${n}の文はこのように続きます。`)
  const said = utterancesOf(sentences.join(''))
  for (const { text } of said) assert.ok(encodeURIComponent(text).length < 4500 && /[。]$/.test(text), text)
  const once = said.slice(0, (said.length - 1) / 2)
  assert.ok(once.length > 1)
  assert.equal(once.map(({ text }) => text).join(''), sentences.join(''))

  const endless = '𠮷'.repeat(1000)
  const pieces = utterancesOf(endless)
  for (const { text } of pieces) assert.ok(text.isWellFormed() && encodeURIComponent(text).length < 4500)
  assert.equal(
    pieces
      .slice(0, (pieces.length - 1) / 2)
      .map(({ text }) => text)
      .join(''),
    endless,
  )
})

test('nothing that is said can become a command to the machine', () => {
  const evil = `</Say><Dial>+12125550100</Dial><Say> & "'\u0000`
  const written = twiml(utterancesOf(evil))
  assert.doesNotMatch(written, /<Dial|\p{Cc}/u)
  assert.match(written, /&lt;\/Say&gt;&lt;Dial&gt;\+12125550100&lt;\/Dial&gt;&lt;Say&gt; &amp; &quot;&apos;/)
})

test('however long its subject, a call fits into one request and says that it left something out', () => {
  const text = composeVoice({ ...content, subject_ja: '震度𠮷'.repeat(300), subject_en: 'Earthquake '.repeat(200) })
  assert.match(text, /、以下省略。メール/)
  assert.match(text, /, and so on\. Please/)
  assert.ok(text.isWellFormed())
  assert.ok(twiml(utterancesOf(text)).length <= twiml_length_max)
})
