// SPDX-License-Identifier: Apache-2.0
/** `docs/reference/cli.md` from the definitions of the commands, so that the page cannot say anything else. */
import { KINDS } from '@kaas/errors'
import type { Argument, Command, Option } from 'commander'
import { buildProgram } from '../src/program.ts'

/** The whole page. */
export function renderReference(): string {
  const program = buildProgram(async () => {}, '0')
  const commands = program.commands.flatMap((each) => (each.commands.length === 0 ? [each] : each.commands))
  return [HEAD, ...commands.map(renderCommand), TAIL, exitCodes()].join('\n')
}

const HEAD = `# The command line

\`npx kaas <command>\` in the folder of the project or below it. \`kaas\` alone says what to try first, \`kaas <command> --help\` prints
what stands here. This page is compared with the definitions of the commands by a test.

- \`-o table|yaml|json|name\`: tables are for people (times as "2m ago", cut to the width of the terminal); yaml and json are exact and complete.
- Results go to standard output; progress, hints and errors to standard error. With \`-o json\` an error is a problem document (RFC 9457) there.
- Quantities need units: \`5MB/s\` and \`512KiB/s\`, \`500GB\` and \`500GiB\`, \`7d\`, \`12h\`, \`30m\`. MB is decimal, MiB is binary.
`

const TAIL = `## Where it finds things

| variable | what |
|---|---|
| \`KAAS_HOME\`, or \`KAAS_STATE_DIR\` | The folder with \`token\`, \`ca.pem\`, \`endpoints.json\` and \`credentials/\`. Without it: \`.kaas\` here or in a folder above, else \`~/.kaas\`. |
| \`KAAS_API_URL\` | Address of the control plane. Without it: the one in \`endpoints.json\`, else the one of the last \`kaas login\`, else \`http://127.0.0.1:8080\`. |
| \`KAAS_TOKEN_FILE\` | File with the token of the API. Without it: what \`kaas login\` keeps for this address, else \`token\` in the home folder. |
| \`XDG_CONFIG_HOME\` | Where \`kaas login\` keeps tokens: \`kaas/logins.json\` in it, else in \`~/.config\`, readable by you only. |
| \`NO_COLOR\`, \`FORCE_COLOR\`, \`COLUMNS\` | Colours off or on, and the width of tables. |
| \`KAAS_DEBUG=1\` | Prints where an error came from. |

Passwords of new users are kept in \`credentials/<tenant>.<user>\` of the home folder, readable by you only, unless \`--no-save\` is given.
`

function renderCommand(command: Command): string {
  const name = `${command.parent?.parent === null ? '' : `${command.parent?.name()} `}${command.name()}`
  const options = command.options.filter(({ hidden }) => !hidden)
  return `## kaas ${name}

${sentence(command.description())}

    kaas ${name}${command.registeredArguments.map(usageOf).join('')}${options.length === 0 ? '' : ' [options]'}

| option | what | default |
|---|---|---|
${options.map(renderOption).join('\n')}
`
}

function usageOf(argument: Argument): string {
  return argument.required ? ` <${argument.name()}>` : ` [${argument.name()}]`
}

function renderOption(option: Option): string {
  const choices = option.argChoices === undefined ? '' : `: ${option.argChoices.join(', ')}`
  const needed = option.mandatory && option.defaultValue === undefined ? ' (needed)' : ''
  const value = option.negate || option.defaultValue === undefined ? '' : `\`${option.defaultValue}\``
  return `| \`${option.flags}\` | ${option.description}${choices}${needed} | ${value} |`
}

function exitCodes(): string {
  const rows = Object.entries(KINDS)
    .toSorted(([, a], [, b]) => a.exit - b.exit)
    .map(([kind, { exit, meaning }]) => `| ${exit} | \`${kind}\`: ${meaning} |`)
  return `## Exit codes

| code | meaning |
|--:|---|
| 0 | done |
${rows.join('\n')}

\`kaas diff\` ends with 3 when there are differences, which is no error. Codes of errors: [errors.md](errors.md).
`
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
