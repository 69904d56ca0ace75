// SPDX-License-Identifier: Apache-2.0
/**
 * Tells when files changed. Asks the file system from time to time and does not watch it: Kubernetes changes mounted files by exchanging
 * a link above them, which watches miss.
 */
import { stat } from 'node:fs/promises'

/** A running look at files. */
export interface FollowedFiles {
  /** Which files to look at from now on. */
  follow(files: readonly string[]): void
  stop(): void
}

/** Calls `changed` when a file has another time or size than before, was made, or went. One call at a time. */
export function followFiles(intervalMs: number, changed: () => Promise<void>): FollowedFiles {
  let seen = new Map<string, string>()
  let isLooking = false
  const look = async () => {
    if (isLooking) return
    isLooking = true
    const before = seen
    const now = await stampsOf([...before.keys()])
    if (before === seen && [...now].some(([file, stamp]) => before.get(file) !== '' && before.get(file) !== stamp)) {
      seen = now
      await changed()
    } else if (before === seen) seen = now
    isLooking = false
  }
  const timer = setInterval(() => void look(), intervalMs).unref()
  return {
    follow: (files) => {
      seen = new Map(files.map((file) => [file, seen.get(file) ?? '']))
    },
    stop: () => clearInterval(timer),
  }
}

async function stampsOf(files: readonly string[]): Promise<Map<string, string>> {
  const stamps = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => undefined)
      return [file, found === undefined ? 'absent' : `${found.mtimeMs} ${found.size} ${found.ino}`] as const
    }),
  )
  return new Map(stamps)
}
