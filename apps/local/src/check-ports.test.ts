// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { freePort } from '@kaas/kafka-engine'
import { expect, test } from 'vitest'
import { checkPorts } from './check-ports.ts'

test('a busy port is named together with the variable that changes it and a command to try', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const wanted = [
    { port, variable: 'KAAS_API_PORT', purpose: 'the API' },
    { port: await freePort(), variable: 'KAAS_KAFKA_PORT', purpose: 'Kafka clients' },
  ]
  const error = await checkPorts(wanted).catch((thrown) => thrown)
  server.close()
  expect(error).toMatchObject({ code: 'port-taken', fields: [{ path: 'KAAS_API_PORT' }] })
  expect(error.message).toContain(`${port} (the API)`)
  expect(error.help).toMatch(/KAAS_API_PORT=\d+ npm start/)
})

test('free ports pass', async () => {
  await checkPorts([{ port: await freePort(), variable: 'KAAS_API_PORT', purpose: 'the API' }])
})
