import { renderToStaticMarkup } from 'react-dom/server'
import { ifReplies } from './blanks.ts'
import type { Part } from './part.ts'

// Mail programs know no style sheets and no custom properties: plain elements with a few styles of their own.
const styles = {
  body: {
    margin: 0,
    padding: 16,
    color: '#1a1a1c',
    background: '#ffffff',
    fontFamily: 'sans-serif',
    fontSize: 16,
    lineHeight: 1.7,
  },
  part: { maxWidth: 600 },
  notice: {
    margin: '0 0 16px',
    padding: '8px 12px',
    border: '3px solid #1a1a1c',
    background: '#ffe380',
    fontWeight: 'bold',
  },
  text: { margin: '16px 0', padding: '8px 12px', borderLeft: '4px solid #949494', whiteSpace: 'pre-line' },
  button: {
    display: 'inline-block',
    padding: '12px 24px',
    background: '#0017c1',
    color: '#ffffff',
    fontWeight: 'bold',
  },
  small: { whiteSpace: 'pre-line' },
  rule: { margin: '24px 0', border: 0, borderTop: '1px solid #949494' },
} as const

/** The HTML part of a mail: the same words as the plain text, escaped by the renderer, each part marked with its language. */
export const mailHtml = (title: string, parts: readonly Part[], link: string | null): string =>
  `<!DOCTYPE html>${renderToStaticMarkup(
    <html lang="ja">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{title}</title>
      </head>
      <body style={styles.body}>
        {parts.map((part, index) => (
          <div key={part.language} lang={part.language} style={styles.part}>
            {index > 0 && <hr style={styles.rule} />}
            <PartHtml part={part} link={link} />
          </div>
        ))}
      </body>
    </html>,
  )}`

const PartHtml = ({ part, link }: { part: Part; link: string | null }) => (
  <>
    {part.mark && <p style={styles.notice}>{part.mark}</p>}
    <p style={styles.small}>{part.label}</p>
    <p style={styles.small}>{part.to.join('\n')}</p>
    <p style={styles.small}>{part.about}</p>
    {part.official && <p style={styles.small}>{part.official}</p>}
    <p style={styles.text}>{part.text}</p>
    {part.choices.length > 0 && <p style={styles.small}>{part.choices.join('\n')}</p>}
    {part.deadline && (
      <p>
        <strong>{part.deadline}</strong>
      </p>
    )}
    {link && (
      <>
        <p>
          <a href={link} style={styles.button}>
            {part.link_label}
          </a>
        </p>
        <p>
          <a href={link}>{link}</a>
        </p>
        <p style={styles.small}>{ifReplies(part.how ?? '')}</p>
      </>
    )}
    <p>
      <a href={part.page.url}>{part.page.label}</a>
    </p>
    <p style={styles.small}>
      <strong>{part.help.title}</strong>
      {`\n${part.help.text}`}
    </p>
    <p>{part.sender}</p>
    {part.mark && <p style={styles.notice}>{part.mark}</p>}
  </>
)
