// SPDX-License-Identifier: Apache-2.0
/** The commands for people who look inside: `debug frame`. */
import type { Command } from 'commander'
import { outputOption } from './program-options.ts'
import type { Run } from './run.ts'

/** Adds them. */
export function addDebug(program: Command, run: Run): void {
  program
    .command('debug')
    .description('look inside')
    .command('frame')
    .description('what the bytes of a Kafka frame mean, field by field; asks no server')
    .argument('<hex>', 'the frame as hexadecimal digits, with or without its length; spaces and colons may be between them')
    .option('--response <api:version>', 'it is a response: to which API and version, such as Metadata:12')
    .addOption(outputOption())
    .action((hex, options) =>
      run(async (session) => (await import('./commands/debug-frame.ts')).debugFrameCommand(session.terminal, hex, options)),
    )
}
