// SPDX-License-Identifier: Apache-2.0
/** The ways to read bytes, in words. */
import { CONTENT_FORMATS, type ContentFormat } from '@kaas/http-contract'

/** What each is called. */
export const FORMAT_WORDS: Readonly<Record<ContentFormat, string>> = {
  auto: 'Automatic',
  json: 'JSON',
  text: 'Text',
  avro: 'Avro',
  protobuf: 'Protobuf',
  int32: 'Number, 32 bits',
  int64: 'Number, 64 bits',
  float32: 'Fraction, 32 bits',
  float64: 'Fraction, 64 bits',
  uuid: 'UUID',
  base64: 'Base64',
  hex: 'Hex',
}

/** For a field in which one is chosen. */
export const FORMAT_CHOICES = CONTENT_FORMATS.map((value) => ({ value, label: FORMAT_WORDS[value] }))
