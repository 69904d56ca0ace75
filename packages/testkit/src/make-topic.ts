// SPDX-License-Identifier: Apache-2.0
/** Topics made by kafkajs, which asks for the new topic once: a broker that has not heard of it yet ends its wait for leaders. */
import { waitFor } from './wait-for.ts'

/** What is used of an administrator of kafkajs. */
export interface TopicMaker<Topic> {
  createTopics(order: { readonly topics: Topic[]; readonly waitForLeaders: boolean }): Promise<boolean>
  fetchTopicMetadata(of: { readonly topics: string[] }): Promise<{
    readonly topics: readonly { readonly partitions: readonly { readonly leader: number }[] }[]
  }>
}

/** Makes the topic and resolves when the broker that is asked knows a leader of each partition. */
export async function makeTopic<Topic extends { readonly topic: string }>(
  admin: TopicMaker<Topic>,
  order: Topic,
): Promise<void> {
  await admin.createTopics({ topics: [order], waitForLeaders: false })
  const hasLeaders = async (): Promise<boolean> => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [order.topic] })
    const partitions = topics.flatMap((each) => each.partitions)
    return partitions.length > 0 && partitions.every(({ leader }) => leader >= 0)
  }
  await waitFor(hasLeaders, { what: `the topic ${order.topic} to have leaders` })
}
