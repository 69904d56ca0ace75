// SPDX-License-Identifier: Apache-2.0
/** Finds names of functions and classes in a document that no code has any more. */
import type { Problem } from './problem.ts'

/** In backticks and with a capital inside, so that it is a name of ours and no word: `runOnce`, `Serving.forward`. */
const IDENTIFIER = /`((?:[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*|[A-Z][a-z]\w*\.#?\w+)(?:\.#?\w+)*)`/g

/** One problem per name of which a part stands in no source. `code` is the text of all sources. */
export function identifierProblems(file: string, text: string, code: string): readonly Problem[] {
  const words = new Set(code.match(/\w+/g))
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(IDENTIFIER)]
      .map((match) => match[1] ?? '')
      .filter((name) => name.split(/\W+/).some((part) => !words.has(part)))
      .map((name) => ({ file, line: index + 1, message: `names ${name}, which no code has. Correct or remove it.` })),
  )
}
