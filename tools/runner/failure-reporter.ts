// SPDX-License-Identifier: Apache-2.0
/**
 * What failed in a run of vitest, one line each, for the end of the account. vitest loads this file beside its own reporters; its JSON
 * report does not say which hook failed and why, and that is what makes tests not run.
 */
import { writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { Reporter, TestModule, TestSuite, Vitest } from 'vitest/node'

/** Lines are read in one look: of a longer name, or a longer error, the beginning. */
const [LONGEST_NAME, LONGEST_ERROR] = [140, 160]

/** Writes the lines, as a JSON list, to the file that `--outputFile.failures` names. */
export default function failureReporter(): Reporter {
  let file: string | undefined
  return {
    onInit: ({ config }: Vitest) => {
      const files = config.outputFile
      file = typeof files === 'object' ? files.failures : undefined
    },
    onTestRunEnd: (modules, unhandled) => {
      const lines = [...modules.flatMap(linesOf), ...unhandled.map((error) => lineFor('outside of the tests', error))]
      if (file !== undefined) writeFileSync(file, JSON.stringify(lines))
    },
  }
}

function linesOf(module: TestModule): readonly string[] {
  const { relativeModuleId: name } = module
  const own = module.errors().map((error) => lineFor(name, error))
  if (own.length > 0) return own
  return module.state() === 'pending' || module.state() === 'queued'
    ? [lineFor(name, { message: 'did not end: its process was gone.' })]
    : linesBelow(module, name)
}

function linesBelow(parent: TestModule | TestSuite, name: string): readonly string[] {
  return parent.children.array().flatMap((child) => {
    const childName = `${name} > ${child.name}`
    if (child.type === 'suite') {
      const own = child.errors().map((error) => lineFor(childName, error))
      return own.length > 0 ? own : linesBelow(child, childName)
    }
    const { state, errors } = child.result()
    if (state === 'passed') return []
    return [lineFor(childName, errors?.[0] ?? { message: 'was not run.' })]
  })
}

function lineFor(name: string, { message }: { readonly message: string }): string {
  const [first = ''] = stripVTControlCharacters(message).trim().split('\n')
  return `${shortened(name, LONGEST_NAME)}: ${shortened(first, LONGEST_ERROR)}`
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
