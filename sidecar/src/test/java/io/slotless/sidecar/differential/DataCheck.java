package io.slotless.sidecar.differential;

import io.slotless.sidecar.differential.Rule.Data;
import io.slotless.sidecar.differential.Sides.Pair;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Compares what both sides hold after a case. */
final class DataCheck {

    private static final int NEAR_MILLIS = 10_000;

    private final Sides sides;

    DataCheck(Sides sides) {
        this.sides = sides;
    }

    /** How the data of a case are compared, by the rules that its commands needed: the weakest counts. */
    static Data weakest(List<Rule> rules) {
        return rules.stream().map(Rule::data).max(Enum::compareTo).orElse(Data.SAME);
    }

    /**
     * What is different; empty: nothing.
     *
     * @param before the digest of both sides before the case
     * @param after their digests now
     */
    String difference(Data how, String before, Pair<String> after) {
        return switch (how) {
            case SAME -> same(after);
            case TYPES -> difference(sides.plain().keys("TYPE"), sides.proxied().keys("TYPE"));
            case UNCHANGED ->
                after.proxied().equals(before)
                        ? ""
                        : "what was refused has changed data: "
                                + sides.proxied().keys("DUMP");
            case ANY -> "";
        };
    }

    private String same(Pair<String> digests) {
        if (!digests.areEqual()) {
            return difference(
                    sides.plain().keys("DEBUG", "DIGEST-VALUE"), sides.proxied().keys("DEBUG", "DIGEST-VALUE"));
        }
        Pair<Map<Integer, Long>> expiries = sides.expiries();
        boolean near = expiries.map(Map::keySet).areEqual()
                && expiries.plain().entrySet().stream()
                        .allMatch(key ->
                                Math.abs(key.getValue() - expiries.proxied().get(key.getKey())) <= NEAR_MILLIS);
        return near ? "" : "expiries " + expiries;
    }

    /** Groups and consumers, without the times. */
    String differenceOfStreams() {
        Pair<String> streams = sides.streams().map(replies -> replies.toString().replaceAll("\\b\\d{13}\\b", "<time>"));
        return streams.areEqual() ? "" : "streams " + streams.plain() + "\n  but " + streams.proxied();
    }

    private static String difference(Map<String, String> expected, Map<String, String> actual) {
        Map<String, String> different = new TreeMap<>();
        expected.forEach((key, value) -> {
            if (!Objects.equals(value, actual.get(key))) {
                different.put(key, value + " but " + actual.get(key));
            }
        });
        actual.forEach((key, value) -> {
            if (!expected.containsKey(key)) {
                different.put(key, "absent but " + value);
            }
        });
        return different.isEmpty() ? "" : "data " + different;
    }
}
