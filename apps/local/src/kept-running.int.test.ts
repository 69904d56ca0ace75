// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { KeptRunning } from './kept-running.ts'

test('what has died is started again, tried again when that fails, and both are said with the reason', async () => {
  const lines: string[] = []
  const start = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('the port is taken')).mockResolvedValue()
  const kept = new KeptRunning('gateway', start, (line) => lines.push(line))
  kept.died('signal SIGKILL')
  await vi.waitFor(() => expect(lines.at(-1)).toMatch(/is back/), 2000)
  expect(lines[0]).toBe('The gateway has ended (signal SIGKILL). It is started again in 0.2 s.')
  expect(lines[1]).toBe('The gateway has ended (the port is taken). It is started again in 0.4 s.')
  expect(start).toHaveBeenCalledTimes(2)
  await kept.close()
})

test('nothing is started again once everything is being stopped', async () => {
  const start = vi.fn(async () => {})
  const kept = new KeptRunning('gateway', start, () => {})
  kept.died('code 1')
  await kept.close()
  kept.died('code 1')
  await sleep(300)
  expect(start).not.toHaveBeenCalled()
})
