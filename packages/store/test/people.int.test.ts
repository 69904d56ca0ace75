// SPDX-License-Identifier: Apache-2.0
/** What the store promises about people, sessions and tokens, on both databases. */
import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Person, Store } from '@kaas/store'
import { databaseEngines, type TestDatabase } from '@kaas/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const HOUR_MS = 3_600_000
const hash = (text: string) => createHash('sha256').update(text).digest()

const ada: Person = {
  name: 'ada',
  provider: 'company',
  subject: '1815',
  displayName: 'Ada Lovelace',
  email: 'ada@example.org',
  groups: ['orders-dev'],
  claims: { sub: '1815', groups: ['orders-dev'] },
}
const sessionOf = (secret: string, person = 'ada', lifeMs = HOUR_MS) => ({
  secretHash: hash(secret),
  person,
  provider: 'company',
  lifeMs,
  remoteAddress: '192.0.2.1',
  userAgent: 'a browser',
})
const tokenOf = (id: string, more: { owner?: string; kind?: 'personal' | 'machine'; lifeMs?: number } = {}) => ({
  id,
  secretHash: hash(id),
  name: `token ${id}`,
  kind: 'personal' as const,
  owner: 'ada',
  ownerProvider: 'company',
  role: 'team-member',
  scope: { team: 'shop' },
  lifeMs: HOUR_MS,
  ...more,
})

