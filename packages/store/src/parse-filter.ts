// SPDX-License-Identifier: Apache-2.0
/** The filter of a list as data. What a term becomes in SQL is in `verbs/list-resources.ts`. */
import { KaasError } from '@kaas/errors'

/** What a term looks at. */
export type FilterField =
  | { readonly kind: 'column'; readonly name: 'name' | 'tenant' }
  | { readonly kind: 'label'; readonly name: string }
  | { readonly kind: 'spec'; readonly path: readonly string[] }
  | { readonly kind: 'ready' }
  | { readonly kind: 'deleting' }

/** `=` equal, `!=` different or missing, `~` contains, in any case. */
export interface FilterTerm {
  readonly field: FilterField
  readonly operator: '=' | '!=' | '~'
  readonly value: string
}

const TERM = /^([A-Za-z0-9._/-]+)(!=|=|~)(.*)$/
/** The most terms of one filter. */
const MOST_TERMS = 20

/** The terms, all of which must hold. Throws `usage-invalid` that shows what can be written. */
export function parseFilter(filter: string | undefined): readonly FilterTerm[] {
  const terms = (filter ?? '').split(',').map((term) => term.trim())
  if (terms.length > MOST_TERMS) throw filterError(`The filter has more than ${MOST_TERMS} terms.`)
  return terms.filter((term) => term !== '').map(parseTerm)
}

function parseTerm(text: string): FilterTerm {
  const [, name = '', operator, value = ''] = TERM.exec(text) ?? []
  if (operator !== '=' && operator !== '!=' && operator !== '~') throw filterError(`"${text.slice(0, 80)}" is not a filter.`)
  const field = fieldOf(name)
  if ((field.kind === 'ready' || field.kind === 'deleting') && (operator === '~' || !/^(true|false)$/.test(value))) {
    throw filterError(`"${name}" takes only =true and =false.`)
  }
  return { field, operator, value }
}

function fieldOf(name: string): FilterField {
  if (name === 'name' || name === 'tenant') return { kind: 'column', name }
  if (name === 'ready' || name === 'deleting') return { kind: name }
  if (name.startsWith('labels.') && name.length > 7) return { kind: 'label', name: name.slice(7) }
  if (name.startsWith('spec.') && name.length > 5) return { kind: 'spec', path: name.slice(5).split('.') }
  throw filterError(`There is no field "${name.slice(0, 80)}" to filter by.`)
}

function filterError(message: string): KaasError {
  return new KaasError('usage-invalid', {
    message,
    help: 'Write terms such as name~pay, tenant=orders, labels.app=shop, spec.environment!=production, ready=false, joined by commas.',
  })
}
