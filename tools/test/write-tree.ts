// SPDX-License-Identifier: Apache-2.0
/** Small repositories for the tests of the checks: real files in a temporary folder, removed after each test. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Writes the files (path to text) below a new temporary folder and returns its path. */
export function writeTree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'kaas-house-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** The package.json of a workspace with these dependencies and one door. */
export function manifest(name: string, ...dependencies: readonly string[]): string {
  const entries = Object.fromEntries(dependencies.map((dependency) => [dependency, '1.0.0']))
  return JSON.stringify({ name, exports: { '.': './src/index.ts' }, dependencies: entries })
}

/** Runs a tool as a developer does and resolves with what it printed and how it ended. */
export function runTool(
  tool: string,
  ...args: readonly string[]
): Promise<{ readonly exit: number; readonly lines: readonly string[] }> {
  const script = join(import.meta.dirname, '..', tool)
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { timeout: 20_000 }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : 99
      resolve({ exit, lines: `${stdout}${stderr}`.trim().split('\n') })
    })
  })
}
