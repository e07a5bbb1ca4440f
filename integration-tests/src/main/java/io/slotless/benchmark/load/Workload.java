package io.slotless.benchmark.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The commands of a load, one after the other. */
public final class Workload {

    /** Keys of an MGET or MSET. */
    public static final int MANY = 10;

    private final Template[] templates;
    private final SplittableRandom random;
    private final int keys;

    Workload(Operation operation, int valueBytes, long seed) {
        this.templates = switch (operation) {
            case GET -> new Template[] {Template.get(valueBytes)};
            case SET -> new Template[] {Template.set(valueBytes)};
            case MGET -> new Template[] {Template.mget(valueBytes, MANY)};
            case MSET -> new Template[] {Template.mset(valueBytes, MANY)};
            case MIXED -> {
                Template get = Template.get(valueBytes);
                yield new Template[] {get, get, get, get, Template.set(valueBytes)};
            }
        };
        this.random = new SplittableRandom(seed);
        this.keys = Keys.count(valueBytes);
    }

    /** A value of so many bytes. */
    public static byte[] value(int bytes) {
        byte[] value = new byte[bytes];
        Arrays.fill(value, (byte) 'x');
        return value;
    }

    Template next() {
        return templates.length == 1 ? templates[0] : templates[random.nextInt(templates.length)];
    }

    SplittableRandom random() {
        return random;
    }

    int keys() {
        return keys;
    }
}
