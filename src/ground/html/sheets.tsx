import { asset } from './assets.ts'

/** What a page looks like: on a screen, and, loaded after all that a screen needs, on paper. */
export const Sheets = () => (
  <>
    <link rel="stylesheet" href={asset('app.css')} />
    <link rel="stylesheet" media="print" href={asset('print.css')} />
  </>
)
