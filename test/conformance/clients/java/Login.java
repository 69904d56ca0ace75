// SPDX-License-Identifier: Apache-2.0

import java.io.FileReader;
import java.io.IOException;
import java.util.Map;
import java.util.Properties;

/** Where and as whom a program connects, and how names are written there: the first two arguments of every program. */
record Login(Properties properties, String prefix) {
    static Login from(String[] args) throws IOException {
        Properties properties = new Properties();
        try (FileReader reader = new FileReader(args[0])) {
            properties.load(reader);
        }
        properties.setProperty("enable.metrics.push", "false");
        return new Login(properties, args[1]);
    }

    /** The name as it is written on this way: behind the prefix where names are physical. */
    String name(String name) {
        return prefix + name;
    }

    /** The properties with more of them; values are settings of Kafka's clients. */
    Properties with(Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(properties);
        all.putAll(more);
        return all;
    }
}
