import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderAtom } from './atom.ts'
import { renderCap } from './cap.ts'
import { differences } from './difference.ts'
import { renderPage } from './html-page.tsx'
import { renderJson } from './json.ts'
import { nextSnapshot } from './next-snapshot.ts'
import { minutesLater, origin, published, told, view } from './sample.ts'
import { type ActivationState, Snapshot } from './snapshot.ts'

const bonds: ActivationState = {
  market: 'bonds',
  market_ja: '公社債',
  market_en: 'Bonds',
  step: 'activated',
  body_ja: '架空の公社債市場BCP対策会議',
  body_en: 'Fictional bond market meeting',
  decided_at: '2026-11-21T01:25:00.000Z',
  effective_at: '2026-11-21T01:28:00.000Z',
}
const at = minutesLater(30)
const snapshot = nextSnapshot(published(1), told({ activations: [bonds] }), {
  ...{ number: 2, published_at: at, origin, is_correction: false },
})
const wordsOf = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

test('a BCP that was published stands on the page, in both feeds, in the message and in JSON, with whose decision it was', () => {
  const page = wordsOf(renderPage(snapshot, { ...view(at), language: 'ja' }))
  assert.match(page, /発動状況.*公社債 発動 10:28 JST 架空の公社債市場BCP対策会議/)
  assert.match(wordsOf(renderPage(snapshot, { ...view(at), language: 'en' })), /Bonds Activated 10:28 JST Fictional/)
  assert.match(renderAtom(snapshot, { origin, language: 'ja' }), /BCP 公社債: 発動（10:28 JSTから）/)
  assert.match(renderAtom(snapshot, { origin, language: 'en' }), /BCP Bonds: Activated \(from 10:28 JST\)/)
  const [message] = snapshot.messages
  assert.ok(message)
  const cap = renderCap(message, 'actual', origin)
  assert.match(
    cap,
    /BCP 公社債: 発動（10:28 JSTから）[\s\S]*<valueName>bonds\.bcp<\/valueName>\s*<value>activated<\/value>/,
  )
  const [open] = JSON.parse(renderJson(snapshot, view(at))).open
  assert.deepEqual(open.activations, [
    {
      ...{ market: 'bonds', step: 'activated', decided_at: bonds.decided_at, effective_at: bonds.effective_at },
      ...{ name: { ja: '公社債', en: 'Bonds' }, body: { ja: bonds.body_ja, en: bonds.body_en } },
    },
  ])
})

test('the check shows it as a difference, and a picture from before there were any has none', () => {
  const [before] = published(1).situations
  const [after] = snapshot.situations
  assert.ok(before && after)
  const found = differences(before, after, 'ja').find(({ what_ja }) => what_ja === '公社債のBCP')
  assert.equal(found?.before, null)
  assert.match(found?.after ?? '', /発動[\s\S]*架空の公社債市場BCP対策会議/)
  const old = JSON.parse(JSON.stringify(published(1)), (key, value) => (key === 'activations' ? undefined : value))
  assert.deepEqual(Snapshot.parse(old).situations[0]?.activations, [])
})
