// SPDX-License-Identifier: Apache-2.0
/**
 * The programs of the operating system that the tests use. On Debian as root what is missing is installed; elsewhere the
 * run ends with the one command that does it. Nothing is skipped.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findProgram } from '@kaas/kafka-engine'
import { runPart } from './part.ts'

interface Needed {
  readonly program: string
  readonly package: string
  readonly folders?: readonly string[]
}

const SYSTEM_FOLDERS = [
  '/usr/sbin',
  '/sbin',
  '/usr/lib/postgresql/15/bin',
  '/usr/lib/postgresql/16/bin',
  '/usr/lib/postgresql/17/bin',
]

const NEEDED: readonly Needed[] = [
  { program: 'git', package: 'git' },
  { program: 'java', package: 'default-jre-headless' },
  { program: 'javac', package: 'default-jdk-headless' },
  { program: 'mvn', package: 'maven' },
  { program: 'postgres', package: 'postgresql' },
  { program: 'psql', package: 'postgresql-client' },
  { program: 'python3', package: 'python3' },
  { program: 'kcat', package: 'kcat' },
  { program: 'haproxy', package: 'haproxy' },
  { program: 'chromium', package: 'chromium' },
  { program: 'prometheus', package: 'prometheus' },
  { program: 'ip', package: 'iproute2' },
  { program: 'unzip', package: 'unzip' },
  { program: 'pgrep', package: 'procps' },
]

/**
 * Makes sure that all programs are there. Resolves with undefined when they are, else with the sentence to show: what is
 * missing and the command that installs it, or why installing failed.
 */
export async function installSystemPackages(print: (line: string) => void): Promise<string | undefined> {
  const packages = missingPackages()
  if (packages.length === 0) return undefined
  const plan = planFor(packages, { isDebian: existsSync('/etc/debian_version'), isRoot: process.getuid?.() === 0 })
  if (plan.kind === 'tell') return plan.sentence
  print(`Installing what the tests need: ${packages.join(' ')}`)
  const shell = `export DEBIAN_FRONTEND=noninteractive; ${plan.command}`
  const result = await runPart({ name: 'apt-get', command: ['sh', '-c', shell], output: 'quiet', timeoutMs: 900_000 })
  if (result.failed > 0)
    return `${result.output.trimEnd()}\nThe packages could not be installed. Run it by hand: ${plan.command}`
  const still = missingPackages()
  return still.length === 0 ? undefined : `apt-get installed them, but these are still not found: ${still.join(' ')}`
}

type Plan = { readonly kind: 'install'; readonly command: string } | { readonly kind: 'tell'; readonly sentence: string }

/** Whether the missing packages can be installed by us, else the sentence that says how. */
export function planFor(
  packages: readonly string[],
  machine: { readonly isDebian: boolean; readonly isRoot: boolean },
): Plan {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`
  const missing = 'The tests need programs that are not here.'
  if (!machine.isDebian) {
    return { kind: 'tell', sentence: `${missing} Install what Debian has in these packages: ${packages.join(' ')}` }
  }
  if (!machine.isRoot) return { kind: 'tell', sentence: `${missing} Install them: sudo sh -c '${command}'` }
  return { kind: 'install', command }
}

function missingPackages(): readonly string[] {
  const missing = NEEDED.filter((each) => !isThere(each)).map((each) => each.package)
  return canMakeEnvironments() ? missing : [...missing, 'python3-venv']
}

function isThere(needed: Needed): boolean {
  try {
    findProgram(needed.program, { package: needed.package, purpose: 'run the tests', folders: SYSTEM_FOLDERS })
    return true
  } catch {
    return false
  }
}

/** Debian splits Python: without `python3-venv` the module is there but cannot put `pip` into what it makes. */
function canMakeEnvironments(): boolean {
  return spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0
}
