// SPDX-License-Identifier: Apache-2.0
/** What operators and developers do with Kafka's own Java tools beyond the story: settings, access rules, offsets, verified load. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Target } from './client.ts'
import { javaTool } from './java-client.ts'
import { DIRECT_TENANT, type Stage, setStage } from './stage.ts'

const RECORDS = 500
let stage: Stage

beforeAll(async () => {
  stage = await setStage()
})

afterAll(() => stage?.stop())

/**
 * What a tool prints through the gateway and directly, the second with the physical prefix taken off. `{}` in an argument
 * stands for the prefix that the direct way needs.
 */
async function both(tool: string, ...args: readonly string[]): Promise<readonly [through: string, directly: string]> {
  const prefix = `${DIRECT_TENANT}.`
  const call = (target: Target, name: string) =>
    javaTool(
      target,
      tool,
      args.map((arg) => arg.replaceAll('{}', name)),
    )
  const answers = [call(stage.gateway('SCRAM-SHA-512'), ''), call(stage.direct('SCRAM-SHA-512'), prefix)] as const
  const [through, directly] = await Promise.all(answers)
  return [through, directly.replaceAll(prefix, '')]
}

test('a verifiable producer and consumer move every record exactly once', async () => {
  const [through, directly] = await both('VerifiableProducer', '--topic', '{}events', '--max-messages', String(RECORDS))
  for (const printed of [through, directly]) {
    expect(lastEvent(printed, 'tool_data')).toMatchObject({ sent: RECORDS, acked: RECORDS })
  }
  const consume = [
    '--topic',
    '{}events',
    '--group-id',
    '{}verified',
    '--max-messages',
    String(RECORDS),
    '--reset-policy',
    'earliest',
  ]
  for (const printed of await both('VerifiableConsumer', ...consume)) {
    expect(sumOfEvents(printed, 'records_consumed')).toBe(RECORDS)
    expect(printed).toContain('"offsets_committed"')
  }
})

test('offsets of a group are described, set back and deleted with the group', async () => {
  const groups = 'consumer.group.ConsumerGroupCommand'
  const group = ['--group', '{}verified']
  const reset = ['--reset-offsets', '--to-earliest', '--topic', '{}events', '--execute']
  const [throughReset, directReset] = await both(groups, ...group, ...reset)
  expect(cells(throughReset)).toEqual(cells(directReset))
  const [through, directly] = await both(groups, ...group, '--describe')
  expect(cells(through)).toEqual(cells(directly))
  expect(cells(through)).toContain('verified events 0 0\nverified events 1 0\nverified events 2 0')
  const [throughDelete, directDelete] = await both(groups, ...group, '--delete')
  expect(throughDelete).toEqual(directDelete)
  const [throughList, directList] = await both(groups, '--list')
  expect(throughList).toEqual(directList)
  expect(throughList).not.toContain('verified')
})

test('a setting of a topic is changed and read back', async () => {
  const topic = ['--entity-type', 'topics', '--entity-name', '{}committed']
  await both('kafka.admin.ConfigCommand', ...topic, '--alter', '--add-config', 'max.message.bytes=123456')
  const [through, directly] = await both('kafka.admin.ConfigCommand', ...topic, '--describe')
  expect(through).toEqual(directly)
  expect(through).toContain('max.message.bytes=123456')
})

test('an access rule is added, listed with names of the tenant only, and removed', async () => {
  const gateway = stage.gateway('SCRAM-SHA-512')
  const acls = (...args: string[]) => javaTool(gateway, 'AclCommand', args)
  const rule = ['--allow-principal', 'User:older', '--operation', 'Read', '--topic', 'events']
  await acls('--add', ...rule)
  const listed = await acls('--list', '--topic', 'events')
  expect(listed).toContain('principal=User:older, host=*, operation=READ, permissionType=ALLOW')
  await acls('--remove', '--force', ...rule)
  const everything = await acls('--list')
  expect(everything).not.toContain('operation=READ, permissionType=ALLOW')
  for (const foreign of ['orders.', DIRECT_TENANT, 'User:admin']) expect(listed + everything).not.toContain(foreign)
})

test('quotas, passwords, disks and moves are shown of the tenant, and who would change one is told how', async () => {
  const gateway = stage.gateway('SCRAM-SHA-512')
  const users = ['--entity-type', 'users']
  const newPassword = ['--entity-name', 'app', '--alter', '--add-config', 'SCRAM-SHA-512=[password=correct-horse]']
  const [shown, disks, moves, refused] = await Promise.all([
    javaTool(gateway, 'kafka.admin.ConfigCommand', [...users, '--describe']),
    javaTool(gateway, 'LogDirsCommand', ['--describe']),
    javaTool(gateway, 'reassign.ReassignPartitionsCommand', ['--list']),
    refusalOf(javaTool(gateway, 'kafka.admin.ConfigCommand', [...users, ...newPassword])),
  ])
  expect(shown).toMatch(/Quota configs for user-principal 'app' are .*producer_byte_rate=\d/)
  expect(shown).toMatch(/SCRAM credential configs for user-principal 'older' are .*SCRAM-SHA-256=iterations=\d/)
  expect(disks).toMatch(/"partition":"events-0","size":\d.*"logDir":"disk-1"/)
  expect(moves).toContain('No partition reassignments found.')
  expect(refused).toContain(`kaas rotate app --tenant ${stage.tenant}`)
  for (const foreign of [`${DIRECT_TENANT}.`, "'admin'", stage.kafka.dataDirectory]) {
    expect(shown + disks + moves).not.toContain(foreign)
  }
})

/** What a tool says that does not do what it is told to. */
function refusalOf(run: Promise<string>): Promise<string> {
  return run.then(
    (printed) => printed,
    (failed: Error) => failed.message,
  )
}

/** Group, topic, partition and offset of each line of a tool's table; how many records a partition has is the producer's choice. */
function cells(table: string): string {
  const lines = table.split('\n').map((line) => line.trim().split(/\s+/).slice(0, 4).join(' '))
  return lines.filter(Boolean).sort().join('\n')
}

interface ToolEvent {
  readonly name: string
  readonly count?: number
}

function eventsOf(printed: string, name: string): readonly ToolEvent[] {
  const lines = printed.split('\n').filter((line) => line.startsWith('{'))
  return lines.map((line) => JSON.parse(line) as ToolEvent).filter((event) => event.name === name)
}

function lastEvent(printed: string, name: string): ToolEvent | undefined {
  return eventsOf(printed, name).at(-1)
}

function sumOfEvents(printed: string, name: string): number {
  return eventsOf(printed, name).reduce((sum, event) => sum + (event.count ?? 0), 0)
}
