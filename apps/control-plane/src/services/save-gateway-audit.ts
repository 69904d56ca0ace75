// SPDX-License-Identifier: Apache-2.0
/** Puts what gateways saw into the audit log: who it was, on what, and how often (decision 0030). */
import type { GatewayAudit, GatewayEvent } from '@kaas/domain'
import { logicalName } from '@kaas/domain'
import type { ActorKind, AuditEntry, Store } from '@kaas/store'

/** What belongs to no tenant: listeners, hosts that nobody has, names that no tenant has. */
const GATEWAY = '/v1/gateway'

/** Saves the events that were not saved before; answers up to which number all are in the log. */
export async function saveGatewayAudit(store: Store, { node, events }: GatewayAudit): Promise<{ readonly through: number }> {
  const numbered = events.map((event) => ({ sequence: event.sequence, entry: entryOf(node, event) }))
  return { through: await store.saveGatewayAudit(node, numbered) }
}

function entryOf(node: string, event: GatewayEvent): AuditEntry {
  const { action, outcome, rule, message, remoteAddress, sequence, count, first, last, mechanism, api } = event
  return {
    ...actorOf(node, event),
    via: 'gateway',
    action,
    subject: subjectOf(event),
    outcome,
    rule,
    message,
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
    after: { gateway: node, number: sequence, count, first, last, mechanism, api },
  }
}

/** Who only claimed a name is nobody; whom she claimed to be is the subject. */
function actorOf(node: string, event: GatewayEvent): { readonly actor: string; readonly actorKind: ActorKind } {
  const { action, outcome, rule, user } = event
  const isGateway = action === 'configure' || action === 'lose' || (action === 'limit' && user === undefined)
  if (isGateway) return { actor: `gateway ${node}`, actorKind: 'gateway' }
  const isClaimed = action === 'log-in' && outcome === 'denied' && rule !== 'limit-exceeded'
  if (user === undefined || isClaimed) return { actor: 'anonymous', actorKind: 'anonymous' }
  return { actor: user, actorKind: 'user' }
}

function subjectOf({ action, tenant, user }: GatewayEvent): string {
  if (tenant === undefined) return GATEWAY
  const name = user === undefined ? undefined : logicalName(tenant, user)
  const place = `/v1/tenants/${tenant}`
  return action === 'log-in' && name !== undefined ? `${place}/users/${encodeURIComponent(name)}` : place
}
