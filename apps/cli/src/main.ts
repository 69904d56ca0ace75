// SPDX-License-Identifier: Apache-2.0
/** Entry of the command line. `bin/kaas.js` starts it with the Node of the project. */
import { readFileSync } from 'node:fs'
import { runCli } from './run-cli.ts'
import { processTerminal } from './terminal.ts'

const { version }: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: processTerminal(process.env),
  environment: process.env,
  workingDirectory: process.cwd(),
  version,
})
