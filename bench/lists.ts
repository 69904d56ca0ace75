// SPDX-License-Identifier: Apache-2.0
/**
 * How fast are lists when there are fifty thousand topics? The control plane as a process, asked over HTTP, on both databases.
 * `KAAS_BENCH_TOPICS` sets how many (50000), `KAAS_BENCH_REQUESTS` how often each list is asked for (100).
 */
import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createClient, describeKind, type ListOptions } from '@kaas/http-contract'
import { openStore, type StoreOptions } from '@kaas/store'
import { startPostgres, temporaryDirectory } from '@kaas/testkit'
import { startBenchControlPlane } from './console/control-plane.ts'
import { fillStore, LARGE_TENANT } from './lists/fill-store.ts'
import { saveResult } from './report/save-result.ts'
import { renderTable } from './report/statistics.ts'

const TOPICS = Number(process.env.KAAS_BENCH_TOPICS ?? 50_000)
const REQUESTS = Number(process.env.KAAS_BENCH_REQUESTS ?? 100)
const TOPIC = describeKind('Topic')

const QUESTIONS: Readonly<Record<string, ListOptions>> = {
  'first page of all': {},
  'first page of a tenant with many': { tenant: LARGE_TENANT },
  'newest first': { sort: '-createdAt' },
  'name contains, many match': { filter: 'name~00' },
  'name contains, few match': { filter: 'name~000007919' },
  'one label of a thousand': { filter: 'labels.tier=gold' },
  'a field that nothing has': { filter: 'spec.partitions=99' },
  'a page of 1000': { limit: 1000 },
}

/** Who sees a part: a tenth of the tenants, only the one with many topics, and nothing. */
const TEAMS = {
  'one team of ten': 'team-3',
  'the team of the large tenant': 'team-large',
  'a team without tenants': 'team-none',
}
const SEEN_QUESTIONS: Readonly<Record<string, ListOptions>> = {
  'first page of all': {},
  'newest first': { sort: '-createdAt' },
  'name contains, few match': { filter: 'name~000007919' },
  'a field that nothing has': { filter: 'spec.partitions=99' },
}

const postgres = await startPostgres()
const state = temporaryDirectory('bench-lists')
const secretsKey = randomBytes(32)
const cacheDirectory = join(homedir(), '.cache', 'kaas')
try {
  const rows = [
    ...(await ask('PostgreSQL', { databaseUrl: postgres.url, secretsKey }, { KAAS_DATABASE_URL: postgres.url })),
    ...(await ask('embedded', { directory: join(state, 'database'), cacheDirectory, secretsKey }, {})),
  ]
  saveResult(
    'lists',
    `How fast are lists over HTTP with ${TOPICS} topics?`,
    [
      `Milliseconds, ${REQUESTS} requests each, one after another, 100 items a page unless it says else; p50 / p95 / max:`,
      renderTable(['list', 'database', 'p50', 'p95', 'max'], rows),
      'Goal: p95 under 200 ms.',
    ].join('\n\n'),
  )
} finally {
  await postgres.stop()
}

async function ask(name: string, options: StoreOptions, env: Record<string, string>): Promise<string[][]> {
  const store = await openStore(options)
  await fillStore(store, TOPICS)
  await store.close()
  // The reconciler would work on all topics at once; a tenant that is missing keeps each of them waiting, as it must.
  const files = { KAAS_SECRETS_KEY_FILE: secretsKey.toString('hex') }
  const { client, url, stop } = await startBenchControlPlane({ env: { ...env, KAAS_STATE_DIR: state }, files })
  const rows: string[][] = []
  for (const [question, list] of Object.entries(QUESTIONS))
    rows.push(await measure(question, name, () => client.list(TOPIC, list)))
  const deep = await cursorAt(client, Math.floor(TOPICS / 1000) - 2)
  rows.push(await measure('a page far down', name, () => client.list(TOPIC, { limit: 100, cursor: deep })))
  for (const [who, team] of Object.entries(TEAMS)) {
    const member = await memberOf(client, url, team)
    for (const [question, list] of Object.entries(SEEN_QUESTIONS))
      rows.push(await measure(`${question}, as ${who}`, name, () => member.list(TOPIC, list)))
  }
  await stop()
  return rows
}

/** Somebody who sees what one team has. */
async function memberOf(client: ReturnType<typeof createClient>, url: string, team: string) {
  const scope = { team }
  const { secret } = await client.createToken({ name: team, kind: 'machine', role: 'team-viewer', scope, expiresIn: '1d' })
  return createClient({ baseUrl: url, token: secret, fetch })
}

async function measure(question: string, database: string, request: () => Promise<unknown>): Promise<string[]> {
  const times: number[] = []
  for (let index = 0; index < REQUESTS; index += 1) {
    const started = performance.now()
    await request()
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.ceil(times.length * share) - 1] ?? Number.NaN).toFixed(0)
  const row = [question, database, at(0.5), at(0.95), at(1)]
  console.log(row.join('  '))
  return row
}

async function cursorAt(client: ReturnType<typeof createClient>, pages: number): Promise<string> {
  let cursor: string | undefined
  for (let page = 0; page < pages; page += 1) {
    cursor = (await client.list(TOPIC, { limit: 1000, ...(cursor === undefined ? {} : { cursor }) })).next
  }
  if (cursor === undefined) throw new Error('There are too few topics for a page far down.')
  return cursor
}
