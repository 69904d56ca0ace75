// SPDX-License-Identifier: Apache-2.0
/**
 * A real browser for the stories of the console: Debian's chromium, driven by playwright-core. Each visitor has cookies of her own and
 * keeps what the page complained about: an error in the browser's console fails the story that saw it.
 */
import { findProgram } from '@kaas/kafka-engine'
import { waitFor } from '@kaas/testkit'
import { type Browser, chromium, type Page, type Request } from 'playwright-core'

/** What a visitor is shown. */
export interface View {
  readonly theme: 'light' | 'dark'
  /** Pixels. */
  readonly width: 1280 | 390
}

/** Both themes at both widths. */
export const VIEWS: readonly View[] = (['light', 'dark'] as const).flatMap((theme) =>
  ([1280, 390] as const).map((width) => ({ theme, width })),
)

/** One person at one browser. */
export interface Visitor {
  readonly page: Page
  /** What went wrong in the page since the last call: exceptions, errors of the console, refused scripts and styles. */
  complaints(): readonly string[]
  /** Resolves when the page has asked for nothing for a moment and waits for no answer; streams that stay open do not count. */
  untilQuiet(): Promise<void>
  close(): Promise<void>
}

/** Long enough for what is shown to ask for more. */
const QUIET_MS = 150
const STREAMS = /\/v1\/events/
const HEIGHT = { 1280: 800, 390: 844 } as const

/** Starts the browser; headless, without a sandbox because tests run as root in containers. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: findProgram('chromium', { purpose: 'open the console', package: 'chromium' }),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
}

/** A new visitor of the console at `baseUrl`, knowing nobody. */
export async function newVisitor(
  browser: Browser,
  baseUrl: string,
  view: View = { theme: 'light', width: 1280 },
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: view.width, height: HEIGHT[view.width] },
    colorScheme: view.theme,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  let complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    // A refused request is for the page to tell, and some stories ask for refusals.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text())
  })
  return {
    page,
    untilQuiet: watchRequests(page),
    complaints: () => {
      const heard = complaints
      complaints = []
      return heard
    },
    close: () => context.close(),
  }
}

function watchRequests(page: Page): () => Promise<void> {
  const waiting = new Set<Request>()
  let lastAt = performance.now()
  const over = (request: Request): void => {
    if (waiting.delete(request)) lastAt = performance.now()
  }
  page.on('request', (request) => {
    if (STREAMS.test(request.url())) return
    waiting.add(request)
    lastAt = performance.now()
  })
  page.on('requestfinished', over)
  page.on('requestfailed', over)
  const isQuiet = () => waiting.size === 0 && performance.now() - lastAt > QUIET_MS
  return async () => {
    await waitFor(isQuiet, { what: 'the page to have all that it asked for' })
  }
}
