// SPDX-License-Identifier: Apache-2.0
/** What a list asks for and gives back, and the text forms of sort and cursor. The SQL is in `verbs/list-resources.ts`. */
import type { ResourceKind, Within } from '@kaas/domain'
import { KaasError } from '@kaas/errors'

/** One page of one kind. Without `tenant`, a tenant-scoped kind is listed over all tenants. */
export interface ListQuery<K extends ResourceKind = ResourceKind> {
  readonly kind: K
  readonly tenant?: string
  /** 1 to 1000. */
  readonly limit: number
  /** `next` of the page before, with the same sort and filter. */
  readonly cursor?: string
  /** `name` (default), `createdAt`, `updatedAt`; `-` before it turns the order round. */
  readonly sort?: string
  /** Terms joined by commas: `name~pay`, `labels.app=shop`, `spec.environment!=production`, `ready=false`, `deleting=true`. */
  readonly filter?: string
  /** What the caller may see. Absent, all. */
  readonly within?: Within
}

/** `next` is present when more follows. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string
}

const SORTS = ['name', 'createdAt', 'updatedAt'] as const

/** An order; ties are broken by tenant and name. */
export interface Sort {
  readonly by: (typeof SORTS)[number]
  readonly direction: 'asc' | 'desc'
}

/** The order of `-createdAt`. Throws `usage-invalid`. */
export function parseSort(text = 'name'): Sort {
  const descending = text.startsWith('-')
  const by = SORTS.find((each) => each === (descending ? text.slice(1) : text))
  if (by !== undefined) return { by, direction: descending ? 'desc' : 'asc' }
  throw new KaasError('usage-invalid', {
    message: `"${text.slice(0, 80)}" is not a way to sort.`,
    help: `Use one of ${SORTS.join(', ')}, with - before it for the other direction.`,
  })
}

/** An opaque text from the sorted columns' values of the last item. */
export function renderCursor(values: readonly string[], sort: Sort): string {
  return Buffer.from(JSON.stringify([sort.by, sort.direction, ...values])).toString('base64url')
}

/** The values in a cursor. Throws `usage-invalid` for one of another order or of somebody's making. */
export function parseCursor(cursor: string, sort: Sort): readonly string[] {
  const [by, direction, ...values] = decode(cursor)
  const isDate = sort.by === 'name' || !Number.isNaN(Date.parse(values[0] ?? ''))
  if (by === sort.by && direction === sort.direction && values.length === (sort.by === 'name' ? 2 : 3) && isDate)
    return values
  throw new KaasError('usage-invalid', {
    message: 'The cursor does not belong to this list.',
    help: 'Take `next` of the page before as it is and keep the same sort, or begin without a cursor.',
  })
}

function decode(cursor: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value.map(String) : []
  } catch {
    return []
  }
}
