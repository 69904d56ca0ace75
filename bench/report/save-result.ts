// SPDX-License-Identifier: Apache-2.0
/** Prints a result and keeps it as `bench/results/<name>.md`, with the command, the date and the machine it was measured on. */
import { writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Writes `markdown` under a heading. `question` is the sentence that the benchmark answers. */
export function saveResult(name: string, question: string, markdown: string): void {
  const processors = cpus()
  const machine = `${processors.length} × ${processors[0]?.model.trim()}, ${Math.round(totalmem() / 1024 ** 3)} GiB, Linux ${release()}, Node ${process.version}`
  const page = [
    `# ${name}`,
    question,
    `- Command: \`npm run bench ${name}\`\n- Date: ${new Date().toISOString().slice(0, 10)}\n- Machine: ${machine}`,
    markdown,
  ].join('\n\n')
  writeFileSync(fileURLToPath(new URL(`../results/${name}.md`, import.meta.url)), `${page}\n`)
  console.log(`\n${markdown}\n`)
}
