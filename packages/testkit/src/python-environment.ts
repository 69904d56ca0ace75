// SPDX-License-Identifier: Apache-2.0
/** Python environments for client scripts, made once per `requirements.txt` and kept in the user's cache. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cachedFolder, findProgram, runProgram } from '@kaas/kafka-engine'

/**
 * The path of a `python` that has what `requirementsFile` names (every line pinned). Throws `tool-missing` without Python
 * and what `pip` says when it fails.
 */
export async function pythonEnvironment(requirementsFile: string): Promise<string> {
  const python = findProgram('python3', { package: 'python3 python3-venv', purpose: 'run Python clients' })
  const { stdout: version } = await runProgram(python, ['-VV'])
  const content = readFileSync(requirementsFile)
  const hash = createHash('sha256').update(content).update(version).digest('hex').slice(0, 16)
  const build = async (folder: string): Promise<void> => {
    await runProgram(python, ['-m', 'venv', folder])
    const pip = ['install', '--quiet', '--disable-pip-version-check', '-r', requirementsFile]
    await runProgram(join(folder, 'bin', 'pip'), pip, { timeoutMs: 600_000 })
  }
  return join(await cachedFolder(`python-${hash}`, build, { inPlace: true }), 'bin', 'python')
}
