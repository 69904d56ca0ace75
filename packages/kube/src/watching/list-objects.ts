// SPDX-License-Identifier: Apache-2.0
/** Lists all objects of a kind, page by page, so that neither side ever holds ten thousand whole objects. */
import { KaasError } from '@kaas/errors'
import type { ObservedObject, WatchedKind } from '../cluster-watch.ts'
import type { ApiClient } from '../connection/api-client.ts'
import { apiError, unavailable } from '../connection/api-error.ts'
import { listPath } from './api-paths.ts'
import { observedObject } from './observed-object.ts'

/** A whole list. A watch goes on from `version`. */
export type Listed =
  | { readonly kind: 'listed'; readonly objects: readonly ObservedObject[]; readonly version: string }
  /** The definition of the kind is not installed. */
  | { readonly kind: 'missing' }

const PAGE = '500'
/** Half a million objects; a server that pages on has lost itself. */
const MOST_PAGES = 1000

/**
 * Throws `kubernetes-unavailable`, `kubernetes-refused`. A list that took so long that its pages expired (410) is begun again once,
 * then without pages.
 */
export async function listObjects(
  client: ApiClient,
  kind: WatchedKind,
  labelSelector: string,
  signal: AbortSignal,
): Promise<Listed> {
  try {
    return await listPages(client, kind, { labelSelector, limit: PAGE }, signal)
  } catch (error) {
    if (!(error instanceof PagesExpired)) throw error
    return await listPages(client, kind, { labelSelector }, signal)
  }
}

class PagesExpired extends KaasError {}

type Query = Readonly<Record<string, string>>

async function listPages(client: ApiClient, kind: WatchedKind, query: Query, signal: AbortSignal): Promise<Listed> {
  const objects: ObservedObject[] = []
  let next: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await client.send({ method: 'GET', path: listPath(kind, { ...query, continue: next }), signal })
    if (answer.status === 404) return { kind: 'missing' }
    if (answer.status === 410) throw expired(answer.server, kind)
    if (answer.status !== 200) throw apiError(answer.server, `list ${kind.kind}`, answer)
    const { items, metadata } = pageOf(answer.server, kind, answer.body)
    objects.push(...items.map((item) => observedObject(kind, item)).filter((object) => object !== undefined))
    if (metadata.continue === undefined || metadata.continue === '') {
      return { kind: 'listed', objects, version: metadata.resourceVersion }
    }
    next = metadata.continue
  }
  throw unavailable('', `the list of ${kind.kind} does not end`)
}

interface Page {
  readonly items: readonly unknown[]
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string }
}

function pageOf(server: string, kind: WatchedKind, body: string): Page {
  try {
    const page = JSON.parse(body) as Partial<Page>
    // An empty list of some servers has null where items should be.
    if (typeof page.metadata?.resourceVersion === 'string') return { items: page.items ?? [], metadata: page.metadata }
  } catch {
    // Falls through: what cannot be read is no list.
  }
  throw unavailable(server, `what it sent is no list of ${kind.kind}`)
}

function expired(server: string, kind: WatchedKind): PagesExpired {
  return new PagesExpired('kubernetes-unavailable', {
    message: `The Kubernetes API server ${server} dropped the pages of a list of ${kind.kind} while they were read.`,
    help: 'Wait: the list is read again.',
  })
}
