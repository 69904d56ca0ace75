// SPDX-License-Identifier: Apache-2.0
/** Asks a server on loopback whether it serves. */
import { readFileSync } from 'node:fs'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Credentials } from './credentials.ts'

/** Whether `url` answers 200; with the client certificate `name` when told. Never throws. */
export function isAnswering(url: string, credentials?: Credentials, name?: string): Promise<boolean> {
  const tls = credentials && {
    ca: readFileSync(credentials.path('ca.crt')),
    ...(name !== undefined && {
      cert: readFileSync(credentials.path(`${name}.crt`)),
      key: readFileSync(credentials.path(`${name}.key`)),
    }),
  }
  const request = url.startsWith('https:') ? requestHttps : requestHttp
  return new Promise((resolve) => {
    const asked = request(url, { ...tls, timeout: 2_000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(false))
    asked.end()
  })
}
