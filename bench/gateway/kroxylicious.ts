// SPDX-License-Identifier: Apache-2.0
/** Kroxylicious, a gateway that speaks Kafka, without any filter. It is a program of Java, with the heap that it asks for by itself. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { javaPrograms, temporaryDirectory, tiedToParent, waitFor } from '@kaas/testkit'
import type { Relay } from './haproxy.ts'
import type { Peer } from './peer.ts'

const FOLDER = fileURLToPath(new URL('kroxylicious/', import.meta.url))
const QUIET = fileURLToPath(new URL('../../tools/kafka/log4j2-tool.xml', import.meta.url))

/** Starts it on `relay.port`; broker 0 has the next port. Throws `tool-missing` without Java or Maven. */
export async function startKroxylicious({ port, brokerPort, keyPair }: Relay): Promise<Peer> {
  const compiled = (await javaPrograms(FOLDER))('Kroxylicious')
  const [java] = compiled
  const classPath = compiled[compiled.indexOf('-cp') + 1] ?? ''
  const file = join(temporaryDirectory('bench-kroxylicious'), 'config.yaml')
  writeFileSync(file, configurationOf({ port, brokerPort, ...(keyPair && { keyPair }) }))
  const main = [`-Dlog4j2.configurationFile=${QUIET}`, '-cp', classPath, 'Kroxylicious', file]
  const [command = java, ...args] = tiedToParent('TERM', [java, ...main])
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (child.pid === undefined) throw new Error('Kroxylicious did not start.')
  await waitFor(() => takesConnections(port), { what: 'Kroxylicious', timeoutMs: 60_000 })
  return { pid: child.pid, stop: () => void child.kill('SIGTERM') }
}

function configurationOf({ port, brokerPort, keyPair }: Relay): string {
  const key = { privateKeyFile: keyPair?.keyFile, certificateFile: keyPair?.certFile }
  const gateway = {
    name: 'default',
    portIdentifiesNode: { bootstrapAddress: `localhost:${port}` },
    ...(keyPair && { tls: { key } }),
  }
  const target = { bootstrapServers: `127.0.0.1:${brokerPort}` }
  // JSON is YAML.
  return JSON.stringify({ virtualClusters: [{ name: 'bench', targetCluster: target, gateways: [gateway] }] })
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}
