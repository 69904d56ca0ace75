// SPDX-License-Identifier: Apache-2.0
/** What goes wrong around a database: killed processes, servers that go away, second openers, newer versions. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openStore, type StoreChange } from '@kaas/store'
import { databaseEngines, startPostgres, temporaryDirectory, waitFor } from '@kaas/testkit'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { asAdministrator, tenantIntent } from './intents.ts'

const secretsKey = randomBytes(32)
const cacheDirectory = join(homedir(), '.cache', 'kaas')

describe('the embedded database', () => {
  it('loses nothing it acknowledged when the process is killed, three times in a row', async () => {
    const directory = temporaryDirectory('killed')
    let expected = 0
    for (let round = 0; round < 3; round += 1) {
      const acknowledged = await writeUntilKilled(directory, round)
      expected += acknowledged
      const store = await openStore({ directory, cacheDirectory, secretsKey })
      const names = new Set<string>()
      let cursor: string | undefined
      do {
        const page = await store.listResources({ kind: 'Tenant', limit: 500, ...(cursor && { cursor }) })
        for (const { name } of page.items) names.add(name)
        cursor = page.next
      } while (cursor !== undefined)
      for (let index = 0; index < acknowledged; index += 1) expect(names.has(`r${round}-${index}`)).toBe(true)
      expect(names.size).toBeGreaterThanOrEqual(expected)
      await store.close()
    }
  })

  it('is opened by one process only, and the other is told which', async () => {
    const directory = temporaryDirectory('twice')
    const store = await openStore({ directory, cacheDirectory, secretsKey })
    await expect(openStore({ directory, cacheDirectory, secretsKey })).rejects.toMatchObject({
      code: 'state-locked',
      message: expect.stringContaining(String(process.pid)),
    })
    await store.close()
  })

  it('does not hold up the event loop while it works on something long', async () => {
    const database = await databaseEngines()[0]?.newDatabase()
    const store = await database?.open()
    if (store === undefined) throw new Error('There is no embedded database.')
    let round = 0
    const longestGap = async (): Promise<number> => {
      let longest = 0
      let last = performance.now()
      const timer = setInterval(() => {
        longest = Math.max(longest, performance.now() - last)
        last = performance.now()
      })
      const intents = Array.from({ length: 150 }, (_, index) => tenantIntent(`t${round}-${index}`))
      round += 1
      await store.transaction(async (session) => {
        for (const intent of intents) await session.saveResource(intent, asAdministrator)
      })
      clearInterval(timer)
      return longest
    }
    // Other programs hold the event loop up now and then, a database in this process each time.
    await waitFor(async () => (await longestGap()) < 500, { what: 'a transaction that holds up nothing' })
    await store.close()
  })
})

describe('PostgreSQL', () => {
  it('may go away and come back: calls fail with what to do, work and wake-ups go on', async () => {
    const server = await startPostgres()
    const store = await openStore({ databaseUrl: server.url, secretsKey })
    const changes: StoreChange[] = []
    store.onChange((change) => changes.push(change))
    await store.saveResource(tenantIntent('orders'), asAdministrator)
    const administrator = new pg.Client({ connectionString: server.url })
    await administrator.connect()
    await administrator.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', ['kaas'])
    await administrator.end()
    const outcome = await waitFor(() => store.saveResource(tenantIntent('orders', '6MB/s'), asAdministrator), {
      what: 'the pool to connect again',
    })
    expect(outcome.outcome).toBe('updated')
    changes.length = 0
    await waitFor(
      async () => {
        await store.requestWork({ kind: 'Tenant' })
        return changes.includes('work')
      },
      { what: 'wake-ups to come again', pollMs: 200 },
    )
    await server.stop()
    await expect(store.ping()).rejects.toMatchObject({ code: 'database-unavailable', help: expect.any(String) })
    await store.close()
  })

  it('that is not there is named at once', async () => {
    const open = openStore({ databaseUrl: 'postgres://kaas@127.0.0.1:1/kaas', secretsKey })
    await expect(open).rejects.toMatchObject({ code: 'database-unavailable' })
  })

  it('written by a newer version is refused, and left as it is', async () => {
    const server = await startPostgres()
    await (await openStore({ databaseUrl: server.url, secretsKey })).close()
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query(`insert into kaas_migrations (name, timestamp) values ('9999-from-the-future', now()::text)`)
    await expect(openStore({ databaseUrl: server.url, secretsKey })).rejects.toMatchObject({
      code: 'state-newer',
      message: expect.stringContaining('9999-from-the-future'),
    })
    await client.end()
    await server.stop()
  })

  it('is shared by several processes: what one writes wakes the other, and each piece of work goes to one', async () => {
    const server = await startPostgres()
    const [one, two] = await Promise.all([1, 2].map(() => openStore({ databaseUrl: server.url, secretsKey })))
    if (one === undefined || two === undefined) throw new Error('Two stores are needed.')
    const changes: StoreChange[] = []
    two.onChange((change) => changes.push(change))
    await waitFor(
      async () => {
        await one.requestWork({ kind: 'Tenant' })
        return changes.includes('work')
      },
      { what: 'the second store to listen', pollMs: 100 },
    )
    changes.length = 0
    for (let index = 0; index < 10; index += 1) await one.saveResource(tenantIntent(`t${index}`), asAdministrator)
    await waitFor(() => changes.includes('work'), { what: 'the other process to be woken' })
    const claims = await Promise.all(
      [one, two, one, two].map((store, index) => store.claimWork({ worker: `w${index}`, leaseMs: 60_000, limit: 5 })),
    )
    const names = claims.flat().map((item) => item.key.name)
    expect([names.length, new Set(names).size]).toEqual([10, 10])
    await Promise.all([one.close(), two.close()])
    await server.stop()
  })
})

/** Starts a process that creates tenants one after the other, kills it after some, and says how many it had acknowledged. */
async function writeUntilKilled(directory: string, round: number): Promise<number> {
  const script = new URL('./write-tenants.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script, directory, cacheDirectory, secretsKey.toString('hex'), `r${round}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let acknowledged = 0
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line) + 1
    if (acknowledged === 20 + round * 7) child.kill('SIGKILL')
  }
  return acknowledged
}
