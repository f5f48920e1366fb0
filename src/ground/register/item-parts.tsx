import type { ReactNode } from 'react'
import { fileWords } from '#ground/files/file-words.ts'
import { accepted } from '#ground/files/judge-file.ts'
import { Button } from '#ground/html/button.tsx'
import { dayWords } from '#ground/html/day.tsx'
import { Details } from '#ground/html/details.tsx'
import { Field, Form, HiddenFields, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Timeline } from '#ground/html/timeline.tsx'
import { ItemLink } from './item-link.tsx'
import { type Item, pathOf } from './kinds.ts'
import type { PartAgain } from './part-routes.tsx'
import { partTexts } from './part-texts.ts'
import { type Parts, shown_max } from './parts.ts'
import type { Candidate } from './people.ts'
import { relations, relationWords } from './relations.ts'
import { Who } from './who.tsx'

type Props = {
  item: Item
  parts: Parts
  may_edit: boolean
  may_comment: boolean
  /** Who can be asked to inspect it. */
  people: readonly Candidate[]
  /** Names one filling-in of each form. */
  key_of: () => string
  again?: PartAgain | undefined
  shows_all: boolean
}

/** What hangs on a thing of any register: inspections, links, files and comments, each with its form for who may. */
export const ItemParts = (props: Props) => (
  <>
    <Reviews {...props} />
    <Links {...props} />
    <Files {...props} />
    <Comments {...props} />
  </>
)

const Part = ({ id, title, count, children }: { id: string; title: string; count: number; children: ReactNode }) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{count > 0 ? `${title} (${count})` : title}</h2>
    {children}
  </section>
)

/** What a form of this part says: what was sent, or nothing yet. */
const formOf = (part: PartAgain['part'], { again, key_of }: Props) => ({
  is_open: again?.part === part,
  key: (again?.part === part && again.values.key) || key_of(),
  field: (name: string) => ({
    name,
    value: again?.part === part ? again.values[name] : undefined,
    problem: again?.part === part ? again.problems[name] : undefined,
  }),
})

function Links(props: Props) {
  const { item, parts, may_edit } = props
  const t = useTexts(partTexts)
  const words = useTexts(relationWords)
  const { field, key, is_open } = formOf('link', props)
  return (
    <Part id="links" title={t.links} count={parts.links.length}>
      {parts.links.length === 0 && <p>{t.no_links}</p>}
      <ul>
        {parts.links.map((link) => {
          const is_from = link.from_id === item.id
          return (
            <li key={link.link_id}>
              {words[is_from ? 'to' : 'from'][link.relation]}: <ItemLink item={link} />
              {may_edit && is_from && (
                <Form action={`${pathOf(item)}/links/${link.link_id}/removal`}>
                  <Button kind="text" size="md">
                    {t.unlink}
                  </Button>
                </Form>
              )}
            </li>
          )
        })}
      </ul>
      {may_edit && (
        <Details summary={t.link} id="new-link" open={is_open}>
          <Form action={`${pathOf(item)}/links`}>
            <HiddenFields fields={{ key }} />
            <Select
              {...field('relation')}
              label={t.relation}
              options={relations.map((value) => ({ value, text: words.to[value] }))}
            />
            <TextInput {...field('to')} label={t.to} hint={t.to_hint} width="short" required />
            <Button kind="outline">{t.link_act}</Button>
          </Form>
        </Details>
      )}
    </Part>
  )
}

