// SPDX-License-Identifier: Apache-2.0
/** Folders that live as long as the test process. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '@kaas/process-lock'

const folders: string[] = []

/**
 * A new empty folder, removed when the process ends. A process that is killed (as test runners end their workers) removes
 * nothing; its folders carry its id and are removed by the next process that asks for one.
 */
export function temporaryDirectory(label = 'test'): string {
  if (folders.length === 0) {
    removeAbandoned()
    process.once('exit', removeAll)
  }
  const folder = mkdtempSync(join(tmpdir(), `kaas-${label}-p${process.pid}-`))
  folders.push(folder)
  return folder
}

function removeAll(): void {
  for (const folder of folders) remove(folder)
}

function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^kaas-.+-p(\d+)-[^-]+$/.exec(name)?.[1]
    if (pid !== undefined && !isAlive({ pid: Number(pid) })) remove(join(tmpdir(), name))
  }
}

/** A folder of another account stays where it is. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // Somebody still writes there, or it is not ours: the next process tries again.
  }
}
