// SPDX-License-Identifier: Apache-2.0
/** The few styles of the command line, as functions that do nothing without colours. */
const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const

/** A style by name. */
export type StyleName = keyof typeof CODES

/** Wraps text in a style. */
export type Style = (name: StyleName, text: string) => string

/** The style function of a terminal with or without colours. */
export function styleFor(color: boolean): Style {
  return color ? (name, text) => `\u001b[${CODES[name]}m${text}\u001b[0m` : (_, text) => text
}
