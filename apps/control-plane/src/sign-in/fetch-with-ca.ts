// SPDX-License-Identifier: Apache-2.0
/** `fetch` over HTTPS that trusts one CA beside those of the system: Node's own cannot be told of another. It follows no redirect. */
import { type IncomingMessage, request } from 'node:http'
import { request as requestTls } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { rootCertificates } from 'node:tls'

/** What the OpenID client sends. */
interface Options {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** The function, trusting the CA in `caPem`. */
export function fetchWithCa(caPem: string): (address: string, options: Options) => Promise<Response> {
  const ca = [...rootCertificates, caPem]
  return async (address, { method, headers, body, signal }) => {
    const send = address.startsWith('https:') ? requestTls : request
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = send(address, { method, headers, ca, ...(signal === undefined ? {} : { signal }) }, resolve)
      asked.once('error', reject)
      asked.end(body === undefined || body === null ? undefined : String(body))
    })
    const status = answer.statusCode ?? 500
    const content = await buffer(answer)
    const empty = status === 204 || status === 304
    return new Response(empty ? null : content, { status, headers: headersOf(answer) })
  }
}

function headersOf({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  )
}
