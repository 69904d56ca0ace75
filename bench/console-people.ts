// SPDX-License-Identifier: Apache-2.0
/**
 * What do people cost who have the console open and do nothing? Each signs in at a real identity provider and follows the event stream,
 * as a page does. `KAAS_BENCH_PEOPLE` sets how many (200), `KAAS_BENCH_SECONDS` for how long is measured (60). Processor time, which
 * other work on the machine hardly changes.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpBrowser, startIdentityProvider, startKafka, startPostgres, temporaryDirectory } from '@kaas/testkit'
import { orderTenant, startBenchControlPlane } from './console/control-plane.ts'
import { cpuOfAll, residentMiB } from './console/memory-watch.ts'
import { saveResult } from './report/save-result.ts'
import { renderTable } from './report/statistics.ts'

const PEOPLE = Number(process.env.KAAS_BENCH_PEOPLE ?? 200)
const SECONDS = Number(process.env.KAAS_BENCH_SECONDS ?? 60)

const people = Array.from({ length: PEOPLE }, (_, index) => ({
  login: `person-${index}`,
  name: `Person ${index}`,
  email: `person-${index}@example.org`,
  groups: ['everybody'],
}))
const kafka = await startKafka()
const postgres = await startPostgres()
const company = await startIdentityProvider({ people })
const { issuer, clientId, clientSecret } = company
const clientSecretFile = join(temporaryDirectory('bench-people'), 'client-secret')
writeFileSync(clientSecretFile, clientSecret, { mode: 0o600 })
const scopes = ['openid', 'profile', 'groups']
const provider = { id: 'company', name: 'Company', issuer, clientId, clientSecretFile, scopes }
const plane = await startBenchControlPlane({
  kafka,
  env: { KAAS_DATABASE_URL: postgres.url },
  files: { KAAS_SIGN_IN_FILE: JSON.stringify({ providers: [provider] }) },
})
const pid = plane.child.pid ?? 0
try {
  await orderTenant(plane.client, 'shop', 20)
  const alone = await load()
  const streams: Awaited<ReturnType<typeof openStream>>[] = []
  for (const { login } of people) streams.push(await openStream(login))
  const open = await load()
  const heard = streams.map((stream) => stream.heard())
  const late = streams.filter((stream) => stream.isOver()).length
  const row = (name: string, { share, memory }: Load) => [name, `${(share * 100).toFixed(2)} %`, memory.toFixed(0)]
  saveResult(
    'console-people',
    `What do ${PEOPLE} people cost who have the console open and do nothing?`,
    [
      `One control plane on PostgreSQL with one tenant, ${SECONDS} s each; processor time as a share of one core; memory in MiB:`,
      renderTable(['who looks', 'core', 'memory'], [row('nobody', alone), row(`${PEOPLE} people`, open)]),
      `All are signed in (OIDC) and follow the event stream; ${late} streams ended early, each heard at least ${Math.min(...heard)} signs of life. Goal: less than 2 % of a core.`,
    ].join('\n\n'),
  )
} finally {
  await plane.stop()
  await Promise.all([company.stop(), postgres.stop(), kafka.stop()])
}

interface Load {
  readonly share: number
  readonly memory: number
}

async function load(): Promise<Load> {
  await sleep(20_000)
  const before = cpuOfAll(pid)
  await sleep(SECONDS * 1000)
  return { share: (cpuOfAll(pid) - before) / SECONDS, memory: residentMiB(pid) }
}

async function openStream(login: string) {
  const browser = new HttpBrowser()
  await browser.signIn(`${plane.url}/v1/sign-in/provider/company?returnTo=/tenants`, login)
  const response = await browser.send(`${plane.url}/v1/events`)
  if (response.status !== 200) throw new Error(`${login} got ${response.status}: ${await response.text()}`)
  let [heard, isOver] = [0, false]
  const listen = async () => {
    for await (const _ of response.body ?? []) heard += 1
  }
  listen()
    .catch(() => {})
    .finally(() => {
      isOver = true
    })
  return { heard: () => heard, isOver: () => isOver }
}
