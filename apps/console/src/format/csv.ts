// SPDX-License-Identifier: Apache-2.0
/** Tables as CSV (RFC 4180), safe to open in a spreadsheet. */

/** Lines of cells as one text, ended by CRLF. */
export function renderCsv(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => `${cells.map(renderCell).join(',')}\r\n`).join('')
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
function renderCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
