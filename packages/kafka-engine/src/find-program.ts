// SPDX-License-Identifier: Apache-2.0
/** Finds programs of the machine on PATH and says which package brings a missing one. It starts nothing. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { KaasError } from '@kaas/errors'

/** What brings a program, for the sentence a user reads when it is missing. */
export interface ProgramHint {
  /** Debian's package with the program. */
  readonly package: string
  /** What it is needed for, as the end of "… is needed to". */
  readonly purpose: string
  /** Folders that are searched after PATH, such as `/usr/lib/postgresql/15/bin`. */
  readonly folders?: readonly string[]
}

/**
 * The path of an executable file. Throws `tool-missing` with the command that installs it; the caller lets it pass, so that
 * a missing program fails a run and is never skipped.
 */
export function findProgram(name: string, hint: ProgramHint): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...(hint.folders ?? [])]
  const path = folders.map((folder) => join(folder, name)).find(isExecutable)
  if (path !== undefined) return path
  throw new KaasError('tool-missing', {
    message: `${name} is needed to ${hint.purpose}, and it is not on PATH.`,
    help: `Install it: apt-get install ${hint.package} (on Debian; elsewhere the package of the same content).`,
  })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
