// SPDX-License-Identifier: Apache-2.0
/** Roles in the console: given by an administrator, seen at once by who got them, explained to who asks, and nothing of other teams. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTenant, createTopic } from '../conformance/orders.ts'
import type { Visitor } from './browser.ts'
import { type Stage, setStage } from './stage.ts'

let stage: Stage
let grace: Visitor
let edsger: Visitor
let barbara: Visitor

beforeAll(async () => {
  stage = await setStage()
  const { client } = stage.product
  await Promise.all([createTenant(client, 'orders', { team: 'orders' }), createTenant(client, 'bank', { team: 'payments' })])
  await createTopic(client, 'orders', 'events', { partitions: 1 })
  ;[grace, edsger, barbara] = [await stage.signIn('grace'), await stage.signIn('edsger'), await stage.signIn('barbara')]
})
afterAll(() => stage?.stop())

describe('a viewer of a team', () => {
  test('is offered nothing that would be refused, and is told who is in the team', async () => {
    const { page } = edsger
    await page.goto('/tenants/orders/topics')
    await page.getByRole('heading', { level: 1, name: 'Topics' }).waitFor()
    expect(await page.getByRole('link', { name: 'Create a topic' }).count()).toBe(0)
    await page.goto('/teams/orders')
    await page.getByRole('main').getByLabel('Groups of the identity provider').first().waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
    expect(await page.getByText('orders-dev', { exact: true }).count()).toBe(1)
    expect(edsger.complaints()).toEqual([])
  })

  test('reads why she may not, by the role that came nearest', async () => {
    const { page } = edsger
    await page.goto('/why')
    await page.getByRole('combobox', { name: 'On what' }).click()
    await page.getByRole('option', { name: 'Topic', exact: true }).click()
    await page.getByRole('textbox', { name: 'In the tenant' }).fill('orders')
    await page.getByRole('button', { name: 'Ask' }).click()
    const answer = page.getByRole('status').filter({ hasText: 'may not' })
    await answer.waitFor()
    expect(await answer.textContent()).toContain('team-viewer')
    await page.getByRole('cell', { name: 'binding orders-readers' }).waitFor()
    expect(new URL(page.url()).searchParams.get('tenant')).toBe('orders')
  })

  test('gets a button the moment an administrator gives her the role for it', async () => {
    await edsger.page.goto('/tenants/orders/topics')
    const { page } = grace
    await page.goto('/new-binding?role=team-member&team=orders')
    await page.getByRole('textbox', { name: 'Name of the binding' }).fill('edsger-works')
    await page.locator('form').getByLabel('People').first().fill('edsger')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Give the role' }).click()
    await page.getByRole('heading', { level: 1, name: 'edsger-works' }).waitFor()
    await edsger.page.getByRole('link', { name: 'Create a topic' }).first().waitFor()
    expect(grace.complaints()).toEqual([])
  })
})

describe('somebody of another team', () => {
  test('finds nothing of the first: not in lists, not by name, not by asking why', async () => {
    const { page } = barbara
    await page.goto('/teams')
    await page.getByRole('link', { name: 'payments', exact: true }).waitFor()
    expect(await page.getByText('orders', { exact: true }).count()).toBe(0)
    await page.goto('/teams/orders')
    await page.getByText('There is no team "orders".').waitFor()
    await page.goto('/tenants/orders')
    await page.getByText('There is no tenant "orders".').first().waitFor()
    await page.goto('/why?kind=Topic&tenant=orders')
    await page.getByText('There is no tenant "orders".').first().waitFor()
  })
})

describe('a topic between two teams', () => {
  test('is offered by one, accepted by the other, and taken back, all by keyboard', async () => {
    const { page } = edsger
    await page.goto('/tenants/orders/new-share')
    await page.getByRole('textbox', { name: 'Topic' }).fill('events')
    await page.getByRole('textbox', { name: 'With the tenant' }).fill('bank')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'events-for-bank' }).waitFor()
    await page.getByText('No tenant "bank" accepts topics of "orders"').waitFor()
    await barbara.page.goto('/tenants/bank/shares?tab=received')
    await barbara.page.getByRole('gridcell', { name: 'orders.events' }).waitFor()
    await barbara.page.getByRole('button', { name: 'Accept topics of orders' }).focus()
    await barbara.page.keyboard.press('Enter')
    await barbara.page.getByRole('gridcell', { name: 'In force' }).waitFor()
    await page.getByText('The tenant "bank" may read the topic "events"').waitFor()
    await barbara.page.getByRole('link', { name: 'orders.events' }).focus()
    await barbara.page.keyboard.press('Enter')
    await barbara.page.getByText('orders · read').waitFor()
    await barbara.page.getByText('There are no messages here').waitFor()
    expect(await barbara.page.getByRole('button', { name: 'Produce' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Delete …' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Type events-for-bank to confirm' }).fill('events-for-bank')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Shares' }).waitFor()
    expect([...edsger.complaints(), ...barbara.complaints()]).toEqual([])
  })
})
