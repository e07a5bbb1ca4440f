package io.slotless.sidecar.differential;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What all nodes of one side hold, by Redis's own digest: keys, values in any order of a hash table, and whether they expire. The
 * digest of a server is the exclusive or of those of its keys (Redis 7.0, debug.c, computeDatasetDigest), so that of a cluster
 * follows from those of its nodes.
 */
final class DataSet {

    private static final int LENGTH = 20;

    /** What database 0 puts into the digest beside its keys. */
    private static final byte[] OF_DATABASE = sha1(sha1(ByteBuffer.allocate(4).array()));

    private DataSet() {}

    /** @param nodes what each of them says to DEBUG DIGEST */
    static String digest(List<List<Reply>> nodes) {
        byte[] all = new byte[LENGTH];
        boolean empty = true;
        for (List<Reply> replies : nodes) {
            byte[] one = HexFormat.of().parseHex(replies.get(0).text());
            if (!isZero(one)) {
                empty = false;
                xor(all, one);
                xor(all, OF_DATABASE);
            }
        }
        if (!empty) {
            xor(all, OF_DATABASE);
        }
        return HexFormat.of().formatHex(all);
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static void xor(byte[] to, byte[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] ^= from[i];
        }
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
