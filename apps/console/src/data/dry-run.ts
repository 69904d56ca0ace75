// SPDX-License-Identifier: Apache-2.0
/** What a document would do, asked while it is written: refusals of rules and policies come before anything is saved. */
import { queryOptions } from '@tanstack/react-query'
import { putResource, type ResourceRef } from './resources.ts'

/** Of a resource that must not exist yet. Fails as the write would. */
export function dryRunQuery(ref: ResourceRef, document: unknown) {
  return queryOptions({
    queryKey: ['dry-run', ref, document],
    queryFn: () => putResource(ref, document, { dryRun: true, expectedGeneration: 0 }),
    staleTime: 5000,
    gcTime: 10_000,
    retry: false,
  })
}
