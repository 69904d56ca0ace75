// SPDX-License-Identifier: Apache-2.0
/** Lists one kind: filter, sort and page in the database, along an index, so that page one thousand costs what page one does. */
import type { ResourceKind } from '@kaas/domain'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Connection, Database } from '../database.ts'
import { type ListQuery, type Page, parseCursor, parseSort, renderCursor, type Sort } from '../list-query.ts'
import { type FilterTerm, parseFilter } from '../parse-filter.ts'
import type { StoredResource } from '../resource.ts'
import { resourceOfRow } from '../resource-row.ts'
import { visibleIn } from './visible.ts'

/** See Store. */
export async function listResources<K extends ResourceKind>(
  db: Connection,
  query: ListQuery<K>,
): Promise<Page<StoredResource<K>>> {
  const sort = parseSort(query.sort)
  let select = db.selectFrom('resources').selectAll().where('kind', '=', query.kind)
  if (query.tenant !== undefined) select = select.where('tenant', '=', query.tenant)
  if (query.within !== undefined) {
    const visible = await visibleIn(db, query.kind, query.within)
    select = select.where(visible ?? sql<boolean>`false`)
  }
  for (const term of parseFilter(query.filter)) select = select.where(conditionFor(term))
  if (query.cursor !== undefined) select = select.where(isAfter(parseCursor(query.cursor, sort), sort))
  const rows = await inOrder(select, sort)
    .limit(query.limit + 1)
    .execute()
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const resources = items.map((row) => resourceOfRow<K>(row))
  if (rows.length <= query.limit || last === undefined) return { items: resources }
  return {
    items: resources,
    next: renderCursor(
      columnsOf(sort).map((column) => cursorValueOf(last[column])),
      sort,
    ),
  }
}

type SortColumn = 'name' | 'tenant' | 'created_at' | 'updated_at'

/** The columns that make the order total; each list is the tail of an index on the kind. */
function columnsOf({ by }: Sort): readonly SortColumn[] {
  if (by === 'name') return ['name', 'tenant']
  return [by === 'createdAt' ? 'created_at' : 'updated_at', 'tenant', 'name']
}

function inOrder<R>(select: SelectQueryBuilder<Database, 'resources', R>, sort: Sort) {
  return columnsOf(sort).reduce((query, column) => query.orderBy(column, sort.direction), select)
}

function isAfter(values: readonly string[], sort: Sort) {
  const columns = sql.join(columnsOf(sort).map((column) => sql.ref(column)))
  return sql<boolean>`(${columns}) ${sql.raw(sort.direction === 'asc' ? '>' : '<')} (${sql.join(values)})`
}

function cursorValueOf(value: string | Date): string {
  return value instanceof Date ? value.toISOString() : value
}

function conditionFor({ field, operator, value }: FilterTerm) {
  switch (field.kind) {
    case 'column':
      return compare(sql.ref(field.name), operator, value)
    case 'label':
      // This form is what the index on labels answers.
      if (operator === '=') return sql<boolean>`labels @> ${JSON.stringify({ [field.name]: value })}::jsonb`
      return compare(sql`labels ->> ${field.name}`, operator, value)
    case 'spec':
      return compare(sql`spec #>> ${field.path}::text[]`, operator, value)
    case 'ready':
      return sql<boolean>`coalesce(ready, false) = ${(value === 'true') === (operator === '=')}`
    case 'deleting':
      return sql<boolean>`(deletion_requested_at is not null) = ${(value === 'true') === (operator === '=')}`
  }
}

function compare(what: ReturnType<typeof sql>, operator: FilterTerm['operator'], value: string) {
  switch (operator) {
    case '=':
      return sql<boolean>`${what} = ${value}`
    case '!=':
      return sql<boolean>`${what} is distinct from ${value}`
    case '~':
      return sql<boolean>`${what} ilike ${`%${value.replace(/[\\%_]/g, '\\$&')}%`}`
  }
}
