// SPDX-License-Identifier: Apache-2.0
/**
 * The address under which browsers see the console. Identity providers send them back there, cookies are Secure by it, and only
 * its own pages may change something in a session. Without KAAS_PUBLIC_URL it is the loopback address that was asked.
 */
import { KaasError } from '@kaas/errors'

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/

/** The origin, as in `https://kaas.example.org`. `host` is the header of the request. Throws `not-configured`. */
export function publicOrigin(configured: URL | undefined, host: string | undefined): string {
  if (configured !== undefined) return configured.origin
  if (host !== undefined && LOOPBACK.test(host)) return `http://${host}`
  throw new KaasError('not-configured', {
    message: 'People can sign in from other machines only when the control plane knows its address.',
    help: 'Set KAAS_PUBLIC_URL to the address that browsers use, with https.',
  })
}

/** Whether a request with this `Origin` (absent from browsers' own address bar and from programs) comes from our pages. */
export function isOwnOrigin(origin: string | undefined, own: string): boolean {
  return origin === undefined || origin === own
}

/** Checks KAAS_PUBLIC_URL. Throws `config-invalid` for HTTP beyond loopback: sessions would travel in the open. */
export function checkPublicUrl(url: URL): URL {
  const plain = url.protocol === 'http:' && LOOPBACK.test(url.host)
  if ((url.protocol === 'https:' || plain) && url.pathname === '/' && url.search === '' && url.username === '') return url
  throw new KaasError('config-invalid', {
    message: `KAAS_PUBLIC_URL is ${url.href}; it must be an https address without a path. Only 127.0.0.1 and localhost may be http.`,
    help: 'Put TLS in front of the control plane and name that address, as in https://kaas.example.org.',
  })
}
