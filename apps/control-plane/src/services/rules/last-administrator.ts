// SPDX-License-Identifier: Apache-2.0
/** Somebody must stay administrator of the platform: once the bootstrap administrator is turned off, nobody could make another. */
import type { RoleBindingSpec } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { StoreSession } from '@kaas/store'
import type { ServiceParts } from '../service-parts.ts'

/** The most bindings that are looked at; so many administrators nobody has. */
const MOST = 1000

/** Throws `last-administrator` when a binding that makes administrators stops doing so (`after`; absent: it goes) and none is left. */
export async function refuseLosingAdministrators(
  session: StoreSession,
  { bootstrapOff }: Pick<ServiceParts, 'bootstrapOff'>,
  name: string,
  before: RoleBindingSpec,
  after: RoleBindingSpec | undefined,
): Promise<void> {
  if (bootstrapOff !== true || !makesAdministrators(before)) return
  if (after !== undefined && makesAdministrators(after)) return
  const { items } = await session.listResources({ kind: 'RoleBinding', limit: MOST, filter: 'spec.role=platform-admin' })
  for (const other of items) {
    if (other.name === name) continue
    // Locked, so that of two who remove the last two one waits and then finds the other gone.
    const binding = await session.lockResource({ kind: 'RoleBinding', name: other.name })
    if (binding !== undefined && binding.deletionRequestedAt === undefined && makesAdministrators(binding.spec)) return
  }
  throw new KaasError('last-administrator', {
    message: `"${name}" is the last binding that makes administrators of the platform, and the bootstrap administrator is off.`,
    help: 'Bind platform-admin to another group or person first, or turn the bootstrap administrator on.',
  })
}

function makesAdministrators({ role, scope, subjects }: RoleBindingSpec): boolean {
  return role === 'platform-admin' && scope === 'platform' && subjects.people.length + subjects.groups.length > 0
}
