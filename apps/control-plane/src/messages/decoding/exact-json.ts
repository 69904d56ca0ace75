// SPDX-License-Identifier: Apache-2.0
/** JSON whose integers beyond 2^53 stay what they are: read as bigint, written as digits. */

/** Only such texts can hold an integer that a number cannot. */
const MAY_BE_LARGE = /\d{16}/
const INTEGER = /^-?\d+$/

/** The value of a JSON text; integers that a number cannot hold are bigints. Throws SyntaxError. */
export function parseExact(text: string): unknown {
  if (!MAY_BE_LARGE.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source
    if (typeof value !== 'number' || Number.isSafeInteger(value) || source === undefined) return value
    return INTEGER.test(source) ? BigInt(source) : value
  })
}

/** The JSON text of plain values, in which bigints are digits. */
export function renderExact(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => (typeof part === 'bigint' ? rawDigits(part) : part)) ?? 'null'
}

/** `JSON.rawJSON` of ES2026: what is written as it is. */
function rawDigits(value: bigint): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(String(value))
}
