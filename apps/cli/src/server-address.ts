// SPDX-License-Identifier: Apache-2.0
/** The address of a control plane that a token is sent to. */
import { KaasError } from '@kaas/errors'

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

/** The origin. Throws `usage-invalid` for no address, and for one to which a token would travel in the open. */
export function serverOf(text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new KaasError('usage-invalid', {
      message: `"${text}" is no address of a control plane.`,
      help: 'Write it with https://, as your browser shows it for the console.',
    })
  }
  if (url.protocol === 'https:' || LOOPBACK.includes(url.hostname)) return url.origin
  throw new KaasError('usage-invalid', {
    message: `${url.origin} is not encrypted; the token could be read on the way.`,
    help: 'Use the https address of the console.',
  })
}
