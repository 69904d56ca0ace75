// SPDX-License-Identifier: Apache-2.0
/**
 * Every page of the console, in both themes and at both widths, with something on it: no complaint of the browser, nothing that axe finds
 * at WCAG A and AA, nothing wider than the screen, and a picture for people to look at.
 */
import { readFileSync } from 'node:fs'
import { API_VERSION } from '@kaas/domain'
import { describeKind } from '@kaas/http-contract'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createShare, createTenant, createTopic, createUser } from '../conformance/orders.ts'
import { accessibilityProblems } from './accessibility.ts'
import { VIEWS, type Visitor } from './browser.ts'
import { PAGES } from './pages.ts'
import { takeScreenshot } from './screenshots.ts'
import { type Stage, setStage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
  const { client } = stage.product
  await createTenant(client, 'orders', { team: 'orders' })
  await createTopic(client, 'orders', 'payments', { partitions: 3, description: 'Every payment <b>once</b>' })
  await createShare(client, 'orders', 'money', { topic: 'payments', with: 'orders', as: 'money' })
  const password = await createUser(client, 'orders', 'app', { roles: ['admin'] })
  const records = [1, 2, 3].map((id) => ({
    value: { encoding: 'json' as const, data: `{"id": ${id}, "big": 23958446825181076828}` },
  }))
  await client.produceMessages({ tenant: 'orders', topic: 'payments' }, { records })
  await leaveGroup(password)
  const policy = {
    apiVersion: API_VERSION,
    kind: 'Policy',
    metadata: { name: 'few-partitions' },
    spec: {
      appliesTo: { kinds: ['Topic'] },
      rules: [{ allowWhen: 'document.spec.partitions <= 48', message: 'At most 48 partitions.' }],
    },
  }
  await client.put({ kind: describeKind('Policy'), name: 'few-partitions' }, policy)
})

afterAll(() => stage?.stop())

test('the list of pages here is that of the console', () => {
  const listed = readFileSync(new URL('../../apps/console/src/pages.ts', import.meta.url), 'utf8')
  const paths = [...listed.matchAll(/^ {4}path: '([^']+)'/gm)].map(([, path]) => path)
  expect(PAGES.map(({ of }) => of).toSorted()).toEqual(paths.toSorted())
})

describe.each(VIEWS.map((view) => [`${view.theme}, ${view.width} pixels`, view] as const))('%s', (_, view) => {
  let grace: Visitor
  beforeAll(async () => {
    grace = await stage.signIn('grace', '/', view)
  })
  afterAll(() => grace?.close())

  test.each(PAGES.map(({ name, path }) => [name, path] as const))('%s', async (name, path) => {
    const { page } = grace
    await page.goto(path)
    await untilLoaded(grace)
    await takeScreenshot(page, name, view)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
    expect(await page.title()).toMatch(/ · KaaS$/)
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    expect(await page.getByText(/Error code|This is not yours to see/).count(), 'a failure is shown').toBe(0)
    expect(grace.complaints()).toEqual([])
  })
})

/** A group that has read one record and is gone. */
async function leaveGroup(password: string): Promise<void> {
  const { kafka, caFile } = stage.product
  const client = new Kafka({
    brokers: [kafka],
    ssl: { ca: [readFileSync(caFile, 'utf8')] },
    sasl: { mechanism: 'scram-sha-512', username: 'orders.app', password },
    logLevel: logLevel.NOTHING,
  })
  const admin = client.admin()
  await admin.connect()
  await admin.setOffsets({ groupId: 'readers', topic: 'payments', partitions: [{ partition: 0, offset: '1' }] })
  await admin.disconnect()
}

/** Until nothing is loading, and what was loaded asks for nothing more. */
async function untilLoaded({ page, untilQuiet }: Visitor): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await untilQuiet()
  await page.locator('[aria-busy=true], .mantine-Loader-root, .mantine-Skeleton-root').first().waitFor({ state: 'detached' })
}
