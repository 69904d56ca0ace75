// SPDX-License-Identifier: Apache-2.0
/** How long something lasts, in two units at most. Times that have passed are in `ago.ts`. */

/** `45s`, `2m05s`, `1h02m`, `3d04h`. Fractions of a second are left out. */
export function renderLasting(seconds: number): string {
  const whole = Math.floor(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  if (whole >= 86_400) return `${Math.floor(whole / 86_400)}d${two(Math.floor(whole / 3600) % 24)}h`
  if (whole >= 3600) return `${Math.floor(whole / 3600)}h${two(Math.floor(whole / 60) % 60)}m`
  return whole >= 60 ? `${Math.floor(whole / 60)}m${two(whole % 60)}s` : `${whole}s`
}
