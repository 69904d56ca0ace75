// SPDX-License-Identifier: Apache-2.0
/** Folders that live as long as the test process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folders: string[] = []

/** A new empty folder, removed when the process ends (not when it is killed: the system's own cleaning gets those). */
export function temporaryDirectory(label = 'test'): string {
  if (folders.length === 0) process.once('exit', removeAll)
  const folder = mkdtempSync(join(tmpdir(), `kaas-${label}-`))
  folders.push(folder)
  return folder
}

function removeAll(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
