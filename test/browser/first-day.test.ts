// SPDX-License-Identifier: Apache-2.0
/**
 * A first day with the product, as people live it: a developer signs in with her company's account, orders, connects a real client, sees her
 * records and her lag, moves offsets, changes a password; a reader of her team may look and not touch, a stranger finds nothing, and
 * the operator reads all of it in the audit log.
 */
import { readFileSync } from 'node:fs'
import { waitFor } from '@kaas/testkit'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Visitor } from './browser.ts'
import { type Stage, setStage } from './stage.ts'

const TENANT = '/tenants/shop'

let stage: Stage
let ada: Visitor
let password = ''

beforeAll(async () => {
  stage = await setStage()
})

afterAll(() => stage?.stop())

test('Ada signs in with her company’s account and orders by the workload: the tenant is ready while she looks [R66]', async () => {
  ada = await stage.signIn('ada', '/order')
  const { page } = ada
  await page.getByRole('textbox', { name: 'Name' }).fill('shop')
  await page.getByText('What you get').waitFor()
  await page.getByText(/Binds first/).waitFor()
  await page.getByRole('button', { name: /^Order/ }).click()
  await page.waitForURL(`**${TENANT}`)
  await page.getByText(/^Ready after/).waitFor()
})

test('the next steps lead to a topic and to a user, whose password is shown once', async () => {
  const { page } = ada
  await page.getByRole('link', { name: 'Make a topic' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('payments')
  await page.getByRole('button', { name: 'Create payments' }).click()
  await page.getByRole('heading', { level: 1, name: 'payments' }).waitFor()
  await page.goto(`${TENANT}/new-user`)
  await page.getByRole('textbox', { name: 'Name' }).fill('app')
  await page.getByRole('checkbox', { name: 'admin' }).check()
  await page.getByRole('button', { name: 'Create app' }).click()
  password = await shownPassword(page)
  expect(password.length).toBeGreaterThan(20)
})

test('her client produces and reads with it, and she sees the records and how far the group is behind', async () => {
  const { page } = ada
  await produceAndReadOne()
  await page.goto(`${TENANT}/topics/payments`)
  await page.getByText('{"order":42,"total":23958446825181076828}').waitFor()
  await page.goto(`${TENANT}/groups/readers`)
  await page.getByText(/records? behind/).waitFor()
  await page.getByRole('button', { name: 'Move offsets' }).waitFor()
})

test('she moves the offsets of the group after she has seen what would be', async () => {
  const { page } = ada
  await page.getByRole('button', { name: 'Move offsets' }).click()
  await page
    .getByRole('radio', { name: /latest|newest|end/i })
    .first()
    .check()
  await page.getByRole('button', { name: 'See what would be' }).click()
  await page.getByRole('dialog').getByRole('cell', { name: 'payments' }).first().waitFor()
  await page.getByRole('dialog').getByRole('button', { name: /^Move/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await page.getByText(/^0 records behind/).waitFor()
})

test('a new password works beside the old one, and the test of the connection says so step by step', async () => {
  const { page } = ada
  await page.goto(`${TENANT}/connect`)
  await page.getByRole('button', { name: 'Make a new password' }).click()
  const fresh = await shownPassword(page)
  for (const each of [password, fresh]) expect(await canLogIn(each)).toBe(true)
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await page.getByRole('region', { name: 'Test of the connection' }).getByText(/works/i).waitFor()
})

test('Edsger of the same team may look and not touch; to Barbara of another team the tenant does not exist', async () => {
  const edsger = await stage.signIn('edsger', TENANT)
  await edsger.page.getByRole('heading', { level: 1, name: 'shop' }).waitFor()
  expect(await edsger.page.getByRole('button', { name: /Delete/ }).count()).toBe(0)
  const denied = await edsger.page.evaluate(`fetch('/v1/session')
    .then((answer) => answer.json())
    .then(({ csrf }) => fetch('/v1/tenants/shop?confirm=shop', { method: 'DELETE', headers: { 'x-kaas-csrf': csrf } }))
    .then(({ status }) => status)`)
  expect(denied).toBe(403)
  await edsger.close()
  const barbara = await stage.signIn('barbara', '/tenants')
  expect(await barbara.page.getByText('shop', { exact: true }).count()).toBe(0)
  await barbara.page.goto(TENANT)
  await barbara.page
    .getByText(/does not exist|There is no/)
    .first()
    .waitFor()
  await barbara.close()
})

test('Grace reads who did what in the audit log [R70]', async () => {
  const grace = await stage.signIn('grace', '/audit')
  const { page } = grace
  for (const text of [/ada/, /edsger/]) await page.getByText(text).first().waitFor()
  const actions = await page.evaluate(
    `fetch('/v1/audit?limit=1000').then((r) => r.json()).then(({ items }) => items.map(({ data }) => data.actor + ' ' + data.action))`,
  )
  expect(actions).toEqual(
    expect.arrayContaining(['ada put', 'ada rotate-credentials', 'ada reset-offsets', 'edsger delete']),
  )
  expect(grace.complaints()).toEqual([])
  await grace.close()
})

test('an order needs no mouse: from the address to a tenant that is ready by keyboard alone', async () => {
  const { page } = ada
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
  await tabTo(page, 'Order a tenant')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Order a tenant' }).waitFor()
  await tabTo(page, 'Produced at peak')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('1MB/s')
  await tabTo(page, 'Name')
  await page.keyboard.type('by-keys')
  await page.getByRole('button', { name: 'Order', exact: true, disabled: false }).waitFor()
  await tabTo(page, 'Order')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/tenants/by-keys')
  await page.getByText(/^Ready after/).waitFor()
})

test('who signs out is out: the page behind is not shown, and its address leads back after the next sign-in', async () => {
  const { page } = ada
  await page.goto(`${TENANT}/topics`)
  await page.getByRole('button', { name: /^You:/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: /Sign in/ }).waitFor()
  await page.goto(`${TENANT}/topics`)
  await page.waitForURL('**/sign-in?returnTo=/tenants/shop/topics')
  await ada.close()
})

/** Presses Tab until the element with this name has the focus. Its ring must be seen. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(`(() => {
      const { activeElement: element } = document
      const label = element.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.textContent
      return { label: label.trim(), isSeen: element.matches(':focus-visible') }
    })()`)
    const { label, isSeen } = focused as { readonly label: string; readonly isSeen: boolean }
    if (label !== name) continue
    expect(isSeen, name).toBe(true)
    return
  }
  throw new Error(`"${name}" cannot be reached by Tab.`)
}

async function shownPassword(page: Page): Promise<string> {
  const alert = page.getByRole('status').filter({ hasText: 'shown this once' })
  await alert.waitFor()
  return (await alert.locator('code').last().textContent())?.trim() ?? ''
}

function clientWith(secret: string): Kafka {
  const { kafka, caFile } = stage.product
  return new Kafka({
    brokers: [kafka],
    ssl: { ca: [readFileSync(caFile, 'utf8')] },
    sasl: { mechanism: 'plain', username: 'shop.app', password: secret },
    logLevel: logLevel.NOTHING,
    retry: { retries: 3 },
  })
}

async function produceAndReadOne(): Promise<void> {
  const client = clientWith(password)
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await waitFor(() => producer.connect().then(() => true), { what: 'the user to be known to Kafka' })
  const value = '{"order":42,"total":23958446825181076828}'
  await producer.send({
    topic: 'payments',
    acks: -1,
    messages: [
      { key: 'k', value },
      { key: 'k', value: '{"order":43}' },
    ],
  })
  await producer.disconnect()
  const admin = client.admin()
  await admin.connect()
  const offsets = await admin.fetchTopicOffsets('payments')
  const { partition } = offsets.find(({ high }) => high === '2') ?? { partition: 0 }
  await admin.setOffsets({ groupId: 'readers', topic: 'payments', partitions: [{ partition, offset: '1' }] })
  await admin.disconnect()
}

async function canLogIn(secret: string): Promise<boolean> {
  const admin = clientWith(secret).admin()
  return await waitFor(() => admin.connect().then(() => true), {
    what: 'the password to be taken',
  }).finally(() => admin.disconnect())
}
