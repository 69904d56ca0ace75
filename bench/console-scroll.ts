// SPDX-License-Identifier: Apache-2.0
/**
 * Does a table of a hundred thousand rows scroll without standing still? The audit log in a real browser: first all of it is loaded by
 * going to the end, then a wheel turns through all rows. The browser itself reports tasks of more than 50 ms.
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
import { fillStore } from './lists/fill-store.ts'
import { saveResult } from './report/save-result.ts'
import { renderTable } from './report/statistics.ts'

const ROWS = Number(process.env.KAAS_BENCH_ROWS ?? 100_000)
const TURNS = 400
const SCROLLER = "document.querySelector('[role=grid]').parentElement"
const PASSWORD = randomBytes(16).toString('hex')

const postgres = await startPostgres()
const secretsKey = randomBytes(32)
const store = await openStore({ databaseUrl: postgres.url, secretsKey })
await fillStore(store, ROWS)
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
  const rows = await loadAll(page)
  const [load = 0] = loadavg()
  const idle = await longTasks(page, () => page.waitForTimeout(5_000))
  const slow = await longTasks(page, () => turnWheel(page, 400))
  const fast = await longTasks(page, () => turnWheel(page, 8_000))
  saveResult(
    'console-scroll',
    `Does a table of ${rows} rows scroll without standing still?`,
    [
      `The audit log with all ${rows} rows loaded, ${TURNS} turns of the wheel each; tasks of the page of more than 50 ms as the browser reports them. Load of the machine before: ${load.toFixed(1)}.`,
      renderTable(
        ['what', 'tasks over 50 ms', 'longest, ms'],
        [
          ['nothing', ...idle],
          ['400 pixels a turn', ...slow],
          ['8000 pixels a turn', ...fast],
        ],
      ),
      'Goal: none.',
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

/** Goes to the end until no more rows come. Answers how many there are. */
async function loadAll(page: Page): Promise<number> {
  const grid = page.getByRole('grid')
  await grid.waitFor()
  let [rows, still] = [0, 0]
  while (still < 100) {
    await page.evaluate(`${SCROLLER}.scrollTo(0, ${SCROLLER}.scrollHeight)`)
    await page.waitForTimeout(20)
    const now = Number(await grid.getAttribute('aria-rowcount')) - 1
    still = now === rows ? still + 1 : 0
    rows = now
  }
  await page.evaluate(`${SCROLLER}.scrollTo(0, 0)`)
  return rows
}

async function turnWheel(page: Page, pixels: number): Promise<void> {
  const box = await page.getByRole('grid').boundingBox()
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200)
  for (let turn = 0; turn < TURNS; turn += 1) {
    await page.mouse.wheel(0, pixels)
    await page.waitForTimeout(16)
  }
}

async function longTasks(page: Page, work: () => Promise<void>): Promise<[string, string]> {
  await page.evaluate(`window.longTasks = []
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask' })`)
  await work()
  const seen = await page.evaluate<number[]>('window.longTasks')
  return [String(seen.length), seen.length === 0 ? '–' : Math.max(...seen).toFixed(0)]
}
