// SPDX-License-Identifier: Apache-2.0
/**
 * The test that must never break: as one tenant, every API key and version is asked for what belongs to another, and every byte
 * of every answer is searched. Kafka itself is asked the same, as the same user: it is the first wall, the gateway the second.
 */
import {
  APIS,
  alterClientQuotas,
  alterUserScramCredentials,
  createPartitions,
  deleteRecords,
  deleteTopics,
  describeClientQuotas,
  describeConfigs,
  describeLogDirs,
  describeTopicPartitions,
  describeUserScramCredentials,
  fetch,
  getTelemetrySubscriptions,
  incrementalAlterConfigs,
  listGroups,
  listPartitionReassignments,
  listTransactions,
  metadata,
  pushTelemetry,
} from '@kaas/kafka-protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Words } from './request-maker.ts'
import { HIDDEN, SAME, type Scene, SHARED, setScene, VICTIM, WALKER } from './scene.ts'
import { leaksIn, textSecret } from './secrets.ts'
import { type WalkResult, walk } from './walk.ts'

/** ANY, MATCH and PREFIXED of resource patterns; ANY of resource types (KIP-290). */
const ANY_PATTERN = { patternTypeFilter: 1, patternType: 1, resourceTypeFilter: 1 }
const MATCH_PATTERN = { patternTypeFilter: 2, patternType: 4, resourceTypeFilter: 2, resourceType: 2 }
const TOPIC_RESOURCE = { patternTypeFilter: 3, patternType: 3, resourceTypeFilter: 2, resourceType: 2 }
const GROUP_RESOURCE = { patternTypeFilter: 3, patternType: 3, resourceTypeFilter: 3, resourceType: 32 }

/** What lists things of the whole cluster to whoever may see them. */
const LISTING = [metadata, listGroups, listTransactions, describeTopicPartitions]
/** What reads, writes or administers a topic by its name. */
const ON_TOPICS = [createPartitions, deleteRecords, deleteTopics, describeConfigs, incrementalAlterConfigs, metadata, fetch]
/** What tells of the whole cluster to who may see it, and is answered by the gateway itself. */
const ANSWERED = [
  describeLogDirs,
  listPartitionReassignments,
  describeClientQuotas,
  alterClientQuotas,
  describeUserScramCredentials,
  alterUserScramCredentials,
  getTelemetrySubscriptions,
  pushTelemetry,
]
/** Words of `gatewayWords` after which the walker has made nothing that is called like something of the other. */
const WORDS_WITHOUT_NAMES = ['everything', 'everything by expression', 'the names both have', 'its own physical names']

let scene: Scene
let before: unknown

beforeAll(async () => {
  scene = await setScene()
  before = await scene.victimState()
})

afterAll(() => scene?.stop())

test('Kafka itself tells the same user nothing of the other tenant', async () => {
  const result = await walk({ target: scene.broker, words: brokerWords(), secrets: scene.brokerSecrets })
  expect(result.leaks).toEqual([])
  expectThorough(result, 35)
})

test('where Kafka allows everybody everything, the gateway alone still tells no name, record or address', async () => {
  // Ids are not names: what belongs to an id is for Kafka alone to know. Names of the other come in the next walk.
  const own = { topicId: scene.topicIds[WALKER] ?? '' }
  const words = Object.entries(gatewayWords())
    .filter(([name]) => WORDS_WITHOUT_NAMES.includes(name))
    .map(([name, set]) => [name, { ...set, ...own }])
  await scene.withoutAcls(async () => {
    const { everything } = brokerWords()
    const atBroker = { target: scene.broker, secrets: scene.brokerSecrets, apis: LISTING }
    const open = await walk({ ...atBroker, words: { everything: everything as Words } })
    for (const { name } of LISTING) expect(open.leaks.join('\n')).toContain(name)
    const result = await walk({ target: scene.gateway, words: Object.fromEntries(words), secrets: scene.gatewaySecrets })
    expect(result.leaks).toEqual([])
    expectThorough(result, 35)
  })
})

test('through the gateway no answer holds a name, an id, a record or an address that is not the asking tenant’s', async () => {
  const result = await walk({ target: scene.gateway, words: gatewayWords(), secrets: scene.gatewaySecrets })
  expect(result.leaks).toEqual([])
  expect(result.silent).toEqual([])
  expectThorough(result, 35 + ANSWERED.length)
  for (const { key, name } of ANSWERED) expect(result.answeredKeys, name).toContain(key)
})

