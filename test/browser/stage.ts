// SPDX-License-Identifier: Apache-2.0
/**
 * What the stories of the console are played on: the running product, a real identity provider, people with roles by their groups, and a
 * browser. Ada and Edsger are of the team orders (member and viewer), Barbara of the team payments, Grace runs the platform.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { API_VERSION, type ResourceKind } from '@kaas/domain'
import { describeKind } from '@kaas/http-contract'
import {
  type IdentityProvider,
  type Product,
  passwordOf,
  startIdentityProvider,
  startProduct,
  temporaryDirectory,
} from '@kaas/testkit'
import type { Browser } from 'playwright-core'
import { newVisitor, openBrowser, type View, type Visitor } from './browser.ts'

/** The stage. */
export interface Stage {
  readonly product: Product
  readonly browser: Browser
  /** A browser of somebody who has not signed in. */
  visitor(view?: View): Promise<Visitor>
  /** Signs a person in by the identity provider, as she would do it: the console opens at `path`. */
  signIn(login: string, path?: string, view?: View): Promise<Visitor>
  stop(): Promise<void>
}

/** Starts everything and binds the groups. */
export async function setStage(): Promise<Stage> {
  const company = await startIdentityProvider()
  const product = await startProduct({ env: { KAAS_SIGN_IN_FILE: signInFile(company) } })
  await bindPeople(product)
  const browser = await openBrowser()
  const visitor = (view?: View) => newVisitor(browser, product.api, view)
  return {
    product,
    browser,
    visitor,
    signIn: async (login, path = '/', view = undefined) => {
      const person = await visitor(view)
      await signInAt(person, login, path)
      return person
    },
    stop: async () => {
      await browser.close()
      await product.stop()
      await company.stop()
    },
  }
}

async function signInAt({ page }: Visitor, login: string, path: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('link', { name: 'Company' }).click()
  await page.getByLabel('User name').fill(login)
  await page.getByLabel('Password').fill(passwordOf(login))
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.waitForURL((url) => url.pathname === path.replace(/\?.*/, ''))
  await page.getByRole('navigation', { name: 'Pages' }).waitFor({ state: 'attached' })
}

function signInFile({ issuer, clientId, clientSecret }: IdentityProvider): string {
  const folder = temporaryDirectory('sign-in')
  const clientSecretFile = join(folder, 'secret')
  const file = join(folder, 'sign-in.json')
  writeFileSync(clientSecretFile, clientSecret, { mode: 0o600 })
  const scopes = ['openid', 'profile', 'email', 'groups']
  const provider = { id: 'company', name: 'Company', issuer, clientId, clientSecretFile, scopes }
  writeFileSync(file, JSON.stringify({ providers: [provider] }))
  return file
}

async function bindPeople({ client }: Product): Promise<void> {
  const put = (kind: ResourceKind, name: string, spec: object) =>
    client.put({ kind: describeKind(kind), name }, { apiVersion: API_VERSION, kind, metadata: { name }, spec })
  await put('Team', 'orders', { externalGroups: ['orders-dev'] })
  await put('Team', 'payments', { externalGroups: ['payments-dev'] })
  const bind = (name: string, role: string, group: string, scope: unknown) =>
    put('RoleBinding', name, { role, subjects: { groups: [group] }, scope })
  await bind('operators', 'platform-admin', 'platform-admins', 'platform')
  await bind('orders-readers', 'team-viewer', 'orders-readers', { team: 'orders' })
}
