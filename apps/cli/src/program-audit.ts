// SPDX-License-Identifier: Apache-2.0
/** The commands about the audit log: `audit` with its filters, `audit verify`. */
import { type Command, Option } from 'commander'
import { wholeNumber } from './option-values.ts'
import { outputOption } from './program-options.ts'
import type { Run } from './run.ts'

const USUAL_LIMIT = 50

/** Adds them. `kaas audit` alone is `kaas audit list`. */
export function addAudit(program: Command, run: Run): void {
  const audit = program.command('audit').description('who did what, and who was denied what')
  audit
    .command('list', { isDefault: true })
    .description('the newest records, the newest last')
    .option('--actor <name>', 'what this person, token or part did')
    .option('--action <name>', 'put, delete, rotate-credentials, browse, …')
    .option('--subject <path>', 'a resource and what is in it: tenants/orders/topics/payments')
    .option('-t, --tenant <name>', 'in this tenant')
    .option('--team <name>', 'in this team')
    .addOption(new Option('--outcome <outcome>', 'how it ended').choices(['allowed', 'denied']))
    .option('--since <duration>', 'not longer ago, such as 1h or 7d')
    .option('--text <text>', 'appears in who, what, on what, rule or reason')
    .addOption(new Option('--limit <records>', 'at most so many').argParser(wholeNumber).default(USUAL_LIMIT))
    .option('-f, --follow', 'go on with what comes')
    .addOption(outputOption())
    .action((options) =>
      run(async (session) => void (await (await import('./commands/audit.ts')).auditCommand(session, options))),
    )
  audit
    .command('verify')
    .description('whether the log is as it was written; exit code 13 when somebody changed it')
    .addOption(outputOption())
    .action((options) => run(async (session) => (await import('./commands/audit.ts')).auditVerifyCommand(session, options)))
}
