// SPDX-License-Identifier: Apache-2.0

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;

/**
 * Writes any answer of the Java client as one line: every getter of every object of Kafka's, futures waited for, errors with their
 * message, collections and maps sorted. What differs from one run to the next by its nature is written as a word.
 */
final class Render {
    /** Getters whose values are new in every run: ids that brokers make, clocks, and what came how often. */
    private static final Set<String> NEW_EACH_TIME = Set.of(
        "producerId", "lastTimestamp", "transactionStartTimeMs", "consumerId", "memberId", "timestamp", "processId",
        "taskOffsets", "taskEndOffsets", "finalizedFeaturesEpoch", "coordinatorEpoch", "currentCoordinatorEpoch");
    /** Nothing of the answer: how it is printed, and copies. */
    private static final Set<String> NO_CONTENT = Set.of("toString", "hashCode", "getClass", "notify", "notifyAll", "wait");
    private static final int DEEPEST = 12;
    private static final long TIMEOUT_SECONDS = 20;

    private Render() {}

    static String of(Object value) {
        return of(value, DEEPEST);
    }

    private static String of(Object value, int depth) {
        if (depth == 0) return "...";
        if (value == null) return "null";
        if (value instanceof KafkaFuture<?> future) return awaited(future, depth);
        if (value instanceof Optional<?> optional) return optional.map(inner -> of(inner, depth)).orElse("none");
        if (value instanceof Uuid id) return Uuid.ZERO_UUID.equals(id) ? "no id" : "an id";
        if (value instanceof Node node) return "broker " + node.id() + " at " + node.host() + ":" + node.port();
        if (value instanceof Throwable error) return "!" + error.getClass().getSimpleName() + ": " + error.getMessage();
        if (value instanceof byte[] bytes) return bytes.length + " bytes";
        if (value instanceof Map<?, ?> map) return ofMap(map, depth);
        if (value instanceof Collection<?> all) return all.stream().map(each -> of(each, depth - 1)).sorted().toList().toString();
        if (value instanceof Enum<?> || !value.getClass().getName().startsWith("org.apache.kafka")) return value.toString();
        return ofGetters(value, depth);
    }

    private static String awaited(KafkaFuture<?> future, int depth) {
        try {
            return of(future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS), depth);
        } catch (ExecutionException failed) {
            return of(failed.getCause(), depth);
        } catch (Exception late) {
            return of(late, depth);
        }
    }

    private static String ofMap(Map<?, ?> map, int depth) {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(of(key, depth - 1), of(value, depth - 1)));
        return sorted.toString();
    }

    private static String ofGetters(Object value, int depth) {
        List<Method> getters = Arrays.stream(value.getClass().getMethods())
            .filter(method -> method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers()))
            .filter(method -> method.getReturnType() != void.class && !NO_CONTENT.contains(method.getName()))
            .filter(method -> !method.isAnnotationPresent(Deprecated.class))
            .sorted(Comparator.comparing(Method::getName))
            .toList();
        if (getters.isEmpty()) return value.toString();
        return getters.stream().map(method -> method.getName() + "=" + got(value, method, depth))
            .distinct()
            .collect(Collectors.joining(", ", value.getClass().getSimpleName() + "(", ")"));
    }

    private static String got(Object value, Method method, int depth) {
        try {
            method.setAccessible(true);
            Object inner = method.invoke(value);
            return NEW_EACH_TIME.contains(method.getName()) ? "new each time" : of(inner, depth - 1);
        } catch (InvocationTargetException failed) {
            return of(failed.getCause(), depth - 1);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
