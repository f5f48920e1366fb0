/** A path of this site, whatever was asked for: nobody is sent elsewhere. */
export function ownPath(asked: string | undefined): string {
  const here = 'http://here.invalid'
  if (!asked?.startsWith('/') || !URL.canParse(asked, here)) return '/home'
  const { origin, pathname, search } = new URL(asked, here)
  // Judged as it will be sent: "/..//elsewhere" begins with two slashes only once it is resolved.
  return origin === here && !pathname.startsWith('//') ? pathname + search : '/home'
}
