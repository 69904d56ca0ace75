// SPDX-License-Identifier: Apache-2.0
/**
 * Connects as a user does: by the gateway's address, with TLS and her own log-in, then sends one record and reads it. The stored salted
 * password is enough for that. Each step opens what it needs, so its time is what a client would wait for it.
 */
import { lookup } from 'node:dns/promises'
import { physicalName, proofOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { ConnectionTest } from '@kaas/http-contract'
import {
  type BrokerAddress,
  type ClientTls,
  openKafkaAdmin,
  openKafkaConnection,
  openSocket,
  parseBrokerAddress,
  type SaltedCredentials,
} from '@kaas/kafka-admin'
import type { Store, StoredResource } from '@kaas/store'
import { type Actor, auditOf } from '../../services/actor.ts'
import { subjectOf } from '../../services/resource-paths.ts'
import { gatewayAddressOf } from '../../tenants/gateway-address.ts'
import { isDedicated } from '../../tenants/is-dedicated.ts'
import { ConnectionSteps } from './connection-steps.ts'
import { loadUser } from './load-access.ts'
import { roundTrip } from './round-trip.ts'

/** Where the gateway is, as clients see it. */
export interface ConnectionTestParts {
  readonly store: Store
  readonly bootstrapAddress?: string | undefined
  /** The CA of the gateway's certificate in PEM; those of the system when absent. */
  readonly caPem?: string | undefined
}

/** Who, on which topic; the first that she may use when absent. */
export interface ConnectionTestRequest {
  readonly tenant: string
  readonly name: string
  readonly topic?: string | undefined
  readonly actor: Actor
}

/** For each step. */
const STEP_TIMEOUT_MS = 5_000
/** Shown in the brokers' logs, and the key and header of the record. */
const CLIENT_ID = 'kaas-connection-test'

/** Throws `resource-absent`, `not-configured` without an address of the gateway, `not-supported` for a tenant with Kafka of her own. */
export async function testConnection(parts: ConnectionTestParts, request: ConnectionTestRequest): Promise<ConnectionTest> {
  const { tenant, name, actor } = request
  const user = await loadUser(parts.store, tenant, name)
  await refuseOwnKafka(parts.store, tenant)
  const address = parseBrokerAddress(gatewayAddressOf(parts.bootstrapAddress ?? notConfigured(), tenant))
  await parts.store.saveAudit(auditOf(actor, 'test-connection', subjectOf({ kind: 'User', tenant, name })))
  const tls: ClientTls = parts.caPem === undefined ? {} : { caPem: parts.caPem }
  const steps = new ConnectionSteps()
  await reachGateway(steps, address, tls)
  const credentials = await credentialsOf(parts.store, user)
  if (typeof credentials === 'string') {
    await steps.run('log-in', async () => ({ leftOut: credentials }))
    return { ok: steps.ok, topic: '', steps: [...steps.steps] }
  }
  await logInOnce(steps, address, tls, credentials)
  const topic = await runAsUser(steps, user, request.topic, { address: `${address.host}:${address.port}`, tls, credentials })
  return { ok: steps.ok, topic, steps: [...steps.steps] }
}

/** The steps that need nobody's name. */
async function reachGateway(steps: ConnectionSteps, address: BrokerAddress, tls: ClientTls): Promise<void> {
  await steps.run('resolve', async () => {
    const found = await lookup(address.host, { all: true }).catch((cause: Error) => unresolved(address.host, cause))
    return `${address.host} is ${found.map((each) => each.address).join(', ')}.`
  })
  await steps.run('connect', async () => {
    const socket = await openSocket(address, undefined, STEP_TIMEOUT_MS)
    socket.destroy()
    return `Port ${address.port} takes connections.`
  })
  await steps.run(
    'tls',
    async () => {
      const socket = await openSocket(address, tls, STEP_TIMEOUT_MS)
      socket.destroy()
      return 'The certificate of the gateway is trusted.'
    },
    () => 'Check that clients have the CA of the gateway, and that its certificate names this address.',
  )
}

async function logInOnce(
  steps: ConnectionSteps,
  address: BrokerAddress,
  tls: ClientTls,
  credentials: SaltedCredentials,
): Promise<void> {
  await steps.run(
    'log-in',
    async () => {
      const options = { ...address, tls, credentials, clientId: CLIENT_ID, connectTimeoutMs: STEP_TIMEOUT_MS }
      const connection = await openKafkaConnection(options)
      await connection.close()
      return `${credentials.username} is logged in by ${credentials.mechanism}, by the password that was made last for it.`
    },
    ({ code }) =>
      code === 'credentials-wrong'
        ? 'Wait a moment if the password was just changed; else make a new one.'
        : 'Look at the gateway.',
  )
}

interface AsUser {
  readonly address: string
  readonly tls: ClientTls
  readonly credentials: SaltedCredentials
}

/** The steps that need Kafka's own words. Returns the topic. */
async function runAsUser(
  steps: ConnectionSteps,
  user: StoredResource<'User'>,
  wanted: string | undefined,
  { address, tls, credentials }: AsUser,
): Promise<string> {
  const client = openKafkaAdmin({
    bootstrapServers: [address],
    tls,
    credentials,
    clientId: CLIENT_ID,
    callTimeoutMs: STEP_TIMEOUT_MS,
    connectTimeoutMs: STEP_TIMEOUT_MS,
  })
  try {
    return await roundTrip(steps, client, user, wanted)
  } finally {
    await client.close()
  }
}

/** A sentence where the control plane cannot be the user. */
async function credentialsOf(store: Store, user: StoredResource<'User'>): Promise<SaltedCredentials | string> {
  const proof = proofOf(user.spec.authentication)
  const username = physicalName(user.tenant ?? '', user.name)
  if (proof !== undefined) {
    const what = proof === 'certificate' ? 'a certificate whose key only she has' : 'a token of her identity provider'
    return `${username} logs in by ${what}, so log-in, produce and consume can only be tested where she runs.`
  }
  const [entry] = await store.loadScramEntries({ kind: 'User', tenant: user.tenant ?? '', name: user.name })
  if (entry === undefined) return `${username} has no password.`
  const { mechanism, salt, iterations, saltedPassword } = entry
  return { username, mechanism, salted: { salt, iterations, saltedPassword } }
}

async function refuseOwnKafka(store: Store, tenant: string): Promise<void> {
  const owner = await store.loadResource({ kind: 'Tenant', name: tenant })
  if (owner === undefined || !isDedicated(owner)) return
  throw new KaasError('not-supported', {
    message: `The tenant "${tenant}" has Kafka of its own, which the control plane does not log in to.`,
    help: 'Test with a client: kaas connect prints its configuration.',
  })
}

function notConfigured(): never {
  throw new KaasError('not-configured', {
    message: 'The control plane was not told where clients reach the gateway.',
    help: 'Set KAAS_BOOTSTRAP_ADDRESS of the control plane.',
  })
}

function unresolved(host: string, cause: Error): never {
  throw new KaasError('kafka-unavailable', {
    message: `The name ${host} is not known here.`,
    help: 'Check the DNS record of the gateway.',
    cause,
  })
}
