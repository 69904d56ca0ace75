// SPDX-License-Identifier: Apache-2.0
/**
 * Wake-ups by LISTEN and NOTIFY. On a server a connection of its own listens and comes back by itself; the embedded database
 * has one connection, which listens beside its other work.
 */
import type pg from 'pg'
import { CHANNEL } from './record.ts'
import type { StoreChange } from './store.ts'

const ALL: readonly StoreChange[] = ['work', 'snapshot', 'event', 'audit']
const AGAIN_MS = 1000

/** Where wake-ups come in and go out. */
export interface ChangeFeed {
  onChange(listener: (change: StoreChange) => void): () => void
  close(): Promise<void>
}

/** Listens on the single connection of an embedded pool, and on the one that replaces it. */
export function feedOfPool(pool: pg.Pool): ChangeFeed {
  const { feed, deliver } = makeFeed(async () => {})
  pool.on('connect', (client) => {
    client.on('notification', ({ payload }) => deliver(payload))
    client.query(`listen ${CHANNEL}`).catch(() => {}) // The connection is broken then, and the pool makes another.
  })
  return feed
}

/** Listens on a connection of its own. When it breaks, it is made again, and everything counts as changed. */
export function feedOfServer(connect: () => pg.Client): ChangeFeed {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const { feed, deliver } = makeFeed(async () => {
    closed = true
    clearTimeout(timer)
    await client?.end().catch(() => {})
  })
  const listen = async () => {
    const mine = connect()
    client = mine
    mine.on('error', () => {}) // The end that follows is what counts.
    mine.on('notification', ({ payload }) => deliver(payload))
    mine.once('end', again)
    try {
      await mine.connect()
      await mine.query(`listen ${CHANNEL}`)
      for (const change of ALL) deliver(change)
    } catch {
      await mine.end().catch(() => {})
      again()
    }
  }
  const again = () => {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(() => void listen(), AGAIN_MS)
  }
  void listen()
  return feed
}

function makeFeed(close: () => Promise<void>) {
  const listeners = new Set<(change: StoreChange) => void>()
  const feed: ChangeFeed = {
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close,
  }
  const deliver = (payload: string | undefined) => {
    const change = ALL.find((each) => each === payload)
    if (change !== undefined) for (const listener of [...listeners]) listener(change)
  }
  return { feed, deliver }
}
