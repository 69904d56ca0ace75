// SPDX-License-Identifier: Apache-2.0
/** Pictures of pages for people to look at: `test/browser/screenshots/<page>-<theme>-<width>.png`, not kept in Git. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { View } from './browser.ts'

const FOLDER = fileURLToPath(new URL('./screenshots/', import.meta.url))

/** Takes the picture; `name` is a word of the page. */
export async function takeScreenshot(page: Page, name: string, { theme, width }: View): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  await page.screenshot({ path: join(FOLDER, `${name}-${theme}-${width}.png`), fullPage: width === 390 })
}
