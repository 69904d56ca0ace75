// SPDX-License-Identifier: Apache-2.0
/** The command `migrate` on a real PostgreSQL: what the job of the chart runs before new pods start. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Installation, newInstallation, type Postgres, startControlPlane, startPostgres } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failToStart } from './fail-to-start.ts'

let postgres: Postgres
let url: string
beforeAll(async () => {
  postgres = await startPostgres()
  url = await postgres.createDatabase('kaas_migrate')
})
afterAll(async () => {
  await postgres.stop()
})

const sql = (text: string) => execFileSync('psql', ['-qXAt', url, '-c', text], { encoding: 'utf8' }).trim()

/** All with the same secrets, as the key belongs to the database. */
const installation = newInstallation()

function installationOn(databaseUrl: string): Installation {
  const file = join(installation.directory, `url-${encodeURIComponent(databaseUrl)}`)
  writeFileSync(file, `${databaseUrl}\n`, { mode: 0o600 })
  return { ...installation, env: { ...installation.env, KAAS_DATABASE_URL_FILE: file } }
}

describe('the command migrate', () => {
  it('brings an empty database to the schema of this version and ends, and does nothing the second time', async () => {
    const { env } = installationOn(url)
    expect(await failToStart(env, 'migrate')).toEqual({ code: 0, said: '' })
    const done = sql('select count(*) from kaas_migrations')
    expect(Number(done)).toBeGreaterThan(0)
    expect(await failToStart(env, 'migrate')).toEqual({ code: 0, said: '' })
    expect(sql('select count(*) from kaas_migrations')).toBe(done)
  })

  it('lets the control plane run as a database user who may not change the schema', async () => {
    await failToStart(installationOn(url).env, 'migrate')
    sql('create role application login')
    sql('grant select, insert, update, delete on all tables in schema public to application')
    sql('grant usage, select on all sequences in schema public to application')
    const lesser = url.replace('kaas@', 'application@')
    const running = await startControlPlane(installationOn(lesser))
    try {
      expect((await fetch(`${running.url}/readyz`)).status).toBe(200)
      expect(() => execFileSync('psql', ['-qX', lesser, '-c', 'create table x (y int)'], { stdio: 'pipe' })).toThrow(
        /permission denied/,
      )
    } finally {
      await running.kill('SIGTERM')
    }
  })

  it('with another word names the command that there is', async () => {
    const { code, said } = await failToStart(installationOn(url).env, 'migrat')
    expect(code).toBe(2)
    expect(said).toContain('migrate')
  })

  it('without the database says that it does not answer, so that the job is tried again', async () => {
    const { code, said } = await failToStart(installationOn('postgres://kaas@127.0.0.1:1/kaas').env, 'migrate')
    expect(code).toBe(10)
    expect(said).toMatch(/database/i)
  })
})
