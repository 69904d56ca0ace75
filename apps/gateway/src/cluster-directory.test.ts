// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { ClusterDirectory } from './cluster-directory.ts'

const cluster = {
  name: 'local',
  bootstrapServers: ['a:1', '[::1]:2'],
  tls: { enabled: false },
  brokers: [{ nodeId: 7, host: 'seven', port: 9 }],
}

test('a known node is dialled where it is, an unknown one through the bootstrap servers in turn', () => {
  const directory = new ClusterDirectory(() => {})
  directory.update([cluster])
  expect(directory.addressesOf(cluster, 7, 0)).toEqual([{ host: 'seven', port: 9 }])
  const turns = [directory.addressesOf(cluster, 8, 0), directory.addressesOf(cluster, undefined, 0)]
  expect(turns.map((addresses) => addresses[0])).toEqual([
    { host: '::1', port: 2 },
    { host: 'a', port: 1 },
  ])
})

test('a node is announced once, from the snapshot or from an answer, and follows when it moves', () => {
  const announced: number[] = []
  const directory = new ClusterDirectory((nodeId) => announced.push(nodeId))
  directory.update([cluster])
  directory.learn('local', 8, { host: 'eight', port: 9 })
  directory.learn('local', 8, { host: 'moved', port: 9 })
  expect(announced).toEqual([7, 8])
  expect(directory.addressesOf(cluster, 8, 0)).toEqual([{ host: 'moved', port: 9 }])
})

test('a broken answer cannot fill the memory with nodes', () => {
  const directory = new ClusterDirectory(() => {})
  const learned = Array.from({ length: 1100 }, (_, nodeId) => directory.learn('local', nodeId, { host: 'h', port: 1 }))
  expect(learned.filter(Boolean)).toHaveLength(1000)
  directory.update([])
  expect(directory.nodes().size).toBe(0)
})

test('a bootstrap server that did not answer is tried last for some seconds, and is still tried', () => {
  const directory = new ClusterDirectory(() => {})
  directory.away({ host: 'a', port: 1 }, 1000)
  for (let count = 0; count < 2; count++) {
    expect(directory.addressesOf(cluster, undefined, 5000).map(({ host }) => host)).toEqual(['::1', 'a'])
  }
  const later = [directory.addressesOf(cluster, undefined, 60_000), directory.addressesOf(cluster, undefined, 60_000)]
  expect(later.map((addresses) => addresses[0]?.host).sort()).toEqual(['::1', 'a'])
})
