// SPDX-License-Identifier: Apache-2.0
/** Bytes as people look at them: sixteen or eight in a row, with the characters that can be shown. */

/** Bytes in one row; eight where sixteen have no room. */
export type BytesInRow = 8 | 16

/** One row: `0000002a`, blocks of eight, and the characters, with dots for what is none. */
export interface HexRow {
  readonly offset: string
  readonly hex: string
  readonly characters: string
}

/** How many rows there are. */
export function hexRowCount(bytes: Uint8Array, inRow: BytesInRow): number {
  return Math.ceil(bytes.length / inRow)
}

/** One row; rows are made when they are shown, so that five megabytes cost nothing. */
export function hexRow(bytes: Uint8Array, row: number, inRow: BytesInRow): HexRow {
  const start = row * inRow
  const part = [...bytes.subarray(start, start + inRow)]
  const pairs = part.map((byte) => byte.toString(16).padStart(2, '0'))
  return {
    offset: start.toString(16).padStart(8, '0'),
    hex: `${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}`.trimEnd().padEnd(inRow === 16 ? 48 : 23),
    characters: part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join(''),
  }
}

/** The bytes of base64 text, which the server has made. */
export function bytesOfBase64(text: string): Uint8Array {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/** The bytes of a text in UTF-8, as base64. */
export function base64OfText(text: string): string {
  const bytes = new TextEncoder().encode(text)
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}
