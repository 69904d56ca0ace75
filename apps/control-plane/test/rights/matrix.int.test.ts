// SPDX-License-Identifier: Apache-2.0
/**
 * Every route of the API, asked by every role, in her own team, in another one and in one that is not there: what each may do is a
 * table that people read (`expected/matrix.txt`). `UPDATE_EXPECTED=1` writes it anew; look at each line that differs.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { allRoutes } from '@kaas/http-contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Asked, allQuestions, type Place } from './questions.ts'
import { ADMINISTRATOR, GATEWAY, type RightsStage, startRights, type TestCaller, WORKLOAD } from './start-rights.ts'

const EXPECTED = new URL('./expected/matrix.txt', import.meta.url)
const LONGEST_MS = 120_000

let stage: RightsStage
let callers: readonly TestCaller[]
let places: readonly Place[]

beforeAll(async () => {
  stage = await startRights()
  for (const [team, tenant] of [
    ['pay', 'orders'],
    ['shop', 'baskets'],
  ] as const) {
    await stage.put('Team', { name: team }, { members: ['eve'] })
    await stage.put('Tenant', { name: tenant }, { team, workload: WORKLOAD })
    await stage.put('Topic', { tenant, name: 'events' }, {})
    await stage.put('User', { tenant, name: 'app' }, {})
    await stage.put('TopicShare', { tenant, name: 'happenings' }, { topic: 'sales', with: tenant, as: 'happenings' })
    await stage.put(
      'RoleBinding',
      { name: `${team}-guests` },
      {
        role: 'team-viewer',
        subjects: { people: ['guest'] },
        scope: { team },
      },
    )
  }
  await stage.put('KafkaCluster', { name: 'common' }, { bootstrapServers: ['127.0.0.1:9'] })
  await stage.put('Role', { name: 'common' }, { rules: [{ verbs: ['read'], kinds: ['Topic'] }] })
  await stage.put(
    'Policy',
    { name: 'common' },
    { appliesTo: { kinds: ['Topic'] }, rules: [{ allowWhen: 'true', message: '-' }] },
  )
  places = [
    await placeOf('own', 'pay', 'orders'),
    await placeOf('other', 'shop', 'baskets'),
    { name: 'absent', team: 'void', tenant: 'void', binding: 'void', unowned: 'void', credential: '0'.repeat(12) },
  ]
  callers = await allCallers()
})
afterAll(() => stage.stop())

async function placeOf(name: Place['name'], team: string, tenant: string): Promise<Place> {
  const [credential] = await stage.root.listCredentials(tenant, 'app')
  return { name, team, tenant, binding: `${team}-guests`, unowned: 'common', credential: credential?.id ?? '' }
}

async function allCallers(): Promise<readonly TestCaller[]> {
  const own = { team: 'pay' }
  const token = async (name: string, role: string, scope: Parameters<RightsStage['token']>[1]) => ({
    name,
    token: await stage.token(role, scope),
  })
  return [
    { name: 'anonymous', token: undefined },
    { name: 'gateway', token: GATEWAY },
    { name: 'bootstrap', token: ADMINISTRATOR },
    await token('platform-admin', 'platform-admin', 'platform'),
    await token('platform-viewer', 'platform-viewer', 'platform'),
    await token('team-admin', 'team-admin', own),
    await token('team-member', 'team-member', own),
    await token('team-viewer', 'team-viewer', own),
    await token('one-tenant', 'team-member', { tenant: 'orders' }),
    await token('own-role', 'common', own),
  ]
}

it('each role may do exactly what the table says at each route, in each place [R60] [R86]', {
  timeout: LONGEST_MS,
}, async () => {
  const lines = [header()]
  for (const asked of allQuestions(places)) {
    const cells: string[] = []
    for (const { token } of callers) cells.push(await outcomeOf(asked, token))
    lines.push(lineOf(labelOf(asked), cells))
  }
  const table = `${lines.join('\n')}\n`
  if (process.env.UPDATE_EXPECTED === '1') writeFileSync(EXPECTED, table)
  expect(table).toBe(readFileSync(EXPECTED, 'utf8'))
})

it('every route of the API is in the table', () => {
  const table = readFileSync(EXPECTED, 'utf8')
  const missing = allRoutes().filter(({ method, path }) => !table.includes(`${method} ${path} `))
  expect(missing.map(({ id }) => id)).toEqual([])
})

/** `yes` for who gets through to the work, whatever comes of it; lists say whose things are in them. */
async function outcomeOf({ route, path, body }: Asked, token: string | undefined): Promise<string> {
  const gone = new AbortController()
  const response = await stage.fetch(token, path, {
    method: route.method,
    redirect: 'manual',
    signal: gone.signal,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const { status } = response
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  const text = isStream ? '' : await response.text()
  gone.abort()
  if (status === 404 && text.includes('route-absent')) return 'unserved'
  if (status === 401 || status === 403 || status === 404) return String(status)
  if (status === 409 && text.includes('resource-exists')) return 'taken'
  const isList = route.method === 'GET' && status === 200 && !route.path.includes('{tenant}') && text.includes('"items"')
  return isList ? `yes:${seenIn(text)}` : 'yes'
}

/** Whose names are in an answer: of her own team, of the other. */
function seenIn(text: string): string {
  const own = /[/"]orders\b|pay-guests|"pay"/.test(text)
  const other = /[/"]baskets\b|shop-guests|"shop"/.test(text)
  if (own && other) return 'both'
  return own ? 'own' : other ? 'other' : '-'
}

function labelOf({ route, place }: Asked): string {
  return `${route.method} ${route.path} ${place?.name ?? ''}`.trimEnd().concat(' ')
}

function header(): string {
  return lineOf(
    '',
    callers.map(({ name }) => name),
  )
}

function lineOf(label: string, cells: readonly string[]): string {
  return `${label.padEnd(78)} ${cells.map((cell) => cell.padEnd(15)).join(' ')}`.trimEnd()
}
