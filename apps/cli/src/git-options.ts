// SPDX-License-Identifier: Apache-2.0
/** How commands reach a repository of tenants: what a person gives, as the repository takes it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { KaasError } from '@kaas/errors'
import { openTenantRepository, type TenantRepository } from '@kaas/gitops'

/** Options of `gitops init` and `restore`. */
export interface GitOptions {
  readonly branch: string
  readonly credentialsFile?: string
  readonly gitCaFile?: string
  readonly sshKeyFile?: string
  readonly knownHostsFile?: string
}

/** Works with the repository at `url` in a temporary copy, which is removed afterwards. */
export async function withRepository<T>(
  url: string,
  options: GitOptions,
  work: (repository: TenantRepository) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'kaas-git-'))
  const repository = await openTenantRepository({
    url,
    branch: options.branch,
    directory,
    author: { name: 'kaas', email: 'kaas@localhost' },
    credentialsFile: absolute(options.credentialsFile),
    caFile: absolute(options.gitCaFile),
    ssh: sshOf(options),
    isPerson: true,
  })
  try {
    return await work(repository)
  } finally {
    await repository.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

function sshOf({ sshKeyFile, knownHostsFile }: GitOptions) {
  if (sshKeyFile === undefined && knownHostsFile === undefined) return undefined
  if (sshKeyFile !== undefined && knownHostsFile !== undefined) {
    return { keyFile: resolve(sshKeyFile), knownHostsFile: resolve(knownHostsFile) }
  }
  throw new KaasError('usage-invalid', {
    message: 'SSH needs the private key and the file of known hosts.',
    help: 'Give both --ssh-key-file and --known-hosts-file.',
  })
}

function absolute(file: string | undefined): string | undefined {
  return file === undefined ? undefined : resolve(file)
}