function Files(props: Props) {
  const { item, parts, may_edit } = props
  const t = useTexts(partTexts)
  const words = useTexts(fileWords)
  const { field, key, is_open } = formOf('file', props)
  const { value: _, ...wiring } = field('file')
  return (
    <Part id="files" title={t.files} count={parts.files.length}>
      {parts.files.length === 0 && <p>{t.no_files}</p>}
      <ul>
        {parts.files.map(({ id, file_name, size }) => (
          <li key={id}>
            <a href={`${pathOf(item)}/files/${id}`}>{file_name}</a> {words.kilobytes(size)}
            {may_edit && (
              <Form action={`${pathOf(item)}/files/${id}/removal`}>
                <Button kind="text" size="md">
                  {t.remove_file}
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {may_edit && (
        <Details summary={t.add_file} id="new-file" open={is_open}>
          <form
            method="post"
            action={`${pathOf(item)}/files`}
            encType="multipart/form-data"
            noValidate
            className="dads-form"
          >
            <HiddenFields fields={{ key }} />
            <Field {...wiring} label={t.file} hint={t.file_hint} required>
              {(wired) => <input type="file" className="dads-input-text" accept={accepted.join(',')} {...wired} />}
            </Field>
            <Button kind="outline">{t.file_act}</Button>
          </form>
        </Details>
      )}
    </Part>
  )
}

function Comments(props: Props) {
  const { item, parts, may_comment, shows_all } = props
  const t = useTexts(partTexts)
  const { field, key, is_open } = formOf('comment', props)
  const { comments } = parts
  const shown = shows_all ? comments : comments.slice(0, shown_max)
  return (
    <Part id="comments" title={t.comments} count={comments.length}>
      {comments.length === 0 && <p>{t.no_comments}</p>}
      {may_comment && (
        <Details summary={t.comment_act} id="new-comment" open={is_open}>
          <Form action={`${pathOf(item)}/comments`}>
            <HiddenFields fields={{ key }} />
            <TextArea {...field('comment')} label={t.comment} hint={t.comment_hint} required />
            <Button kind="outline">{t.comment_act}</Button>
          </Form>
        </Details>
      )}
      {shown.length > 0 && (
        <Timeline
          entries={shown.map(({ id, made_at, text, ...who }) => ({
            key: id,
            at: made_at,
            title: <Who {...who} />,
            body: <LongText>{text}</LongText>,
          }))}
        />
      )}
      {shown.length < comments.length && (
        <p>
          <a href={`${pathOf(item)}?all=yes#comments`}>{t.show_all(comments.length - shown.length)}</a>
        </p>
      )}
    </Part>
  )
}

function Reviews(props: Props) {
  const { item, parts, may_edit, people } = props
  const t = useTexts(partTexts)
  const { language, now } = useReading()
  const { field, is_open } = formOf('review', props)
  const [newest] = parts.reviews
  const looked = parts.reviews.filter(({ note }) => note !== null)
  const next = newest?.next_on
    ? t.next_look(
        dayWords(language, newest.next_on, now),
        newest.looker_ja === null
          ? t.someone
          : named(language, { name_ja: newest.looker_ja, name_en: newest.looker_en }),
      )
    : newest
      ? t.no_next
      : t.no_reviews
  return (
    <Part id="reviews" title={t.reviews} count={looked.length}>
      <p>{next}</p>
      {looked.length > 0 && (
        <Timeline
          entries={looked.map(({ version, made_at, note, ...who }) => ({
            key: String(version),
            at: made_at,
            title: t.looked,
            by: <Who {...who} />,
            body: <LongText>{note ?? ''}</LongText>,
          }))}
        />
      )}
      {may_edit && (
        <Details summary={newest ? t.review : t.plan} id="new-review" open={is_open}>
          <Form action={`${pathOf(item)}/reviews`}>
            <HiddenFields fields={{ version: String(newest?.version ?? 0) }} />
            {newest && <TextArea {...field('note')} label={t.note} required />}
            <TextInput
              {...field('next_on')}
              type="date"
              label={t.next_on}
              hint={newest && t.next_on_hint}
              required={!newest}
              width="half"
            />
            <Select
              {...field('looker_id')}
              label={t.looker_id}
              empty={t.nobody}
              options={people.map((one) => ({ value: one.id, text: named(language, one) }))}
            />
            <Button kind="outline">{newest ? t.review_act : t.plan_act}</Button>
          </Form>
        </Details>
      )}
    </Part>
  )
}
