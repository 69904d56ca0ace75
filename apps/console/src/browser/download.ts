// SPDX-License-Identifier: Apache-2.0
/** Gives the person a file that was made in the browser. */

/** Saves `text` as a file of that name. */
export function downloadText(name: string, text: string, type = 'text/plain'): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  // Browsers read the address after the click returned.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
