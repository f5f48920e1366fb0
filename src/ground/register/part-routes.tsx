import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import type { ItemKind } from '#ground/db/tables.ts'
import { fileWords } from '#ground/files/file-words.ts'
import { handOut } from '#ground/files/hand-out.ts'
import { formValues, problemsOf, readForm } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { type AppEnv, readerOf } from '#ground/tools/tools.ts'
import { addComment, CommentForm } from './add-comment.ts'
import { readItem } from './items.ts'
import { FileForm, keepFile, openFile, removeFile } from './keep-files.ts'
import { type Item, pathOf } from './kinds.ts'
import { LinkForm, linkItems, unlinkItems } from './link-items.ts'
import { mustOf } from './may-of.ts'
import { partTexts } from './part-texts.ts'
import { ReviewForm, reviewItem } from './review-item.ts'

/** What was sent of a part and could not be taken, so that the page comes back with it. */
export type PartAgain = {
  part: 'comment' | 'link' | 'file' | 'review'
  values: Record<string, string>
  problems: Problems
}
type Show = (c: Context<AppEnv>, id: string, again: PartAgain) => Promise<Response>

/** The forms and files beside the things of a register, below the address of each; `show` is its page, which comes back with what was wrong. */
export function partRoutes(kind: ItemKind, show: Show) {
  const routes = new Hono<AppEnv>()
  const at = pathOf({ kind, id: ':id' })
  const itemOf = (c: Context<AppEnv>) => readItem(c.var.tools.db, readerOf(c), kind, c.req.param('id') ?? '')

  /** Reads one form about one thing, and comes back to its page: with what it did, or with what was wrong. */
  const take = async <Form extends z.ZodType>(
    c: Context<AppEnv>,
    part: PartAgain['part'],
    form: Form,
    act: (item: Item, said: z.output<Form>) => Promise<Problems | undefined>,
  ) => {
    const item = await itemOf(c)
    mustOf(readerOf(c), part === 'comment' ? 'comment' : 'edit', item)
    const sent = await readForm(c.req.raw)
    const values = await formValues(sent)
    const read = form.safeParse({ ...values, file: sent.get('file') })
    const problems = read.success ? await act(item, read.data) : problemsOf(read.error)
    if (!problems) return c.redirect(`${pathOf(item)}#${part}s`, 303)
    // A form without its key is a form without a first press: it gets one now.
    const { key, ...shown } = problems
    return show(c, item.id, { part, values: { ...values, ...(key && { key: randomUUID() }) }, problems: shown })
  }

  routes.post(`${at}/comments`, (c) =>
    take(c, 'comment', CommentForm(c.var.language), async (item, said) => {
      await addComment(c.var.tools, readerOf(c), item, said)
      return undefined
    }),
  )

  routes.post(`${at}/links`, (c) =>
    take(c, 'link', LinkForm(c.var.language), async (item, said) => {
      const { failed } = await linkItems(c.var.tools, readerOf(c), item, said)
      return failed && { to: partTexts[c.var.language].wrong[failed] }
    }),
  )
  routes.post(`${at}/links/:link/removal`, async (c) => {
    const item = await itemOf(c)
    await unlinkItems(c.var.tools, readerOf(c), item, c.req.param('link'))
    return c.redirect(`${pathOf(item)}#links`, 303)
  })

  routes.post(`${at}/files`, (c) =>
    take(c, 'file', FileForm, async (item, said) => {
      const { failed } = await keepFile(c.var.tools, readerOf(c), item, said)
      const { wrong } = partTexts[c.var.language]
      if (!failed) return undefined
      if (failed === 'none' || failed === 'many') return { file: wrong[failed] }
      return { file: `${said.file?.name ?? ''}: ${fileWords[c.var.language][failed]}` }
    }),
  )
  routes.get(`${at}/files/:file`, async (c) => {
    const item = await itemOf(c)
    const { file, content } = await openFile(c.var.tools.db, item.id, c.req.param('file'))
    return handOut(c, file, content)
  })
  routes.post(`${at}/files/:file/removal`, async (c) => {
    const item = await itemOf(c)
    await removeFile(c.var.tools, readerOf(c), item, c.req.param('file'))
    return c.redirect(`${pathOf(item)}#files`, 303)
  })

  routes.post(`${at}/reviews`, (c) =>
    take(c, 'review', ReviewForm(c.var.language), async (item, said) => {
      const { failed } = await reviewItem(c.var.tools, readerOf(c), item, said)
      return failed && { note: partTexts[c.var.language].wrong[failed] }
    }),
  )
  return routes
}
