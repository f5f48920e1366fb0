import type { ReactNode } from 'react'
import { useReading } from './render.tsx'

/** An aside behind a word, in the brackets of the reader's language: 11:55 JST（3分前）, 11:55 JST (3 minutes ago). */
export const Brackets = ({ children }: { children: ReactNode }) =>
  useReading().language === 'ja' ? <>（{children}）</> : <> ({children})</>
