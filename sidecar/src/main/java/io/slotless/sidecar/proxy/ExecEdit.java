package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.ReplyDecoder;

/** Changes the reply to one command among those that EXEC gives: what is about the client's own connection, or tells of the cluster. */
interface ExecEdit {

    /**
     * The command has run.
     *
     * @param reply of the server, all of it
     * @param out gets the client's
     */
    void edit(ByteBuf reply, ByteBuf out);

    /** Makes the client's reply to EXEC of the server's, which stays the caller's. */
    static ByteBuf edited(ByteBuf exec, TransactionLog log) {
        int at = exec.indexOf(exec.readerIndex(), exec.writerIndex(), (byte) '\n') + 1;
        if (exec.getByte(exec.readerIndex()) != '*' || at == exec.writerIndex()) {
            return exec.retain();
        }
        ByteBuf out = exec.alloc().directBuffer(exec.readableBytes());
        out.writeBytes(exec, exec.readerIndex(), at - exec.readerIndex());
        ReplyDecoder decoder = new ReplyDecoder();
        for (int i = 0; at < exec.writerIndex(); i++) {
            int end = decoder.scan(exec, at, exec.writerIndex());
            ExecEdit edit = i < log.size() ? log.edit(i) : null;
            if (edit == null) {
                out.writeBytes(exec, at, end - at);
            } else {
                edit.edit(exec.slice(at, end - at), out);
            }
            at = end;
        }
        return out;
    }
}
