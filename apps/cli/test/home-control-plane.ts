// SPDX-License-Identifier: Apache-2.0
/**
 * The control plane as a process of its own, with an empty embedded database and no Kafka cluster: for what a command line does
 * before anything runs. What needs Kafka uses the whole product.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ControlPlaneProcess, newInstallation, startControlPlane } from '@kaas/testkit'

/** A running control plane. `home` is what KAAS_HOME of the command line is set to. */
export interface HomeControlPlane extends ControlPlaneProcess {
  readonly home: string
}

/** Starts one and waits until it is ready; `env` are more of its variables. */
export async function startHomeControlPlane(env: Readonly<Record<string, string>> = {}): Promise<HomeControlPlane> {
  const installation = newInstallation()
  const home = installation.directory
  const running = await startControlPlane(installation, env)
  writeFileSync(join(home, 'endpoints.json'), JSON.stringify({ api: running.url, tokenFile: running.tokenFile }))
  return { home, ...running }
}
