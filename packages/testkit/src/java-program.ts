// SPDX-License-Identifier: Apache-2.0
/** Java programs of the tests, compiled once per content of their folder and kept in the user's cache with the jars they need. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedFolder, findProgram, runProgram, SMALL_JVM } from '@kaas/kafka-engine'
import { temporaryDirectory } from './temporary-directory.ts'

const QUIET = fileURLToPath(new URL('../../../tools/kafka/log4j2-tool.xml', import.meta.url))

/** A command to which the arguments of a main class are added. */
export type JavaProgram = readonly [java: string, ...args: string[]]

/**
 * How the main classes of `folder` are called: flat, with a `pom.xml` that names their jars. Maven and the compiler run once
 * (about ten seconds). Throws `tool-missing` without them, and what the compiler says when it fails.
 */
export async function javaPrograms(folder: string): Promise<(mainClass: string) => JavaProgram> {
  const hash = createHash('sha256')
  const sources = readdirSync(folder).filter((name) => name.endsWith('.java'))
  for (const name of ['pom.xml', ...sources.sort()]) hash.update(name).update(readFileSync(join(folder, name)))
  const place = await cachedFolder(`java-${hash.digest('hex').slice(0, 16)}`, async (place) => {
    const mvn = findProgram('mvn', { package: 'maven', purpose: 'get the jars of Java programs' })
    const javac = findProgram('javac', { package: 'default-jdk-headless', purpose: 'compile Java programs of the tests' })
    const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${join(place, 'jars')}`]
    await runProgram(mvn, ['-q', '-B', '-f', join(folder, 'pom.xml'), ...copy], { timeoutMs: 600_000 })
    const target = ['-nowarn', '-cp', join(place, 'jars', '*'), '-d', join(place, 'classes')]
    await runProgram(javac, [...target, ...sources.map((name) => join(folder, name))])
  })
  const java = findProgram('java', { package: 'default-jre-headless', purpose: 'run Java programs of the tests' })
  const classPath = [join(place, 'classes'), join(place, 'jars', '*')].join(':')
  return (mainClass) => [java, ...SMALL_JVM, '-Xmx256m', `-Dlog4j2.configurationFile=${QUIET}`, '-cp', classPath, mainClass]
}

/** A file of client properties, readable by its owner. */
export function propertiesFile(properties: Readonly<Record<string, string>>): string {
  const file = join(temporaryDirectory('java'), 'client.properties')
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}`)
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  return file
}
