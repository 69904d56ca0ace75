// SPDX-License-Identifier: Apache-2.0
/** The released Kafka jars that `tools/kafka/pom.xml` names, resolved once by Maven into the user's cache. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KaasError } from '@kaas/errors'
import { cachedFolder, cacheFolder } from './cached-folder.ts'
import { findProgram } from './find-program.ts'
import { runProgram } from './run-program.ts'

const POM = fileURLToPath(new URL('../../../tools/kafka/pom.xml', import.meta.url))

/** The jars as a class path in a fixed order (a class archive is bound to it), and the hash that names this set. */
export interface Jars {
  readonly classPath: string
  readonly hash: string
}

/** The oldest Kafka that KaaS supports (decision 0033), for tests that start one. */
export const OLDEST_KAFKA = '3.6.2'

/**
 * Resolves the jars: at once from the cache, else by Maven (about ten seconds, 55 MB). `version` is Kafka's; that of the POM
 * when absent. Throws `tool-missing` without Maven and `kafka-unavailable` when Maven cannot reach its repository.
 */
export async function resolveJars(onProgress: (line: string) => void, version?: string): Promise<Jars> {
  const hash = hashOfPom(version)
  const folder = await cachedFolder(folderNameFor(hash), async (place) => {
    const mvn = findMaven()
    onProgress('getting the Kafka jars with Maven (once)')
    const other = version === undefined ? [] : [`-Dkafka.version=${version}`]
    const args = ['-q', '-B', '-f', POM, ...other, 'dependency:copy-dependencies', `-DoutputDirectory=${place}`]
    const result = await runProgram(mvn, args, { timeoutMs: 600_000, allowFailure: true })
    if (result.code !== 0) throw mavenFailed(result.stdout + result.stderr)
  })
  const jars = readdirSync(folder).filter((name) => name.endsWith('.jar'))
  const classPath = jars
    .sort()
    .map((name) => join(folder, name))
    .join(':')
  return { classPath, hash }
}

/** Throws `tool-missing` when the jars are not in the cache and Maven is not there to get them. */
export function requireJarsOrMaven(): void {
  if (!existsSync(join(cacheFolder(), folderNameFor(hashOfPom())))) findMaven()
}

function hashOfPom(version = ''): string {
  return createHash('sha256').update(readFileSync(POM)).update(version).digest('hex').slice(0, 16)
}

function folderNameFor(hash: string): string {
  return `kafka-jars-${hash}`
}

function findMaven(): string {
  return findProgram('mvn', { package: 'maven', purpose: 'get the Kafka jars once' })
}

function mavenFailed(output: string): KaasError {
  const lines = output.split('\n').filter((line) => line.includes('[ERROR]'))
  return new KaasError('kafka-unavailable', {
    message: `Maven could not get the Kafka jars. It says: ${lines.slice(0, 3).join(' ') || 'nothing'}`,
    help: 'Check the network and the mirror in ~/.m2/settings.xml, or set KAAS_KAFKA=host:port for a Kafka that runs already.',
  })
}
