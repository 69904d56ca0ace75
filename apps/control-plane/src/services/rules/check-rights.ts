// SPDX-License-Identifier: Apache-2.0
/** Rules of roles and bindings: what they name exists. Who may write them is not here (`rights/permit.ts`). */
import { type ResourceOf, RIGHT_KINDS, SHIPPED_ROLES, shippedRole, withProblems } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { ResourceKey, StoredResource, StoreSession } from '@kaas/store'
import { missingReference } from '../resource-paths.ts'
import type { ServiceParts } from '../service-parts.ts'
import { refuseLosingAdministrators } from './last-administrator.ts'

/** Throws `name-invalid` for the name of a shipped role and `document-invalid` for kinds that are not known. */
export async function checkRole(_session: StoreSession, { metadata, spec }: ResourceOf<'Role'>): Promise<void> {
  if (shippedRole(metadata.name) !== undefined) {
    throw new KaasError('name-invalid', {
      message: `The role "${metadata.name}" comes with the product and cannot be replaced.`,
      help: `Choose another name than ${SHIPPED_ROLES.map(({ name }) => name).join(', ')}.`,
    })
  }
  const known: readonly string[] = ['*', ...RIGHT_KINDS]
  const fields = spec.rules.flatMap(({ kinds }, rule) =>
    kinds.flatMap((kind, index) =>
      known.includes(kind) ? [] : [{ path: `spec.rules.${rule}.kinds.${index}`, message: `There is no kind "${kind}".` }],
    ),
  )
  if (fields.length === 0) return
  throw new KaasError('document-invalid', {
    message: withProblems('The Role names kinds that are not known.', fields),
    help: `Use ${known.join(', ')}.`,
    fields,
  })
}

/** Throws `resource-absent` for a role, team or tenant that is not there, and `last-administrator`. */
export async function checkRoleBinding(
  session: StoreSession,
  { metadata, spec }: ResourceOf<'RoleBinding'>,
  stored: StoredResource<'RoleBinding'> | undefined,
  parts: ServiceParts,
): Promise<void> {
  const { role, scope } = spec
  if (shippedRole(role) === undefined) await lockNamed(session, 'spec.role', { kind: 'Role', name: role })
  if (scope !== 'platform') {
    if ('team' in scope) await lockNamed(session, 'spec.scope.team', { kind: 'Team', name: scope.team })
    else await lockNamed(session, 'spec.scope.tenant', { kind: 'Tenant', name: scope.tenant })
  }
  if (stored !== undefined) await refuseLosingAdministrators(session, parts, metadata.name, stored.spec, spec)
}

/** What is named must be there to stay: who deletes it waits for this transaction, and finds the binding then. */
async function lockNamed(session: StoreSession, path: string, key: ResourceKey): Promise<void> {
  const named = await session.lockResource(key)
  if (named === undefined || named.deletionRequestedAt !== undefined) throw missingReference(path, key.kind, key.name)
}
