// SPDX-License-Identifier: Apache-2.0
/**
 * What `kaas connect` prints for a user who logs in by certificate, used as it is printed: by kcat, Kafka's own tools, Python,
 * Node and Go, on a real Kafka that takes no one without a certificate. .NET and Spring are not run: their settings are those
 * of librdkafka and Java, which are.
 */
import { execFile, spawn } from 'node:child_process'
import { copyFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Connection, FORMATS, type FormatName } from '@kaas/client-configuration'
import {
  createCertificates,
  findGo,
  findProgram,
  freePorts,
  type Kafka,
  kafkaTool,
  pythonEnvironment,
  startKafka,
  temporaryDirectory,
} from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificateFilesOf, saveCertificates } from '../saved-certificates.ts'
import { writePrivately } from '../saved-credentials.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const CLIENTS = join(ROOT, 'test/conformance/clients')
const run = promisify(execFile)

let kafka: Kafka
let connection: Connection
let folder: string
let port: number
/** Records in the topic so far. */
let written = 0

beforeAll(async () => {
  const certificates = await createCertificates()
  const user = await certificates.issue(['shop.app'])
  const [ports, controllerPorts, tlsPort] = await threePorts()
  port = tlsPort
  const pem = (text: string) => text.trim().replace(/\n/g, '\\n')
  kafka = await startKafka({
    ports,
    controllerPorts,
    properties: {
      listeners: `SASL_PLAINTEXT://127.0.0.1:${ports[0]},CONTROLLER://127.0.0.1:${controllerPorts[0]},TLS://127.0.0.1:${port}`,
      'advertised.listeners': `SASL_PLAINTEXT://127.0.0.1:${ports[0]},TLS://localhost:${port}`,
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,TLS:SSL',
      'listener.name.tls.ssl.client.auth': 'required',
      'listener.name.tls.ssl.keystore.type': 'PEM',
      'listener.name.tls.ssl.keystore.certificate.chain': pem(certificates.certPem),
      'listener.name.tls.ssl.keystore.key': pem(certificates.keyPem),
      'listener.name.tls.ssl.truststore.type': 'PEM',
      'listener.name.tls.ssl.truststore.certificates': pem(certificates.caPem),
      'super.users': 'User:admin;User:ANONYMOUS;User:CN=shop.app',
    },
  })
  folder = temporaryDirectory('certificate')
  const { certificatePem, keyPem } = user
  saveCertificates(folder, 'shop.app', { caPem: certificates.caPem, certificatePem, keyPem })
  const files = certificateFilesOf(folder, 'shop.app')
  connection = {
    tenant: 'shop',
    username: 'shop.app',
    login: { kind: 'tls', certificatePem, keyPem, certificateFile: files.certificate, keyFile: files.key },
    bootstrap: `localhost:${port}`,
    gateway: false,
    caFile: undefined,
    caPem: certificates.caPem,
    topic: 'orders',
    group: 'my-group',
  }
})
afterAll(() => kafka?.stop())

describe('a printed configuration with a certificate works as it is', () => {
  it('kcat writes and reads, with the key in a file that only its owner can read', async () => {
    const kcat = findProgram('kcat', { package: 'kcat', purpose: 'use what connect prints' })
    const { ca, key } = certificateFilesOf(folder, 'shop.app')
    expect(statSync(key).mode & 0o777).toBe(0o600)
    const file = write('kcat', 'kcat.conf', { caFile: ca })
    const producer = spawn(kcat, ['-F', file, '-P', '-t', 'orders'], { stdio: ['pipe', 'inherit', 'inherit'] })
    producer.stdin.end('from kcat\n')
    expect(await new Promise((resolve) => producer.once('close', resolve))).toBe(0)
    written += 1
    const read = await run(kcat, ['-F', file, '-C', '-t', 'orders', '-o', 'beginning', '-e', '-q'])
    expect(read.stdout).toContain('from kcat\n')
  })

  it("Kafka's own tools take the one file of properties, key and CA inside", async () => {
    const file = write('properties', 'client.properties')
    const common = ['--bootstrap-server', connection.bootstrap, '--topic', 'orders', '--command-config', file]
    await kafkaTool('org.apache.kafka.tools.ConsoleProducer', common, { input: 'from java\n' })
    written += 1
    const read = await kafkaTool('org.apache.kafka.tools.consumer.ConsoleConsumer', [
      ...[...common, '--from-beginning', '--group', 'java', '--max-messages', String(written)],
    ])
    expect(read.stdout).toContain('from java\n')
  })

  it('the Python program writes and reads', async () => {
    const python = await pythonEnvironment(join(CLIENTS, 'confluent-python/requirements.txt'))
    const { stdout } = await run(python, [write('python', 'client.py', { group: 'python' })])
    expect(stdout).toMatch(/written: orders 0 \d+\nread: b'/)
  })

  it('librdkafka takes every line, with paths in place of keys', async () => {
    const python = await pythonEnvironment(join(CLIENTS, 'confluent-python/requirements.txt'))
    const file = write('librdkafka', 'librdkafka.conf', { caFile: certificateFilesOf(folder, 'shop.app').ca })
    const program = `
import sys
from confluent_kafka import Producer
pairs = [line.strip().split("=", 1) for line in open(sys.argv[1]) if line.strip() and not line.startswith("#")]
print("orders" in Producer(dict(pairs)).list_topics(timeout=30).topics)
`
    expect(await run(python, ['-c', program, file])).toMatchObject({ stdout: 'True\n', stderr: '' })
  })

  it('the Node program writes and reads', async () => {
    const file = write('node', join(ROOT, `node_modules/.kaas-certificate-${process.pid}.mjs`), { group: 'node' })
    const { stdout } = await run(process.execPath, [file]).finally(() => run('rm', ['-f', file]))
    expect(stdout).toMatch(/written\nread: /)
  })

  it('the Go program writes and reads', async () => {
    const go = await findGo()
    write('go', 'main.go', { group: 'go' })
    for (const name of ['go.mod', 'go.sum']) copyFileSync(join(CLIENTS, 'franz-go', name), join(folder, name))
    // As the client of the conformance tests is built, so that what both import is compiled once.
    const { stdout } = await run(go, ['run', '-trimpath', '.'], { cwd: folder, env: { ...process.env, CGO_ENABLED: '0' } })
    expect(stdout).toMatch(/written: orders 0 \d+\nread: /)
  })

  it('and without the certificate nobody comes in', async () => {
    const file = join(folder, 'none.properties')
    const lines = FORMATS.properties(connection).split('\n')
    writePrivately(file, lines.filter((line) => !line.startsWith('ssl.keystore')).join('\n'))
    const listed = kafkaTool('org.apache.kafka.tools.TopicCommand', [
      ...['--bootstrap-server', connection.bootstrap, '--list', '--command-config', file],
    ])
    await expect(listed).rejects.toThrow()
  })
})

function write(format: FormatName, name: string, changes: Partial<Connection> = {}): string {
  const file = join(name.startsWith('/') ? '' : folder, name)
  writePrivately(file, FORMATS[format]({ ...connection, ...changes }))
  return file
}

async function threePorts(): Promise<readonly [[number], [number], number]> {
  const [client = 0, controller = 0, tls = 0] = await freePorts(3)
  return [[client], [controller], tls]
}
