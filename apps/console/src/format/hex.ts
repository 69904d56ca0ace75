// SPDX-License-Identifier: Apache-2.0
/** Bytes as people look at them: sixteen in a row, with the characters that can be shown. */

/** Bytes in one row. */
export const BYTES_IN_ROW = 16

/** One row: `0000002a`, two blocks of eight, and the characters, with dots for what is none. */
export interface HexRow {
  readonly offset: string
  readonly hex: string
  readonly characters: string
}

/** How many rows there are. */
export function hexRowCount(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / BYTES_IN_ROW)
}

/** One row; rows are made when they are shown, so that five megabytes cost nothing. */
export function hexRow(bytes: Uint8Array, row: number): HexRow {
  const start = row * BYTES_IN_ROW
  const part = [...bytes.subarray(start, start + BYTES_IN_ROW)]
  const pairs = part.map((byte) => byte.toString(16).padStart(2, '0'))
  return {
    offset: start.toString(16).padStart(8, '0'),
    hex: `${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}`.trimEnd().padEnd(BYTES_IN_ROW * 3),
    characters: part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join(''),
  }
}

/** The bytes of base64 text, which the server has made. */
export function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/** The bytes of a text in UTF-8, as base64. */
export function base64OfText(text: string): string {
  const bytes = new TextEncoder().encode(text)
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}
