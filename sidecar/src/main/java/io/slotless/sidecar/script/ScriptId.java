package io.slotless.sidecar.script;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.CommandFrame;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** What EVALSHA calls a script by: the SHA-1 of its text (Redis documentation, EVALSHA). */
public record ScriptId(long first, long second, int third) {

    private static final int DIGITS = 40;

    /** An argument in hexadecimal, of whatever case; null when it is none. */
    public static @Nullable ScriptId of(CommandFrame frame, int argument) {
        if (frame.argumentLength(argument) != DIGITS) {
            return null;
        }
        ByteBuf buffer = frame.buffer();
        int at = frame.argumentOffset(argument);
        long wrong = 0;
        long first = 0;
        long second = 0;
        long third = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = Character.digit(buffer.getByte(at + i), 16);
            wrong |= digit;
            if (i < 16) {
                first = first << 4 | digit;
            } else if (i < 32) {
                second = second << 4 | digit;
            } else {
                third = third << 4 | digit;
            }
        }
        return wrong < 0 ? null : new ScriptId(first, second, (int) third);
    }

    /** Of a script's text. */
    static ScriptId of(byte[] script) {
        try {
            ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-1").digest(script));
            return new ScriptId(hash.getLong(), hash.getLong(), hash.getInt());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
