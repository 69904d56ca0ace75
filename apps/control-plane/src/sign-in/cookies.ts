// SPDX-License-Identifier: Apache-2.0
/**
 * The two cookies: the session, and the one that ties a sign-in to the browser that began it. On HTTPS they carry the prefix
 * `__Host-`, by which browsers refuse them from subdomains and without Secure.
 */

/** Over HTTPS or, on loopback only, over HTTP. */
export interface CookieScope {
  readonly secure: boolean
}

/** The names without prefix. */
export type CookieName = 'kaas_session' | 'kaas_sign_in'

/** The value of a cookie in a `Cookie` header; undefined when it is not there, or more than once. */
export function readCookie(header: string | undefined, name: CookieName, scope: CookieScope): string | undefined {
  const wanted = `${nameOf(name, scope)}=`
  const found = (header ?? '').split(';').filter((part) => part.trim().startsWith(wanted))
  return found.length === 1 ? found[0]?.trim().slice(wanted.length) : undefined
}

/** The `Set-Cookie` line. Without `lifeMs` it lives as long as the browser; a life of 0 removes it. */
export function renderCookie(name: CookieName, value: string, scope: CookieScope, lifeMs?: number): string {
  const life = lifeMs === undefined ? '' : `; Max-Age=${Math.ceil(lifeMs / 1000)}`
  return `${nameOf(name, scope)}=${value}; Path=/; HttpOnly; SameSite=Lax${scope.secure ? '; Secure' : ''}${life}`
}

function nameOf(name: CookieName, { secure }: CookieScope): string {
  return secure ? `__Host-${name}` : name
}
