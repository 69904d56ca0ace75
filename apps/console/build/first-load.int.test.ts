// SPDX-License-Identifier: Apache-2.0
/** A real build of the console, weighed: people on slow lines wait for each kilobyte before they see anything. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstLoadsOf } from './first-load.ts'

const KB = 1000
/** Where people come in. */
const FIRST_SCREENS = ['sign-in-page', 'start-page', 'tenants-page', 'order-page', 'tenant-page']
const folder = mkdtempSync(join(tmpdir(), 'kaas-console-'))

beforeAll(async () => {
  const vite = join(import.meta.dirname, '../../../node_modules/vite/bin/vite.js')
  const args = [vite, 'build', join(import.meta.dirname, '..'), '--logLevel', 'error']
  // As `npm start` builds it, not in the environment of a test, which takes the development build of React.
  const env = { ...process.env, NODE_ENV: 'production', KAAS_CONSOLE_OUT: folder }
  await promisify(execFile)(process.execPath, args, { env })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the first screens need at most 250 KB of compressed script, and no other page much more', () => {
  const loads = firstLoadsOf(folder)
  expect(loads.map(({ page }) => page)).toEqual(expect.arrayContaining(FIRST_SCREENS))
  for (const { page, bytes, files } of loads) {
    const largest = files.slice(0, 6).map((file) => `${file.name} ${Math.round(file.bytes / KB)}`)
    const limit = FIRST_SCREENS.includes(page) ? 250 : 320
    expect(bytes, `${page}: ${largest.join(', ')}`).toBeLessThan(limit * KB)
  }
})

test('the editor and the charts are no part of any first load', () => {
  const names = firstLoadsOf(folder).flatMap(({ files }) => files.map(({ name }) => name))
  expect(names.filter((name) => /code-mirror|plot/.test(name))).toEqual([])
  const assets = readdirSync(join(folder, 'assets'))
  expect(assets.filter((name) => /^(code-mirror-editor|plot)-.*\.js$/.test(name))).toHaveLength(2)
})

test('the page has no script or style of its own, and asks no other server for anything', () => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/)
  expect(html).not.toMatch(/<style|\son\w+=|https?:\/\//)
  const styles = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.css'))
  for (const name of styles) {
    expect(readFileSync(join(folder, 'assets', name), 'utf8')).not.toMatch(/url\(["']?https?:|@import/)
  }
})
