import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { isActive } from '#directory/institutions/index.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { claimFiles, readClaimed, unlessGone } from './claim-files.ts'
import { settleFile } from './settle-file.ts'
import { takeFile } from './take-file.ts'

/**
 * Takes in what institutions have left in their folders, `in/CODE` below that of the file drop: each file is claimed, taken or refused,
 * answered and moved aside. After a crash between any two of these it goes on where it was. Without a folder `in` there is nothing to do; a
 * folder of nobody is left alone. One file that fails keeps no other waiting.
 */
export async function takeInFiles(
  tools: Pick<Tools, 'db' | 'clock' | 'later' | 'config'>,
  report: (error: unknown) => void,
): Promise<void> {
  const { file_drop: folder, secret } = tools.config
  if (!folder || !(await lstat(path.join(folder, 'in')).catch(unlessGone))?.isDirectory()) return
  const there = new Set([...(await readdir(path.join(folder, 'in'))), ...(await leftIn(folder))])
  const institutions = await tools.db
    .selectFrom('institution')
    .where(isActive(tools.clock()))
    .where('code', 'in', [...there, ''])
    .select(['id', 'code'])
    .orderBy('code')
    .execute()
  for (const institution of institutions.filter(({ code }) => isPlain(code)))
    for (const claimed of await claimFiles(folder, institution.code))
      try {
        const content = await readClaimed(claimed.path)
        if (content === null) continue
        const { id, name } = claimed
        const file = await takeFile(tools, { id, name, institution, content })
        await settleFile({ folder, secret }, institution.code, claimed, file)
      } catch (error) {
        report(error)
      }
}

/** What a crash has left claimed, whether its folder is still there or not. */
const leftIn = async (folder: string) => (await readdir(path.join(folder, 'taking')).catch(unlessGone)) ?? []

/** A code that leads out of its place is nobody's folder. */
const isPlain = (code: string) => path.basename(code) === code && !code.startsWith('.')
