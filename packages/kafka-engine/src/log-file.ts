// SPDX-License-Identifier: Apache-2.0
/** Log files of child processes: several runs append to one file, which is moved aside when it has grown. */
import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'

const LARGEST_BYTES = 20_000_000

/** To be called before a process starts: keeps one older file (`.1`). Returns the offset at which the coming process begins. */
export function rotateLog(file: string): number {
  if (!existsSync(file)) return 0
  const { size } = statSync(file)
  if (size < LARGEST_BYTES) return size
  rmSync(`${file}.1`, { force: true })
  renameSync(file, `${file}.1`)
  return 0
}

/** What was written from `offset` on; empty when there is no file yet. */
export function readLogFrom(file: string, offset: number): string {
  if (!existsSync(file)) return ''
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - offset))
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, offset))
  } finally {
    closeSync(descriptor)
  }
}
