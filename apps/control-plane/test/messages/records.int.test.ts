// SPDX-License-Identifier: Apache-2.0
/** Producing, formats, exports and the audit of it all, through the API over real Kafka. */
import { partitionForKey } from '@kaas/kafka-records'
import { kafkaTool, saslProperties } from '@kaas/testkit'
import { parse } from 'avsc'
import protobuf from 'protobufjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MessagePlatform, startMessagePlatform } from './message-platform.ts'

let platform: MessagePlatform

beforeAll(async () => {
  platform = await startMessagePlatform()
})

afterAll(() => platform?.stop())

test('records that are produced go where Kafka’s clients send their keys, and Java’s consumer reads them', async () => {
  await platform.fill('made', [[], [], []])
  const topic = { tenant: 'shop', topic: 'made' }
  const keys = ['Ada', 'Grace', 'Barbara', 'Radia']
  const answer = await platform.api.produceMessages(topic, {
    compression: 'lz4',
    records: [
      ...keys.map((data) => ({
        key: { encoding: 'text', data } as const,
        value: { encoding: 'json', data: '{"id": 23958446825181076828, "b":1, "a":2}' } as const,
        headers: [{ name: 'origin', value: { encoding: 'text', data: 'console' } as const }],
      })),
      { partition: 2, key: { encoding: 'base64', data: '/wCA' }, timestamp: '2026-01-01T00:00:00Z' },
    ],
  })
  expect(answer.items.map(({ partition }) => partition)).toEqual([
    ...keys.map((key) => partitionForKey(Buffer.from(key), 3)),
    2,
  ])
  expect(answer.items.every(({ problem, offset }) => problem === undefined && (offset ?? -1) >= 0)).toBe(true)
  const { messages } = await platform.browse('made', { from: 'earliest' })
  const ada = messages.find(({ key }) => key?.text === 'Ada')
  // Big integers and the order of members are as they were written.
  expect(ada?.value).toMatchObject({ format: 'json', text: '{"id": 23958446825181076828, "b":1, "a":2}' })
  expect(ada?.headers).toMatchObject([{ name: 'origin', value: { text: 'console' } }])
  const binary = messages.find(({ partition, value }) => partition === 2 && value === null)
  expect(binary).toMatchObject({ key: { format: 'hex', text: 'ff0080' }, timestamp: '2026-01-01T00:00:00.000Z' })
  const options = ['--bootstrap-server', platform.kafka.bootstrapServers, '--topic', 'shop.made', '--from-beginning']
  const show = ['--formatter-property', 'print.key=true', '--max-messages', '5', '--timeout-ms', '20000']
  const config = saslProperties(platform.kafka.admin)
  const { stdout } = await kafkaTool('org.apache.kafka.tools.consumer.ConsoleConsumer', [...options, ...show], { config })
  expect(stdout).toContain('Grace\t{"id": 23958446825181076828, "b":1, "a":2}')
})

test('what cannot be produced is refused at its field with nothing written, and what Kafka refuses is said by record', async () => {
  await platform.fill('small', [[], []], { 'max.message.bytes': '2000' })
  const topic = { tenant: 'shop', topic: 'small' }
  const refused = (record: object) =>
    platform.api.produceMessages(topic, { records: [{ value: { encoding: 'text', data: 'first' } }, record] }).then(
      () => 'written',
      (error) => `${error.code} ${error.fields?.[0]?.path}`,
    )
  expect(await refused({ value: { encoding: 'json', data: '{"a":' } })).toBe('document-invalid records.1.value')
  expect(await refused({ key: { encoding: 'base64', data: 'a b' } })).toBe('document-invalid records.1.key')
  expect(await refused({ partition: 7 })).toBe('document-invalid records.1.partition')
  expect((await platform.browse('small', { from: 'earliest' })).messages).toEqual([])
  const { items } = await platform.api.produceMessages(topic, {
    records: [
      { partition: 0, value: { encoding: 'text', data: 'fits' } },
      { partition: 1, value: { encoding: 'text', data: 'x'.repeat(5000) } },
    ],
  })
  expect(items[0]).toEqual({ partition: 0, offset: 0 })
  expect(items[1]?.problem).toContain('MESSAGE_TOO_LARGE')
  await expect(platform.api.produceMessages({ tenant: 'shop', topic: 'absent' }, { records: [{}] })).rejects.toMatchObject({
    code: 'resource-absent',
  })
})

