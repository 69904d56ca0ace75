// SPDX-License-Identifier: Apache-2.0
/** Prints the reference page of a definition. A test compares the page in `docs/reference/` with this text. */
import type { Definition, Variable } from './define-config.ts'

/** The Markdown page of an app's variables in the order of the definition. The same definition gives the same bytes. */
export function renderConfigReference(definition: Definition, title: string): string {
  const sections = Object.entries(definition).map(([name, variable]) => renderVariable(name, variable))
  return [`# ${title}`, INTRODUCTION, ...sections].join('\n\n').concat('\n')
}

const INTRODUCTION = [
  'Printed from the code by `node tools/render-reference.ts`; change the description there, not here.',
  'Each entry is an environment variable. An empty variable counts as unset. All problems are reported at once, at the start.',
].join('\n')

function renderVariable(name: string, variable: Variable): string {
  const lines = [`- Default: ${defaultOf(variable)}`, `- Example: \`${variable.example}\``]
  if (variable.secretFile === true) lines.push('- The file holds a secret: let only the app read it (mode 0600).')
  return [`## \`${name}\``, variable.description, lines.join('\n')].join('\n\n')
}

function defaultOf(variable: Variable): string {
  if (variable.default !== undefined) return `\`${variable.default}\``
  return variable.schema._zod.optin === 'optional' ? 'unset' : 'none: it must be set'
}
