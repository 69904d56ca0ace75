// SPDX-License-Identifier: Apache-2.0
/** A certificate of a gateway ends while clients run: who is in stays, who comes is refused with a clear line, and a renewed one heals it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { encodeResponse, heartbeat } from '@kaas/kafka-protocol'
import { type Certificates, createCertificates, findProgram, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portListener } from '../test/gateway-fixture.ts'
import { type LoopbackGateway, startLoopback } from '../test/loopback-gateway.ts'
import { RawClient } from '../test/raw-client.ts'
import type { ListenerSettings } from './listeners/listener.ts'

const VALID_MS = 5000
const NAMES = ['localhost', '127.0.0.1'] as const
const beat = { groupId: 'g', generationId: 1, memberId: 'm' }
let certificates: Certificates
let loopback: LoopbackGateway
let listener: ListenerSettings
let endsAt: Date

beforeAll(async () => {
  certificates = await createCertificates()
  endsAt = new Date(Date.now() + VALID_MS)
  listener = portListener(0, await pair(endsAt))
  loopback = await startLoopback(
    ({ header, reply }) =>
      reply(encodeResponse(heartbeat, header.apiVersion, header.correlationId, { throttleTimeMs: 0, errorCode: 0 })),
    { listeners: [listener] },
  )
})

afterAll(() => loopback.stop())

test('when it has ended, open connections go on, new ones are refused, and the log says what to renew', async () => {
  const early = await connect()
  expect(await early.logIn()).toBe(0)
  const says = (what: string) => JSON.stringify(loopback.lines).includes(what)
  await waitFor(() => says('a certificate ends soon'), { what: 'the warning' })
  await waitFor(() => says('a certificate has ended and new clients refuse it'), { what: 'the line' })
  await expect(connect()).rejects.toThrow(/expired/)
  expect(await openssl()).not.toBe(0)
  await waitFor(
    () => says(`it refused the certificate of the gateway, which ended at ${endsAt.toISOString().slice(0, 10)}`),
    {
      what: 'the line about the client',
    },
  )
  expect((await early.ask(heartbeat, 4, beat)).errorCode).toBe(0)

  await loopback.gateway.reload([{ ...listener, certificates: [await pair(undefined)] }])
  const late = await connect()
  expect(await late.logIn()).toBe(0)
  expect((await late.ask(heartbeat, 4, beat)).errorCode).toBe(0)
  expect(await openssl()).toBe(0)
  expect((await early.ask(heartbeat, 4, beat)).errorCode).toBe(0)
})

test('a client that does not trust the authority is told of in the log with what it lacks', async () => {
  const stranger = await createCertificates()
  loopback.lines.length = 0
  expect(await openssl(stranger.caFile)).not.toBe(0)
  await waitFor(() => JSON.stringify(loopback.lines).includes('give it the CA that signed it'), { what: 'the line' })
})

function connect(): Promise<RawClient> {
  return RawClient.connect(loopback.gateway.port, certificates.caPem)
}

async function pair(end: Date | undefined) {
  const { certificatePem, keyPem } = await certificates.issue(NAMES, end)
  return { certPem: certificatePem, keyPem }
}

/** A client that answers a certificate it does not like with a TLS alert, as Java and librdkafka do. Resolves with its exit code. */
async function openssl(caFile = certificates.caFile): Promise<number> {
  const program = findProgram('openssl', { package: 'openssl', purpose: 'be a TLS client' })
  const at = `127.0.0.1:${loopback.gateway.port}`
  const args = ['s_client', '-connect', at, '-CAfile', caFile, '-verify_return_error', '-servername', 'localhost']
  const [code] = (await once(spawn(program, args, { stdio: 'ignore' }), 'close')) as [number]
  return code
}
