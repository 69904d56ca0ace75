// SPDX-License-Identifier: Apache-2.0
/**
 * The shape of a stored series: which values one point has, how many points one chunk, and how they lie in bytes. Pure. A value is a
 * 32-bit float: seven digits, enough for a chart. Not a number stands for "nothing was heard".
 */

/** What is sampled of each kind, in the order of the bytes. Add at the end only: what is stored is read by this table. */
export const SERIES_VALUES = {
  tenant: ['bytesIn', 'bytesOut', 'requests', 'connections', 'partitions', 'storedBytes', 'recordsIn', 'lag'],
  topic: ['bytesIn', 'storedBytes', 'recordsIn'],
  group: ['lag'],
} as const
/** What can be sampled. It is stored as text. */
export type SeriesKind = keyof typeof SERIES_VALUES

/** The two resolutions: milliseconds from point to point, and points of one chunk. */
export const SERIES_STEPS = {
  minute: { stepMs: 60_000, points: 15 },
  hour: { stepMs: 3_600_000, points: 24 },
} as const
/** One of the resolutions. */
export type SeriesStep = keyof typeof SERIES_STEPS

/** The values of one moment, in the order of `SERIES_VALUES`; null where nothing was heard. */
export type SeriesPoint = readonly (number | null)[]

const VALUE_BYTES = 4

/** Bytes of one point. */
export function pointBytes(kind: SeriesKind): number {
  return SERIES_VALUES[kind].length * VALUE_BYTES
}

/** Where the point of a moment lies: the start of its chunk in seconds since 1970, and its place in it. */
export function placeOf(step: SeriesStep, atMs: number): { readonly start: number; readonly index: number } {
  const { stepMs, points } = SERIES_STEPS[step]
  const number = Math.floor(atMs / stepMs)
  const index = number % points
  return { start: ((number - index) * stepMs) / 1000, index }
}

/** The bytes of one point. A missing value is one that was not heard. */
export function writePoint(kind: SeriesKind, values: SeriesPoint): Buffer {
  const bytes = Buffer.alloc(pointBytes(kind))
  for (let at = 0; at < SERIES_VALUES[kind].length; at += 1) bytes.writeFloatLE(values[at] ?? Number.NaN, at * VALUE_BYTES)
  return bytes
}

/** A chunk in which nothing was heard. */
export function emptyChunk(kind: SeriesKind, step: SeriesStep): Buffer {
  return Buffer.concat(Array.from({ length: SERIES_STEPS[step].points }, () => writePoint(kind, [])))
}

/** The points of a chunk, each with its moment in milliseconds; those in which nothing was heard are left out. */
export function readChunk(
  kind: SeriesKind,
  step: SeriesStep,
  start: number,
  bytes: Buffer,
): readonly { readonly atMs: number; readonly values: SeriesPoint }[] {
  const size = pointBytes(kind)
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => ({
    atMs: start * 1000 + index * SERIES_STEPS[step].stepMs,
    values: SERIES_VALUES[kind].map((_, at) => heard(bytes.readFloatLE(index * size + at * VALUE_BYTES))),
  })).filter(({ values }) => values.some((value) => value !== null))
}

function heard(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

/** What counts at one moment rather than being a rate: of an hour the last value is kept, of rates the mean. */
const LAST: ReadonlySet<string> = new Set(['connections', 'partitions', 'storedBytes', 'lag'])

/** One point from many, oldest first: means of rates, the last of all else. */
export function condensePoints(kind: SeriesKind, points: readonly SeriesPoint[]): SeriesPoint {
  return SERIES_VALUES[kind].map((name, at) => {
    const values = points.map((point) => point[at] ?? null).filter((value) => value !== null)
    if (values.length === 0) return null
    return LAST.has(name) ? (values.at(-1) ?? null) : values.reduce((sum, value) => sum + value, 0) / values.length
  })
}
