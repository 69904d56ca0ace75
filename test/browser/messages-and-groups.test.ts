// SPDX-License-Identifier: Apache-2.0
/**
 * Messages and groups as people meet them in the console: hostile and large contents, big numbers, filters, sending again, and offsets
 * that move only while nobody reads.
 */
import { readFileSync } from 'node:fs'
import { waitFor } from '@kaas/testkit'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTenant, createTopic, createUser } from '../conformance/orders.ts'
import { accessibilityProblems } from './accessibility.ts'
import type { Visitor } from './browser.ts'
import { type Stage, setStage } from './stage.ts'

const PAYMENTS = '/tenants/orders/topics/payments'

let stage: Stage
let ada: Visitor
let kafka: Kafka

beforeAll(async () => {
  stage = await setStage()
  const { client, kafka: address, caFile } = stage.product
  await createTenant(client, 'orders', { team: 'orders' })
  await createTopic(client, 'orders', 'payments', { partitions: 3 })
  await createTopic(client, 'orders', 'retries', { partitions: 1 })
  await createTopic(client, 'orders', 'strange', { partitions: 1, config: { 'max.message.bytes': '6000000' } })
  const password = await createUser(client, 'orders', 'app', { roles: ['admin'] })
  kafka = new Kafka({
    clientId: 'ledger',
    brokers: [address],
    ssl: { ca: [readFileSync(caFile, 'utf8')] },
    sasl: { mechanism: 'scram-sha-512', username: 'orders.app', password },
    logLevel: logLevel.NOTHING,
  })
  await write('payments', PAYMENTS_WRITTEN)
  await write('strange', STRANGE_WRITTEN)
  ada = await stage.signIn('ada', PAYMENTS)
})

afterAll(() => stage?.stop())

const PAYMENTS_WRITTEN = Array.from({ length: 60 }, (_, index) => ({
  key: `order-${index}`,
  value: `{"id":${23958446825181076828n + BigInt(index)},"order":{"number":${index},"status":"${index % 3 === 0 ? 'failed' : 'paid'}"}}`,
  headers: { origin: 'shop' },
}))

const STRANGE_WRITTEN = [
  {
    key: '<img src=x onerror="document.title=1">',
    value: '<script>document.title = "owned"</script>',
    headers: { '<b>h</b>': '<svg onload=alert(1)>' },
  },
  { key: Buffer.from([0, 255, 1]), value: Buffer.from([0, 159, 146, 150]) },
  { key: 'gone', value: null },
  {
    key: 'five megabytes',
    value: `{"list":[${Array.from({ length: 120_000 }, (_, index) => `{"n":${index},"t":"element of a long list"}`).join(',')}]}`,
  },
]

test('shows numbers that JavaScript cannot hold with every digit, in the list, in full, and on the clipboard', async () => {
  const { page } = ada
  await page.goto(`${PAYMENTS}?paths=id,order.status&filter=value.order.number+==+7`)
  await page.getByRole('gridcell', { name: '23958446825181076835', exact: true }).click()
  await page.getByRole('region', { name: 'Value' }).getByText('23958446825181076835').waitFor()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Value as written' }).click()
  const copied = await waitForClipboard(page, 'id')
  expect(copied).toBe('{"id":23958446825181076835,"order":{"number":7,"status":"paid"}}')
})

test('says what is wrong with a filter at its field, and finds what a right one asks for', async () => {
  const { page } = ada
  await page.goto(PAYMENTS)
  const filter = page.getByRole('textbox', { name: 'Filter in CEL' })
  await filter.fill('value.order.status ==')
  await filter.press('Enter')
  await page.getByText(/The filter cannot be used/).waitFor()
  await filter.fill('value.order.status == "failed"')
  await filter.press('Enter')
  await page.getByText('20 messages', { exact: true }).waitFor()
  expect(new URL(page.url()).searchParams.get('filter')).toBe('value.order.status == "failed"')
})

test('shows HTML in keys, values and headers as text, and nothing of it runs', async () => {
  const { page } = ada
  await page.goto('/tenants/orders/topics/strange')
  await page.getByRole('gridcell', { name: /<script>/ }).click()
  await page.getByRole('tab', { name: 'Headers (1)' }).click()
  await page.getByText('<svg onload=alert(1)>').waitFor()
  expect(await page.title()).toMatch(/^strange · .*KaaS$/)
  expect(await page.locator('img[src=x], svg[onload]').count()).toBe(0)
  expect(await accessibilityProblems(page)).toEqual([])
})

