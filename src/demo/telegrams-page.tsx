import { Button } from '#ground/html/button.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { Card, PageHead } from '#ground/html/frame.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { type Playable, playable } from './play-telegram.ts'

const texts = inBoth<{
  title: string
  lead: string
  act: string
  names: Record<Playable, [name: string, what: string]>
}>({
  ja: {
    title: '電文を流してみる',
    lead: 'デモ用の架空の電文を、いま届いたものとして取り込みます。流すとホームに提案が出ます。',
    act: 'この電文を流す',
    names: {
      'vxse51-tokyo-exercise.xml': ['【訓練】震度速報', '東京23区で震度6弱。訓練の電文は、訓練だけを提案します。'],
      'vxse51-tokyo.xml': ['震度速報', '東京23区で震度6弱。ここから始めます。'],
      'vtse41-tokyo.xml': ['津波警報', '同じ地震による津波警報。提案が更新されます。'],
      'vxse53-tokyo.xml': ['震源・震度に関する情報', '市区町村ごとの震度。震度が届いていない市があります。'],
      'vtse41-tokyo-lifted.xml': ['津波警報の解除', '津波の基準に当たらなくなります。'],
      'vxse53-tokyo-corrected.xml': ['震源・震度の訂正', '最大震度が4に訂正され、提案が取り下げられます。'],
      'vyse50-warning.xml': ['南海トラフ地震臨時情報', '巨大地震警戒（コード120）。'],
      'vpww54-tokyo.xml': ['大雨特別警報', '東京地方の大雨特別警報。'],
      'vfvo56-fuji.xml': ['噴火速報', '富士山の噴火。'],
    },
  },
  en: {
    title: 'Play a telegram',
    lead: 'Takes in an invented telegram as if it had just arrived. A proposal then appears on the home page.',
    act: 'Play this telegram',
    names: {
      'vxse51-tokyo-exercise.xml': [
        '[EXERCISE] Intensity flash',
        'Intensity 6- in Tokyo. A drill telegram only ever proposes an exercise.',
      ],
      'vxse51-tokyo.xml': ['Intensity flash', 'Intensity 6- in Tokyo. Start here.'],
      'vtse41-tokyo.xml': ['Tsunami warning', 'From the same earthquake. The proposal is updated.'],
      'vxse53-tokyo.xml': ['Source and intensities', 'Intensities by city; one city has sent no data.'],
      'vtse41-tokyo-lifted.xml': ['Tsunami warning lifted', 'The tsunami criterion is no longer met.'],
      'vxse53-tokyo-corrected.xml': [
        'Correction',
        'The highest intensity is corrected to 4; the proposal is withdrawn.',
      ],
      'vyse50-warning.xml': ['Nankai Trough information', 'Megaquake alert (code 120).'],
      'vpww54-tokyo.xml': ['Heavy rain special warning', 'For the Tokyo area.'],
      'vfvo56-fuji.xml': ['Eruption notice', 'Eruption of Mt Fuji.'],
    },
  },
})

export function TelegramsToPlayPage() {
  const t = useTexts(texts)
  return (
    <Layout title={t.title}>
      <PageHead title={t.title}>{t.lead}</PageHead>
      {playable.map((name) => (
        <Card key={name} title={t.names[name][0]} level="h2">
          <p>{t.names[name][1]}</p>
          <Form action="/demo/telegrams">
            <HiddenFields fields={{ name }} />
            <Button kind="outline" size="md">
              {t.act}
            </Button>
          </Form>
        </Card>
      ))}
    </Layout>
  )
}
