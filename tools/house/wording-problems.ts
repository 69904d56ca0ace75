// SPDX-License-Identifier: Apache-2.0
/**
 * Looks for words that must not be in the repository: marks of unfinished work, tests that do not run, paths of one machine,
 * addresses of package registries. The patterns are put together from parts, so that this file does not find itself.
 */
import type { Problem } from './problem.ts'

interface Rule {
  readonly pattern: RegExp
  readonly message: string
  /** Only in code: in prose the same words are about something else. */
  readonly codeOnly: boolean
}

const MARKS = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')
const SILENCED = ['skip', 'only', 'todo', 'fails'].map((word) => `\\b(?:test|it|describe)\\.${word}\\b`).join('|')
const SUPPRESSED = ['@ts-ig' + 'nore', '@ts-expect-er' + 'ror', '@ts-noch' + 'eck', 'biome-ig' + 'nore'].join('|')
const MACHINE = ['work', 'farm', 'root', 'tmp/bash_jobs'].join('|')
const HOSTS = [
  'registry.npm' + 'js.org',
  'repo1.mav' + 'en.org',
  'repo.mav' + 'en.apache.org',
  'proxy.gol' + 'ang.org',
  'py' + 'pi.org',
]

const RULES: readonly Rule[] = [
  {
    pattern: new RegExp(`\\b(?:${MARKS})\\b`),
    message: 'is a mark of unfinished work. Finish it, or open an issue.',
    codeOnly: true,
  },
  { pattern: new RegExp(SILENCED), message: 'keeps a test from running. Run it, or remove it.', codeOnly: true },
  { pattern: new RegExp(SUPPRESSED), message: 'silences a check. Mend what the check found.', codeOnly: true },
  {
    pattern: new RegExp(`(?:^|[^A-Za-z0-9_.$}])/(?:${MACHINE}|home/[a-z]+|Users/[a-z]+)/`, 'i'),
    message: 'is a path of one machine. Start from the repository or the home folder.',
    codeOnly: false,
  },
  {
    pattern: new RegExp(HOSTS.map((host) => host.replaceAll('.', '\\.')).join('|')),
    message: 'is the address of a package registry. Leave the choice to the configuration of the package manager.',
    codeOnly: false,
  },
]

/** Every line of a text that breaks a rule about words. */
export function wordingProblems(file: string, text: string): readonly Problem[] {
  const rules = /\.(ts|tsx|js|sh|ya?ml)$/.test(file) ? RULES : RULES.filter(({ codeOnly }) => !codeOnly)
  const suspicious = rules.filter(({ pattern }) => new RegExp(pattern.source, `${pattern.flags}m`).test(text))
  if (suspicious.length === 0) return []
  return text.split('\n').flatMap((line, index) =>
    suspicious.flatMap(({ pattern, message }) => {
      const found = pattern.exec(line)
      return found === null ? [] : [{ file, line: index + 1, message: `"${found[0].trim()}" ${message}` }]
    }),
  )
}
