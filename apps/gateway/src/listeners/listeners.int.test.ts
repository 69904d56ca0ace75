// SPDX-License-Identifier: Apache-2.0
/** Listeners as clients meet them: by port and by host name, behind a balancer, and while certificates are renewed. */
import net from 'node:net'
import tls from 'node:tls'
import { encodeResponse, heartbeat } from '@kaas/kafka-protocol'
import { type Certificates, createCertificates, freePorts, waitFor } from '@kaas/testkit'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { portListener } from '../../test/gateway-fixture.ts'
import { type LoopbackGateway, startLoopback } from '../../test/loopback-gateway.ts'
import { RawClient } from '../../test/raw-client.ts'
import type { ListenerSettings } from './listener.ts'

const DOMAIN = 'kafka.example'
const beat = { groupId: 'g', generationId: 1, memberId: 'm' }
let certificates: Certificates
let loopback: LoopbackGateway
let byPort: ListenerSettings
let byName: ListenerSettings

beforeAll(async () => {
  certificates = await createCertificates(`*.orders.${DOMAIN}`)
})
beforeEach(async () => {
  const [first = 0, , , second = 0] = await freePorts(5)
  byPort = portListener(first, certificates)
  byName = { ...byPort, name: 'names', port: second, addressing: { kind: 'sni', domain: DOMAIN, advertisedPort: 443 } }
  loopback = await startLoopback(
    ({ header, reply }) =>
      reply(encodeResponse(heartbeat, header.apiVersion, header.correlationId, { throttleTimeMs: 0, errorCode: 0 })),
    { listeners: [byPort, byName] },
  )
})
afterEach(() => loopback.stop())

test('one gateway serves several listeners at once, by port and by host name', async () => {
  const clients = [await connect(byPort.port, 'localhost'), await connect(byName.port, `bootstrap.orders.${DOMAIN}`)]
  for (const client of clients) {
    expect(await client.logIn()).toBe(0)
    expect((await client.ask(heartbeat, 4, beat)).errorCode).toBe(0)
    client.close()
  }
})

test.each([
  ['a host below the domain that no certificate covers', `bootstrap.shop.${DOMAIN}`],
  ['a host that is covered and means nothing', `anything.orders.${DOMAIN}`],
  ['a host of somebody else', 'bootstrap.orders.example.org'],
])('%s is refused in the handshake, counted, and named in the log', async (_, host) => {
  await expect(connect(byName.port, host)).rejects.toThrow()
  await waitFor(() => loopback.gateway.traffic.closed.get('unknown-host') === 1, { what: 'the count' })
  expect(JSON.stringify(loopback.lines)).toContain(host)
})

test('a client that names no host is refused where the host says who is called', async () => {
  const socket = tls.connect({
    host: '127.0.0.1',
    port: byName.port,
    ca: certificates.caPem,
    checkServerIdentity: () => undefined,
  })
  await new Promise((resolve) => socket.on('error', () => {}).once('close', resolve))
  expect(loopback.gateway.traffic.closed.get('unknown-host')).toBe(1)
})

test('a user of another tenant is unknown at a tenant’s host', async () => {
  const shop = { name: 'shop', cluster: 'local', limits: { partitions: 1, retentionMs: 1, connections: 1 }, paused: false }
  loopback.gateway.snapshot.apply({ kind: 'tenant', version: 2, tenant: shop })
  const right = await connect(byPort.port, 'localhost')
  expect(await right.logIn('shop.app')).toBe(0)
  const wrong = await connect(byName.port, `bootstrap.orders.${DOMAIN}`)
  expect(await wrong.logIn('shop.app')).toBe(58)
})

test('behind a balancer the log names the client’s own address', async () => {
  const behind = { ...byPort, proxyProtocol: true }
  await loopback.gateway.reload([behind])
  const header = Buffer.from('0d0a0d0a000d0a515549540a2111000ccb0071070a000001c3502384', 'hex')
  const raw = net.connect(behind.port, '127.0.0.1')
  raw.write(header.subarray(0, 20))
  await new Promise((resolve) => setTimeout(resolve, 20))
  raw.write(header.subarray(20))
  const client = await secure(tls.connect({ socket: raw, ca: certificates.caPem, servername: 'localhost' }))
  expect(await client.logIn()).toBe(0)
  client.close()
  await waitFor(() => loopback.lines.some(({ remote }) => remote === '203.0.113.7'), { what: 'the line of its end' })
})

test('without the header nobody gets in where a balancer is expected', async () => {
  await loopback.gateway.reload([{ ...byPort, proxyProtocol: true }])
  await expect(connect(byPort.port, 'localhost')).rejects.toThrow()
  expect(loopback.gateway.traffic.closed.get('proxy-header')).toBe(1)
})

test('a renewed certificate is shown to new clients, and old connections stay', async () => {
  const old = await connect(byName.port, `b0.orders.${DOMAIN}`)
  await old.logIn()
  const renewed = await certificates.issue([`*.orders.${DOMAIN}`, 'localhost'])
  const pair = { certPem: renewed.certificatePem, keyPem: renewed.keyPem }
  await loopback.gateway.reload([byPort, byName].map((each) => ({ ...each, certificates: [pair] })))
  const serial = (client: RawClient) => client.socket.getPeerCertificate().serialNumber
  const [named, ported] = [await connect(byName.port, `b0.orders.${DOMAIN}`), await connect(byPort.port, 'localhost')]
  expect(serial(named)).not.toBe(serial(old))
  expect(serial(ported)).toBe(serial(named))
  expect((await old.ask(heartbeat, 4, beat)).errorCode).toBe(0)
})

test('listeners come and go while connections stay', async () => {
  const old = await connect(byName.port, `bootstrap.orders.${DOMAIN}`)
  await old.logIn()
  await loopback.gateway.reload([byPort])
  await expect(connect(byName.port, `bootstrap.orders.${DOMAIN}`)).rejects.toThrow('ECONNREFUSED')
  expect((await old.ask(heartbeat, 4, beat)).errorCode).toBe(0)
  await loopback.gateway.reload([byPort, byName])
  await (await connect(byName.port, `bootstrap.orders.${DOMAIN}`)).logIn()
})

test('listeners that cannot be opened leave all as it was', async () => {
  const busy = net.createServer().listen(0, '127.0.0.1')
  const port = await new Promise<number>((resolve) =>
    busy.once('listening', () => resolve((busy.address() as net.AddressInfo).port)),
  )
  await expect(loopback.gateway.reload([{ ...byName, port }])).rejects.toMatchObject({ code: 'port-taken' })
  const broken = { ...byPort, certificates: [{ certPem: certificates.certPem, keyPem: 'no key' }] }
  await expect(loopback.gateway.reload([broken])).rejects.toMatchObject({ code: 'config-invalid' })
  for (const client of [await connect(byPort.port, 'localhost'), await connect(byName.port, `bootstrap.orders.${DOMAIN}`)]) {
    expect(await client.logIn()).toBe(0)
  }
  busy.close()
})

async function connect(port: number, servername: string): Promise<RawClient> {
  return await secure(tls.connect({ host: '127.0.0.1', port, ca: certificates.caPem, servername }))
}

async function secure(socket: tls.TLSSocket): Promise<RawClient> {
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve).once('error', reject)
    socket.once('close', () => reject(new Error('closed in the handshake')))
  })
  return new RawClient(socket)
}
