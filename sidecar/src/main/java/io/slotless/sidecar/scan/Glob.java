package io.slotless.sidecar.scan;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Redis's glob patterns, as MATCH and KEYS have them (Redis 7.0, util.c: {@code stringmatchlen}), oddities included: an
 * unclosed class ends with the pattern, a range may be written backwards and compares signed bytes, a backslash at the
 * end means itself. An asterisk is tried again only from the last one on, so that no pattern takes long.
 */
public final class Glob {

    private final byte[] pattern;

    private Glob(byte[] pattern) {
        this.pattern = pattern;
    }

    /** The pattern; do not change the bytes. */
    public static Glob of(byte[] pattern) {
        return new Glob(pattern);
    }

    static Glob of(ByteBuf buffer, int offset, int length) {
        return new Glob(ByteBufUtil.getBytes(buffer, offset, length));
    }

    /** Whether the whole key matches. */
    public boolean matches(byte[] key) {
        if (pattern.length == 1 && pattern[0] == '*') {
            return true;
        }
        if (key.length == 0) {
            // Redis compares nothing with a pattern but nothing, not even asterisks.
            return pattern.length == 0;
        }
        int at = 0;
        int byteAt = 0;
        int afterAsterisk = -1;
        int retryFrom = 0;
        while (byteAt < key.length) {
            if (at < pattern.length && pattern[at] == '*') {
                afterAsterisk = ++at;
                retryFrom = byteAt;
            } else if (at < pattern.length && matchesOne(at, key[byteAt])) {
                at = behindOne(at);
                byteAt++;
            } else if (afterAsterisk >= 0) {
                at = afterAsterisk;
                byteAt = ++retryFrom;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        return at == pattern.length;
    }

    /** Whether something that begins like this, and goes on, may match. */
    public boolean mayMatchBehind(byte[] beginning) {
        int at = 0;
        for (byte b : beginning) {
            if (at == pattern.length) {
                return false;
            }
            if (pattern[at] == '*') {
                return true;
            }
            if (!matchesOne(at, b)) {
                return false;
            }
            at = behindOne(at);
        }
        return true;
    }

    /** Whether the part of the pattern that stands for one byte stands for this one. */
    private boolean matchesOne(int at, byte b) {
        return switch (pattern[at]) {
            case '?' -> true;
            case '[' -> matchesClass(at + 1, b);
            case '\\' -> pattern[at + 1 < pattern.length ? at + 1 : at] == b;
            default -> pattern[at] == b;
        };
    }

    private int behindOne(int at) {
        return switch (pattern[at]) {
            case '[' -> behindClass(at + 1);
            case '\\' -> Math.min(at + 2, pattern.length);
            default -> at + 1;
        };
    }

    private boolean matchesClass(int start, byte b) {
        boolean negated = start < pattern.length && pattern[start] == '^';
        boolean found = false;
        int at = negated ? start + 1 : start;
        while (at < pattern.length && pattern[at] != ']') {
            found |= matchesMember(at, b);
            at = behindMember(at);
        }
        return found != negated;
    }

    private int behindClass(int start) {
        int at = start < pattern.length && pattern[start] == '^' ? start + 1 : start;
        while (at < pattern.length && pattern[at] != ']') {
            at = behindMember(at);
        }
        return Math.min(at + 1, pattern.length);
    }

    private boolean matchesMember(int at, byte b) {
        if (isEscape(at)) {
            return pattern[at + 1] == b;
        }
        if (isRange(at)) {
            byte low = (byte) Math.min(pattern[at], pattern[at + 2]);
            byte high = (byte) Math.max(pattern[at], pattern[at + 2]);
            return low <= b && b <= high;
        }
        return pattern[at] == b;
    }

    private int behindMember(int at) {
        if (isEscape(at)) {
            return at + 2;
        }
        return isRange(at) ? at + 3 : at + 1;
    }

    private boolean isEscape(int at) {
        return pattern[at] == '\\' && at + 1 < pattern.length;
    }

    private boolean isRange(int at) {
        return at + 2 < pattern.length && pattern[at + 1] == '-';
    }
}
