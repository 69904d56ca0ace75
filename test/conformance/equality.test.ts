// SPDX-License-Identifier: Apache-2.0
/**
 * Equality: what Kafka's own Java clients get through the gateway is what the broker says, over the whole administration client, both
 * group protocols and the way between them, share groups and Kafka Streams, and a copy that is exactly once though all is killed.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DECIDED, REFUSED } from './admin-methods.ts'
import { type JavaRuns, javaRuns } from './both-ways.ts'
import { copyWithKills } from './copy-with-kills.ts'
import { pushFromJava, pushFromLibrdkafka, telemetryCount, untilPushed } from './pushed-metrics.ts'
import { QUICK_GROUPS, type Stage, setStage } from './stage.ts'

let stage: Stage
let java: JavaRuns

beforeAll(async () => {
  const properties = { ...QUICK_GROUPS, 'group.streams.initial.rebalance.delay.ms': '100' }
  stage = await setStage({ properties })
  java = await javaRuns(stage)
})

afterAll(() => stage?.stop())

test('an administrator of a tenant is told of its users, quotas, disks and moves what the one of the cluster is told of them', async () => {
  const [through, directly] = await java.asAdministrators('OwnPart')
  expect(through).toEqual(directly)
  const told = through.join('\n')
  expect(told).toMatch(/describeUserScramCredentials\tall\t\{app=.*older=.*\}/)
  expect(told).toMatch(/describeClientQuotas\tall\t\{\{user=app\}=\{.*producer_byte_rate=\d.*\{user=older\}=/)
  expect(told).toMatch(/describeLogDirs\tall\t\{committed-0=.*events-2=/)
})

test('the whole Java AdminClient is answered through the gateway as by the broker, or refused by a decision', async () => {
  const [through, directly] = await java.both('AdminScript')
  const calls = through.filter(isCall)
  const called = new Set(calls.map((line) => line.split('\t')[1]))
  const methods = through.filter((line) => line.startsWith('method\t')).map((line) => line.split('\t')[1])
  expect(methods.length).toBeGreaterThan(60)
  expect(methods.filter((method) => !called.has(method))).toEqual([])
  expect(calls.filter(isEqual)).toEqual(directly.filter(isCall).filter(isEqual))
  for (const line of calls) {
    const [, method = '', what, answer] = line.split('\t')
    if (method in REFUSED) expect(answer, `${method} ${what}`).toContain('UnsupportedVersionException')
  }
})

test('Java and librdkafka push their metrics without a warning of it, and the gateway counts them for the tenant (KIP-714)', async () => {
  const fromJava = await untilPushed(stage, () => pushFromJava(java))
  expect(fromJava.match(/clientInstanceId\tof .*\ttrue/g)).toHaveLength(3)
  expect(fromJava).not.toMatch(/^(WARN|ERROR) .*telemetry/im)
  const fromLibrdkafka = await untilPushed(stage, () => pushFromLibrdkafka(stage))
  expect(fromLibrdkafka).toMatch(/^%6.*Telemetry client instance id changed/m)
  expect(fromLibrdkafka).not.toMatch(/^%[0-5]\|.*telemetry/im)
  expect(await telemetryCount(stage, 'bytes_total')).toBeGreaterThan(await telemetryCount(stage, 'pushes_total'))
})

test('consumers of both protocols read the same by list and by expression, and a group moves to the newer one and back (KIP-848)', async () => {
  const [through, directly] = await java.both('Groups')
  expect(through).toEqual(directly)
  expect(through.filter((line) => /^call\tmoving\t.* reads.*\t40 records/.test(line))).toHaveLength(3)
  expect(through.join('\n')).toMatch(
    /group while mixed\tConsumer with .*1 partitions, upgraded Optional\[false\].*1 partitions, upgraded Optional\[true\]/,
  )
})

test('share consumers get, give back and reject the same records (KIP-932)', async () => {
  const [through, directly] = await java.both('Shares')
  expect(through).toEqual(directly)
  expect(through.join('\n')).toMatch(/task-5=\[1, 2\].*task-7=reject/s)
})

test('Kafka Streams counts words in a group of its own kind, on topics that the broker makes (KIP-1071)', async () => {
  const [through, directly] = (await java.both('WordCount')).map((lines) => lines.map(withoutIds))
  // What Kafka Streams would keep for ever is kept as long as the tenant keeps data.
  expect(through).toEqual(directly?.map((line) => line.replace('retention.ms=-1', 'retention.ms=604800000')))
  expect(through?.join('\n')).toContain('streamer-by-word-repartition=2 partitions, delete')
})

test('Kafka Streams is told of a missing source topic and of the partition limit at once, with a sentence', async () => {
  const [missing] = await java.lines('gateway', 'WordCount', 'not-there')
  expect(missing).toContain('Source topics not-there are missing. Create them before the application starts.')
  const [refused] = await java.lines('gateway', 'WordCount', 'wide')
  expect(refused).toMatch(/may have 100 partitions and has \d+; this would add 80/)
})

test('a transactional copy through killed processes and a killed gateway loses nothing and doubles nothing', async () => {
  const [through, directly] = await Promise.all([
    copyWithKills(stage, java, 'gateway', ['copier', 'gateway', 'copier']),
    copyWithKills(stage, java, 'direct', ['copier', 'copier']),
  ])
  expect(through).toEqual(directly)
  expect(through[0]).toBe('call\tcopy\trecords\t3000 read, 3000 copied, 0 lost, 0 twice')
  const [source, copy] = through.slice(1).map((line) => line.split('\t')[3])
  expect(copy).toBe(source)
})

function isCall(line: string): boolean {
  return line.startsWith('call\t')
}

/** Whether both ways must agree on a line. */
function isEqual(line: string): boolean {
  const [, method = '', what = ''] = line.split('\t')
  return !(method in REFUSED) && !(method in DECIDED) && !(`${method} ${what}` in DECIDED)
}

/** Kafka Streams makes the names of its threads anew each time, and its groups begin at any epoch. */
function withoutIds(line: string): string {
  return line.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id').replace(/(-repartition-\d) \d+/g, '$1')
}
