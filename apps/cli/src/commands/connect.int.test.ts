// SPDX-License-Identifier: Apache-2.0
/**
 * What `kaas connect` prints, used as it is printed: by kcat, Python, Go, Node and Kafka's own tools, through the gateway, on
 * a real Kafka. .NET and Spring are not run: their settings are those of librdkafka and Java, which are.
 */
import { execFile, spawn } from 'node:child_process'
import { copyFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  findGo,
  findProgram,
  kafkaTool,
  type Product,
  pythonEnvironment,
  startProduct,
  temporaryDirectory,
} from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kaasIn } from '../../test/kaas-binary.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const CLIENTS = join(ROOT, 'test/conformance/clients')
const run = promisify(execFile)

let product: Product
let folder: string
let kaas: ReturnType<typeof kaasIn>
/** Records in the topic so far. */
let written = 0

beforeAll(async () => {
  product = await startProduct()
  folder = temporaryDirectory('connect')
  kaas = kaasIn(product.stateDirectory, folder)
  for (const args of [
    ['create', 'tenant', 'orders', '--produce', '5MB/s', '--retention', '1d'],
    ['create', 'topic', 'payments', '--tenant', 'orders', '--partitions', '1'],
    ['create', 'user', 'app', '--tenant', 'orders', '--role', 'admin'],
  ]) {
    expect(await kaas(args)).toMatchObject({ exit: 0 })
  }
})
afterAll(() => product?.stop())

describe('a printed configuration works as it is', () => {
  it('kcat writes and reads [R161]', async () => {
    const kcat = findProgram('kcat', { package: 'kcat', purpose: 'use what connect prints' })
    const file = await connectTo('kcat', 'kcat.conf')
    const producer = spawn(kcat, ['-F', file, '-P', '-t', 'payments'], { stdio: ['pipe', 'inherit', 'inherit'] })
    producer.stdin.end('from kcat\n')
    expect(await new Promise((resolve) => producer.once('close', resolve))).toBe(0)
    written += 1
    const read = await run(kcat, ['-F', file, '-C', '-t', 'payments', '-o', 'beginning', '-e', '-q'])
    expect(read.stdout).toContain('from kcat\n')
  })

  it('the Java tools list the topics of the tenant', async () => {
    const file = await connectTo('properties', 'client.properties')
    const listed = await kafkaTool('org.apache.kafka.tools.TopicCommand', [
      ...['--bootstrap-server', product.kafka, '--list', '--command-config', file],
    ])
    expect(listed.stdout).toContain('payments')
    expect(listed.stdout).not.toContain('orders.')
  })

  it("Kafka's own console producer and consumer write and read", async () => {
    const file = await connectTo('properties', 'client.properties')
    const common = ['--bootstrap-server', product.kafka, '--topic', 'payments', '--command-config', file]
    await kafkaTool('org.apache.kafka.tools.ConsoleProducer', common, { input: 'from java\n' })
    written += 1
    const read = await kafkaTool('org.apache.kafka.tools.consumer.ConsoleConsumer', [
      ...[...common, '--from-beginning', '--group', 'java', '--max-messages', String(written)],
    ])
    expect(read.stdout).toContain('from java\n')
  })

  it('the Python program writes and reads', async () => {
    const python = await pythonEnvironment(join(CLIENTS, 'confluent-python/requirements.txt'))
    const file = await connectTo('python', 'client.py', ['--group', 'python'])
    const { stdout } = await run(python, [file])
    expect(stdout).toMatch(/written: payments 0 \d+\nread: b'/)
  })

  it('librdkafka takes every line, and warns of none in a producer', async () => {
    const python = await pythonEnvironment(join(CLIENTS, 'confluent-python/requirements.txt'))
    const file = await connectTo('librdkafka', 'librdkafka.conf')
    const program = `
import sys
from confluent_kafka import Producer
pairs = [line.strip().split("=", 1) for line in open(sys.argv[1]) if line.strip() and not line.startswith("#")]
print(sorted(Producer(dict(pairs)).list_topics(timeout=30).topics))
`
    const { stdout, stderr } = await run(python, ['-c', program, file])
    // What begins with %6 informs: the client tells the id that it got for its metrics (KIP-714).
    const warnings = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('%6|'))
    expect({ stdout, warnings }).toEqual({ stdout: "['payments']\n", warnings: [] })
  })

  it('the Node program writes and reads', async () => {
    const file = await connectTo('node', join(ROOT, `node_modules/.kaas-connect-${process.pid}.mjs`), ['--group', 'node'])
    const { stdout } = await run(process.execPath, [file]).finally(() => run('rm', ['-f', file]))
    expect(stdout).toMatch(/written\nread: /)
  })

  it('the Go program writes and reads', async () => {
    const go = await findGo()
    await connectTo('go', 'main.go', ['--group', 'go'])
    for (const name of ['go.mod', 'go.sum']) copyFileSync(join(CLIENTS, 'franz-go', name), join(folder, name))
    // As the client of the conformance tests is built, so that what both import is compiled once.
    const { stdout } = await run(go, ['run', '-trimpath', '.'], { cwd: folder, env: { ...process.env, CGO_ENABLED: '0' } })
    expect(stdout).toMatch(/written: payments 0 \d+\nread: /)
  })

  it('the environment holds what a program needs', async () => {
    const file = await connectTo('env', 'kafka.env')
    const { stdout } = await run('sh', [
      '-c',
      `. "${file}"; printf '%s %s' "$KAFKA_BOOTSTRAP_SERVERS" "$KAFKA_SASL_USERNAME"`,
    ])
    expect(stdout).toBe(`${product.kafka} orders.app`)
  })

  it('files with passwords can be read by their owner only', async () => {
    expect(statSync(await connectTo('k8s-secret', 'secret.yaml')).mode & 0o777).toBe(0o600)
  })

  it('without a kept password there is a sentence and a place to paste it', async () => {
    const created = await kaas(['create', 'user', 'web', '-t', 'orders', '--role', 'consumer', '--no-save'])
    expect(created).toMatchObject({ exit: 0, out: expect.stringMatching(/password/) })
    const { exit, out, err } = await kaas(['connect', 'orders', '--user', 'web', '--format', 'env'])
    expect(exit).toBe(0)
    expect(out).toContain("KAFKA_SASL_PASSWORD='PASTE-THE-PASSWORD-HERE'")
    expect(err).toMatch(/not kept on this machine/)
  })
})

async function connectTo(format: string, name: string, more: readonly string[] = []): Promise<string> {
  const file = join(name.startsWith('/') ? '' : folder, name)
  const ended = await kaas(['connect', 'orders', '--user', 'app', '--format', format, '--out', file, ...more])
  expect(ended).toMatchObject({ exit: 0, out: '' })
  expect(readFileSync(file, 'utf8')).toContain('orders.app')
  return file
}
