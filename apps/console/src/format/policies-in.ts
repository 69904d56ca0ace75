// SPDX-License-Identifier: Apache-2.0
/** Which policies a refusal names: the server writes them behind each sentence. */

/** Each name once, in the order of the sentences. */
export function policiesIn(sentences: readonly string[]): readonly string[] {
  return [
    ...new Set(sentences.flatMap((each) => [...each.matchAll(/\(policy ([a-z0-9-]+)\)/g)].map(([, name = '']) => name))),
  ]
}
