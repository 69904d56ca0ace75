// SPDX-License-Identifier: Apache-2.0
/** The form of a new binding, and the document that it becomes. */
import { API_VERSION, isLabel, type RightScope } from '@kaas/domain'

/** `where` says which of the names counts. */
export interface BindingForm {
  readonly name: string
  readonly role: string
  readonly where: 'platform' | 'team' | 'tenant'
  readonly team: string
  readonly tenant: string
  readonly groups: readonly string[]
  readonly people: readonly string[]
  readonly tokens: readonly string[]
}

/** The form as an address begins it: `?role=team-viewer&team=pay`. */
export function bindingForm(given: { readonly role: string; readonly team: string; readonly tenant: string }): BindingForm {
  const where = given.tenant !== '' ? 'tenant' : 'team'
  return { name: '', ...given, where, groups: [], people: [], tokens: [] }
}

/** Whether it can be sent; what else is wrong the server says. */
export function isComplete({ name, role, where, team, tenant, groups, people, tokens }: BindingForm): boolean {
  const place = where === 'platform' || (where === 'team' ? team : tenant) !== ''
  return isLabel(name) && role !== '' && place && groups.length + people.length + tokens.length > 0
}

/** The document. */
export function bindingDocument(form: BindingForm): object {
  const { name, role, groups, people, tokens } = form
  return {
    apiVersion: API_VERSION,
    kind: 'RoleBinding',
    metadata: { name },
    spec: { role, subjects: { groups, people, tokens }, scope: scopeOf(form) },
  }
}

function scopeOf({ where, team, tenant }: BindingForm): RightScope {
  if (where === 'platform') return 'platform'
  return where === 'team' ? { team } : { tenant }
}
