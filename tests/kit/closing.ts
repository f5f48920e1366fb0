type Fields = Record<string, string>

/** Closes a situation as people do: they write why, see what that ends, and confirm it; gives the answer to the last press. */
export async function closeAt<Answer extends Response | { html: string }>(
  client: { post: (path: string, fields: Fields) => Promise<Answer> },
  situation: string,
  fields: Fields,
): Promise<Answer> {
  const check = await client.post(`${situation}/close`, fields)
  const html = 'html' in check ? check.html : await check.clone().text()
  const [, seen] = /name="seen" value="([^"]*)"/.exec(html) ?? []
  return seen ? client.post(`${situation}/close`, { ...fields, seen, languages: 'yes' }) : check
}
