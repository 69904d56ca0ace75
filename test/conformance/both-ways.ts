// SPDX-License-Identifier: Apache-2.0
/**
 * Runs Java programs on both ways: through the gateway as a tenant, and directly at the broker as another tenant's user on physical
 * names, with the same rights. What they print must be the same when the prefix and the address of the broker are mapped.
 */
import { fileURLToPath } from 'node:url'
import { type JavaProgram, javaPrograms, propertiesFile, runProgram, saslProperties } from '@kaas/testkit'
import type { Target } from './client.ts'
import { DIRECT_TENANT, type Stage } from './stage.ts'

const TIMEOUT_MS = 240_000

/** What stands before names on the direct way. */
export const PREFIX = `${DIRECT_TENANT}.`

/**
 * The ways, and what a program gets on each: where to connect and the prefix of names. `administrator` is the direct one, as who may do
 * everything on the cluster.
 */
export type Way = 'gateway' | 'direct' | 'administrator'

/** Programs ready to run. */
export interface JavaRuns {
  /** The command of a main class on one way, for callers that keep the process themselves. */
  command(way: Way, mainClass: string, ...args: readonly string[]): JavaProgram
  /** The lines of one run. */
  lines(way: Way, mainClass: string, ...args: readonly string[]): Promise<readonly string[]>
  /** The lines of both ways, run at the same time. */
  both(mainClass: string, ...args: readonly string[]): Promise<readonly [readonly string[], readonly string[]]>
  /** The same, directly as the administrator of the cluster. */
  asAdministrators(mainClass: string): Promise<readonly [readonly string[], readonly string[]]>
}

/** Compiles the programs of `clients/java` where that is needed. */
export async function javaRuns(stage: Stage): Promise<JavaRuns> {
  const program = await ownPrograms()
  const direct = stage.direct('SCRAM-SHA-512')
  const logins = {
    gateway: loginFile(stage.gateway('SCRAM-SHA-512')),
    direct: loginFile(direct),
    administrator: loginFile({ ...direct, ...stage.kafka.admin }),
  }
  const command = (way: Way, mainClass: string, ...args: readonly string[]): JavaProgram => {
    const [java, ...options] = program(mainClass)
    return [java, ...options, logins[way], way === 'gateway' ? '' : PREFIX, ...args]
  }
  const lines = async (way: Way, mainClass: string, ...args: readonly string[]) => {
    const [java, ...options] = command(way, mainClass, ...args)
    const { stdout } = await runProgram(java, options, { timeoutMs: TIMEOUT_MS })
    return mapped(stage, way, stdout).trim().split('\n')
  }
  const both = (mainClass: string, ...args: readonly string[]) =>
    Promise.all([lines('gateway', mainClass, ...args), lines('direct', mainClass, ...args)])
  const asAdministrators = (mainClass: string) =>
    Promise.all([lines('gateway', mainClass), lines('administrator', mainClass)])
  return { command, lines, both, asAdministrators }
}

/** The programs of `clients/java`, compiled where that is needed. */
export function ownPrograms(): Promise<(mainClass: string) => JavaProgram> {
  return javaPrograms(fileURLToPath(new URL('clients/java', import.meta.url)))
}

/** A file with which a Java program connects and logs in. */
export function loginFile(target: Target): string {
  return propertiesFile({ 'bootstrap.servers': target.bootstrapServers, ...saslProperties(target) })
}

/** The prefix taken off, and the gateway's address of the broker in place of its own. Through the gateway neither may be seen. */
function mapped(stage: Stage, way: Way, printed: string): string {
  const [host, port] = stage.product.kafka.split(':')
  if (way !== 'gateway') {
    return printed.replaceAll(PREFIX, '').replaceAll(stage.kafka.bootstrapServers, `${host}:${Number(port) + 1}`)
  }
  for (const hidden of [stage.kafka.bootstrapServers, PREFIX, `${stage.tenant}.`]) {
    if (printed.includes(hidden)) throw new Error(`Through the gateway "${hidden}" was seen:\n${printed}`)
  }
  return printed
}
