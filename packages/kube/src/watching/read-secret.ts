// SPDX-License-Identifier: Apache-2.0
/** Reads one Secret from the API server. Secrets are never watched and never kept. */
import type { ApiClient } from '../connection/api-client.ts'
import { apiError, unavailable } from '../connection/api-error.ts'
import { objectPath } from './api-paths.ts'

/** Its entries, decoded; undefined when there is none. Throws `kubernetes-unavailable`, `kubernetes-refused`; never with a value. */
export async function readSecret(
  client: ApiClient,
  namespace: string,
  name: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const answer = await client.send({ method: 'GET', path: objectPath('v1', 'secrets', { namespace, name }) })
  if (answer.status === 404) return undefined
  if (answer.status !== 200) throw apiError(answer.server, `read the Secret ${namespace}/${name}`, answer)
  try {
    const { data } = JSON.parse(answer.body) as { readonly data?: Readonly<Record<string, string>> }
    return Object.fromEntries(
      Object.entries(data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
    )
  } catch {
    throw unavailable(answer.server, `what it sent is no Secret ${namespace}/${name}`)
  }
}
