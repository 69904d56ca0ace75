// SPDX-License-Identifier: Apache-2.0
/** A gateway before a scripted broker, for tests of what happens between two sockets. */
import type { Fields, Log } from '@kaas/telemetry'
import { createCertificates, freePorts } from '@kaas/testkit'
import { type Gateway, type GatewaySettings, startGateway } from '../src/gateway.ts'
import { DEFAULT_LIMITS } from '../src/gateway-parts.ts'
import { portListener } from './gateway-fixture.ts'
import { RawClient } from './raw-client.ts'
import { type Script, type ScriptedBroker, startScriptedBroker } from './scripted-broker.ts'

export interface LoopbackGateway {
  readonly gateway: Gateway
  readonly broker: ScriptedBroker
  readonly caPem: string
  /** Every line that was logged. */
  readonly lines: (Fields & { readonly message: string })[]
  connect(): Promise<RawClient>
  /** Connects and logs in as `orders.app`. */
  connectAndLogIn(): Promise<RawClient>
  stop(): Promise<void>
}

let certificates: ReturnType<typeof createCertificates> | undefined

/** Starts both. One tenant, `orders`, with three connections. */
export async function startLoopback(
  script: Script = () => {},
  settings: Partial<GatewaySettings> = {},
): Promise<LoopbackGateway> {
  certificates ??= createCertificates()
  const { caPem, certPem, keyPem } = await certificates
  const broker = await startScriptedBroker(script)
  const lines: (Fields & { readonly message: string })[] = []
  const [port = 0] = await freePorts(3)
  const gateway = await startGateway({
    listeners: [portListener(port, { certPem, keyPem })],
    serviceCredentialsFile: undefined,
    limits: DEFAULT_LIMITS,
    drainMs: 500,
    steps: [],
    log: logInto(lines),
    ...settings,
  })
  const tenant = {
    name: 'orders',
    cluster: 'local',
    limits: { partitions: 10, retentionMs: 1, connections: 3 },
    paused: false,
  }
  const brokers = [{ nodeId: 0, host: '127.0.0.1', port: broker.port }]
  const cluster = { name: 'local', bootstrapServers: [`127.0.0.1:${broker.port}`], tls: { enabled: false }, brokers }
  gateway.snapshot.apply({ kind: 'full', snapshot: { version: 1, clusters: [cluster], tenants: [tenant] } })
  const connect = (): Promise<RawClient> => RawClient.connect(gateway.port, caPem)
  const connectAndLogIn = async (): Promise<RawClient> => {
    const client = await connect()
    const errorCode = await client.logIn()
    if (errorCode !== 0) throw new Error(`the log-in failed with ${errorCode}`)
    return client
  }
  const stop = async (): Promise<void> => {
    await gateway.stop()
    broker.close()
  }
  return { gateway, broker, caPem, lines, connect, connectAndLogIn, stop }
}

function logInto(lines: (Fields & { readonly message: string })[]): Log {
  const add = (fields: Fields, message: string): void => void lines.push({ ...fields, message })
  const log: Log = { debug: () => {}, info: add, warn: add, error: add, child: () => log }
  return log
}