test('keeps a value of five megabytes usable: its beginning at once, the whole when asked for, as JSON and as bytes', async () => {
  const { page } = ada
  await page.goto('/tenants/orders/topics/strange')
  await page.getByRole('gridcell', { name: 'five megabytes' }).click()
  await page.getByRole('button', { name: /^Load all/ }).click()
  await page.getByRole('button', { name: /^Load all/ }).waitFor({ state: 'detached' })
  await page.getByText('Laid out').click()
  await page.getByRole('region', { name: 'Value' }).getByText('"list"').waitFor()
  await page.getByText('Bytes', { exact: true }).click()
  await page.getByText('00000000').waitFor()
  expect(await page.locator('[role=row], section span').count(), 'only what is on the screen exists').toBeLessThan(2000)
})

test('sends a message again, with an edit, to another topic', async () => {
  const { page } = ada
  await page.goto(`${PAYMENTS}?filter=value.order.number+==+9`)
  await page.getByRole('gridcell', { name: 'order-9' }).click()
  await page.getByRole('button', { name: 'Send again …' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'To the topic' }).click()
  await page.getByRole('option', { name: 'retries' }).click()
  await dialog.getByRole('textbox', { name: 'Value of origin' }).fill('console')
  await dialog.getByRole('button', { name: 'Write to retries' }).click()
  await dialog.getByText('Written to partition 0, offset 0.').waitFor()
  await page.goto('/tenants/orders/topics/retries?open=0:0')
  await page.getByText('"id": 23958446825181076837').or(page.getByText('23958446825181076837').first()).first().waitFor()
  await page.getByRole('tab', { name: 'Headers (1)' }).click()
  await page.getByText('console', { exact: true }).waitFor()
})

test('saves what was asked for as a file, with every digit', async () => {
  const { page } = ada
  await page.goto(`${PAYMENTS}?filter=value.order.status+==+"failed"`)
  await page.getByText('20 messages', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Export' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  const lines = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\n')
  expect(lines).toHaveLength(20)
  expect(lines.join('')).toContain('23958446825181076828')
})

test('follows a topic live', async () => {
  const { page } = ada
  await page.goto('/tenants/orders/topics/retries?from=tail')
  await page.getByText('Waiting for new messages').waitFor()
  await write('retries', [{ key: 'fresh', value: 'just now' }])
  await page.getByRole('gridcell', { name: 'just now' }).waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Stopped.').waitFor()
})

test('moves offsets of a group step by step, and says whom to stop while somebody reads', async () => {
  const { page } = ada
  const consumer = kafka.consumer({ groupId: 'billing' })
  await consumer.connect()
  await consumer.subscribe({ topics: ['payments'], fromBeginning: true })
  let read = 0
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: async () => {
      read += 1
    },
  })
  await waitFor(() => Promise.resolve(read === PAYMENTS_WRITTEN.length), {
    what: 'the records to be read',
  })
  await page.goto('/tenants/orders/groups/billing')
  await page.getByRole('button', { name: 'Move offsets' }).click()
  await page.getByText(/Stop its consumers \(ledger at/).waitFor()
  await consumer.disconnect()
  await page.getByText(/Stop its consumers/).waitFor({ state: 'detached' })
  await page.getByRole('radio', { name: 'By a number of records' }).check()
  await page.getByRole('textbox', { name: 'Records' }).fill('-2')
  await page.getByRole('button', { name: 'See what would be' }).click()
  await page.getByText('3 partitions would move; 6 records wait afterwards.').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Move 3 partitions' }).click()
  await page.getByText('3 partitions moved; 6 records wait afterwards.').waitFor()
})

test('offers a reader of the team nothing that would be refused', async () => {
  const edsger = await stage.signIn('edsger', PAYMENTS)
  const { page } = edsger
  await page.getByRole('tab', { name: 'Partitions' }).waitFor()
  for (const name of ['Produce', 'Delete', 'Change'])
    expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0)
  await page.goto('/tenants/orders/groups/billing')
  await page.getByText(/records? behind/).waitFor()
  expect(await page.getByRole('button', { name: 'Move offsets' }).count()).toBe(0)
  await edsger.close()
})

test('leaves no complaint in the browser', () => {
  expect(ada.complaints()).toEqual([])
})

async function write(
  topic: string,
  messages: Parameters<ReturnType<Kafka['producer']>['send']>[0]['messages'],
): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  for (const message of messages.length > 10 ? [messages] : messages.map((each) => [each]))
    await producer.send({ topic, messages: message })
  await producer.disconnect()
}

async function waitForClipboard(page: Page, part: string): Promise<string> {
  const read = () => page.evaluate('navigator.clipboard.readText()') as Promise<string>
  await waitFor(async () => (await read()).includes(part), { what: 'the clipboard to have the value' })
  return read()
}
