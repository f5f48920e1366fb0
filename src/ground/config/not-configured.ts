/** Thrown when the program cannot start as it is set up; the message says what to change. */
export class NotConfigured extends Error {}

/** Thrown when not the settings but the machine keeps it from starting: a full disk, a damaged file. That may be mended while it waits. */
export class Unwell extends NotConfigured {
  /** In a few words, for a probe. */
  readonly reason: string
  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** What an error of the file system means, in words for an operator; undefined for one that is none of it. */
export function fileTrouble(error: unknown): string | undefined {
  const { code = '', syscall } = error as NodeJS.ErrnoException
  return syscall === undefined ? undefined : (troubles[code] ?? (/^E[A-Z]+$/.test(code) ? code : undefined))
}

const troubles: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full (quota)',
  EROFS: 'the disk is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOTDIR: 'a part of the path is no folder',
  EIO: 'the disk fails',
  EISDIR: 'there is a folder where a file belongs',
  EEXIST: 'there is a file where a folder belongs',
}
