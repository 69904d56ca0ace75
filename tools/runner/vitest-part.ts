// SPDX-License-Identifier: Apache-2.0
/** A vitest project as a part of a run, counted from the report that vitest writes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Counts, Part } from './part.ts'

const FAILURE_REPORTER = fileURLToPath(new URL('failure-reporter.ts', import.meta.url))

/** What is read of vitest's JSON report. */
export interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** The part that runs one project of `vitest.config.ts`; `filters` narrow it to files, as on vitest's command line. */
export function vitestPart(
  project: string,
  output: Part['output'],
  timeoutMs: number,
  filters: readonly string[] = [],
): Part {
  const folder = mkdtempSync(join(tmpdir(), 'kaas-report-'))
  const [file, failuresFile] = [join(folder, 'report.json'), join(folder, 'failures.json')]
  const files = [`--outputFile.json=${file}`, `--outputFile.failures=${failuresFile}`]
  const reporters = ['--reporter=default', '--reporter=json', `--reporter=${FAILURE_REPORTER}`, ...files]
  return {
    name: project,
    command: ['vitest', 'run', '--project', project, ...reporters, ...filters],
    output,
    timeoutMs,
    count: (exitCode) => {
      const report = readJson<VitestReport>(file)
      const failures = readJson<readonly string[]>(failuresFile) ?? []
      rmSync(folder, { recursive: true, force: true })
      return { ...countsOf(report, exitCode), failures }
    },
  }
}

/**
 * What a report says. A file that could not be loaded counts as one failure, and so does a skipped test: a test that needs
 * a tool fails without it. A run that ended badly without a failed test (no report, an error outside tests) is one failure.
 */
export function countsOf(report: VitestReport | undefined, exitCode: number): Counts {
  if (report === undefined) return { passed: 0, failed: 1 }
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const failed = report.numFailedTests + report.numPendingTests + unloaded.length
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

/** What was not written to its end counts as not there. */
function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return undefined
  }
}
