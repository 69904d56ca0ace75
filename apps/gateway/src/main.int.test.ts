// SPDX-License-Identifier: Apache-2.0
/** The gateway as a process: how it starts, what its pages say, how it ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import tls from 'node:tls'
import { fileURLToPath } from 'node:url'
import type { GatewayAudit } from '@kaas/domain'
import { createCertificates, freePorts, temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterEach, expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

test('it is alive at once and ready with the snapshot, shows metrics, and ends in order when told to', async () => {
  const { environment, publish, audited, close } = await surroundings()
  const { child, output } = start(environment)
  const page = async (path: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${environment.KAAS_GATEWAY_HEALTH_PORT}${path}`)
  await waitFor(async () => (await page('/healthz')).status === 200, { what: 'the health page' })
  expect((await page('/readyz')).status).toBe(503)
  await publish()
  await waitFor(async () => (await page('/readyz')).status === 200, { what: 'readiness' })
  expect(await (await page('/metrics')).text()).toContain('kaas_gateway_snapshot_version 3')
  await publish('none')
  await waitFor(() => audited.includes('snapshot-refused denied'), { what: 'the refused snapshot in the audit log' })
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(0)
  expect(output()).toContain('the gateway stops')
  expect(output()).not.toContain('gateway-secret')
  expect(audited).toEqual(['started allowed', 'snapshot-refused denied', 'stopped allowed'])
  close()
})

test('a renewed certificate is taken at a signal; one that does not fit its key is refused and the old one stays [R172]', async () => {
  const { environment, audited, close } = await surroundings()
  const { KAAS_GATEWAY_CERTIFICATE_FILE: certFile, KAAS_GATEWAY_KEY_FILE: keyFile, KAAS_KAFKA_PORT: port } = environment
  const { child, output } = start(environment)
  await waitFor(() => output().includes('the gateway serves'), { what: 'the start' })
  const before = await shownCertificate(Number(port))
  const renewed = await createCertificates()
  writeFileSync(certFile, renewed.certPem)
  child.kill('SIGHUP')
  await waitFor(() => output().includes('the old ones stay'), { what: 'the refusal' })
  expect(await shownCertificate(Number(port))).toBe(before)
  writeFileSync(keyFile, renewed.keyPem)
  child.kill('SIGHUP')
  await waitFor(() => output().includes('were read again'), { what: 'the renewal' })
  expect(await shownCertificate(Number(port))).not.toBe(before)
  expect(output()).not.toContain('PRIVATE KEY')
  await waitFor(() => audited.includes('files-changed allowed'), { what: 'the renewal in the audit log' })
  expect(audited).toEqual(['started allowed', 'files-refused denied', 'files-changed allowed'])
  close()
})

test('a file of listeners with faults is answered with the file and all fields', async () => {
  const { environment, close } = await surroundings()
  const file = join(temporaryDirectory('gateway'), 'listeners.json')
  writeFileSync(file, JSON.stringify([{ name: 'Public', port: 0, addressing: { kind: 'sni' } }]))
  const { child, output } = start({ ...environment, KAAS_GATEWAY_LISTENERS_FILE: file })
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(2)
  for (const part of [file, '0.name', '0.port', '0.addressing.domain']) expect(output()).toContain(part)
  close()
})

test('a busy port is named together with the variable that changes it', async () => {
  const { environment, close } = await surroundings()
  const busy = net.createServer().listen(Number(environment.KAAS_KAFKA_PORT), '127.0.0.1')
  await once(busy, 'listening')
  const { child, output } = start(environment)
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(6)
  expect(output()).toContain(`Port ${environment.KAAS_KAFKA_PORT}`)
  expect(output()).toContain('KAAS_KAFKA_PORT')
  busy.close()
  close()
})

test('a configuration with several faults is answered with all of them', async () => {
  const { child, output } = start({ KAAS_KAFKA_PORT: '70000' })
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(2)
  for (const name of ['KAAS_KAFKA_PORT', 'KAAS_GATEWAY_KEY_FILE', 'KAAS_SNAPSHOT_URL']) expect(output()).toContain(name)
})

function start(environment: Readonly<Record<string, string>>): { readonly child: ChildProcess; output(): string } {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH, ...environment } })
  children.push(child)
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  child.stderr.on('data', (chunk) => (text += chunk))
  return { child, output: () => text }
}

/** The serial number of the certificate that a new client is shown. */
async function shownCertificate(port: number): Promise<string> {
  const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { serialNumber } = socket.getPeerCertificate()
  socket.destroy()
  return serialNumber
}

async function surroundings() {
  const certificates = await createCertificates()
  const streams: { write(text: string): void }[] = []
  const audited: string[] = []
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const { events = [] } = JSON.parse(await text(request)) as Partial<GatewayAudit>
      audited.push(...events.map(({ rule, outcome }) => `${rule} ${outcome}`))
      const answer = { nodes: 1, tenants: {}, through: events.at(-1)?.sequence ?? 0 }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    streams.push(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const tokenFile = join(temporaryDirectory('gateway'), 'token')
  writeFileSync(tokenFile, 'gateway-secret')
  const [port = 0, healthPort = 0] = await freePorts(2)
  const environment = {
    KAAS_KAFKA_PORT: String(port),
    KAAS_GATEWAY_HEALTH_PORT: String(healthPort),
    KAAS_GATEWAY_CERTIFICATE_FILE: certificates.certFile,
    KAAS_GATEWAY_KEY_FILE: certificates.keyFile,
    KAAS_SNAPSHOT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/gateway/snapshot`,
    KAAS_SNAPSHOT_TOKEN_FILE: tokenFile,
  }
  const publish = async (version: unknown = 3): Promise<void> => {
    const stream = await waitFor(() => streams.at(-1), { what: 'the gateway to connect' })
    const snapshot = { version, clusters: [], tenants: [] }
    stream.write(`data: ${JSON.stringify({ kind: 'full', snapshot })}\n\n`)
  }
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { environment, publish, audited, close }
}
