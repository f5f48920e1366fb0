import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { NotConfigured } from '#ground/config/config.ts'
import type { Account } from './embedded-account.ts'

/** Nothing of our own environment, which holds secrets, reaches the database; messages come in English. */
export const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Runs a program of PostgreSQL to its end, from inside `cwd`; rejects with what it said on failure. */
export async function run(program: string, args: string[], options: { cwd: string; account: Account | undefined }) {
  try {
    await promisify(execFile)(program, args, { cwd: options.cwd, env: environment, ...options.account })
  } catch (error) {
    throw explain(program, error as NodeJS.ErrnoException & { stderr?: string })
  }
}

/** Says in words why a program could not be run. */
export function explain(program: string, error: NodeJS.ErrnoException & { stderr?: string }): Error {
  const hint =
    error.code === 'ENOENT'
      ? 'it is missing, or made for another C library (it needs glibc, Alpine Linux has musl)'
      : error.code === 'EPERM' || error.code === 'EINVAL'
        ? 'root may not run it as another user here'
        : error.stderr?.trim().split('\n').slice(-20).join('\n') || error.message
  return new NotConfigured(
    `${program} did not run: ${hint}\nA PostgreSQL of your own can be used instead: set DATABASE_URL.`,
    {
      cause: error,
    },
  )
}
