// SPDX-License-Identifier: Apache-2.0
/** An administrator of the platform in a real browser: writes a policy, sees whom it refuses, and reads all of it in the audit log. */
import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Product, startProduct, temporaryDirectory, waitFor } from '@kaas/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { newVisitor, openBrowser, VIEWS, type Visitor } from './browser.ts'
import { takeScreenshot } from './screenshots.ts'

describe('An administrator', () => {
  let product: Product
  let browser: Browser
  let visitor: Visitor
  beforeAll(async () => {
    product = await startProduct()
    browser = await openBrowser()
    visitor = await visit({ theme: 'light', width: 1280 })
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  it('writes a policy from an example, tries it, and it holds for the next order', async () => {
    const { page } = visitor
    await put('tenants/shop', tenantOf('shop'))
    await put('tenants/shop/topics/wide', topicOf('wide', 60))
    await page.goto('/policies')
    await page.getByRole('link', { name: 'Write a policy' }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Write a policy' }).waitFor()
    await page.getByRole('button', { name: 'At most 48 partitions in development' }).click()
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('1 fails.').waitFor()
    await page.getByRole('link', { name: 'wide of shop' }).waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { level: 1, name: 'few-partitions' }).waitFor()
    const refused = await put('tenants/shop/topics/wider', topicOf('wider', 49))
    expect(refused).toMatchObject({ code: 'policy-refused', fields: [{ path: 'spec.partitions' }] })
    expect(visitor.complaints()).toEqual([])
  })

  it('reads before she saves it what a changed order does to a Kafka of its own: steps, restarts, cost', async () => {
    const { page } = visitor
    const bank = { ...tenantOf('bank'), spec: { isolation: 'namespace', workload: { produce: '20MB/s', retention: '1d' } } }
    await put('tenants/bank', bank)
    await page.goto('/tenants/bank/document')
    await page.getByRole('button', { name: 'Edit' }).click()
    const larger = { ...bank, spec: { ...bank.spec, workload: { produce: '400MB/s', retention: '1d' } } }
    await page.getByRole('textbox', { name: 'YAML of bank, being edited' }).fill(JSON.stringify(larger))
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('What happens to the Kafka').waitFor()
    await page.getByText(/^It costs .* a month, .* more than now/).waitFor()
    await page.getByRole('list', { name: /^Steps, about/ }).waitFor()
    expect(visitor.complaints()).toEqual([])
  })

  it('is shown how a team looks at its own Kafka by kubectl, as soon as people sign in to Kubernetes', async () => {
    const { page } = visitor
    await page.goto('/tenants/bank')
    await page.getByRole('heading', { name: 'Conditions' }).waitFor()
    letPeopleSignIn(join(product.stateDirectory, 'tenants.git'))
    const isKnown = () => product.client.kubeconfig('bank').catch(() => undefined)
    await waitFor(isKnown, { what: 'the changed platform', timeoutMs: 60_000 })
    await page.reload()
    await page.getByText('npx kaas kubeconfig bank > bank.kubeconfig').waitFor()
    expect(visitor.complaints()).toEqual([])
  })

  it('is told in the editor what is wrong with a rule', async () => {
    const { page } = visitor
    await page.goto('/new-policy')
    const editor = page.getByRole('textbox', { name: 'The policy as YAML' })
    await editor.click()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText(policyText('document.spec.partitions <='))
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('Unexpected token: EOF').first().waitFor()
    await page.locator('.cm-lintRange-error').first().waitFor()
  })

  it('finds the refusal with its policy, opens it, and narrows the list to who did it', async () => {
    const { page } = visitor
    await page.goto('/audit')
    await page.getByRole('combobox', { name: 'Outcome' }).click()
    await page.getByRole('option', { name: 'Denied' }).click()
    const row = page.getByRole('row').filter({ hasText: 'tenants/shop/topics/wider' })
    await row.first().click()
    const record = page.getByRole('dialog')
    await record
      .getByText('At most 48 partitions')
      .first()
      .waitFor()
      .catch(() => undefined)
    expect(await record.textContent()).toContain('few-partitions')
    await record.getByRole('button', { name: 'administrator' }).click()
    await page.getByText('actor: administrator').waitFor()
    expect(new URL(page.url()).searchParams.get('actor')).toContain('administrator')
    expect(visitor.complaints()).toEqual([])
  })

  it('sees the change of a document before and after, by a link alone', async () => {
    const { page } = visitor
    await put('tenants/shop', tenantOf('shop', '6MB/s'))
    await page.goto('/audit?below=/v1/tenants/shop&action=put')
    await page.getByRole('row').filter({ hasText: 'tenants/shop' }).first().click()
    const changes = page.getByRole('dialog').getByRole('table', { name: 'Changes' })
    await changes.getByText('spec.workload.produce').waitFor()
    expect(await changes.textContent()).toMatch(/5MB\/s.*6MB\/s/)
  })

  it('sees new records come while she looks, takes them away as a file, and checks the seals', async () => {
    const { page } = visitor
    await page.goto('/audit?filter=tenants/late')
    await page.getByText('No record fits').waitFor()
    await put('tenants/late', tenantOf('late'))
    await page.getByRole('row').filter({ hasText: 'tenants/late' }).first().waitFor()
    await page.getByRole('button', { name: 'Check the seals' }).click()
    await page.getByText('The log is as it was written').waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const file = page.getByRole('menuitem', { name: 'CSV, for spreadsheets' })
    const address = (await file.getAttribute('href')) ?? ''
    const text = await (await page.request.get(address)).text()
    expect(text).toContain('/v1/tenants/late')
    expect(text).not.toContain('/v1/tenants/shop')
  })

  it('finds the log in a topic that no tenant can see, without having configured anything', async () => {
    const part = await waitFor(
      async () => {
        const { parts } = await product.client.platformHealth()
        return parts.find(({ name, state }) => name === 'audit export' && state === 'well')
      },
      { what: 'the export to be well' },
    )
    expect(part.message).toContain('system.audit on local')
  })

  it('meets pages without barriers, in light and dark, on a desk and on a phone', async () => {
    const problems: string[] = []
    for (const view of VIEWS) {
      const other = await visit(view)
      const { page } = other
      for (const [name, path, shown] of PAGES) {
        await page.goto(path)
        await page.getByText(shown).first().waitFor()
        await takeScreenshot(page, name, view)
        for (const problem of await accessibilityProblems(page))
          problems.push(`${name} ${view.theme} ${view.width}: ${problem}`)
      }
      expect(other.complaints()).toEqual([])
      await other.close()
    }
    expect(problems).toEqual([])
  }, 400_000)

  async function visit(view: (typeof VIEWS)[number]): Promise<Visitor> {
    const made = await newVisitor(browser, product.api, view)
    await made.page.context().setExtraHTTPHeaders({ authorization: `Bearer ${product.token}` })
    return made
  }

  async function put(path: string, document: object): Promise<unknown> {
    const headers = { authorization: `Bearer ${product.token}`, 'content-type': 'application/json' }
    const response = await fetch(`${product.api}/v1/${path}`, { method: 'PUT', headers, body: JSON.stringify(document) })
    return await response.json()
  }
})

/** Name, path, and what is there when the page is. */
const PAGES = [
  ['policies', '/policies', 'few-partitions'],
  ['policy', '/policies/few-partitions', 'allowWhen'],
  ['new-policy', '/new-policy', 'allowWhen'],
  ['audit', '/audit', 'tenants/shop'],
] as const

function tenantOf(name: string, produce = '5MB/s'): object {
  const workload = { produce, retention: '7d', partitions: 200 }
  return { apiVersion: 'kaas.dev/v1', kind: 'Tenant', metadata: { name }, spec: { environment: 'development', workload } }
}

function topicOf(name: string, partitions: number): object {
  return { apiVersion: 'kaas.dev/v1', kind: 'Topic', metadata: { name, tenant: 'shop' }, spec: { partitions } }
}

function policyText(rule: string): string {
  return `apiVersion: kaas.dev/v1
kind: Policy
metadata:
  name: wrong
spec:
  appliesTo:
    kinds: [Topic]
  rules:
    - allowWhen: ${rule}
      message: No.
`
}

/** What the administrator of the platform writes into the repository of tenants. */
function letPeopleSignIn(bare: string): void {
  const clone = temporaryDirectory('people')
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', clone, ...args], { stdio: 'pipe' })
  execFileSync('git', ['clone', '--quiet', bare, clone], { stdio: 'pipe' })
  const people = { issuer: 'https://id.example.org', clientId: 'kubernetes', server: 'https://kubernetes.example.org' }
  appendFileSync(join(clone, 'platform.yaml'), `\npeople: ${JSON.stringify(people)}\n`)
  git('-c', 'user.name=Grace', '-c', 'user.email=grace@example.org', 'commit', '--quiet', '-am', 'Let people sign in')
  git('push', '--quiet')
}
