// SPDX-License-Identifier: Apache-2.0
/** What an order would get. Asked while somebody types: the answer before stays until the next one is there. */
import type { PlanRequest } from '@kaas/domain'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from './api.ts'
import { putResource } from './resources.ts'

/** The plan of a workload; nothing is asked while there is none. An older question that is still open is given up. */
export function planQuery(request: PlanRequest | undefined) {
  return queryOptions({
    queryKey: ['plan', request],
    queryFn: async ({ signal }) => (request === undefined ? null : await api(signal).plan(request)),
    enabled: request !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
}

/** Whether the server would take the order of a new tenant: its rules, policies and capacity. Nothing is changed. */
export function trialQuery(name: string, document: unknown) {
  return queryOptions({
    queryKey: ['trial', document],
    queryFn: () => putResource({ kind: 'Tenant', name }, document, { dryRun: true, expectedGeneration: 0 }),
    enabled: document !== undefined,
    retry: false,
    gcTime: 10_000,
  })
}

/** What a changed order does to the Kafka of a tenant's own; nothing is asked for every other document. */
export function planChangeQuery(document: unknown) {
  return queryOptions({
    queryKey: ['plan-change', document],
    queryFn: async ({ signal }) => await api(signal).planChange(document),
    enabled: isOwnKafka(document),
    retry: false,
    gcTime: 10_000,
  })
}

function isOwnKafka(document: unknown): boolean {
  const { kind, spec } = document as { readonly kind?: unknown; readonly spec?: { readonly isolation?: unknown } }
  return kind === 'Tenant' && (spec?.isolation === 'namespace' || spec?.isolation === 'cluster')
}
