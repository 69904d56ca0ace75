// SPDX-License-Identifier: Apache-2.0
/** What must not hurt: filters without end, records without measure, tails without number. */
import { waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MessagePlatform, startMessagePlatform } from './message-platform.ts'

const LARGE = 5 * 1024 * 1024

let platform: MessagePlatform

beforeAll(async () => {
  platform = await startMessagePlatform()
  const text = `${'a'.repeat(40)}!`
  await platform.fill('words', [
    Array.from({ length: 500 }, (_, index) => ({ value: Buffer.from(JSON.stringify({ index, text })) })),
  ])
})

afterAll(() => platform?.stop())

/** How long the API took to answer something small, in the middle, while `work` ran: held up by it, each answer would take as long as it. */
async function usualAnswer(work: Promise<unknown>): Promise<number> {
  const times: number[] = []
  let running = true
  void work.finally(() => {
    running = false
  })
  while (running) {
    const started = performance.now()
    await platform.fetch('/v1/tenants/shop')
    times.push(performance.now() - started)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

const list = `[${Array.from({ length: 100 }, (_, index) => index).join(',')}]`

test.each([
  ['a pattern that goes through all ways of matching', 'value.text.matches("^(a+)+$")'],
  ['lists of lists of lists', `${list}.map(a, ${list}.map(b, ${list}.map(c, ${list}.map(d, [a, b, c, d])))).size() == 1`],
])('%s is ended, said so, and holds up nobody', async (_name, filter) => {
  const hostile = platform.browse('words', { from: 'earliest', filter })
  const [usual, other, { problem, messages }] = await Promise.all([
    usualAnswer(hostile),
    platform.browse('words', { from: 'earliest', filter: 'value.index == 499' }),
    hostile,
  ])
  expect(messages).toEqual([])
  expect(problem).toMatchObject({ code: 'usage-invalid', status: 400 })
  expect(problem?.detail).toMatch(/took longer|needed more/)
  expect(other.messages).toHaveLength(1)
  expect(usual).toBeLessThan(1_500)
  const after = await platform.browse('words', { from: 'earliest', filter: 'value.index < 3' })
  expect(after.messages).toHaveLength(3)
})

test('an expression that is nested or long without measure is refused before it runs', async () => {
  const deep = `${'('.repeat(500)}true${')'.repeat(500)}`
  await expect(platform.browse('words', { filter: deep })).rejects.toMatchObject({ code: 'usage-invalid' })
  const long = Array.from({ length: 700 }, () => 'true').join('&&')
  await expect(platform.browse('words', { filter: long })).rejects.toMatchObject({ code: 'usage-invalid' })
  const longer = 'true && '.repeat(10_000)
  await expect(platform.browse('words', { filter: longer })).rejects.toMatchObject({ code: expect.any(String) })
})

test('a filter reaches nothing of the process that runs it', async () => {
  for (const filter of [
    'value.constructor == null',
    'process.env == null',
    'globalThis == null',
    'value.__proto__ == null',
  ]) {
    const outcome = await platform.browse('words', { filter, from: 'earliest' }).then(
      ({ messages, done }) => messages.length + (done?.filterErrors === 500 ? 0 : 1),
      (error) => (error.code === 'usage-invalid' ? 0 : 1),
    )
    expect([filter, outcome]).toEqual([filter, 0])
  }
})

test('records of 5 MB show their beginning, and each is there whole, as JSON and as bytes', async () => {
  const value = Buffer.from(JSON.stringify({ id: 23958446825181076828n.toString(), text: 'x'.repeat(LARGE) }))
  await platform.fill('large', [[{ value, key: Buffer.from([0xff, 0x00, 0x80]) }, { value }]])
  const { messages } = await platform.browse('large', { previewBytes: 1000 })
  expect(messages).toHaveLength(2)
  expect(messages[1]?.value).toMatchObject({ format: 'text', bytes: value.length, truncated: true })
  expect(messages[1]?.value?.text).toHaveLength(1000)
  expect(messages[1]?.key).toMatchObject({ format: 'hex', text: 'ff0080', bytes: 3 })
  const whole = await platform.api.readMessage({ tenant: 'shop', topic: 'large' }, 0, 0)
  expect(Buffer.from(whole.value?.base64 ?? '', 'base64').equals(value)).toBe(true)
  expect(whole.key?.base64).toBe('/wCA')
  const download = await platform.fetch('/v1/tenants/shop/topics/large/messages/0/0?part=value')
  expect(download.headers.get('content-disposition')).toBe('attachment; filename="large-0-0.value.bin"')
  expect(Buffer.from(await download.arrayBuffer()).equals(value)).toBe(true)
})

test('topic names that look like paths reach no other topic', async () => {
  for (const name of ['..%2F..%2Fother', '..%5C..', '%2e%2e%2fshop', 'a%00b', 'a%20b', '%F0%9F%9A%84']) {
    const answer = await platform.fetch(`/v1/tenants/shop/topics/${name}/messages`)
    expect([name, [400, 404].includes(answer.status)]).toEqual([name, true])
  }
})

test('of a thousand parallel tails few are open, the others are told so, and the rest of the API goes on', async () => {
  const stop = new AbortController()
  const outcomes = { open: 0, refused: 0 }
  const others = new Set<string>()
  const tailOnce = async (): Promise<void> => {
    let isOpen = false
    try {
      const tail = platform.api.browseMessages({ tenant: 'shop', topic: 'words' }, { from: 'tail' }, { signal: stop.signal })
      for await (const event of tail) {
        if (event.kind === 'started' && !isOpen) outcomes.open += 1
        isOpen = true
      }
      if (!isOpen) others.add('a tail that ended before it began')
    } catch (error) {
      if ((error as { code?: string }).code === 'rate-exceeded') outcomes.refused += 1
      else if (!stop.signal.aborted) {
        // Of a thousand connections at once, some are not made in the time that fetch allows: these were not answered.
        others.add(String(error))
        await tailOnce()
      }
    }
  }
  const tails = Array.from({ length: 1000 }, tailOnce)
  const answered = () => {
    if (outcomes.open + outcomes.refused >= 1000) return true
    throw new Error(`${JSON.stringify(outcomes)}, and ${[...others].join('; ') || 'no error'}`)
  }
  await waitFor(answered, { what: 'an answer to each', timeoutMs: 240_000, pollMs: 100 })
  expect(outcomes).toEqual({ open: 8, refused: 992 })
  expect((await platform.fetch('/v1/tenants/shop')).status).toBe(200)
  await expect(platform.browse('words', {})).rejects.toMatchObject({
    code: 'rate-exceeded',
    message: expect.stringContaining('8 browses open'),
  })
  stop.abort()
  await Promise.all(tails)
  for (let left = 600; ; left -= 1) {
    const again = await platform.browse('words', { limit: 1 }).catch((error) => error)
    if (again.messages?.length === 1) break
    expect(left).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})
