// SPDX-License-Identifier: Apache-2.0
/** How a user connects: read from the cluster that she logs in to, handed out once per request, and audited. */
import { readFile } from 'node:fs/promises'
import { physicalName } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { ConnectionAnswer } from '@kaas/http-contract'
import { endpointOf, readAuthority, readUserCredentials } from '@kaas/kube'
import type { ResourceKey, StoredResource } from '@kaas/store'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import { gatewayAddressOf } from '../tenants/gateway-address.ts'
import { isDedicated } from '../tenants/is-dedicated.ts'
import { type Actor, auditOf } from './actor.ts'
import { absentError, subjectOf } from './resource-paths.ts'
import { notConfigured, notWatched } from './rules/check-dedicated.ts'
import type { ServiceParts } from './service-parts.ts'

type User = StoredResource<'User'>

/**
 * Throws `resource-absent` for an unknown user and while Kafka or her Secret is not there yet, `not-configured`, and what the
 * Kubernetes cluster throws. Without the audit record nothing is handed out.
 */
export async function loadConnection(
  parts: ServiceParts,
  key: ResourceKey<'User'>,
  actor: Actor,
): Promise<ConnectionAnswer> {
  const user = await parts.store.loadResource(key)
  const tenant = await parts.store.loadResource({ kind: 'Tenant', name: key.tenant ?? '' })
  if (user === undefined || tenant === undefined || user.deletionRequestedAt !== undefined) throw absentError(key)
  const answer = isDedicated(tenant)
    ? await loadOwnConnection(parts.code, tenant, user)
    : await sharedConnection(parts, user)
  await parts.store.saveAudit(auditOf(actor, 'read-connection', subjectOf(key)))
  return answer
}

/** Of a virtual tenant: only the salted value of a password is kept, so it is not in the answer. */
async function sharedConnection(
  { store, bootstrapAddress, bootstrapCaFile }: ServiceParts,
  user: User,
): Promise<ConnectionAnswer> {
  if (bootstrapAddress === undefined) {
    throw new KaasError('not-configured', {
      message: 'The control plane was not told where clients reach the gateway.',
      help: 'Set KAAS_BOOTSTRAP_ADDRESS of the control plane.',
    })
  }
  const [newest] = await store.listCredentials({ kind: 'User', tenant: user.tenant ?? '', name: user.name })
  const username = physicalName(user.tenant ?? '', user.name)
  return {
    bootstrap: gatewayAddressOf(bootstrapAddress, user.tenant ?? ''),
    ...(bootstrapCaFile !== undefined && { caPem: await loadCa(bootstrapCaFile) }),
    login: { kind: 'scram', mechanism: newest?.mechanism ?? 'SCRAM-SHA-512', username },
  }
}

/** Read each time: a renewed CA counts without a restart. */
async function loadCa(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new KaasError('config-invalid', {
      message: `The CA of the gateway cannot be read from ${file}.`,
      help: 'Correct KAAS_BOOTSTRAP_CA_FILE of the control plane.',
      cause,
    })
  }
}

/** How a user connects to a Kafka of the tenant's own. Throws as loadConnection does; the caller audits. */
export async function loadOwnConnection(
  code: TenantsAsCode | undefined,
  tenant: StoredResource<'Tenant'>,
  user: User,
): Promise<ConnectionAnswer> {
  const clusters = (code ?? notConfigured()).clusters ?? notWatched()
  const own = tenant.spec.isolation === 'cluster'
  const watch = own ? await clusters.ofTenant(tenant.name) : await clusters.management(tenant.name)
  const kafka = watch?.objectsOf(tenant.name).find(({ kind, name }) => kind === 'Kafka' && name === tenant.name)
  const { authentication } = user.spec
  const endpoint = kafka && endpointOf(kafka, authentication === 'tls' ? 'tls' : 'scram-sha-512')
  if (watch === undefined || kafka === undefined || endpoint === undefined) {
    throw notYet(tenant.name, `tenant/${tenant.name}`, 'Kafka has no address yet')
  }
  const login = await readUserCredentials(watch, `kaas-${tenant.name}`, physicalName(tenant.name, user.name))
  if (login === undefined || (login.kind === 'tls') !== (authentication === 'tls')) {
    throw notYet(tenant.name, `user/${user.name}`, 'Strimzi has not made what the user logs in with yet')
  }
  const caPem = await readAuthority(watch, kafka, endpoint)
  return { bootstrap: endpoint.bootstrap, ...(caPem === undefined ? {} : { caPem }), login }
}

function notYet(tenant: string, what: string, why: string): KaasError {
  return new KaasError('resource-absent', {
    message: `There is no connection yet: ${why}.`,
    help: `Wait for it: kaas wait ${what} --for Ready${what.startsWith('user') ? ` --tenant ${tenant}` : ''}.`,
  })
}
