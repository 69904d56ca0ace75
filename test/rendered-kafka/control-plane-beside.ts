// SPDX-License-Identifier: Apache-2.0
/** A control plane as a process, with an empty database and a repository of tenants of its own, for a Kubernetes that the test chose. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, openSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ApiClient, createClient } from '@kaas/http-contract'
import { freePort, runProgram, temporaryDirectory, waitFor } from '@kaas/testkit'

const MAIN = fileURLToPath(new URL('../../apps/control-plane/src/main.ts', import.meta.url))

/** A running one; `client` is the administrator. */
export interface ControlPlaneBeside {
  readonly client: ApiClient
  as(token: string): ApiClient
  stop(): Promise<void>
}

/** Resolves when its API answers. Its log is in the folder that a failure names. */
export async function startControlPlaneBeside(options: {
  readonly kubeconfig: string
  /** Text of `platform.yaml`. */
  readonly platform: string
}): Promise<ControlPlaneBeside> {
  const folder = temporaryDirectory('control-plane-beside')
  const token = randomBytes(16).toString('hex')
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const [port, log] = [await freePort(), openSync(join(folder, 'log'), 'a')]
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', log, log],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: homedir(),
      KAAS_API_PORT: String(port),
      KAAS_STATE_DIR: join(folder, 'state'),
      KAAS_TOKEN_FILE: file('token', token),
      KAAS_GATEWAY_TOKEN_FILE: file('gateway-token', randomBytes(16).toString('hex')),
      KAAS_SECRETS_KEY_FILE: file('secrets.key', randomBytes(32).toString('base64')),
      KAAS_GIT_URL: await repositoryIn(folder, options.platform),
      KAAS_GIT_POLL: '1s',
      KAAS_KUBECONFIG_FILE: file('kubeconfig', options.kubeconfig),
      KAAS_SAMPLE_EVERY: '1s',
    },
  })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  const what = `the control plane to answer (its log is ${join(folder, 'log')})`
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
  }
  await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { what }).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  const as = (with_: string) => createClient({ baseUrl: url, token: with_, fetch })
  return { client: as(token), as, stop }
}

async function repositoryIn(folder: string, platform: string): Promise<string> {
  const [bare, clone] = [join(folder, 'tenants.git'), join(folder, 'clone')]
  const git = (...args: readonly string[]) => runProgram('git', args, { timeoutMs: 20_000 })
  mkdirSync(join(folder, 'state'))
  await git('init', '--quiet', '--bare', '--initial-branch=main', bare)
  await git('clone', '--quiet', bare, clone)
  writeFileSync(join(clone, 'platform.yaml'), platform)
  await git('-C', clone, 'checkout', '--quiet', '-B', 'main')
  await git('-C', clone, 'add', '--all')
  await git('-C', clone, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '-m', 'Begin')
  await git('-C', clone, 'push', '--quiet', 'origin', 'main')
  return bare
}
