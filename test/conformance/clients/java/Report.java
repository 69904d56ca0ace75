// SPDX-License-Identifier: Apache-2.0

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** What the programs print: lines of cells, tab between them, so that a test can compare two runs. */
final class Report {
    private Report() {}

    /** One call: the method, what was asked, and the answer or the error. */
    static void call(String method, String what, Callable<Object> work) {
        String answer;
        try {
            answer = Render.of(work.call());
        } catch (Exception failed) {
            answer = Render.of(failed);
        }
        System.out.println(String.join("\t", "call", method, what, answer.replaceAll("\\s+", " ")));
    }

    /** The names of the public methods of an interface, so that a test sees which a script never calls. */
    static void methodsOf(Class<?> type) {
        Arrays.stream(type.getMethods()).map(Method::getName).distinct().sorted().forEach(name -> System.out.println("method\t" + name));
    }
}
