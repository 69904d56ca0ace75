// SPDX-License-Identifier: Apache-2.0
/** Columns that every list of resources has: the name that leads to the resource, and when it changed last. */
import { Moment } from '../moment.tsx'
import type { Column } from './column.ts'
import { RowLink } from './row-link.tsx'

/** What these columns read of a resource. */
interface Listed {
  readonly metadata: { readonly name: string; readonly updatedAt: string }
}

/** The name as a link below `path`, such as `/teams`. `width` is a track of a grid. */
export function nameColumn<T extends Listed>(path: string, width: string): Column<T> {
  return {
    id: 'name',
    header: 'Name',
    sort: 'name',
    width,
    text: ({ metadata }) => metadata.name,
    cell: ({ metadata }) => <RowLink to={`${path}/${metadata.name}`}>{metadata.name}</RowLink>,
  }
}

/** When it changed last, sorted by the server. */
export function changedColumn<T extends Listed>(): Column<T> {
  return {
    id: 'updated',
    header: 'Changed',
    sort: 'updatedAt',
    width: '130px',
    text: ({ metadata }) => metadata.updatedAt,
    cell: ({ metadata }) => <Moment at={metadata.updatedAt} />,
  }
}
