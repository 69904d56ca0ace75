// SPDX-License-Identifier: Apache-2.0
/**
 * The story that every client plays: through the gateway and directly at the broker, on two tenants with the same content.
 * What it gets must be right, and the same on both ways but for addresses and the physical prefix.
 */
import type { TestKafkaOptions } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AdminAnswer, Client, Compression, ConsumeAnswer, StoryRecord, Target, Task } from './client.ts'
import { DIRECT_TENANT, type Stage, setStage, TOPICS } from './stage.ts'

const PARTITIONS = TOPICS.events
const PER_COMPRESSION = 12

/** Declares the tests of one client, before the usual Kafka or another. Each test stands on what the tests before it have produced. */
export function playStory(client: Client, kafka: TestKafkaOptions = {}): void {
  describe(kafka.version === undefined ? client.name : `${client.name}, Kafka ${kafka.version}`, () => {
    let stage: Stage
    const [mechanism] = client.mechanisms
    /** The same task on both ways; the direct one with physical names, and its answer with the prefix taken off. */
    const both = <T extends Task>(task: T) =>
      Promise.all([client.run(stage.gateway(mechanism), task), runDirectly(client, stage.direct(mechanism), task)])

    beforeAll(async () => {
      await client.prepare()
      stage = await setStage(kafka)
    })

    afterAll(() => stage?.stop())

    test('sees only the topics of its tenant, and the gateway as its only broker', async () => {
      const [through, directly] = await both({ verb: 'metadata' })
      expect(through.topics).toEqual(TOPICS)
      expect(through.topics).toEqual(directly.topics)
      const [host, port] = stage.product.kafka.split(':')
      expect(through.brokers).toEqual([[host, Number(port) + 1]])
    })

    for (const other of client.mechanisms.slice(1)) {
      test(`logs in by ${other} as well`, async () => {
        const answer = await client.run(stage.gateway(other), { verb: 'metadata' })
        expect(answer.topics).toEqual(TOPICS)
      })
    }

    for (const compression of client.compressions) {
      test(`produces with compression ${compression}`, async () => {
        const [through, directly] = await both({
          verb: 'produce',
          topic: 'events',
          compression,
          records: recordsFor(compression),
        })
        expect(through).toEqual(directly)
      })
    }

    test('consumes in a group, commits, and goes on in a new process where it stopped', async () => {
      const written = client.compressions.flatMap(recordsFor)
      const first = await both({ verb: 'consume', topic: 'events', group: 'readers', count: PER_COMPRESSION / 2 })
      const rest = written.length - PER_COMPRESSION / 2
      const second = await both({ verb: 'consume', topic: 'events', group: 'readers', count: rest })
      for (const way of [0, 1] as const) {
        const read = [...first[way].records, ...second[way].records]
        expect(positionsOf(read).size).toBe(written.length)
        expect(contentOf(read, client)).toEqual(contentOf(written, client))
      }
      expect(placesOf(first[0], second[0])).toEqual(placesOf(first[1], second[1]))
    })

    if (client.hasConsumerProtocol) {
      test('consumes in a group of the newer protocol (KIP-848)', async () => {
        const written = client.compressions.flatMap(recordsFor)
        const count = written.length
        const answers = await both({ verb: 'consume', topic: 'events', group: 'modern', count, groupProtocol: 'consumer' })
        for (const answer of answers) expect(contentOf(answer.records, client)).toEqual(contentOf(written, client))
      })
    }

    if (client.verbs.includes('transact')) {
      test('reads what a transaction has committed and nothing of one that was aborted', async () => {
        const records = recordsFor('none')
        const task = { verb: 'transact', topic: 'committed', group: 'careful', transactionalId: 'teller', records } as const
        const isBoth = !client.onlyThroughGateway.includes('transact')
        const answers = isBoth ? await both(task) : [await client.run(stage.gateway(mechanism), task)]
        const committed = records.slice(records.length / 2)
        for (const answer of answers) expect(contentOf(answer.records, client)).toEqual(contentOf(committed, client))
      })
    }

    if (client.verbs.includes('admin')) {
      test('creates, grows, describes and deletes a topic, and lists groups and offsets of its tenant only', async () => {
        const [through, directly] = await both({ verb: 'admin', topic: 'made-by-client', group: 'readers' })
        expect(withoutGroup('careful', through)).toEqual(withoutGroup('careful', directly))
        expect(through).toMatchObject({ partitions: 4, retentionMs: '3600000', deleted: true })
        expect(through.groups).toContain('readers')
        expect(through.committed.reduce((sum, [, , offset]) => sum + offset, 0)).toBe(
          client.compressions.length * PER_COMPRESSION,
        )
      })
    }
  })
}

/** The group of the transactions is missing where they were not played directly. */
function withoutGroup(name: string, answer: AdminAnswer): AdminAnswer {
  return { ...answer, groups: answer.groups.filter((group) => group !== name) }
}

async function runDirectly<T extends Task>(client: Client, target: Target, task: T) {
  const physical: Record<string, unknown> = { ...task }
  for (const name of ['topic', 'group', 'transactionalId']) {
    if (typeof physical[name] === 'string') physical[name] = `${DIRECT_TENANT}.${physical[name]}`
  }
  const answer = await client.run(target, physical as T)
  return JSON.parse(JSON.stringify(answer).replaceAll(`"${DIRECT_TENANT}.`, '"')) as typeof answer
}

/** The records that are produced with one compression: worth compressing, and different from those of the others. */
function recordsFor(compression: Compression): readonly StoryRecord[] {
  return Array.from({ length: PER_COMPRESSION }, (_, index) => {
    const partition = index % PARTITIONS
    const value = `${compression} ${index} ${'abc '.repeat(100)}end`
    return { partition, key: `${compression}-${index}`, value, header: `of-partition-${partition}` }
  })
}

/** Records without their offsets, in an order that does not depend on when they came. */
function contentOf(records: readonly StoryRecord[], client: Client): readonly object[] {
  const plain = records.map(({ header, key, partition, value }) => ({
    ...{ header, key, value },
    ...(client.choosesPartition && { partition }),
  }))
  return plain.sort((a, b) => a.key.localeCompare(b.key))
}

function positionsOf(records: readonly StoryRecord[]): ReadonlySet<string> {
  return new Set(records.map((record) => `${record.partition}/${record.offset}`))
}

/** Where every key was found. */
function placesOf(...answers: readonly ConsumeAnswer[]): Readonly<Record<string, string>> {
  const records = answers.flatMap((answer) => answer.records)
  return Object.fromEntries(records.map((record) => [record.key, `${record.partition}/${record.offset}`]))
}