test('under the name of a topic that the other shares nothing else of the other comes along, and nothing happens to it', async () => {
  const topicId = scene.topicIds[SHARED.topic] ?? ''
  const words = { shared: { ...wordsFor('', { ...SAME, topic: SHARED.as }, TOPIC_RESOURCE), topicId } }
  const result = await walk({ target: scene.gateway, words, secrets: scene.gatewaySecrets, apis: ON_TOPICS })
  expect(result.leaks).toEqual([])
  expect(result.answeredKeys.size).toBe(ON_TOPICS.length)
})

test('after all walks the other tenant has what it had', async () => {
  expect(await scene.victimState()).toEqual(before)
})

test('the search finds a name, an id and an address where there is one', () => {
  const [secret] = scene.gatewaySecrets
  expect(leaksIn(Buffer.from(`error: ${VICTIM}.payments`), Buffer.alloc(0), scene.gatewaySecrets)).toHaveLength(1)
  expect(leaksIn(Buffer.from(scene.topicIds[VICTIM] ?? '', 'hex'), Buffer.alloc(0), scene.gatewaySecrets)).toHaveLength(1)
  expect(leaksIn(Buffer.from('127.0.0.2'), Buffer.alloc(0), scene.gatewaySecrets)).toHaveLength(1)
  expect(leaksIn(Buffer.from('bravo.'), Buffer.from('bravo.'), [secret ?? textSecret('', '')])).toEqual([])
})

/** Names as the walker would write them. The gateway puts its tenant before each, so none is a way out. */
function gatewayWords(): Readonly<Record<string, Words>> {
  const other = scene.topicIds[VICTIM] ?? ''
  return {
    everything: { ...wordsFor('', SAME, ANY_PATTERN), lists: 'all', regex: '.*' },
    'everything by expression': { ...wordsFor('', SAME, MATCH_PATTERN), regex: `(.*|${VICTIM}\\..*)` },
    'the names both have': { ...wordsFor('', SAME, TOPIC_RESOURCE), topicId: other },
    'its own physical names': wordsFor(`${WALKER}.`, SAME, GROUP_RESOURCE),
    'names only the other has': { ...wordsFor('', HIDDEN, GROUP_RESOURCE), topicId: other },
    'physical names of the other': { ...wordsFor(`${VICTIM}.`, SAME, TOPIC_RESOURCE), topicId: other },
    'a way up': wordsFor(`../${VICTIM}.`, SAME, MATCH_PATTERN),
  }
}

/** At the broker names are physical. */
function brokerWords(): Readonly<Record<string, Words>> {
  const other = scene.topicIds[VICTIM] ?? ''
  return {
    everything: { ...wordsFor(`${WALKER}.`, SAME, ANY_PATTERN), lists: 'all', regex: '.*' },
    'its own names, ids of the other': { ...wordsFor(`${WALKER}.`, SAME, TOPIC_RESOURCE), topicId: other },
    'names of the other': { ...wordsFor(`${VICTIM}.`, SAME, TOPIC_RESOURCE), topicId: other },
    'hidden names of the other': { ...wordsFor(`${VICTIM}.`, HIDDEN, GROUP_RESOURCE), topicId: other },
  }
}

function wordsFor(
  prefix: string,
  names: Readonly<Record<keyof typeof SAME, string>>,
  numbers: Readonly<Record<string, number>>,
): Words {
  const own = scene.topicIds[WALKER] ?? ''
  return {
    topic: prefix + names.topic,
    group: prefix + names.group,
    transactionalId: prefix + names.transactionalId,
    user: prefix + names.user,
    regex: `${prefix}${names.topic}`,
    topicId: own,
    numbers,
    lists: 'one',
  }
}

/** A walk that was refused everything would find nothing as well. */
function expectThorough({ sent, answered, answeredKeys }: WalkResult, keys: number): void {
  expect(sent).toBeGreaterThan(APIS.length * 4)
  expect(answered).toBeGreaterThan(sent / 4)
  expect(answeredKeys.size).toBeGreaterThanOrEqual(keys)
}
