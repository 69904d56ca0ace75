// SPDX-License-Identifier: Apache-2.0
/** The gateway as it is started in production, with several processes, before a real Kafka. A small server stands in for the control plane's stream. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SnapshotEvent } from '@kaas/domain'
import { type Certificates, createCertificates, freePorts, temporaryDirectory, tiedToParent, waitFor } from '@kaas/testkit'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** A supervisor and what it started. Call `stop`. */
export interface GatewayProcesses {
  readonly port: number
  readonly certificates: Certificates
  readonly child: ChildProcess
  /** What all processes have logged. */
  output(): string
  /** Ids of the processes that serve. */
  workers(): readonly number[]
  page(path: string): Promise<Response>
  /** The value of one line of the metrics page; undefined when it is not there. */
  metric(line: string): Promise<number | undefined>
  /** Sends an event on the stream of the snapshot. */
  publish(event: SnapshotEvent): void
  stop(): Promise<void>
}

/** Starts `main.ts` with `count` processes; resolves when all of them serve and know `full`. Rejects with all output when it ends before. */
export async function startGatewayProcesses(
  count: number,
  full: SnapshotEvent,
  kafkaPort?: number,
): Promise<GatewayProcesses> {
  const certificates = await createCertificates()
  const controlPlane = await standInFor(full)
  const [freePort = 0, , health = 0] = await freePorts(3)
  const port = kafkaPort ?? freePort
  const tokenFile = join(temporaryDirectory('gateway'), 'token')
  writeFileSync(tokenFile, 'gateway-secret')
  const [program = process.execPath, ...args] = tiedToParent('TERM', [process.execPath, MAIN])
  const child = spawn(program, args, {
    env: {
      PATH: process.env.PATH,
      KAAS_KAFKA_PORT: String(port),
      KAAS_KAFKA_ADVERTISED_HOST: 'localhost',
      KAAS_GATEWAY_PROCESSES: String(count),
      KAAS_GATEWAY_HEALTH_PORT: String(health),
      KAAS_GATEWAY_CERTIFICATE_FILE: certificates.certFile,
      KAAS_GATEWAY_KEY_FILE: certificates.keyFile,
      KAAS_GATEWAY_DRAIN: '2s',
      KAAS_SNAPSHOT_URL: `${controlPlane.url}/v1/gateway/snapshot`,
      KAAS_SNAPSHOT_TOKEN_FILE: tokenFile,
    },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  const page = (path: string) => fetch(`http://127.0.0.1:${health}${path}`)
  const metric = async (line: string) => {
    const found = (await (await page('/metrics')).text()).split('\n').find((each) => each.startsWith(`${line} `))
    return found === undefined ? undefined : Number(found.slice(line.length))
  }
  const isUp = async () =>
    child.exitCode !== null || ((await page('/readyz')).ok && (await metric('kaas_gateway_processes')) === count)
  await waitFor(isUp, { what: `${count} processes to serve` })
  if (child.exitCode !== null) {
    controlPlane.close()
    throw new Error(`exit code ${child.exitCode}: ${text}`)
  }
  return {
    ...{ port, certificates, child, page, metric },
    output: () => text,
    workers: () => childrenOf(child.pid ?? 0),
    publish: controlPlane.publish,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      controlPlane.close()
    },
  }
}

/** Linux only. The program that ties a child to its parent has become the supervisor itself. */
function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
}

/** Sends `full` to whoever opens the stream, and answers reports of load. */
async function standInFor(full: SnapshotEvent) {
  const streams = new Set<ServerResponse>()
  const server = createServer(({ method }, response) => {
    if (method === 'POST') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"nodes":1,"tenants":{},"through":1000000}')
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${JSON.stringify(full)}\n\n`)
    streams.add(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (event: SnapshotEvent) => {
      for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`)
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
