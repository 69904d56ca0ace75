// SPDX-License-Identifier: Apache-2.0
/** How long the tasks of a page take while something happens, as the browser's own trace tells: by the clock and by the processor. */
import type { Browser, Page } from 'playwright-core'

/** What stands still is longer by the clock; what the page itself is to blame for is longer by the processor. */
export interface PageTasks {
  /** Tasks of more than 50 ms by the clock. */
  readonly long: number
  readonly longestMs: number
  readonly longestProcessorMs: number
}

const LONG_MS = 50

/** Runs `work` and looks at all tasks of the page's main thread meanwhile. */
export async function measureTasks(browser: Browser, page: Page, work: () => Promise<void>): Promise<PageTasks> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] })
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: TraceEvent[] }
  const threads = traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(threadOf)
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && threads.includes(threadOf(event)))
  if (tasks.length === 0) throw new Error('The trace of the browser has no tasks.')
  const clock = tasks.map(({ dur = 0 }) => dur / 1000)
  return {
    long: clock.filter((ms) => ms > LONG_MS).length,
    longestMs: clock.reduce((longest, ms) => Math.max(longest, ms), 0),
    longestProcessorMs: tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0),
  }
}

/** As the trace has it; times in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`
}
