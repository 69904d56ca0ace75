// SPDX-License-Identifier: Apache-2.0
/**
 * The values that environment variables hold again and again, with messages for people. Each takes the text of a variable. A
 * quantity is made where it is needed: `text.transform(parseDuration)`.
 */
import { z } from 'zod'

/** Any text that is not empty. */
export const text = z.string().trim().min(1, 'it must not be empty')

/** The path of a file or directory. Whether it exists is for the app to find out. */
export const path = z.string().trim().min(1, 'it must be the path of a file or directory')

/** A TCP port. 0 asks the system for a free one. */
export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'it must be a whole number from 0 to 65535')
  .transform(Number)
  .pipe(z.number().max(65_535, 'it must be a whole number from 0 to 65535'))

/** `true` or `false`; nothing else, so that `off` is not read as on. */
export const flag = z.enum(['true', 'false'], 'it must be true or false').transform((value) => value === 'true')

/** An absolute `http` or `https` address, as a text without a slash at the end. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'it must be an http or https address' })
  .transform((value) => value.replace(/\/+$/, ''))

/** One of a closed list of words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words): z.ZodType<Words[number], string> {
  return z.enum(words, `it must be one of ${words.join(', ')}`) as z.ZodType<Words[number], string>
}

/** Bootstrap servers as Kafka writes them: `host:port`, several with commas. */
export const serverList = z
  .string()
  .transform((value) => value.split(',').map((server) => server.trim()))
  .pipe(
    z
      .array(
        z.string().regex(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, {
          error: 'it must be host:port,host:port',
          abort: true,
        }),
      )
      .min(1),
  )
