// SPDX-License-Identifier: Apache-2.0
/** Coming in and going out by the real browser: by password, by a command line that waits, and back to the page after a session has ended. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@kaas/http-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.stop())

test('the password that npm start made lets the bootstrap administrator in, and a wrong one does not', async () => {
  const visitor = await stage.visitor()
  const { page } = visitor
  const password = readFileSync(join(stage.product.stateDirectory, 'administrator-password'), 'utf8')
  expect(stage.product.output()).toContain('sign in as administrator, password in')
  expect(stage.product.output()).not.toContain(password)
  await page.goto('/tenants')
  await page.getByLabel(/^Password/).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Name or password is wrong.').waitFor()
  await page.getByLabel(/^Password/).fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL(({ pathname }) => pathname === '/tenants')
  await page.getByRole('heading', { name: 'Tenants', level: 1 }).waitFor()
  expect(visitor.complaints()).toEqual([])
  await visitor.close()
})

test('a session that ends leads to the sign-in and back to the very view', async () => {
  const ada = await stage.signIn('ada', '/account?tab=sessions')
  const { page } = ada
  const [session] = await stage.product.client.listSessions('ada')
  await stage.product.client.endSession(session?.id ?? '')
  await page.getByRole('tab', { name: 'Tokens' }).click()
  await page.getByText('Your session has ended').waitFor()
  await page.getByRole('link', { name: 'Company' }).click()
  // The provider still knows her.
  await page.waitForURL('**/account?tab=tokens')
  await page.getByRole('button', { name: 'Make a token' }).waitFor()
  expect(ada.complaints()).toEqual([])
  await ada.close()
})

test('a command line is confirmed, acts as the person, and is ended on the page of her account', async () => {
  const { api } = stage.product
  const commandLine = createClient({ baseUrl: api, fetch })
  const { deviceCode, userCode, verificationPath } = await commandLine.startDeviceSignIn()
  const ada = await stage.signIn('ada', verificationPath)
  const { page } = ada
  expect(await page.getByLabel('Code').inputValue()).toBe(userCode)
  await page.getByRole('button', { name: 'Yes, sign it in' }).click()
  await page.getByText('The command line is signed in').waitFor()
  const answer = await commandLine.finishDeviceSignIn(deviceCode)
  if (answer.state !== 'granted') throw new Error(`the command line was told ${answer.state}`)
  const asAda = createClient({ baseUrl: api, token: answer.secret, fetch })
  expect((await asAda.session()).person.name).toBe('ada')
  await page.goto('/account?tab=tokens')
  await page.getByRole('button', { name: /End the token kaas login/ }).click()
  await page.getByRole('button', { name: 'End it' }).click()
  await page.getByText('No tokens').waitFor()
  await expect(asAda.session()).rejects.toMatchObject({ code: 'credentials-wrong' })
  expect(ada.complaints()).toEqual([])
  await ada.close()
})

test('signing out ends the session for whoever kept its cookie', async () => {
  const ada = await stage.signIn('ada')
  const { page } = ada
  const kept = await page.context().cookies()
  await page.getByRole('button', { name: /^You:/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in to KaaS' }).waitFor()
  const thief = await stage.visitor()
  await thief.page.context().addCookies(kept)
  await thief.page.goto('/tenants')
  await thief.page.getByRole('heading', { name: 'Sign in to KaaS' }).waitFor()
  await Promise.all([thief.close(), ada.close()])
})
