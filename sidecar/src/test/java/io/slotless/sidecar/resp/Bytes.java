package io.slotless.sidecar.resp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Bytes for properties, and ways to cut them. */
final class Bytes {

    private Bytes() {}

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Every way to cut in two. */
    static List<List<byte[]>> cutInTwo(byte[] bytes) {
        List<List<byte[]>> cuts = new ArrayList<>();
        for (int at = 0; at <= bytes.length; at++) {
            cuts.add(List.of(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length)));
        }
        return cuts;
    }

    /** Into pieces of these lengths, in turn. */
    static List<byte[]> cut(byte[] bytes, List<Integer> lengths) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int end = Math.min(bytes.length, at + lengths.get(i % lengths.size()));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    static Arbitrary<List<Integer>> pieceLengths() {
        return Arbitraries.integers().between(1, 20).list().ofMinSize(1).ofMaxSize(8);
    }

    /** Bytes that often come near to RESP: made of its words, with some noise. */
    static Arbitrary<byte[]> almostResp() {
        Arbitrary<String> words = Arbitraries.of(
                "*1",
                "*2",
                "*3",
                "*0",
                "*-1",
                "$0",
                "$1",
                "$3",
                "$-1",
                "%1",
                "~1",
                ">1",
                "|1",
                "=5",
                "!1",
                "+",
                "-",
                ":",
                ",",
                "(",
                "#",
                "_",
                "\r\n",
                "\r\n",
                "\r\n",
                "\r\n",
                "\r",
                "\n",
                "a",
                "txt:a",
                "GET",
                "t",
                " ",
                "\"",
                "'",
                "\\",
                "\\x41",
                "1",
                "10",
                "-",
                "?",
                "\0",
                "\u00ff",
                "*99999999999",
                "$9223372036854775807");
        Arbitrary<String> noise =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(3);
        return Arbitraries.frequencyOf(Tuple.of(12, words), Tuple.of(1, noise))
                .list()
                .ofMaxSize(30)
                .map(parts -> latin1(String.join("", parts)));
    }
}
