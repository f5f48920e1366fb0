/** The header of a file that is kept and not shown (RFC 6266): its name in any letters (RFC 8187), and one for programs that know only ASCII. */
export function attachment(file_name: string): string {
  const plain = file_name.replaceAll(/[^\x20-\x7e]+|["\\%/:]/g, '_')
  if (plain === file_name) return `attachment; filename="${plain}"`
  const encoded = encodeURIComponent(file_name.toWellFormed()).replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
