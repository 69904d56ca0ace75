// SPDX-License-Identifier: Apache-2.0
/**
 * How fast are the lists of what Kafka has, for a tenant with fifty thousand topics and two thousand groups? Real brokers, the control
 * plane as in production, asked over HTTP. `KAAS_BENCH_TOPICS`, `KAAS_BENCH_GROUPS`, `KAAS_BENCH_BROKERS` and `KAAS_BENCH_REQUESTS`
 * set how many of each. Brokers keep a file open for each partition: see `ulimit -n`.
 */
import type { ViewListOptions } from '@kaas/http-contract'
import { startKafka, startPostgres, waitFor } from '@kaas/testkit'
import { orderTenant, startBenchControlPlane } from './console/control-plane.ts'
import { fillKafka } from './lists/fill-kafka.ts'
import { saveResult } from './report/save-result.ts'
import { renderTable } from './report/statistics.ts'

const TOPICS = Number(process.env.KAAS_BENCH_TOPICS ?? 50_000)
const GROUPS = Number(process.env.KAAS_BENCH_GROUPS ?? 2_000)
const BROKERS = Number(process.env.KAAS_BENCH_BROKERS ?? 3)
const REQUESTS = Number(process.env.KAAS_BENCH_REQUESTS ?? 60)
const TENANT = 'large'

const TOPIC_LISTS: Readonly<Record<string, ViewListOptions>> = {
  'topics by name': {},
  'topics by name, backwards': { sort: '-name' },
  'topics by bytes': { sort: '-bytes' },
  'topics by records': { sort: '-records' },
  'topics by rate': { sort: '-bytesInPerS' },
  'topics by partitions': { sort: 'partitions' },
  'topics under-replicated first': { sort: '-underReplicated' },
  'topics, name contains': { filter: 'name~042' },
  'topics not documented, with records': { filter: 'documented=false,records>0', sort: '-records' },
  'topics, nothing found': { filter: 'bytes>1TB' },
  'topics, a page of 1000': { limit: 1000 },
}
const GROUP_LISTS: Readonly<Record<string, ViewListOptions>> = {
  'groups by name': {},
  'groups by lag': { sort: '-lag' },
  'groups by members': { sort: '-members' },
  'groups, lag above, name contains': { filter: 'lag>100,group~7', sort: 'lag' },
  'groups, a page of 1000': { limit: 1000 },
}

const kafka = await startKafka({ brokers: BROKERS, jvm: ['-Xms256m', '-Xmx1536m'], startTimeoutMs: 120_000 })
const postgres = await startPostgres()
const filled = await fillKafka(kafka, TENANT, TOPICS, GROUPS)
const { client, stop } = await startBenchControlPlane({ kafka, env: { KAAS_DATABASE_URL: postgres.url } })
try {
  await orderTenant(client, TENANT, 100_000, true)
  const first = performance.now()
  await waitFor(async () => (await client.listKafkaTopics(TENANT, { limit: 1 })).items[0]?.records !== undefined, {
    what: 'the first reading',
    timeoutMs: 300_000,
  })
  const firstMs = Math.round(performance.now() - first)
  const rows = [
    ...(await ask(TOPIC_LISTS, (options) => client.listKafkaTopics(TENANT, options))),
    ...(await ask(GROUP_LISTS, (options) => client.listGroups(TENANT, options))),
  ]
  saveResult(
    'console-lists',
    `How fast are the lists of what Kafka has, with ${TOPICS} topics and ${GROUPS} groups of one tenant?`,
    [
      `Milliseconds over HTTP, ${REQUESTS} requests each with pauses of 50 ms, so that brokers are read again meanwhile; 100 items a page unless it says else; p50 / p95 / max:`,
      renderTable(['list', 'p50', 'p95', 'max'], rows),
      `Goal: p95 under 200 ms. ${BROKERS} brokers on the same machine; making topics took ${filled.topicsSeconds} s, groups ${filled.groupsSeconds} s. Sizes of all were known ${firstMs} ms after the first look; brokers were still making the topics’ files meanwhile.`,
    ].join('\n\n'),
  )
} finally {
  await stop()
  await postgres.stop()
  await kafka.stop()
}

type Asked = (options: ViewListOptions) => Promise<{ readonly next?: string | undefined; readonly problem?: unknown }>

async function ask(lists: Readonly<Record<string, ViewListOptions>>, list: Asked): Promise<string[][]> {
  const rows: string[][] = []
  for (const [name, options] of Object.entries(lists)) {
    const times: number[] = []
    let cursor: string | undefined
    for (let at = 0; at < REQUESTS; at += 1) {
      const started = performance.now()
      const page = await list({ limit: 100, ...options, ...(cursor === undefined ? {} : { cursor }) })
      times.push(performance.now() - started)
      if (page.problem !== undefined) throw new Error(`${name}: ${JSON.stringify(page.problem)}`)
      cursor = page.next
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    times.sort((a, b) => a - b)
    const quantile = (share: number) => String(Math.round(times[Math.floor(share * (times.length - 1))] ?? 0))
    rows.push([name, quantile(0.5), quantile(0.95), quantile(1)])
    console.log(rows.at(-1)?.join('  '))
  }
  return rows
}
