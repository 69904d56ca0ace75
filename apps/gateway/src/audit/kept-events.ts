// SPDX-License-Identifier: Apache-2.0
/**
 * Audit events on disk while the control plane is away, one file for each process, beside the last good snapshot. Who finds the file of
 * another process may send it: the control plane knows each event by its gateway's name and number, and takes it once.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type GatewayEvent, gatewayEventSchema } from '@kaas/domain'
import { z } from 'zod'

const keptSchema = z.object({ node: z.string(), events: z.array(gatewayEventSchema) })

/** What a process left behind. */
export interface KeptEvents {
  readonly node: string
  readonly events: readonly GatewayEvent[]
}

/** The events that others left in `folder`; none without one. What cannot be read is left where it is and told to `broken`. */
export async function loadKeptEvents(
  folder: string,
  ownNode: string,
  broken: (file: string, error: unknown) => void,
): Promise<readonly KeptEvents[]> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json') && file !== nameOf(ownNode))
  const kept: KeptEvents[] = []
  for (const file of files) {
    try {
      kept.push(keptSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8'))))
    } catch (error) {
      broken(file, error)
    }
  }
  return kept
}

/** Puts the events of `node` in place of those that are there; none removes the file. */
export async function saveKeptEvents(folder: string, { node, events }: KeptEvents): Promise<void> {
  const file = join(folder, nameOf(node))
  if (events.length === 0) {
    await rm(file, { force: true })
    return
  }
  await mkdir(folder, { recursive: true })
  await writeFile(`${file}.new`, JSON.stringify({ node, events }), { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
}

function nameOf(node: string): string {
  return `${node}.json`
}
