// SPDX-License-Identifier: Apache-2.0
/** Finds how the control plane logs in at a tenant's own Kafka: by what Kubernetes shows of it, and Strimzi's Secret. Keeps nothing. */
import { asKaasError, KaasError } from '@kaas/errors'
import {
  type ClusterWatch,
  endpointsOf,
  type ObservedObject,
  readAuthority,
  readUserCredentials,
  type UserCredentials,
} from '@kaas/kube'
import { PLATFORM_USER, WAY_IN } from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { platformOf } from '../code/platform-of.ts'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import { notConfigured, notWatched } from '../services/rules/check-dedicated.ts'

type Tenant = StoredResource<'Tenant'>

/** Everything that a client needs. */
export interface OwnLogIn {
  /** `host:port`, several with commas. */
  readonly bootstrap: string
  /** PEM; the authorities of the system when absent. */
  readonly caPem: string | undefined
  readonly credentials: UserCredentials
}

/**
 * Throws `not-configured` where the control plane is not to log in, or may not: no repository, no Kubernetes, no user by the profile, no right
 * to read the Secret. Throws `kafka-unavailable` while Kafka, its address or the Secret is not there yet, and while Kubernetes is away.
 */
export async function findOwnLogIn(code: TenantsAsCode | undefined, tenant: Tenant): Promise<OwnLogIn> {
  const known = code ?? notConfigured()
  const clusters = known.clusters ?? notWatched()
  const own = tenant.spec.isolation === 'cluster'
  const look = own ? clusters.ofTenant(tenant.name) : clusters.management(tenant.name)
  const watch = await look.catch((thrown: unknown) => away(tenant, thrown))
  if (watch === undefined) throw notYet(tenant, 'its Kubernetes cluster is not there yet')
  const objects = watch.objectsOf(tenant.name)
  const kafka = objects.find(({ kind, name }) => kind === 'Kafka' && name === tenant.name)
  if (kafka === undefined) throw notYet(tenant, 'there is no Kafka of it in Kubernetes')
  const user = objects.find(({ kind, name }) => kind === 'KafkaUser' && name === PLATFORM_USER)
  if (user === undefined) throw await noUser(known, tenant)
  return await readLogIn(watch, kafka, user, tenant)
}

async function readLogIn(
  watch: ClusterWatch,
  kafka: ObservedObject,
  user: ObservedObject,
  tenant: Tenant,
): Promise<OwnLogIn> {
  const namespace = kafka.namespace ?? ''
  const fails = (thrown: unknown) => away(tenant, thrown)
  const credentials = await readUserCredentials(watch, namespace, PLATFORM_USER).catch(fails)
  if (credentials === undefined) throw notYet(tenant, `Strimzi has not made what ${PLATFORM_USER} logs in with`)
  const outside = user.annotations[WAY_IN] === 'external'
  const login = credentials.kind === 'tls' ? 'tls' : 'scram-sha-512'
  const endpoint = endpointsOf(kafka).find((each) => each.isExternal === outside && each.login === login)
  if (endpoint === undefined) {
    throw notYet(tenant, `it shows no address ${outside ? 'outside' : 'inside'} of Kubernetes for ${login}`)
  }
  const caPem = await readAuthority(watch, kafka, endpoint).catch(fails)
  return { bootstrap: endpoint.bootstrap, caPem, credentials }
}

/** Of what Kubernetes answered, in words about Kafka: who looks did not ask for Kubernetes. */
function away(tenant: Tenant, thrown: unknown): never {
  const cause = asKaasError(thrown)
  if (cause.code !== 'kubernetes-refused') {
    throw new KaasError('kafka-unavailable', {
      message: `The Kafka of tenant "${tenant.name}" cannot be found: ${cause.message}`,
      help: cause.help ?? 'Check that the API server runs; work goes on by itself.',
      cause,
    })
  }
  throw new KaasError('not-configured', {
    message: `The control plane may not read how it logs in to the Kafka of tenant "${tenant.name}": ${cause.message}`,
    help: `Let it read Secrets in namespace kaas-${tenant.name}: kubernetes.readSecrets of its chart, or controlPlane in platform.yaml.`,
    cause,
  })
}

/** Left out by the profile, or not rendered, merged and applied yet: the profile tells. */
async function noUser({ repository }: TenantsAsCode, tenant: Tenant): Promise<KaasError> {
  const profile = await platformOf(repository).catch(() => undefined)
  if (profile?.kafkaLogIn !== 'none') return notYet(tenant, `it has no user ${PLATFORM_USER} yet`)
  return new KaasError('not-configured', {
    message: `The control plane does not log in to the Kafka of tenant "${tenant.name}": kafkaLogIn of platform.yaml is none.`,
    help: 'Set it to internal or external, or look with a Kafka client: kaas connect prints its settings.',
  })
}

function notYet({ name }: Tenant, why: string): KaasError {
  return new KaasError('kafka-unavailable', {
    message: `The Kafka of tenant "${name}" cannot be looked into: ${why}.`,
    help: `See how far it is: kaas describe tenant ${name}.`,
  })
}
