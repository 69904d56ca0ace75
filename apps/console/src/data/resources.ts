// SPDX-License-Identifier: Apache-2.0
/**
 * Resources of any kind: one, a list by pages, and changes. Keys begin with the kind, then `one` or `list`, so that the event stream
 * (`live.ts`) finds what an event is about.
 */
import type { ResourceKind, ResourceOf } from '@kaas/domain'
import { type DeleteAnswer, describeKind, type ListOptions, type PutAnswer, type ResourceAnswer } from '@kaas/http-contract'
import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import { api } from './api.ts'
import { queryClient } from './query-client.ts'

/** An answered document whose `spec` is that of its kind; the server has checked it. */
export interface ResourceItem<K extends ResourceKind> {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ResourceAnswer['metadata']
  readonly spec: ResourceOf<K>['spec']
  readonly status?: ResourceAnswer['status']
}

/** Rows of the first request of a list, and of those that come as somebody scrolls on. */
const FIRST_PAGE = 200
const FURTHER_PAGE = 500
/** Rows of one request when all are wanted. */
const LARGEST_PAGE = 1000

/** Names a resource. `tenant` only for kinds that live in one. */
export interface ResourceRef<K extends ResourceKind = ResourceKind> {
  readonly kind: K
  readonly name: string
  readonly tenant?: string | undefined
}

/** One resource. */
export function resourceQuery<K extends ResourceKind>(ref: ResourceRef<K>) {
  return queryOptions({
    queryKey: [ref.kind, 'one', ref.tenant ?? '', ref.name],
    queryFn: async ({ signal }) => itemOf<K>(await api(signal).get(nameOf(ref))),
  })
}

/** A list, page by page. Sort and filter are the server's words (`-updatedAt`, `name~pay,labels.app=shop`). */
export function resourceListQuery<K extends ResourceKind>(kind: K, options: Omit<ListOptions, 'cursor'> = {}) {
  const { tenant, limit, sort, filter } = options
  return infiniteQueryOptions({
    queryKey: [kind, 'list', tenant ?? '', { sort: sort ?? '', filter: filter ?? '', limit }],
    queryFn: async ({ signal, pageParam }) => {
      const page = await api(signal).list(describeKind(kind), {
        limit: limit ?? (pageParam === '' ? FIRST_PAGE : FURTHER_PAGE),
        ...(tenant !== undefined && { tenant }),
        ...given({ sort, filter, cursor: pageParam }),
      })
      return { items: page.items.map((item) => itemOf<K>(item)), next: page.next }
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** How to write: nothing of it happens with `dryRun`. */
export interface WriteOptions {
  readonly dryRun?: boolean
  /** Generation that was read; 0 for what must not exist yet. Else the change is refused as `resource-changed`. */
  readonly expectedGeneration?: number
}

/** Makes or changes a resource. */
export async function putResource(ref: ResourceRef, document: unknown, options: WriteOptions = {}): Promise<PutAnswer> {
  const answer = await api().put(nameOf(ref), document, options)
  if (options.dryRun !== true) await forget(ref)
  return answer
}

/** Asks for the deletion. `confirm` is the name, typed again. */
export async function deleteResource(
  ref: ResourceRef,
  options: WriteOptions & { readonly confirm?: string } = {},
): Promise<DeleteAnswer> {
  const answer = await api().delete(nameOf(ref), options)
  if (options.dryRun !== true) await forget(ref)
  return answer
}

/** `putResource` for components. */
export function usePutResource(ref: ResourceRef) {
  return useMutation({
    mutationFn: ({ document, ...options }: WriteOptions & { readonly document: unknown }) =>
      putResource(ref, document, options),
  })
}

/** `deleteResource` for components. */
export function useDeleteResource(ref: ResourceRef) {
  return useMutation({
    mutationFn: (options: WriteOptions & { readonly confirm?: string } = {}) => deleteResource(ref, options),
  })
}

/** What was read of the resource and of lists of its kind is asked for anew. */
async function forget(ref: ResourceRef): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: [ref.kind, 'one', ref.tenant ?? '', ref.name] }),
    queryClient.invalidateQueries({ queryKey: [ref.kind, 'list'] }),
  ])
}

function nameOf({ kind, name, tenant }: ResourceRef) {
  return { kind: describeKind(kind), name, ...(tenant !== undefined && { tenant }) }
}

/** The server checks documents by the schemas of their kinds, so that no second check is due here. */
function itemOf<K extends ResourceKind>(answer: ResourceAnswer): ResourceItem<K> {
  return answer as unknown as ResourceItem<K>
}

function given(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => (entry[1] ?? '') !== ''))
}

/** Every resource that fits, page by page, for exports. */
export async function loadAllResources<K extends ResourceKind>(
  kind: K,
  options: Omit<ListOptions, 'cursor' | 'limit'> = {},
): Promise<readonly ResourceItem<K>[]> {
  const all: ResourceItem<K>[] = []
  const { tenant, sort, filter } = options
  const query = { limit: LARGEST_PAGE, ...(tenant !== undefined && { tenant }), ...given({ sort, filter }) }
  for await (const item of api().listAll(describeKind(kind), query)) all.push(itemOf<K>(item))
  return all
}
