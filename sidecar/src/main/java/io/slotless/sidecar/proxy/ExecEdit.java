package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;

/** Changes the reply to one command among those that EXEC gives: what is about the client's own connection, or tells of the cluster. */
interface ExecEdit {

    /**
     * The command has run.
     *
     * @param reply of the server, all of it
     * @param out gets the client's
     */
    void edit(ByteBuf reply, ByteBuf out);
}
