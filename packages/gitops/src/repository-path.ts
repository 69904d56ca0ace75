// SPDX-License-Identifier: Apache-2.0
/** Which paths may be read and written: plain ones, that mean the same in Git, in a work tree and in a command. */
import { KaasError } from '@kaas/errors'

const PART = /^(?!\.\.?$)(?!\.git$)[^/\\:*?"<>|]{1,200}$/i

/** The path itself. Throws `internal-bug`, since paths are made by the product: `..`, `.git`, an empty part or a control character. */
export function checkedPath(path: string): string {
  if (path.split('/').every((part) => PART.test(part)) && !hasControlCharacter(path)) return path
  throw new KaasError('internal-bug', { message: `"${path}" is not a path that a repository of tenants may have.` })
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((character) => character < ' ' || character === '\x7f')
}
