// SPDX-License-Identifier: Apache-2.0
/** What a check finds, and how a check ends: one line per problem, then exit code 1. */

/** One thing to mend. `message` says what is wrong and then what to do. */
export interface Problem {
  /** The path from the root of the repository, with `/`. */
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  readonly message: string
}

/** Prints the problems in the order of files and sets the exit code of the process; one line of praise when there are none. */
export function reportProblems(check: string, problems: readonly Problem[]): void {
  const sorted = [...problems].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
  for (const { file, line, message } of sorted) console.log(`${file}:${line} ${message}`)
  console.log(problems.length === 0 ? `${check}: fine` : `${check}: ${problems.length} to mend`)
  if (problems.length > 0) process.exitCode = 1
}
