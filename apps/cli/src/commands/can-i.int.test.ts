// SPDX-License-Identifier: Apache-2.0
/** `kaas can-i` and roles as documents, by the real binary against a control plane. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HomeControlPlane, startHomeControlPlane } from '../../test/home-control-plane.ts'
import { kaasIn } from '../../test/kaas-binary.ts'

let controlPlane: HomeControlPlane
let kaas: ReturnType<typeof kaasIn>
/** The same command line with a token of a viewer. */
let asViewer: typeof kaas
const folder = temporaryDirectory('can-i')

const DOCUMENTS = `apiVersion: kaas.dev/v1
kind: RoleBinding
metadata: { name: resetters }
spec: { role: resetter, subjects: { people: [ada] }, scope: { team: pay } }
---
apiVersion: kaas.dev/v1
kind: Role
metadata: { name: resetter }
spec: { description: Resets offsets, rules: [{ verbs: [read, write], kinds: [Group] }] }
---
apiVersion: kaas.dev/v1
kind: Tenant
metadata: { name: orders }
spec: { team: pay, workload: { produce: 1MB/s, retention: 1d } }
---
apiVersion: kaas.dev/v1
kind: Team
metadata: { name: pay }
spec: { members: [eve] }
`

beforeAll(async () => {
  controlPlane = await startHomeControlPlane()
  kaas = kaasIn(controlPlane.home, folder)
  writeFileSync(join(folder, 'rights.yaml'), DOCUMENTS)
  const { exit, err } = await kaas(['apply', '-f', 'rights.yaml'])
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
  const { secret } = await controlPlane.client.createToken({
    name: 'viewer',
    kind: 'machine',
    role: 'team-viewer',
    scope: { team: 'pay' },
    expiresIn: '1d',
  })
  const file = join(folder, 'viewer-token')
  writeFileSync(file, secret, { mode: 0o600 })
  asViewer = (args) => kaas(args, { env: { KAAS_TOKEN_FILE: file } })
})
afterAll(() => controlPlane?.stop())

describe('kaas can-i', () => {
  it('says yes with the rule, and no with what is missing and another exit code', async () => {
    const yes = await kaas(['can-i', 'write', 'topics', '--tenant', 'orders'])
    expect(yes).toMatchObject({ exit: 0, out: expect.stringMatching(/^yes\nYou may write Topic in the tenant "orders": /) })
    const no = await asViewer(['can-i', 'write', 'topic', '--tenant', 'orders'])
    expect(no.exit).toBe(4)
    expect(no.out).toMatch(/^no\nYou may not write Topic in the tenant "orders": the only role given, team-viewer, /)
    expect(no.out).toMatch(/\nROLE +BOUND BY +IN +FITS +WHY\nteam-viewer +token:\S+ +the team "pay" +no /)
  })

  it('answers about somebody else to who may ask, as data too', async () => {
    const ada = ['can-i', 'write', 'groups', '--tenant', 'orders', '--person', 'ada', '-o', 'json']
    expect(JSON.parse((await kaas(ada)).out)).toMatchObject({ allowed: true, deciding: { binding: 'resetters' } })
    expect(await asViewer(ada)).toMatchObject({ exit: 4, out: '' })
  })

  it('asks nothing it cannot mean', async () => {
    expect(await kaas(['can-i', 'drop', 'topics'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('read, write, delete'),
    })
    expect(await kaas(['can-i', 'read', 'topicz'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Did you mean topic?'),
    })
    expect(await asViewer(['can-i', 'read', 'topics', '--tenant', 'nothing'])).toMatchObject({ exit: 5 })
  })
})

it('roles and bindings are listed, applied in the order in which they need each other, and come back as they went', async () => {
  expect((await kaas(['get', 'rolebindings'])).out).toMatch(/resetters +resetter +team\/pay +person\/ada/)
  expect((await kaas(['get', 'roles'])).out).toMatch(/resetter +Resets offsets/)
  const again = await kaas(['apply', '-f', 'rights.yaml'])
  expect(again.out.match(/unchanged/g)).toHaveLength(4)
  expect((await asViewer(['get', 'rolebindings'])).out).toContain('resetters')
  expect((await asViewer(['delete', 'rolebinding', 'resetters'])).exit).toBe(4)
})
