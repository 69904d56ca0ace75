// SPDX-License-Identifier: Apache-2.0
/**
 * People in Kubernetes: a real API server trusts a real OpenID provider by the file that is rendered for it, and lets people of a team do
 * what is rendered for their groups. One API server stands for the management cluster and for the cluster of a hard tenant in turn.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { parseDocument } from '@kaas/domain'
import {
  authenticationConfigurationFor,
  kubeconfigFor,
  type PlatformProfile,
  parsePlatformProfile,
  renderDocuments,
} from '@kaas/planner'
import {
  createCertificates,
  type IdentityProvider,
  idTokenOf,
  runProgram,
  startIdentityProvider,
  temporaryDirectory,
  waitFor,
} from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { parse, parseAllDocuments, stringify } from 'yaml'
import { documentsOf, PLATFORM } from './documents.ts'
import { ApiServer } from './lane/api-server.ts'
import { startControllers } from './lane/controllers.ts'
import { Credentials } from './lane/credentials.ts'
import { type Applied, KubeApi } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'

const lane = inject('lane') as LaneAddress
const folder = temporaryDirectory('people')
const stops: (() => Promise<unknown>)[] = []
const POD = { apiVersion: 'v1', kind: 'Pod' }
const SECRET = { apiVersion: 'v1', kind: 'Secret' }
const NODE = { apiVersion: 'v1', kind: 'Node' }
const TEAMS = { shop: 'orders-dev', bakery: 'payments-dev' } as const
let company: IdentityProvider
let server: ApiServer
let platform: PlatformProfile
let root: KubeApi

beforeAll(async () => {
  const certificates = await createCertificates()
  setDefaultCACertificates([...getCACertificates('default'), certificates.caPem])
  company = await startIdentityProvider({ certificates })
  stops.push(() => company.stop())
  const people = { issuer: company.issuer, clientId: 'kubernetes', ca: certificates.caPem }
  platform = parsePlatformProfile({ ...parse(PLATFORM), people, adminGroup: 'platform-admins' })
  server = await startServer(platform)
  root = new KubeApi(server.adminKubeconfig)
  for (const tenant of ['shop', 'bakery'] as const) {
    await apply(filesOf(tenant, TEAMS[tenant]).get(`namespaces/${tenant}.yaml`))
    const data = { stringData: { password: 'of Kafka' } }
    await root.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'app', namespace: `kaas-${tenant}` }, ...data })
  }
  await untilRolesAreWhole()
})

afterAll(async () => {
  root?.close()
  for (const stop of stops.reverse()) await stop()
})

describe('a person of a team, by the token that the identity provider gave her', () => {
  test('looks at the pods of her tenant and at nothing of another, and reads no Secret [R65]', async () => {
    const ada = await signedIn('ada')
    expect(await ada.list(POD, 'kaas-shop')).toEqual([])
    await expect(ada.list(POD, 'kaas-bakery')).rejects.toThrow(
      /User "oidc:ada" cannot list resource "pods".*in the namespace "kaas-bakery"/,
    )
    await expect(ada.list(SECRET, 'kaas-shop')).rejects.toThrow(/cannot list resource "secrets"/)
    await expect(ada.get(SECRET, 'app', 'kaas-shop')).rejects.toThrow(/cannot get resource "secrets"/)
    expect(await ada.may('get', '', 'pods/log', 'kaas-shop')).toBe(true)
  })

  test('changes nothing and gets around nothing: no exec, no forwarded port, no token of a program, no binding [R65]', async () => {
    const ada = await signedIn('ada')
    const asked = [
      ['delete', '', 'pods'],
      ['create', '', 'pods/exec'],
      ['create', '', 'pods/portforward'],
      ['create', '', 'serviceaccounts/token'],
      ['impersonate', '', 'serviceaccounts'],
      ['create', 'rbac.authorization.k8s.io', 'rolebindings'],
      ['patch', 'kafka.strimzi.io', 'kafkas'],
    ] as const
    const may = await Promise.all(asked.map(([verb, group, kind]) => ada.may(verb, group, kind, 'kaas-shop')))
    expect(may).toEqual(asked.map(() => false))
  })

  test('works in kubectl, with the kubeconfig that has no secret in it, and the token beside it [R65]', async () => {
    if (platform.people === undefined) throw new Error('The platform has people.')
    const ca = readFileSync(server.credentials.path('ca.crt'), 'utf8')
    const place = { name: 'shop', namespace: 'kaas-shop' }
    const file = join(folder, 'kubeconfig')
    writeFileSync(file, stringify(kubeconfigFor(platform.people, { server: server.url, ca }, place)))
    const kubectl = (login: string, ...args: readonly string[]) =>
      runProgram(lane.binaries.kubectl, ['--kubeconfig', file, '--token', login, ...args], { env: { HOME: folder } })
    const token = await idTokenOf(company.issuer, 'ada')
    expect((await kubectl(token, 'auth', 'whoami', '-o', 'json')).stdout).toContain('oidc:orders-dev')
    expect((await kubectl(token, 'get', 'pods')).stderr).toContain('No resources found in kaas-shop namespace')
    await expect(kubectl(token, 'get', 'secrets')).rejects.toThrow(/Forbidden/)
  })

  test('loses what her group loses, with the next change of the team that Git has [R65]', async () => {
    const ada = await signedIn('ada')
    await apply(filesOf('shop', 'somebody-else').get('namespaces/shop.yaml'))
    await waitFor(
      () =>
        ada.list(POD, 'kaas-shop').then(
          () => false,
          () => true,
        ),
      { what: 'the right to end' },
    )
    await apply(filesOf('shop', TEAMS.shop).get('namespaces/shop.yaml'))
    await waitFor(() => ada.list(POD, 'kaas-shop'), { what: 'the right to be back' })
  })
})

describe('nobody comes in', () => {
  const refused = async (token: string) => {
    const client = new KubeApi(server.adminKubeconfig, token)
    await expect(client.list(POD, 'kaas-shop')).rejects.toMatchObject({ status: 401 })
    client.close()
  }

  test('by a token that is over, for another client, of another issuer, or changed by hand [R65]', async () => {
    const now = Math.floor(Date.now() / 1000)
    const bends = [{ exp: now - 60, iat: now - 600 }, { aud: 'kaas-console' }, { iss: 'https://id.example.org' }]
    for (const change of bends) {
      company.bend((claims) => ({ ...claims, ...change }))
      await refused(await idTokenOf(company.issuer, 'ada'))
    }
    company.bend(undefined)
    const [head, , signature] = (await idTokenOf(company.issuer, 'ada')).split('.')
    const claims = { iss: company.issuer, aud: 'kubernetes', sub: 'ada', exp: now + 600, groups: ['platform-admins'] }
    await refused(`${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`)
  })

  test('as a group or a person of Kubernetes itself, whatever the identity provider says [R65]', async () => {
    company.changePerson('mallory', { groups: ['system:masters'], preferredName: 'system:admin' })
    const mallory = await signedIn('mallory')
    await expect(mallory.list(POD, 'kaas-shop')).rejects.toThrow(/User "oidc:system:admin" cannot list/)
  })
})

test('administrators act in every namespace of tenants, by their group alone [R65]', async () => {
  const grace = await signedIn('grace')
  for (const namespace of ['kaas-shop', 'kaas-bakery']) {
    expect(await grace.may('delete', '', 'pods', namespace)).toBe(true)
    expect(await grace.may('get', '', 'secrets', namespace)).toBe(true)
  }
  expect(await grace.may('get', '', 'secrets', 'kube-system')).toBe(false)
})

test('in a cluster of its own, the team looks at all namespaces and at machines, and still at no Secret [R65]', async () => {
  const files = filesOf('vault', TEAMS.bakery, 'cluster')
  for (const [path, text] of files) if (/kafka\/(namespace|role|cluster)/.test(path)) await apply(text)
  const barbara = await signedIn('barbara')
  expect(await barbara.list(NODE)).toEqual([])
  expect(await barbara.list(POD, 'kube-system')).toEqual([])
  await expect(barbara.list(SECRET, 'kaas-vault')).rejects.toThrow(/cannot list resource "secrets"/)
  await expect(barbara.list(SECRET)).rejects.toThrow(/cannot list resource "secrets"/)
  expect(await barbara.may('delete', '', 'nodes')).toBe(false)
})

async function startServer({ people }: PlatformProfile): Promise<ApiServer> {
  if (people === undefined) throw new Error('The platform has people.')
  const file = join(folder, 'authentication.yaml')
  writeFileSync(file, stringify(authenticationConfigurationFor(people, 'v1.36.3')))
  const etcd = { url: lane.etcd.url, credentials: Credentials.open(lane.etcd.certificates) }
  const program = lane.binaries['kube-apiserver']
  const flags = [`--authentication-config=${file}`]
  const started = await ApiServer.start({ program, etcd, prefix: 'people', folder: lane.folder, name: 'people', flags })
  stops.push(() => started.stop())
  const parts = { folder: lane.folder, name: 'people', parts: ['controller-manager'] as const }
  const controllers = await startControllers(lane.binaries, started, parts)
  stops.push(() => Promise.all(controllers.map((each) => each.stop())))
  return started
}

/** The roles `view` and `admin` are put together from others by the controller manager, some seconds after the first start. */
async function untilRolesAreWhole(): Promise<void> {
  const ada = await signedIn('ada')
  await waitFor(() => ada.may('list', '', 'pods', 'kaas-shop'), { what: 'the role view to be whole' })
  const grace = await signedIn('grace')
  await waitFor(() => grace.may('get', '', 'secrets', 'kaas-shop'), {
    what: 'the role admin to be whole',
  })
}

/** A client by the token of somebody who signed in; ready as soon as the API server knows the keys of the provider. */
async function signedIn(login: string): Promise<KubeApi> {
  const client = new KubeApi(server.adminKubeconfig, await idTokenOf(company.issuer, login))
  stops.push(async () => client.close())
  await waitFor(() => client.may('get', '', 'pods', 'kaas-shop').then(() => true), {
    what: `${login} to be let in`,
  })
  return client
}

function filesOf(tenant: string, group: string, isolation = 'namespace'): ReadonlyMap<string, string> {
  const team = stringify({
    apiVersion: 'kaas.dev/v1',
    kind: 'Team',
    metadata: { name: tenant },
    spec: { externalGroups: [group] },
  })
  const order = documentsOf(tenant, { team: tenant, isolation }, { topics: {}, users: {} })
  const texts = [team, ...order.split('---\n')]
  const written = texts.map((text) => ({ resource: parseDocument(parse(text)), text }))
  return renderDocuments(written, platform)
}

async function apply(text = ''): Promise<void> {
  for (const document of parseAllDocuments(text)) await root.apply(document.toJS() as Applied)
}
