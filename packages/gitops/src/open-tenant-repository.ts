// SPDX-License-Identifier: Apache-2.0
/** Opens the repository of tenants: checks what is given, takes the folder of the copy, makes it ready. */
import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { KaasError } from '@kaas/errors'
import { lockCopy } from './copy-lock.ts'
import { gitEnvironment, gitSettings, transportOf } from './git-environment.ts'
import { GitProgram } from './git-process.ts'
import { GitRepository } from './git-repository.ts'
import { LocalCopy } from './local-copy.ts'
import type { RepositoryOptions, TenantRepository } from './tenant-repository.ts'

const BRANCH = /^(?!.*(?:\.\.|\/\/|\/\.|\.lock(?:\/|$)|@\{))[A-Za-z0-9][\w./-]*(?<![./])$/

/**
 * Opens the repository. The server is not asked yet, so this works while it is away: what was fetched last can be read. Throws
 * `config-invalid` for an address, branch or folder that cannot be used, `tool-missing` without git, `state-locked` when another
 * process has the folder.
 */
export async function openTenantRepository(given: RepositoryOptions): Promise<TenantRepository> {
  const isPath = transportOf(given.url) === 'file' && !given.url.startsWith('file:')
  const options = { ...given, directory: resolve(given.directory), url: isPath ? resolve(given.url) : given.url }
  if (!BRANCH.test(options.branch)) throw wrongBranch(options.branch)
  const program = new GitProgram(gitEnvironment(options, options.directory, process.env), gitSettings(options))
  await mkdir(options.directory, { recursive: true, mode: 0o700 })
  const unlock = await lockCopy(options.directory)
  try {
    const copy = new LocalCopy(program, options.directory, options)
    await copy.prepare()
    const close = () => program.close().finally(unlock)
    return new GitRepository(options, copy, await copy.head(), close)
  } catch (error) {
    await program.close()
    unlock()
    throw error
  }
}

function wrongBranch(branch: string): KaasError {
  return new KaasError('config-invalid', {
    message: `"${branch}" cannot be the name of a branch.`,
    help: 'Use a name such as main.',
  })
}
