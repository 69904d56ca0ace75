// SPDX-License-Identifier: Apache-2.0
/**
 * Filter, order and page of a list that is held in memory. Pure. The order is kept for each list and sort, so that a page of fifty
 * thousand items costs a search and not a sort.
 */
import { parseSize } from '@kaas/domain'
import { KaasError } from '@kaas/errors'

/** What an item can be sorted and filtered by. A missing value stands last in every order and meets no comparison but `!=`. */
export type FieldValue = string | number | boolean | undefined

/** The fields of one kind of item, by the names that people write. */
export type Fields<T> = Readonly<Record<string, (item: T) => FieldValue>>

/** What is asked for. */
export interface ListQuestion {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly sort?: string | undefined
  readonly filter?: string | undefined
}

/** One kind of list. `name` is the field that tells items apart: it breaks ties and is the order without a sort. */
export interface ListKind<T> {
  readonly name: string
  readonly fields: Fields<T>
}

/** A page: `total` counts what the filter left. */
export interface ViewPage<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly next?: string
}

/** A list in one order after another, each made once. Make a new one when the items change. */
export class OrderedList<T> {
  readonly #kind: ListKind<T>
  readonly #items: readonly T[]
  readonly #orders = new Map<string, readonly T[]>()

  constructor(kind: ListKind<T>, items: readonly T[]) {
    this.#kind = kind
    this.#items = items
  }

  /** Throws `usage-invalid` for a sort, filter or cursor that cannot be read. */
  page(question: ListQuestion): ViewPage<T> {
    const { fields, name } = this.#kind
    const order = parseOrder(question.sort ?? name, fields)
    const compare = compareBy(order, this.#kind)
    const sorted = this.#sorted(order, compare)
    const tests = parseTerms(question.filter, fields)
    const kept = tests.length === 0 ? sorted : sorted.filter((item) => tests.every((test) => test(item)))
    const start =
      question.cursor === undefined ? 0 : firstAfter(kept, parseCursor(question.cursor, order), order, this.#kind)
    const items = kept.slice(start, start + question.limit)
    const last = items.at(-1)
    const more = last !== undefined && start + items.length < kept.length
    return { items, total: kept.length, ...(more ? { next: renderCursor(last, order, this.#kind) } : {}) }
  }

  #sorted(order: Order, compare: (a: T, b: T) => number): readonly T[] {
    const key = `${order.descending}${order.field}`
    const known = this.#orders.get(key)
    if (known !== undefined) return known
    const sorted = [...this.#items].sort(compare)
    this.#orders.set(key, sorted)
    return sorted
  }
}

interface Order {
  readonly field: string
  readonly descending: boolean
}

function parseOrder<T>(sort: string, fields: Fields<T>): Order {
  const descending = sort.startsWith('-')
  const field = descending ? sort.slice(1) : sort
  if (Object.hasOwn(fields, field)) return { field, descending }
  throw new KaasError('usage-invalid', {
    message: `"${sort.slice(0, 80)}" is not a way to sort.`,
    help: `Use one of ${Object.keys(fields).join(', ')}, with - before it for the other direction.`,
  })
}

function compareBy<T>(order: Order, kind: ListKind<T>): (a: T, b: T) => number {
  const readValue = kind.fields[order.field] ?? (() => undefined)
  const readName = kind.fields[kind.name] ?? (() => undefined)
  return (a, b) => compareKeys([readValue(a), readName(a)], [readValue(b), readName(b)], order.descending)
}

type Key = readonly [FieldValue, FieldValue]

function compareKeys([a, nameA]: Key, [b, nameB]: Key, descending: boolean): number {
  if (a !== b) {
    if (a === undefined) return 1
    if (b === undefined) return -1
    return (a < b ? -1 : 1) * (descending ? -1 : 1)
  }
  return nameA === nameB ? 0 : (String(nameA) < String(nameB) ? -1 : 1) * (descending ? -1 : 1)
}

/** The index of the first item behind the cursor; what it pointed at may be gone. */
function firstAfter<T>(items: readonly T[], key: Key, order: Order, kind: ListKind<T>): number {
  const readValue = kind.fields[order.field] ?? (() => undefined)
  const readName = kind.fields[kind.name] ?? (() => undefined)
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = items[middle] as T
    if (compareKeys([readValue(item), readName(item)], key, order.descending) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function renderCursor<T>(item: T, { field, descending }: Order, { fields, name }: ListKind<T>): string {
  const value = fields[field]?.(item)
  return Buffer.from(JSON.stringify([field, descending, value ?? null, fields[name]?.(item)])).toString('base64url')
}

function parseCursor(cursor: string, order: Order): Key {
  const [field, descending, value, name] = decode(cursor)
  if (field === order.field && descending === order.descending && typeof name === 'string') {
    return [value === null ? undefined : (value as FieldValue), name]
  }
  throw new KaasError('usage-invalid', {
    message: 'The cursor does not belong to this list.',
    help: 'Take `next` of the page before as it is and keep the same sort, or begin without a cursor.',
  })
}

function decode(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

const TERM = /^([A-Za-z]+)(!=|>=|<=|=|~|>|<)(.*)$/su
/** The most terms of one filter. */
const MOST_TERMS = 20

/** Terms are joined by commas; a comma in a value is written `\,`. */
function parseTerms<T>(filter: string | undefined, fields: Fields<T>): readonly ((item: T) => boolean)[] {
  const terms = (filter ?? '').split(/(?<!\\),/).map((term) => term.trim().replaceAll('\\,', ','))
  if (terms.length > MOST_TERMS) throw filterError(`The filter has more than ${MOST_TERMS} terms.`, fields)
  return terms.filter((term) => term !== '').map((term) => parseTerm(term, fields))
}

function parseTerm<T>(term: string, fields: Fields<T>): (item: T) => boolean {
  const [, name = '', operator = '', text = ''] = TERM.exec(term) ?? []
  const readValue = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (readValue === undefined) throw filterError(`"${term.slice(0, 80)}" is not a filter.`, fields)
  const number = numberOf(text)
  const lower = text.toLowerCase()
  if (/[<>]/.test(operator) && number === undefined) throw filterError(`"${text.slice(0, 80)}" is not a number.`, fields)
  return (item) => meets(readValue(item), operator, { text, lower, number: number ?? Number.NaN })
}

interface Wanted {
  readonly text: string
  readonly lower: string
  readonly number: number
}

function meets(value: FieldValue, operator: string, { text, lower, number }: Wanted): boolean {
  switch (operator) {
    case '=':
      return typeof value === 'number' ? value === number : value !== undefined && String(value) === text
    case '!=':
      return typeof value === 'number' ? value !== number : String(value) !== text
    case '~':
      return value !== undefined && String(value).toLowerCase().includes(lower)
    case '>':
      return typeof value === 'number' && value > number
    case '<':
      return typeof value === 'number' && value < number
    case '>=':
      return typeof value === 'number' && value >= number
    default:
      return typeof value === 'number' && value <= number
  }
}

/** Plain numbers, and sizes as people write them: `bytes>1GB`. */
function numberOf(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  try {
    return parseSize(text.replace(/\/s$/, ''))
  } catch {
    return undefined
  }
}

function filterError<T>(message: string, fields: Fields<T>): KaasError {
  return new KaasError('usage-invalid', {
    message,
    help: `Write terms such as name~pay or partitions>3, joined by commas. Fields: ${Object.keys(fields).join(', ')}.`,
  })
}
