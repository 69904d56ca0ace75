// SPDX-License-Identifier: Apache-2.0
/** Compares the page of errors with the table of codes and the table of kinds, in both directions. */
import { CODES, KINDS } from '@kaas/errors'
import type { Problem } from './problem.ts'

/** The page, relative to the root of the repository. */
export const ERROR_PAGE = 'docs/reference/errors.md'

/** The parts that every section has, in this order. */
const PARTS = ['**What happened.** ', '**It could be because:**\n\n- ', '**What to do.** ']

/** What the page lacks, has too much, or says differently from the code. */
export function errorPageProblems(page: string): readonly Problem[] {
  const sections = sectionsOf(page)
  const titles = sections.map(({ title }) => title).filter((title) => title !== 'Kinds')
  const codes = Object.keys(CODES)
  return [
    ...codes.filter((code) => !titles.includes(code)).map((code) => at(1, `has no section "## ${code}". Write one.`)),
    ...sections.flatMap((section) => (codes.includes(section.title) ? judge(section) : [])),
    ...sections
      .filter(({ title }) => title !== 'Kinds' && !codes.includes(title))
      .map(({ title, line }) => at(line, `describes ${title}, which is no code. Remove it.`)),
    ...(page.includes(kindTable()) ? [] : [at(1, `has another table of kinds than the code. It must be:\n${kindTable()}`)]),
    ...orderProblem(titles, codes),
  ]
}

/** The line under the heading of a code: its title and what follows from its kind. */
export function factsOf(code: keyof typeof CODES): string {
  const { kind, title } = CODES[code]
  return `${title} · kind \`${kind}\` · HTTP ${KINDS[kind].http} · exit ${KINDS[kind].exit}`
}

function kindTable(): string {
  const rows = Object.entries(KINDS).map(
    ([kind, { meaning, http, kafka, exit }]) => `| \`${kind}\` | ${meaning} | ${http} | ${kafka} | ${exit} |`,
  )
  return ['| kind | meaning | HTTP | Kafka | exit |', '|---|---|--:|--:|--:|', ...rows].join('\n')
}

interface Section {
  readonly title: string
  readonly line: number
  readonly text: string
}

function sectionsOf(page: string): readonly Section[] {
  return [...page.matchAll(/^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)].map((match) => ({
    title: match[1] ?? '',
    line: page.slice(0, match.index).split('\n').length,
    text: match[2] ?? '',
  }))
}

function judge({ title, line, text }: Section): readonly Problem[] {
  const facts = factsOf(title as keyof typeof CODES)
  const missing = PARTS.filter((part) => !text.includes(part)).map((part) => at(line, `lacks "${part.split('\n')[0]}".`))
  return text.includes(`\n${facts}\n`) ? missing : [...missing, at(line, `must have the line "${facts}".`)]
}

function orderProblem(titles: readonly string[], codes: readonly string[]): readonly Problem[] {
  const known = titles.filter((title) => codes.includes(title))
  const expected = codes.filter((code) => titles.includes(code))
  const index = known.findIndex((title, position) => title !== expected[position])
  return index === -1 ? [] : [at(1, `has "${known[index]}" where the table of codes has "${expected[index]}". Sort it.`)]
}

function at(line: number, message: string): Problem {
  return { file: ERROR_PAGE, line, message }
}
