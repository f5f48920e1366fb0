/** One command of `noroshi`: how it is called, what it does, and its work; the exit code is 0 unless `run` says otherwise. */
export type Command = { usage: string; about: string; run(words: string[]): Promise<number | undefined> }
