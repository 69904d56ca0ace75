// SPDX-License-Identifier: Apache-2.0
/** Reading documents: files, folders, standard input, order, and faults that name their place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KaasError } from '@kaas/errors'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDocuments } from './documents.ts'

const TENANT =
  'apiVersion: kaas.dev/v1\nkind: Tenant\nmetadata: {name: orders}\nspec: {workload: {produce: 5MB/s, retention: 7d}}\n'
const TOPIC = 'apiVersion: kaas.dev/v1\nkind: Topic\nmetadata: {name: payments, tenant: orders}\nspec: {partitions: 6}\n'
const noInput = async () => ''

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaas-documents-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('documents', () => {
  it('come from a file of several, what is needed first coming first', async () => {
    const file = save('all.yaml', `${TOPIC}---\n# only a comment\n---\n${TENANT}`)
    const documents = await readDocuments([file], noInput)
    expect(documents.map(({ kind, name, tenant }) => [kind, name, tenant])).toEqual([
      ['Tenant', 'orders', undefined],
      ['Topic', 'payments', 'orders'],
    ])
  })

  it('are sent as written, without defaults', async () => {
    const [document] = await readDocuments([save('t.yaml', TENANT)], noInput)
    expect(document?.value).toEqual({
      apiVersion: 'kaas.dev/v1',
      kind: 'Tenant',
      metadata: { name: 'orders' },
      spec: { workload: { produce: '5MB/s', retention: '7d' } },
    })
  })

  it('can be what "get" printed: what only the server writes is no fault', async () => {
    const metadata =
      '{name: orders, uid: a, generation: 3, createdAt: "2026-11-21T12:00:00Z", updatedAt: "2026-11-21T12:00:00Z"}'
    const status = 'status: {conditions: [], observedGeneration: 3, observed: {}}\n'
    const [document] = await readDocuments([save('t.yaml', TENANT.replace('{name: orders}', metadata) + status)], noInput)
    expect(document).toMatchObject({ kind: 'Tenant', name: 'orders' })
  })

  it('come from a folder and what is below it, other files left aside', async () => {
    mkdirSync(join(folder, 'deep'))
    save('deep/topic.yml', TOPIC)
    save('tenant.json', JSON.stringify({ apiVersion: 'kaas.dev/v1', kind: 'Team', metadata: { name: 'core' }, spec: {} }))
    save('README.md', 'not yaml: [')
    expect((await readDocuments([folder], noInput)).map(({ kind }) => kind)).toEqual(['Team', 'Topic'])
  })

  it('come from standard input', async () => {
    expect(await readDocuments(['-'], async () => TENANT)).toMatchObject([{ source: 'standard input, document 1' }])
  })

  it('of a kind that only the server may know are passed on', async () => {
    const file = save('new.yaml', 'apiVersion: kaas.dev/v1\nkind: Connector\nmetadata: {name: a}\nspec: {x: 1}\n')
    expect(await readDocuments([file], noInput)).toMatchObject([{ kind: 'Connector', name: 'a' }])
  })
})

describe('a fault names its place', () => {
  it.each([
    [
      'a wrong field',
      `${TENANT}---\n${TOPIC.replace('partitions', 'partition')}`,
      /all.yaml, document 2: .*spec.partition: /,
    ],
    ['broken YAML', 'a: [1, 2\nb: 3', /all.yaml, document 1 is not YAML: .* line \d/],
    ['a list', '- 1\n- 2\n', /document 1: A document must be an object/],
    ['nothing at all', '# nothing\n', /no document in/],
  ])('%s', async (_, text, message) => {
    const error = await faultOf([save('all.yaml', text)])
    expect(error).toMatchObject({ code: 'document-invalid', message: expect.stringMatching(message) })
  })

  it('a file that is not there', async () => {
    expect(await faultOf([join(folder, 'absent.yaml')])).toMatchObject({
      code: 'usage-invalid',
      message: expect.stringMatching(/cannot be read/),
    })
  })

  it('a document that unfolds to millions of copies is refused', async () => {
    const layers = Array.from(
      { length: 9 },
      (_, index) => `l${index + 1}: &l${index + 1} [${Array(9).fill(`*l${index}`).join(',')}]`,
    )
    const bomb = ['l0: &l0 [x]', ...layers].join('\n')
    expect(await faultOf([save('bomb.yaml', bomb)])).toMatchObject({ code: 'document-invalid' })
  })
})

function save(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

async function faultOf(paths: readonly string[]): Promise<KaasError> {
  const thrown: unknown = await readDocuments(paths, noInput).catch((error: unknown) => error)
  if (thrown instanceof KaasError) return thrown
  throw new Error(`No fault was found: ${String(thrown)}`)
}
