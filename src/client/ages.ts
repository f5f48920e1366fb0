import { ageWords, untilWords } from '#ground/html/age.ts'

/** Counts ages and deadlines on while a page stays open, by the server's clock: the reader's may be wrong. */
const behind_ms = Date.parse(document.getElementById('main')?.dataset.now ?? '') - Date.now() || 0
const language = document.documentElement.lang === 'en' ? 'en' : 'ja'

function count() {
  const now = Date.now() + behind_ms
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-counts]')) {
    const words = time.dataset.counts === 'age' ? ageWords : untilWords
    const text = words(language, Date.parse(time.dateTime), now)
    if (time.textContent !== text) time.textContent = text
  }
}

setInterval(count, 10_000)
document.addEventListener('visibilitychange', count)
