// SPDX-License-Identifier: Apache-2.0

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;

/**
 * Encodes messages with Kafka's own generated classes. Each line of the input is an API key, a direction, a version and the message
 * as JSON, with tabs between; each line of the output is the body in hexadecimal digits.
 */
public final class ApacheEncoder {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static void main(String[] args) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] parts = line.split("\t", 4);
            System.out.println(encoded(Short.parseShort(parts[0]), parts[1], Short.parseShort(parts[2]), MAPPER.readTree(parts[3])));
        }
    }

    private static String encoded(short key, String direction, short version, JsonNode json) throws Exception {
        ApiMessageType type = ApiMessageType.fromApiKey(key);
        ApiMessage empty = direction.equals("request") ? type.newRequest() : type.newResponse();
        Class<?> converter = Class.forName(empty.getClass().getName() + "JsonConverter");
        Object message = converter.getMethod("read", JsonNode.class, short.class).invoke(null, json, version);
        ByteBuffer bytes = MessageUtil.toByteBufferAccessor((ApiMessage) message, version).buffer();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
