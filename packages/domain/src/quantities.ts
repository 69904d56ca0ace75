// SPDX-License-Identifier: Apache-2.0
/**
 * Quantities as people write them: `20MB/s`, `7d`, `500GiB`. Parsed once, at the edge, into plain numbers whose names carry
 * the unit (`bytesPerSecond`, `milliseconds`). Decimal (kB, MB) and binary (KiB, MiB) units are never mixed up.
 */
import { KaasError } from '@kaas/errors'

const SIZE_UNITS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
  PiB: 1024 ** 5,
}

const DURATION_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** The largest number of bytes or milliseconds taken: above it a double no longer counts exactly. */
const LARGEST = Number.MAX_SAFE_INTEGER

/** Bytes per second of `20MB/s`. Throws `quantity-invalid` without `/s`, without a unit, for zero, negatives and overflow. */
export function parseRate(text: string): number {
  const match = /^([^/]*)\/s$/.exec(text.trim())
  if (match === null)
    throw quantityError(text, 'a rate', '20MB/s or 512KiB/s', 'It needs a number and a unit that ends in /s.')
  return parseWith(match[1] ?? '', text, SIZE_UNITS, 'a rate', '20MB/s or 512KiB/s')
}

/** Bytes of `500GiB`. Throws `quantity-invalid` as parseRate does. */
export function parseSize(text: string): number {
  return parseWith(text, text, SIZE_UNITS, 'a size', '500GiB or 10GB')
}

/** Milliseconds of `7d`. Throws `quantity-invalid` as parseRate does. */
export function parseDuration(text: string): number {
  return parseWith(text, text, DURATION_UNITS, 'a duration', '7d, 12h or 30m')
}

function parseWith(
  text: string,
  original: string,
  units: Readonly<Record<string, number>>,
  what: string,
  example: string,
): number {
  const match = /^\s*([+-]?\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/.exec(text)
  const [, number = '', unit = ''] = match ?? []
  if (match === null) throw quantityError(original, what, example)
  if (unit === '') throw quantityError(original, what, example, 'It has no unit.')
  // hasOwn: "constructor" and the like are words too, and every object has them.
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined
  if (factor === undefined) {
    throw quantityError(original, what, example, `"${unit}" is not a unit; known are ${Object.keys(units).join(', ')}.`)
  }
  const value = Math.round(Number(number) * factor)
  if (value <= 0) throw quantityError(original, what, example, 'It must be more than zero.')
  if (value > LARGEST) throw quantityError(original, what, example, 'It is larger than can be counted exactly.')
  return value
}

function quantityError(text: string, what: string, example: string, why = 'It needs a number and a unit.'): KaasError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return new KaasError('quantity-invalid', {
    message: `"${shown}" is not ${what}. ${why}`,
    help: `Write it like ${example}.`,
  })
}

/** A rate for people, in decimal units with at most three significant digits: `5MB/s`, `1.25GB/s`. */
export function renderRate(bytesPerSecond: number): string {
  return `${renderSize(bytesPerSecond)}/s`
}

/** A size for people in decimal units: `500GB`. */
export function renderSize(bytes: number): string {
  return renderWith(bytes, [
    ['PB', 1e15],
    ['TB', 1e12],
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
    ['B', 1],
  ])
}

/** A size for people in binary units, as memory and disks are ordered: `16GiB`. */
export function renderBinarySize(bytes: number): string {
  return renderWith(bytes, [
    ['TiB', 1024 ** 4],
    ['GiB', 1024 ** 3],
    ['MiB', 1024 ** 2],
    ['KiB', 1024],
    ['B', 1],
  ])
}

/** A duration for people in the largest unit that divides it, or the largest below it: `7d`, `90m`, `1500ms`. */
export function renderDuration(milliseconds: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ] as const
  const exact = units.find(([, factor]) => milliseconds >= factor && milliseconds % factor === 0)
  const [unit, factor] = exact ?? ['ms', 1]
  return `${milliseconds / factor}${unit}`
}

/** The largest unit in which the value, rounded, is at least 1: 999,999 bytes are 1MB, not 1000kB. */
function renderWith(value: number, units: readonly (readonly [string, number])[]): string {
  const [unit, factor] = units.find(([, size]) => value / size >= 0.9995) ?? units[units.length - 1] ?? ['', 1]
  const scaled = value / factor
  return `${Number(scaled >= 100 ? scaled.toFixed(0) : scaled.toPrecision(3))}${unit}`
}
