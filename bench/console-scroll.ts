// SPDX-License-Identifier: Apache-2.0
/**
 * Does a table of a hundred thousand rows scroll without standing still? The audit log in a real browser: first all of it is loaded by
 * going to the end again and again, then a wheel turns through all rows. What tasks took is in the browser's own trace.
 * `KAAS_BENCH_ROWS` sets how many rows (100000).
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { findProgram } from '@kaas/kafka-engine'
import { openStore } from '@kaas/store'
import { startPostgres, temporaryDirectory } from '@kaas/testkit'
import { chromium, type Page } from 'playwright-core'
import { startBenchControlPlane } from './console/control-plane.ts'
import { fillAudit } from './console/long-audit.ts'
import { measureTasks, type PageTasks } from './console/page-tasks.ts'
import { saveResult } from './report/save-result.ts'
import { renderTable } from './report/statistics.ts'

const ROWS = Number(process.env.KAAS_BENCH_ROWS ?? 100_000)
const TURNS = 400
const SCROLLER = "document.querySelector('[role=grid]').parentElement"
const PASSWORD = randomBytes(16).toString('hex')

const postgres = await startPostgres()
const secretsKey = randomBytes(32)
const store = await openStore({ databaseUrl: postgres.url, secretsKey })
await fillAudit(store, postgres.url, ROWS)
await store.close()
const plane = await startBenchControlPlane({
  env: { KAAS_DATABASE_URL: postgres.url, KAAS_CONSOLE_DIR: buildConsole() },
  files: { KAAS_SECRETS_KEY_FILE: secretsKey.toString('hex'), KAAS_BOOTSTRAP_PASSWORD_FILE: PASSWORD },
})
const browser = await chromium.launch({
  executablePath: findProgram('chromium', { purpose: 'scroll the console', package: 'chromium' }),
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`${plane.url}/audit`)
  await page.getByLabel(/^Password/).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('row').nth(1).waitFor()
  let rows = 0
  const started = performance.now()
  const loading = await measureTasks(browser, page, async () => {
    rows = await loadAll(page)
  })
  const loadSeconds = (performance.now() - started) / 1000
  const [load = 0] = loadavg()
  const idle = await measureTasks(browser, page, () => page.waitForTimeout(5_000))
  const slow = await measureTasks(browser, page, () => turnWheel(page, 400))
  const fast = await measureTasks(browser, page, () => turnWheel(page, 8_000))
  saveResult(
    'console-scroll',
    `Does a table of ${rows} rows scroll without standing still?`,
    [
      `The audit log, all ${rows} rows loaded in ${loadSeconds.toFixed(0)} s by going to the end; then ${TURNS} turns of the wheel each; tasks of the page as the browser traces them. By the clock a task is longer where the machine has other work; by the processor it is what the page itself does. Load of the machine before: ${load.toFixed(1)}.`,
      renderTable(
        ['what', 'tasks over 50 ms', 'longest, ms', 'longest, ms of processor'],
        [
          rowOf('to the end until all is there', loading),
          rowOf('nothing', idle),
          rowOf('400 pixels a turn', slow),
          rowOf('8000 pixels a turn', fast),
        ],
      ),
      'Goal: none over 50 ms.',
    ].join('\n\n'),
  )
} finally {
  await browser.close()
  await plane.stop()
  await postgres.stop()
}

function buildConsole(): string {
  const folder = temporaryDirectory('bench-console')
  const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
  const { status } = spawnSync(
    process.execPath,
    [at('node_modules/vite/bin/vite.js'), 'build', at('apps/console'), '--logLevel', 'error'],
    { env: { ...process.env, KAAS_CONSOLE_OUT: folder, NODE_ENV: 'production' }, stdio: 'inherit' },
  )
  if (status !== 0) throw new Error('The console could not be built.')
  return folder
}

/** Goes to the end until the page says that this is all. Answers how many rows there are. */
async function loadAll(page: Page): Promise<number> {
  const grid = page.getByRole('grid')
  const isWhole = page.getByText(/^[\d,]+ records$/)
  await grid.waitFor()
  while (!(await isWhole.isVisible())) {
    await page.evaluate(`${SCROLLER}.scrollTo(0, ${SCROLLER}.scrollHeight)`)
    await page.waitForTimeout(20)
  }
  await page.evaluate(`${SCROLLER}.scrollTo(0, 0)`)
  return Number(await grid.getAttribute('aria-rowcount')) - 1
}

async function turnWheel(page: Page, pixels: number): Promise<void> {
  const { x, y } = await page.evaluate<{ x: number; y: number }>(`${SCROLLER}.getBoundingClientRect().toJSON()`)
  await page.mouse.move(x + 200, y + 200)
  for (let turn = 0; turn < TURNS; turn += 1) {
    await page.mouse.wheel(0, pixels)
    await page.waitForTimeout(16)
  }
}

function rowOf(what: string, { long, longestMs, longestProcessorMs }: PageTasks): readonly string[] {
  return [what, String(long), longestMs.toFixed(0), longestProcessorMs.toFixed(0)]
}
