// SPDX-License-Identifier: Apache-2.0
/** Where a sign-in leads back to: a page of the console, never another site, whatever a link asks for. */

const START = '/'
const LONGEST = 2000
/** Two addresses that a page of the console can never be: a path must be the same on both, so it names no host of its own. */
const HERE = 'http://here.invalid'
/** Sign-in itself would only lead in a circle, the API shows JSON. */
const NOT_A_PAGE = /^\/(v1|sign-in)(\/|$)/

/** The path with its query, as it was asked for when it is a local one, `/` otherwise. */
export function returnPathOf(asked: string | undefined): string {
  if (asked === undefined || asked.length > LONGEST) return START
  // Browsers take a backslash for a slash, and drop control characters before they look.
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) || asked.includes('\\')) return START
  const resolved = URL.parse(asked, HERE)
  if (resolved === null || resolved.origin !== HERE || resolved.pathname.startsWith('//')) return START
  const path = `${resolved.pathname}${resolved.search}${resolved.hash}`
  return NOT_A_PAGE.test(resolved.pathname) ? START : path
}
