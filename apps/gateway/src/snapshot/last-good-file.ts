// SPDX-License-Identifier: Apache-2.0
/** The last good snapshot on disk: what a gateway serves from when it starts while the control plane is away. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type GatewaySnapshot, gatewaySnapshotSchema } from '@kaas/domain'
import { KaasError } from '@kaas/errors'

/** Undefined when there is no file. Throws `stored-data-corrupt` for a file that cannot be one of ours. */
export async function loadLastGood(file: string): Promise<GatewaySnapshot | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  try {
    return gatewaySnapshotSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new KaasError('stored-data-corrupt', {
      message: `The last good snapshot in ${file} cannot be read.`,
      help: 'Delete the file; the gateway gets a new snapshot from the control plane.',
      cause,
    })
  }
}

/** Writes a new file beside the old one and then takes its place, so that a crash leaves one or the other. */
export async function saveLastGood(file: string, snapshot: GatewaySnapshot): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.new`
  await writeFile(draft, JSON.stringify(snapshot), { mode: 0o600, flush: true })
  await rename(draft, file)
}
