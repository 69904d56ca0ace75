// SPDX-License-Identifier: Apache-2.0
/** The only table from what an API server answers, or does not, to errors of the product. */
import { KaasError } from '@kaas/errors'

/** The status and body of an answer that is not a success. The body is a `Status` object, or text when something in between answered. */
export interface Refusal {
  readonly status: number
  readonly body: string
}

/** Server-side apply answers 500 for an unknown field of a built-in kind, though trying again cannot help. */
const NOT_DECLARED = /field not declared in schema/

/** What an answer means; `what` is the request in words, as in `list Kafka`. 404 has a meaning of its own for most callers, who look before. */
export function apiError(server: string, what: string, { status, body }: Refusal): KaasError {
  const words = wordsOf(body)
  if (status === 401) {
    return new KaasError('kubernetes-refused', {
      message: `The Kubernetes API server ${server} does not accept the log-in of the kubeconfig: ${words || 'Unauthorized'}.`,
      help: 'Write a new kubeconfig: its certificate or token has expired or was withdrawn.',
    })
  }
  if (status === 403) {
    return new KaasError('kubernetes-refused', {
      message: `The Kubernetes API server ${server} refused to ${what}: ${words || 'Forbidden'}.`,
      help: 'Give the account of the control plane this right, or change the policy or quota that says no.',
    })
  }
  if ((status === 429 || status >= 500) && !NOT_DECLARED.test(words))
    return unavailable(server, `it answered ${status} to ${what}: ${words}`)
  return new KaasError('kubernetes-refused', {
    message: `The Kubernetes API server ${server} refused to ${what} (${status}): ${words}.`,
    help: 'Correct what the message names; check that the definitions (CRDs) have the version that this product writes.',
  })
}

/** The API server did not answer, or not as one. `why` has no full stop. */
export function unavailable(server: string, why: string, cause?: unknown): KaasError {
  return new KaasError('kubernetes-unavailable', {
    message: `The Kubernetes API server ${server} cannot be reached: ${why}.`,
    help: 'Check the address in the kubeconfig and the network; watching goes on by itself.',
    cause,
  })
}

/** The server's own words, short enough for a condition and without a full stop at the end. */
function wordsOf(body: string): string {
  const text = messageOf(body) ?? body
  return text.replace(/\s+/g, ' ').trim().slice(0, 1000).replace(/\.$/, '')
}

function messageOf(body: string): string | undefined {
  try {
    const status: unknown = JSON.parse(body)
    if (typeof status !== 'object' || status === null || !('message' in status)) return undefined
    return typeof status.message === 'string' ? status.message : undefined
  } catch {
    return undefined
  }
}
