// SPDX-License-Identifier: Apache-2.0
/** Roles in the console: given by an administrator, seen at once by who got them, explained to who asks, and nothing of other teams. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTenant } from '../conformance/orders.ts'
import type { Visitor } from './browser.ts'
import { type Stage, setStage } from './stage.ts'

let stage: Stage
let grace: Visitor
let edsger: Visitor
let barbara: Visitor

beforeAll(async () => {
  stage = await setStage()
  await createTenant(stage.product.client, 'orders', { team: 'orders' })
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
