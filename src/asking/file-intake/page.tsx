import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextInput } from '#ground/html/forms.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { type ListColumn, Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { DropKey, ListedFile } from './queries.ts'

export const texts = inBoth({
  ja: {
    title: 'ファイル連携（機関からの報告）',
    lead: '協会のネットワークから、機関のシステムが署名したファイルで届いた報告です。受け付けたものはその機関の報告になり、受け付けなかったものは理由とともに保管されます。どちらにもファイルで回答します。',
    off: 'この環境では受け付けていません',
    off_next:
      'サーバーの担当者が FILE_DROP_FOLDER を設定し、その下に in/機関コード のフォルダーを作ると始まります（運用手引き「ファイル連携」）。鍵は先に作れます。',
    keys: '機関の鍵',
    now: 'いまの鍵',
    no_keys: 'まだ鍵を作った機関はありません。鍵のない機関のファイルは受け付けません。',
    institution: '機関',
    state: '状態',
    on: (generation: number) => `受付中（第${generation}世代の鍵）`,
    ended: '停止中',
    set: '作成・停止',
    act: '操作',
    again: '新しい鍵にする',
    end: '受け付けを止める',
    make: '機関の鍵を作る',
    make_lead: '鍵は、次の画面に一度だけ表示されます。同じ機関の前の鍵は使えなくなります。',
    code: '機関コード',
    outdated: '何も変えていません：この機関の鍵は、ほかの人が先に変えました',
    outdated_next: '下の表を確かめて、必要ならもう一度押してください。',
    files: '届いたファイル（新しい順）',
    empty: 'ファイルはまだ届いていません',
    empty_next: '鍵を作った機関がフォルダーにファイルを置くと、1分以内にここに表示されます。',
    came: '受付',
    name: 'ファイル',
    mode: '区分',
    finding: '判定',
    outcomes: { taken: '受付済み', refused: '受け付けていません' },
    answer: '機関への回答',
    report: '報告を見る',
    stands: '有効な報告を見る',
    key_title: (name: string) => `${name}の鍵`,
    once: '鍵は、この画面に一度だけ表示されます。いま機関の担当者に、確かめた相手へ安全な方法で渡してください',
    key: '鍵',
    key_next: '見失ったときは、新しい鍵を作ってください。前の鍵は使えなくなっています。',
    back: 'ファイル連携に戻る',
  },
  en: {
    title: 'File drop (reports of institutions)',
    lead: 'Reports that came by the association’s network, in files that institutions’ systems signed. What is taken is the institution’s report; what is not is kept with its reason. Either is answered by a file.',
    off: 'This installation takes in no files',
    off_next:
      'It begins once whoever runs the server sets FILE_DROP_FOLDER and makes folders in/CODE below it (runbook, “File drop”). Keys can be made before.',
    keys: 'Keys of institutions',
    now: 'Keys now',
    no_keys: 'No institution has a key yet. Files of institutions without a key are not taken.',
    institution: 'Institution',
    state: 'State',
    on: (generation: number) => `Taken in (key ${generation})`,
    ended: 'Ended',
    set: 'Made or ended',
    act: 'Act',
    again: 'Make a new key',
    end: 'Take in no more',
    make: 'Make a key for an institution',
    make_lead: 'The key is shown once, on the next page. The one before of the same institution ends.',
    code: 'Code of the institution',
    outdated: 'Nothing was changed: somebody else has changed this institution’s key first',
    outdated_next: 'Look at the table below, and press again if it is still needed.',
    files: 'Files that came, newest first',
    empty: 'No file has come yet',
    empty_next: 'What an institution with a key leaves in its folder shows here within a minute.',
    came: 'Came',
    name: 'File',
    mode: 'Mode',
    finding: 'Finding',
    outcomes: { taken: 'Taken', refused: 'Not taken' },
    answer: 'Answered',
    report: 'See the report',
    stands: 'See the report that stands',
    key_title: (name: string) => `Key of ${name}`,
    once: 'The key is shown once, on this page. Give it now to whom you know at the institution, by a safe way',
    key: 'Key',
    key_next: 'If it is lost, make a new one. The one before has ended.',
    back: 'Back to the file drop',
  },
})

type Props = {
  is_on: boolean
  keys: readonly DropKey[]
  found: Paged<ListedFile>
  may_set: boolean
  is_outdated?: boolean
  values?: Record<string, string>
  problems?: Problems
}

