// SPDX-License-Identifier: Apache-2.0
/** How the values of options are read: whole numbers, name=value pairs, words of a list. */
import { InvalidArgumentError } from 'commander'

/** A whole number above zero. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above zero.')
  return Number(text)
}

/** A whole number, zero included. */
export function position(text: string): number {
  return text === '0' ? 0 : wholeNumber(text)
}

/** A number above zero, with or without a fraction. */
export function factor(text: string): number {
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(text) || Number(text) === 0) {
    throw new InvalidArgumentError('It must be a number above zero.')
  }
  return Number(text)
}

/** Collects `name=value` of every time the option is given. */
export function pair(text: string, before: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Write it as name=value.')
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

/** Collects the value of every time the option is given; commas separate as well. */
export function words(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...text.split(',').filter((each) => each !== '')]
}

/** Collects paths: as `words`, but a comma is part of a path. */
export function paths(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text]
}
