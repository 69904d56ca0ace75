// SPDX-License-Identifier: Apache-2.0
/** The client of the API in a browser. Only files of this folder use it; pages use what those give them. */
import '../browser/async-streams.ts'
import { type ApiClient, createClient } from '@kaas/http-contract'

let csrf: string | undefined

/** The client. With a signal its calls end when the signal does; queries get theirs from the query library. */
export function api(signal?: AbortSignal): ApiClient {
  return createClient({
    baseUrl: '',
    fetch: (...request) => fetch(...request),
    csrf: () => csrf,
    ...(signal !== undefined && { signal }),
  })
}

/** What every change must carry from now on; it comes with the session. */
export function rememberCsrf(value: string | undefined): void {
  csrf = value === '' ? undefined : value
}
