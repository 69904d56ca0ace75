// SPDX-License-Identifier: Apache-2.0
/**
 * Three gateways of one product behind HAProxy, each a process of its own on ports of its own. Clients know the balancer's address
 * only. Health is what HAProxy can see without us: whether a port takes connections.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram, freePorts, type Product, temporaryDirectory, tiedToParent, waitFor } from '@kaas/testkit'

const MAIN = fileURLToPath(new URL('../../apps/gateway/src/main.ts', import.meta.url))
const NODES = 3
const DRAIN = '4s'
const GONE_MS = 20_000

/** The fleet. */
export interface GatewayFleet {
  /** `host:port` of the balancer. */
  readonly bootstrap: string
  /** Ends one gateway as an orchestrator does, by SIGTERM, starts it anew and waits until it is ready. */
  restart(index: number): Promise<void>
  /** Ends one gateway without a goodbye and starts it anew. */
  kill(index: number): Promise<void>
  stop(): Promise<void>
}

interface Node {
  readonly start: () => Promise<void>
  readonly end: (signal: NodeJS.Signals) => Promise<void>
}

/** Starts the gateways and the balancer before so many brokers; resolves when all gateways are ready. */
export async function startGatewayFleet(product: Product, brokers = 1): Promise<GatewayFleet> {
  // The bootstrap port, and one for each broker.
  const portsEach = 1 + brokers
  const [first = 0] = await freePorts((NODES + 1) * portsEach + NODES)
  const folder = temporaryDirectory('fleet')
  const balancerPort = first
  const nodes = Array.from({ length: NODES }, (_, index) =>
    nodeOf(product, folder, index, {
      port: first + (index + 1) * portsEach,
      health: first + (NODES + 1) * portsEach + index,
      advertised: balancerPort,
    }),
  )
  await Promise.all(nodes.map((node) => node.start()))
  const balancer = startBalancer(folder, balancerPort, portsEach)
  const again = async (index: number, signal: NodeJS.Signals) => {
    await nodes[index]?.end(signal)
    await nodes[index]?.start()
  }
  return {
    bootstrap: `127.0.0.1:${balancerPort}`,
    restart: (index) => again(index, 'SIGTERM'),
    kill: (index) => again(index, 'SIGKILL'),
    stop: async () => {
      balancer.kill('SIGTERM')
      await Promise.all(nodes.map((node) => node.end('SIGTERM')))
    },
  }
}

function nodeOf(
  product: Product,
  folder: string,
  index: number,
  ports: { readonly port: number; readonly health: number; readonly advertised: number },
): Node {
  const listenersFile = join(folder, `listeners-${index}.json`)
  const addressing = { kind: 'port', advertisedHost: '127.0.0.1', advertisedPort: ports.advertised }
  writeFileSync(listenersFile, JSON.stringify([{ name: 'balanced', host: '127.0.0.1', port: ports.port, addressing }]))
  const state = (file: string) => join(product.stateDirectory, file)
  const env = {
    ...process.env,
    KAAS_GATEWAY_LISTENERS_FILE: listenersFile,
    KAAS_GATEWAY_HEALTH_PORT: String(ports.health),
    KAAS_GATEWAY_CERTIFICATE_FILE: state('gateway.pem'),
    KAAS_GATEWAY_KEY_FILE: state('gateway-key.pem'),
    KAAS_SNAPSHOT_URL: `${product.api}/v1/gateway/snapshot`,
    KAAS_SNAPSHOT_TOKEN_FILE: state('gateway-token'),
    KAAS_SNAPSHOT_FILE: join(folder, `snapshot-${index}.json`),
    KAAS_SERVICE_CREDENTIALS_FILE: state('service-credentials.json'),
    KAAS_GATEWAY_DRAIN: DRAIN,
  }
  let child: ChildProcess | undefined
  const isReady = () =>
    fetch(`http://127.0.0.1:${ports.health}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  return {
    start: async () => {
      const [program = process.execPath, ...args] = tiedToParent('TERM', [process.execPath, MAIN])
      child = spawn(program, args, { env, stdio: 'ignore' })
      await waitFor(isReady, { what: `gateway ${index} to be ready` })
    },
    end: async (signal) => {
      const ending = child
      if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return
      const ended = new Promise((resolve) => ending.once('exit', resolve))
      ending.kill(signal)
      const timer = setTimeout(() => ending.kill('SIGKILL'), GONE_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

/** One TCP front for each port; a gateway that does not take a connection is left out at once and tried again. */
function startBalancer(folder: string, balancerPort: number, portsEach: number): ChildProcess {
  const program = findProgram('haproxy', { package: 'haproxy', purpose: 'balance three gateways' })
  const fronts = Array.from({ length: portsEach }, (_, offset) => {
    const servers = Array.from({ length: NODES }, (_, index) => {
      const port = balancerPort + (index + 1) * portsEach + offset
      return `  server gateway-${index} 127.0.0.1:${port} check inter 500 fall 1 rise 1`
    })
    return [`listen port-${offset}`, `  bind 127.0.0.1:${balancerPort + offset}`, '  balance leastconn', ...servers].join(
      '\n',
    )
  })
  const file = join(folder, 'haproxy.cfg')
  const defaults = [
    'defaults',
    '  mode tcp',
    '  timeout connect 2s',
    '  timeout client 10m',
    '  timeout server 10m',
    '  retries 3',
    '  option redispatch 1',
  ]
  writeFileSync(file, `${[...defaults, ...fronts].join('\n')}\n`)
  const [command = program, ...args] = tiedToParent('TERM', [program, '-f', file, '-db'])
  return spawn(command, args, { stdio: 'ignore' })
}