/** What came as files and what became of it, and whose files are believed. */
export function FileIntakePage({ is_on, keys, found, may_set, is_outdated, values = {}, problems = {} }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <Layout title={t.title} label={labelOf.delivery} live="/drop" wide>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      {is_outdated && (
        <Banner kind="warning" title={t.outdated}>
          <p>{t.outdated_next}</p>
        </Banner>
      )}
      <p>{t.lead}</p>
      {!is_on && (
        <Banner kind="info" title={t.off}>
          <p>{t.off_next}</p>
        </Banner>
      )}
      <Listing
        path="/drop"
        caption={t.files}
        columns={fileColumns(language)}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: t.empty_next }}
        has_csv
      />
      <h2>{t.keys}</h2>
      {keys.length === 0 ? <p>{t.no_keys}</p> : <Keys keys={keys} may_set={may_set} />}
      {may_set && (
        <>
          <h2>{t.make}</h2>
          <Form action="/drop/keys">
            <p>{t.make_lead}</p>
            <TextInput name="code" label={t.code} value={values.code} problem={problems.code} width="half" required />
            <Buttons>
              <Button kind="outline">{t.make}</Button>
            </Buttons>
          </Form>
        </>
      )}
    </Layout>
  )
}

function Keys({ keys, may_set }: Pick<Props, 'keys' | 'may_set'>) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <DataTable
      caption={t.now}
      rows={keys}
      rowKey={({ institution_id }) => institution_id}
      columns={[
        { head: t.institution, cell: (key) => `${named(language, key)} ${key.code}` },
        {
          head: t.state,
          cell: ({ is_on, generation }) => (
            <Chip look={is_on ? 'normal' : 'unknown'}>{is_on ? t.on(generation) : t.ended}</Chip>
          ),
        },
        {
          head: t.set,
          cell: ({ set_at, by_ja, by_en }) => (
            <>
              <Time at={set_at} with_date /> {named(language, { name_ja: by_ja, name_en: by_en })}
            </>
          ),
        },
        ...(may_set ? [{ head: t.act, cell: (key: DropKey) => <KeyActs of={key} /> }] : []),
      ]}
    />
  )
}

function KeyActs({ of: { code, generation, is_on } }: { of: DropKey }) {
  const t = useTexts(texts)
  const fields = { code, generation: String(generation) }
  return (
    <>
      <Form action="/drop/keys">
        <HiddenFields fields={fields} />
        <Button kind="outline" size="md">
          {t.again}
        </Button>
      </Form>
      {is_on && (
        <Form action="/drop/keys/ending">
          <HiddenFields fields={fields} />
          <Button kind="text" size="md">
            {t.end}
          </Button>
        </Form>
      )}
    </>
  )
}

/** What the list and its file say of each file. */
export function fileColumns(language: Language): ListColumn<ListedFile>[] {
  const t = texts[language]
  const saidOf = ({ said_ja, said_en }: ListedFile) => (language === 'en' ? said_en : said_ja)
  return [
    { head: t.came, cell: ({ taken_at }) => <Time at={taken_at} />, text: ({ taken_at }) => taken_at.toISOString() },
    { head: t.institution, cell: (file) => named(language, file), text: (file) => named(language, file) },
    { head: t.name, cell: ({ name }) => name, text: ({ name }) => name },
    {
      head: t.mode,
      cell: ({ mode }) => (mode ? modeWords[language][mode] : '—'),
      text: ({ mode }) => (mode ? modeWords[language][mode] : ''),
    },
    {
      head: t.finding,
      cell: ({ outcome }) => <Chip look={outcome === 'taken' ? 'normal' : 'partial'}>{t.outcomes[outcome]}</Chip>,
      text: ({ outcome }) => t.outcomes[outcome],
    },
    { head: t.answer, cell: (file) => <Answer file={file} said={saidOf(file)} />, text: saidOf },
  ]
}

function Answer({ file: { report_id, stands_id }, said }: { file: ListedFile; said: string }) {
  const t = useTexts(texts)
  return (
    <>
      {said.split('\n').map((line) => (
        <div key={line}>{line}</div>
      ))}
      {report_id && <a href={`/reports/${report_id}`}>{t.report}</a>}
      {stands_id && <a href={`/reports/${stands_id}`}>{t.stands}</a>}
    </>
  )
}

/** The key of an institution, shown once to who made it. */
export function DropKeyPage({ name, value }: { name: string; value: string }) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title} label={labelOf.account}>
      <h1>{t.key_title(name)}</h1>
      <Banner kind="warning" title={t.once}>
        <p>
          {t.key}: <code>{value}</code>
        </p>
      </Banner>
      <p>{t.key_next}</p>
      <p>
        <a href="/drop">{t.back}</a>
      </p>
    </Layout>
  )
}
