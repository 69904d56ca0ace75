// SPDX-License-Identifier: Apache-2.0
/**
 * The Git repository of tenants of a local product: bare, in the state directory, made once. Tenants with a Kafka of their own are
 * written to it as objects; nothing applies them until somebody runs Flux against it.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { asKaasError } from '@kaas/errors'
import { runProgram } from '@kaas/kafka-engine'

const BRANCH = 'main'

/**
 * Makes the repository with a `platform.yaml` in it, unless it is there; complete or not at all. Returns false, after a line that
 * says why, when this machine cannot make one: the product runs without.
 */
export async function prepareTenantsRepository(folder: string, print: (line: string) => void): Promise<boolean> {
  if (existsSync(folder)) return true
  try {
    await makeRepository(folder, `${folder}.new`, `${folder}.copy`)
    return true
  } catch (thrown) {
    const error = asKaasError(thrown)
    print(`Tenants with a Kafka of their own cannot be ordered: ${error.message} ${error.help ?? ''}`.trimEnd())
    return false
  }
}

/** A killed start leaves the working folders, which the next one removes. */
async function makeRepository(folder: string, fresh: string, copy: string): Promise<void> {
  // Loaded only when needed: once in the life of a state directory.
  const { openTenantRepository } = await import('@kaas/gitops')
  for (const left of [fresh, copy]) rmSync(left, { recursive: true, force: true })
  const author = { name: 'KaaS', email: 'kaas@localhost' }
  const repository = await openTenantRepository({ url: fresh, branch: BRANCH, directory: copy, author })
  try {
    mkdirSync(fresh, { mode: 0o700 })
    await runProgram('git', ['init', '--quiet', '--bare', '--template=', `--initial-branch=${BRANCH}`, fresh])
    const files = new Map([['platform.yaml', LOCAL_PLATFORM]])
    await repository.commit({ message: 'Begin with a platform on this machine\n', files: async () => files })
  } finally {
    await repository.close()
    rmSync(copy, { recursive: true, force: true })
  }
  renameSync(fresh, folder)
}

/** A platform to try with. Its operator changes it to what the Kubernetes cluster has. */
export const LOCAL_PLATFORM = `# What the Kubernetes platform offers to tenants with a Kafka of their own. Made by "npm start" to have something to plan and
# render for; change it to what your cluster has before Flux applies this repository.
domain: kafka.localhost # tenants get bootstrap.<tenant>.kafka.localhost
storageClass: standard # in production: encrypted, WaitForFirstConsumer, expandable, Retain
kafkaVersion: 4.3.1
metadataVersion: 4.3-IV0
zones: [zone-a, zone-b, zone-c]
issuer: { name: local } # a ClusterIssuer of cert-manager
external:
  type: loadbalancer
`
