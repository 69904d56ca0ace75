// SPDX-License-Identifier: Apache-2.0
/** Addresses that lead to a page of this console and nowhere else, whatever a link asks for. */

/** The path, or `/` for everything that a browser could take for another site. */
export function localPath(asked: string): string {
  return /^\/(?![/\\])[^\\\s]*$/.test(asked) && !/^\/sign-in(\?|\/|$)/.test(asked) ? asked : '/'
}
