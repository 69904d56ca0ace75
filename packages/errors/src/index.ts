// SPDX-License-Identifier: Apache-2.0
export { CODES, type ErrorCode } from './codes.ts'
export { asKaasError, type ErrorDetails, type FieldProblem, KaasError } from './kaas-error.ts'
export { type ErrorKind, KINDS, type KindMeaning } from './kinds.ts'
export { type KafkaResource, type Problem, toCondition, toExit, toHttp, toKafka } from './translate.ts'
