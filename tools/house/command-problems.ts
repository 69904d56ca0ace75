// SPDX-License-Identifier: Apache-2.0
/** Compares the commands that a document shows with those that exist: npm scripts, tools and verbs of the command line. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from './problem.ts'

/** What can be run: scripts of package.json and verbs of `kaas`; undefined when the command line could not be asked. */
export interface Commands {
  readonly scripts: ReadonlySet<string>
  readonly verbs: ReadonlySet<string> | undefined
}

/** Commands in the text, in code or in prose, that would not run. */
export function commandProblems(root: string, file: string, text: string, commands: Commands): readonly Problem[] {
  return text.split('\n').flatMap((line, index) => {
    const wrong = [
      ...found(line, /\bnpm run ([a-z][\w:-]*)/g).filter((script) => !commands.scripts.has(script)),
      ...found(line, /\bnpm (start|test)\b/g).filter((script) => !commands.scripts.has(script)),
      ...found(line, /`?\bnode (tools\/[\w./-]+)/g).filter((path) => !existsSync(join(root, path))),
      ...found(line, /(?:npx kaas|`kaas) ([a-z]+)/g).filter((verb) => commands.verbs?.has(verb) === false),
    ]
    return wrong.map((name) => ({ file, line: index + 1, message: `shows the command "${name}", which does not exist.` }))
  })
}

function found(line: string, pattern: RegExp): readonly string[] {
  return [...line.matchAll(pattern)].map((match) => match[1] ?? '')
}
