package io.slotless.sidecar.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** How a call is to be made out of an argument tree, one choice after the other. Remembers how many ways there were. */
final class Choices {

    private final Map<Integer, Integer> fixed;
    private final RandomGenerator random;
    private final boolean free;
    private final List<Integer> ways = new ArrayList<>();

    private Choices(Map<Integer, Integer> fixed, RandomGenerator random, boolean free) {
        this.fixed = fixed;
        this.random = random;
        this.free = free;
    }

    /** The first way each time, but for these. */
    static Choices plainBut(Map<Integer, Integer> fixed, RandomGenerator random) {
        return new Choices(fixed, random, false);
    }

    /** Any way. */
    static Choices random(RandomGenerator random) {
        return new Choices(Map.of(), random, true);
    }

    /** One of the ways 0 to n-1. */
    int of(int n) {
        int number = ways.size();
        ways.add(n);
        return free ? random.nextInt(n) : fixed.getOrDefault(number, 0);
    }

    RandomGenerator random() {
        return random;
    }

    /** Whether values, too, are to be of any kind. */
    boolean areFree() {
        return free;
    }

    /** How many ways there were at each choice. */
    List<Integer> ways() {
        return ways;
    }
}
