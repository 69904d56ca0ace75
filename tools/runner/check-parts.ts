// SPDX-License-Identifier: Apache-2.0
/** What `npm run check` consists of, in two lanes that run side by side: the unit tests, and everything that reads the code. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Part, type PartResult, renderResult, runPart } from './part.ts'
import { vitestPart } from './vitest-part.ts'

const TIMEOUT_MS = 180_000
const TOOLS = fileURLToPath(new URL('..', import.meta.url))

/** Runs all parts, prints one line for each as it ends and the output of those that fail. All run, whatever fails. */
export async function runCheckParts(print: (text: string) => void): Promise<readonly PartResult[]> {
  const lanes = [[vitestPart('unit', 'quiet', TIMEOUT_MS)], readingParts()]
  const results = await Promise.all(lanes.map((lane) => runLane(lane, print)))
  return results.flat()
}

async function runLane(parts: readonly Part[], print: (text: string) => void): Promise<readonly PartResult[]> {
  const results: PartResult[] = []
  for (const part of parts) {
    const result = await runPart(part)
    print(renderResult(result))
    if (result.failed > 0) print(result.output.trimEnd())
    results.push(result)
  }
  return results
}

function readingParts(): readonly Part[] {
  return [
    part('types', ['tsc', '-p', '.']),
    part('types of the console', ['tsc', '--noEmit', '-p', 'apps/console']),
    part('style', ['biome', 'check', '--max-diagnostics=200', '.']),
    ...checkTools().map((file) => part(file.replace(/^check-|\.ts$/g, ''), ['node', `tools/${file}`])),
    part('unused code (knip)', ['knip', '--no-progress']),
  ]
}

/** Every `tools/check-*.ts` is a part: a new check only has to be there. */
function checkTools(): readonly string[] {
  return readdirSync(TOOLS)
    .filter((file) => /^check-.*\.ts$/.test(file) && !file.endsWith('.test.ts'))
    .sort()
}

function part(name: string, command: Part['command']): Part {
  return { name, command, output: 'quiet', timeoutMs: TIMEOUT_MS }
}
