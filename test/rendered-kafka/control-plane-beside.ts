// SPDX-License-Identifier: Apache-2.0
/** A control plane as a process, with an empty database and a repository of tenants of its own, for a Kubernetes that the test chose. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ControlPlaneProcess, newInstallation, runProgram, startControlPlane } from '@kaas/testkit'

/** Resolves when its API answers. Its log is in the folder that a failure names. */
export async function startControlPlaneBeside(options: {
  readonly kubeconfig: string
  /** Text of `platform.yaml`. */
  readonly platform: string
}): Promise<ControlPlaneProcess> {
  const installation = newInstallation({ KAAS_KUBECONFIG_FILE: options.kubeconfig })
  return await startControlPlane(installation, {
    KAAS_GIT_URL: await repositoryIn(installation.directory, options.platform),
    KAAS_GIT_POLL: '1s',
    KAAS_SAMPLE_EVERY: '1s',
  })
}

async function repositoryIn(folder: string, platform: string): Promise<string> {
  const [bare, clone] = [join(folder, 'tenants.git'), join(folder, 'clone')]
  const git = (...args: readonly string[]) => runProgram('git', args, { timeoutMs: 20_000 })
  await git('init', '--quiet', '--bare', '--initial-branch=main', bare)
  await git('clone', '--quiet', bare, clone)
  writeFileSync(join(clone, 'platform.yaml'), platform)
  await git('-C', clone, 'checkout', '--quiet', '-B', 'main')
  await git('-C', clone, 'add', '--all')
  await git('-C', clone, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '-m', 'Begin')
  await git('-C', clone, 'push', '--quiet', 'origin', 'main')
  return bare
}
