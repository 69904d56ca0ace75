// SPDX-License-Identifier: Apache-2.0
/**
 * Connects as a user does: by the address that clients know, with TLS and her own log-in, then sends one record and reads it. Each step
 * opens what it needs, so its time is what a client would wait for it.
 */
import { lookup } from 'node:dns/promises'
import { KaasError } from '@kaas/errors'
import type { ConnectionTest } from '@kaas/http-contract'
import { openKafkaAdmin, openKafkaConnection, openSocket } from '@kaas/kafka-admin'
import type { StoredResource } from '@kaas/store'
import { type Actor, auditOf } from '../../services/actor.ts'
import { subjectOf } from '../../services/resource-paths.ts'
import { ConnectionSteps } from './connection-steps.ts'
import { type ConnectionTestParts, type ConnectionWay, connectionWayOf, type LogIn } from './connection-ways.ts'
import { loadUser } from './load-access.ts'
import { roundTrip } from './round-trip.ts'

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

/** Throws `resource-absent`, `not-configured`, and what Kubernetes says where the tenant has Kafka of her own. */
export async function testConnection(parts: ConnectionTestParts, request: ConnectionTestRequest): Promise<ConnectionTest> {
  const { tenant, name, actor } = request
  const user = await loadUser(parts.store, tenant, name)
  const way = await connectionWayOf(parts, user)
  await parts.store.saveAudit(auditOf(actor, 'test-connection', subjectOf({ kind: 'User', tenant, name })))
  const steps = new ConnectionSteps()
  await reachDoor(steps, way)
  const { logIn } = way
  if (logIn.kind === 'elsewhere') {
    await steps.run('log-in', async () => ({ leftOut: logIn.why }))
    return { ok: steps.ok, topic: '', steps: [...steps.steps] }
  }
  await logInOnce(steps, way, logIn)
  const topic = await runAsUser(steps, user, request.topic, { way, logIn })
  return { ok: steps.ok, topic, steps: [...steps.steps] }
}

/** The steps that need nobody's name, but for her certificate where Kafka asks for one before it says anything. */
async function reachDoor(steps: ConnectionSteps, { address, tls, what }: ConnectionWay): Promise<void> {
  await steps.run('resolve', async () => {
    const found = await lookup(address.host, { all: true }).catch((cause: Error) => unresolved(address.host, what, cause))
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
      return `The certificate of ${what} is trusted.`
    },
    () => `Check that clients have the CA of ${what}, and that its certificate names this address.`,
  )
}

type LogInHere = Extract<LogIn, { kind: 'here' }>

async function logInOnce(
  steps: ConnectionSteps,
  { address, tls, what }: ConnectionWay,
  { credentials, message }: LogInHere,
): Promise<void> {
  await steps.run(
    'log-in',
    async () => {
      const own = credentials === undefined ? {} : { credentials }
      const options = { ...address, tls, ...own, clientId: CLIENT_ID, connectTimeoutMs: STEP_TIMEOUT_MS }
      const connection = await openKafkaConnection(options)
      await connection.close()
      return message
    },
    ({ code }) =>
      code === 'credentials-wrong'
        ? 'Wait a moment if the password was just changed; else make a new one.'
        : `Look at ${what}.`,
  )
}

/** The steps that need Kafka's own words. Returns the topic. */
async function runAsUser(
  steps: ConnectionSteps,
  user: StoredResource<'User'>,
  wanted: string | undefined,
  { way: { address, tls, names }, logIn }: { readonly way: ConnectionWay; readonly logIn: LogInHere },
): Promise<string> {
  const client = openKafkaAdmin({
    bootstrapServers: [`${address.host}:${address.port}`],
    tls,
    ...(logIn.credentials === undefined ? {} : { credentials: logIn.credentials }),
    clientId: CLIENT_ID,
    callTimeoutMs: STEP_TIMEOUT_MS,
    connectTimeoutMs: STEP_TIMEOUT_MS,
  })
  try {
    return await roundTrip(steps, client, { user, names }, wanted)
  } finally {
    await client.close()
  }
}

function unresolved(host: string, what: string, cause: Error): never {
  throw new KaasError('kafka-unavailable', {
    message: `The name ${host} is not known here.`,
    help: `Check the DNS record of ${what}.`,
    cause,
  })
}