test('Avro and Protobuf are read by the schema of the request, with exact long integers, and without one it is said', async () => {
  const avro = {
    type: 'record',
    name: 'Order',
    namespace: 'shop',
    fields: [
      { name: 'id', type: 'long' },
      { name: 'note', type: ['null', 'string'] },
      { name: 'lines', type: { type: 'array', items: { type: 'map', values: 'double' } } },
      { name: 'state', type: { type: 'enum', name: 'State', symbols: ['OPEN', 'PAID'] } },
    ],
  } as const
  const body = parse(JSON.stringify(avro)).toBuffer({
    id: 42,
    note: 'é',
    lines: [{ price: 1.5 }],
    state: 'PAID',
  })
  const proto =
    'syntax = "proto3"; package shop; message Order { int64 id = 1; repeated int32 lines = 2; map<string, bool> flags = 3; State state = 4; } enum State { OPEN = 0; PAID = 1; }'
  const type = protobuf.parse(proto).root.lookupType('shop.Order')
  const encoded = type.encode({ id: '9007199254740993', lines: [1, -2], flags: { paid: true }, state: 1 }).finish()
  const header = Buffer.from([0, 0, 0, 0, 12])
  await platform.fill('schemas', [
    [{ value: body }, { value: Buffer.concat([header, body]) }, { value: Buffer.from(encoded) }],
  ])
  const read = async (offset: number, more: object) => {
    const { values, messages } = await platform.browse('schemas', { from: 'offset', offset, limit: 1, ...more })
    return [values[0], messages[0]?.value?.reason, messages[0]?.value?.problem]
  }
  const valueSchema = JSON.stringify(avro)
  const order = '{"id":42,"note":"é","lines":[{"price":1.5}],"state":"PAID"}'
  expect(await read(0, { valueFormat: 'avro', valueSchema })).toEqual([order, 'by the given schema', undefined])
  const wire = await read(1, { valueSchema })
  expect(wire).toEqual([order, 'by the given schema; the wire format names schema id 12', undefined])
  expect((await read(1, {}))[1]).toBe('magic byte 0 and schema id 12: Confluent wire format, no registry is configured')
  const exact = '{"id":9007199254740993,"lines":[1,-2],"flags":{"paid":true},"state":"PAID"}'
  expect((await read(2, { valueFormat: 'protobuf', valueSchema: proto, valueType: 'shop.Order' }))[0]).toBe(exact)
  expect((await read(2, { valueFormat: 'avro', valueSchema }))[2]).toContain('cannot be read as avro')
  const filter = 'value.id == 9007199254740993'
  const found = await platform.browse('schemas', {
    from: 'offset',
    offset: 2,
    valueFormat: 'protobuf',
    valueSchema: proto,
    filter,
  })
  expect(found.messages).toHaveLength(1)
})

test('an export is a whole file in three formats, safe for spreadsheets', async () => {
  const values = ['{"id":23958446825181076828,\n"a":1}', '=cmd|calc', '<b>bold</b>, "quoted"', '-5']
  await platform.fill('exported', [
    values.map((value) => ({ key: Buffer.from('+1'), value: Buffer.from(value), timestamp: 0 })),
  ])
  const file = async (format: string) =>
    platform.fetch(`/v1/tenants/shop/topics/exported/messages/export?from=earliest&format=${format}`)
  const csv = await file('csv')
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="exported.csv"')
  expect((await csv.text()).split('\r\n')).toEqual([
    'partition,offset,timestamp,key,value,headers',
    `0,0,1970-01-01T00:00:00.000Z,'+1,"{""id"":23958446825181076828,\n""a"":1}",`,
    `0,1,1970-01-01T00:00:00.000Z,'+1,'=cmd|calc,`,
    `0,2,1970-01-01T00:00:00.000Z,'+1,"<b>bold</b>, ""quoted""",`,
    `0,3,1970-01-01T00:00:00.000Z,'+1,-5,`,
    '',
  ])
  const lines = (await (await file('jsonl')).text()).trim().split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toContain('"value":{"id":23958446825181076828, "a":1}')
  const json = JSON.parse(await (await file('json')).text())
  expect(json.map(({ value }: { value: unknown }) => value).slice(1)).toEqual(values.slice(1))
})

test('who browsed, exported, read and produced what is in the audit log, with how much was shown', async () => {
  await platform.fill('audited', [[{ value: Buffer.from('one') }, { value: Buffer.from('two') }]])
  const topic = { tenant: 'shop', topic: 'audited' }
  await platform.browse('audited', { filter: 'valueText == "one"', from: 'earliest' })
  await platform.fetch('/v1/tenants/shop/topics/audited/messages/export?from=earliest').then((answer) => answer.text())
  await platform.api.readMessage(topic, 0, 1)
  await platform.api.produceMessages(topic, { records: [{ value: { encoding: 'text', data: 'three' } }] })
  const subject = '/v1/tenants/shop/topics/audited'
  const expected = [
    ['produce-messages', { records: 1, places: ['0/2'] }],
    ['read-message', { partition: 0, offset: 1 }],
    ['export-messages-ended', expect.objectContaining({ shown: 2, reason: 'end' })],
    ['export-messages', expect.objectContaining({ from: 'earliest' })],
    ['browse-messages-ended', expect.objectContaining({ shown: 1, scanned: 2, filter: 'valueText == "one"' })],
    ['browse-messages', expect.objectContaining({ filter: 'valueText == "one"' })],
  ]
  const { items } = await platform.api.audit({ subject })
  expect(items.map(({ data }) => [data.action, data.after])).toEqual(expected)
})