describe.each(databaseEngines())('$name', (engine) => {
  let database: TestDatabase
  let store: Store
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())
  beforeEach(async () => {
    database = await engine.newDatabase()
    store = await database.open()
  })
  afterEach(() => store.close())

  describe('people', () => {
    it('are as they were at their last sign-in', async () => {
      await store.savePerson(ada)
      await store.savePerson({ ...ada, groups: ['payments-dev'] })
      expect(await store.loadPerson('ada')).toMatchObject({ ...ada, groups: ['payments-dev'] })
      expect(await store.listPeople()).toHaveLength(1)
      expect(await store.loadPerson('grace')).toBeUndefined()
    })

    it('keep their name from another account that calls itself the same', async () => {
      await store.savePerson(ada)
      const other = await store.savePerson({ ...ada, subject: 'another', groups: ['platform-admins'] })
      expect(other).toEqual({ kind: 'taken', by: { provider: 'company', subject: '1815' } })
      expect(await store.savePerson({ ...ada, provider: 'elsewhere' })).toMatchObject({ kind: 'taken' })
      expect((await store.loadPerson('ada'))?.groups).toEqual(['orders-dev'])
    })

    it('who get a new name leave the old one with its sessions and tokens behind', async () => {
      await store.savePerson(ada)
      await store.openSession(sessionOf('s'))
      await store.saveToken(tokenOf('personal'))
      await store.saveToken(tokenOf('machine', { kind: 'machine' }))
      expect(await store.savePerson({ ...ada, name: 'ada.king' })).toEqual({ kind: 'renamed', from: 'ada' })
      expect(await store.loadPerson('ada')).toBeUndefined()
      expect(await store.resumeSession(hash('s'), HOUR_MS)).toBeUndefined()
      expect((await store.listTokens({})).map(({ id }) => id)).toEqual(['machine'])
    })

    it('can be forgotten, once', async () => {
      await store.savePerson(ada)
      expect(await store.removePerson('ada')).toBe(true)
      expect(await store.removePerson('ada')).toBe(false)
    })
  })

  describe('a session', () => {
    it('survives a restart of the store', async () => {
      const { id } = await store.openSession(sessionOf('s'))
      await store.close()
      store = await database.open()
      expect(await store.resumeSession(hash('s'), HOUR_MS)).toMatchObject({ id, person: 'ada', userAgent: 'a browser' })
      expect(await store.resumeSession(hash('another'), HOUR_MS)).toBeUndefined()
    })

    it('ends at its absolute limit, however much it is used', async () => {
      await store.openSession(sessionOf('s', 'ada', 3000))
      expect(await store.resumeSession(hash('s'), HOUR_MS)).toBeDefined()
      await sleep(3010)
      expect(await store.resumeSession(hash('s'), HOUR_MS)).toBeUndefined()
      expect(await store.listSessions(HOUR_MS)).toEqual([])
    })

    it('ends when it was idle for too long, and goes on while it is used', async () => {
      await store.openSession(sessionOf('used'))
      await store.openSession(sessionOf('idle'))
      for (let beat = 0; beat < 5; beat += 1) {
        await sleep(900)
        expect(await store.resumeSession(hash('used'), 4000), `beat ${beat}`).toBeDefined()
      }
      expect(await store.resumeSession(hash('idle'), 4000)).toBeUndefined()
    })

    it('can be ended by its public id, and only its own', async () => {
      const { id } = await store.openSession(sessionOf('one'))
      await store.openSession(sessionOf('two', 'grace'))
      expect(await store.loadSession(id, HOUR_MS)).toMatchObject({ person: 'ada' })
      expect(await store.endSession(id)).toBe(true)
      expect(await store.endSession(id)).toBe(false)
      expect((await store.listSessions(HOUR_MS)).map(({ person }) => person)).toEqual(['grace'])
      expect(await store.listSessions(HOUR_MS, 'ada')).toEqual([])
      expect(await store.loadSession('no-id', HOUR_MS)).toBeUndefined()
    })
  })

  describe('a token', () => {
    it('remembers its use at most once a minute, and where from', async () => {
      await store.saveToken(tokenOf('a'))
      expect((await store.loadToken('a'))?.lastUsedAt).toBeUndefined()
      await store.touchToken('a', '192.0.2.1')
      await store.touchToken('a', '192.0.2.2')
      expect(await store.loadToken('a')).toMatchObject({ lastUsedFrom: '192.0.2.1', scope: { team: 'shop' } })
    })

    it('is absent as soon as it has expired or was ended', async () => {
      await store.saveToken(tokenOf('short', { lifeMs: 3000 }))
      await store.saveToken(tokenOf('long'))
      expect((await store.listTokens({ owner: 'ada' })).map(({ id }) => id).sort()).toEqual(['long', 'short'])
      await sleep(3010)
      expect(await store.loadToken('short')).toBeUndefined()
      expect(await store.endToken('long')).toBe(true)
      expect(await store.endToken('long')).toBe(false)
      expect(await store.listTokens({})).toEqual([])
    })
  })

  it('a sign-in under way is taken once, also by two at the same time', async () => {
    const signIn = {
      stateHash: hash('state'),
      browserHash: hash('browser'),
      provider: 'company',
      nonce: 'n',
      verifier: 'v',
      returnTo: '/tenants',
    }
    await store.saveSignIn(signIn, HOUR_MS)
    const taken = await Promise.all([1, 2, 3].map(() => store.takeSignIn(hash('state'))))
    expect(taken.filter((each) => each !== undefined)).toEqual([signIn])
    await store.saveSignIn(signIn, 20)
    await sleep(30)
    expect(await store.takeSignIn(hash('state'))).toBeUndefined()
  })

  it('a sign-in of the command line waits for an answer and tells it once', async () => {
    const start = (code: string) =>
      store.saveDeviceSignIn({ deviceHash: hash(code), userCode: code, remoteAddress: '192.0.2.1' }, HOUR_MS)
    await start('AAAA-AAAA')
    await start('BBBB-BBBB')
    expect(await store.takeDeviceSignIn(hash('AAAA-AAAA'))).toEqual({ kind: 'pending' })
    expect(await store.answerDeviceSignIn('AAAA-AAAA', { person: 'ada', provider: 'company' })).toBe(true)
    expect(await store.answerDeviceSignIn('AAAA-AAAA', { person: 'mallory', provider: 'company' })).toBe(false)
    expect(await store.answerDeviceSignIn('BBBB-BBBB', undefined)).toBe(true)
    const told = { kind: 'approved', person: 'ada', provider: 'company', remoteAddress: '192.0.2.1' }
    expect(await store.takeDeviceSignIn(hash('AAAA-AAAA'))).toEqual(told)
    expect(await store.takeDeviceSignIn(hash('AAAA-AAAA'))).toBeUndefined()
    expect(await store.takeDeviceSignIn(hash('BBBB-BBBB'))).toEqual({ kind: 'denied' })
  })

  it('attempts are counted in windows, none is lost when many come at once', async () => {
    const key = `address ${randomBytes(4).toString('hex')}`
    await Promise.all(Array.from({ length: 20 }, () => store.countAttempt(key, 60_000)))
    const { count, endsInMs } = await store.countAttempt(key, 60_000)
    expect(count).toBe(21)
    expect(endsInMs).toBeLessThanOrEqual(60_000)
    await store.forgetAttempts(key)
    expect((await store.countAttempt(key, 100)).count).toBe(1)
    await sleep(110)
    expect((await store.countAttempt(key, 60_000)).count).toBe(1)
  })

  it('what has ended is deleted, what has not stays', async () => {
    await store.openSession(sessionOf('old', 'ada', 1))
    await store.openSession(sessionOf('new'))
    await store.saveToken(tokenOf('old', { lifeMs: 1 }))
    await store.saveToken(tokenOf('new'))
    await sleep(10)
    await store.trimPeople()
    expect(await store.listSessions(HOUR_MS)).toHaveLength(1)
    expect(await store.listTokens({})).toHaveLength(1)
  })
})
