package io.slotless.sidecar.clients;

import io.slotless.sidecar.cluster.Node;

/**
 * A client as CLIENT LIST shows it, at one moment.
 *
 * @param connection what does not change while it is connected
 * @param ageSeconds since it came
 * @param idleSeconds since it last sent anything
 * @param flags Redis's letters; empty for none
 * @param database selected
 * @param subscriptions what it is subscribed to
 * @param multi commands queued since MULTI; -1 outside of transactions
 * @param unsentBytes of replies that it has not taken yet
 * @param command the last one, by its name in the command table; empty when it is unknown or there was none
 * @param user as whom it has authenticated
 * @param redirect the client that gets its invalidations; -1 for none
 * @param protocol 2 or 3
 * @param library what the client library says it is
 */
public record ClientView(
        Connection connection,
        long ageSeconds,
        long idleSeconds,
        String flags,
        int database,
        Subscriptions subscriptions,
        int multi,
        long unsentBytes,
        String command,
        String user,
        long redirect,
        int protocol,
        Library library) {

    /**
     * @param id unique, and higher for later clients
     * @param address the client's end
     * @param localAddress our end
     * @param name as CLIENT SETNAME says; empty for none
     */
    public record Connection(long id, Node address, Node localAddress, String name) {}

    /** How many of each. */
    public record Subscriptions(int channels, int patterns, int shardChannels) {
        public static final Subscriptions NONE = new Subscriptions(0, 0, 0);

        boolean any() {
            return channels + patterns + shardChannels > 0;
        }
    }

    /** As CLIENT SETINFO says; empty for what it has not said. */
    public record Library(String name, String version) {
        public static final Library UNKNOWN = new Library("", "");
    }

    /**
     * The line of CLIENT LIST, with the fields of Redis 7.0 ({@code catClientInfoString}) and, for a client that has said it,
     * those of 7.2 about its library. What only a server's own memory could fill is 0; there is no file descriptor to show.
     */
    public String line() {
        StringBuilder line = new StringBuilder(320)
                .append("id=")
                .append(connection.id)
                .append(" addr=")
                .append(connection.address)
                .append(" laddr=")
                .append(connection.localAddress)
                .append(" fd=-1 name=")
                .append(connection.name)
                .append(" age=")
                .append(ageSeconds)
                .append(" idle=")
                .append(idleSeconds)
                .append(" flags=")
                .append(flags.isEmpty() ? "N" : flags)
                .append(" db=")
                .append(database)
                .append(" sub=")
                .append(subscriptions.channels)
                .append(" psub=")
                .append(subscriptions.patterns)
                .append(" ssub=")
                .append(subscriptions.shardChannels)
                .append(" multi=")
                .append(multi)
                .append(" qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=0 oll=")
                .append(unsentBytes > 0 ? 1 : 0)
                .append(" omem=")
                .append(unsentBytes)
                .append(" tot-mem=")
                .append(unsentBytes)
                .append(" events=")
                .append(unsentBytes > 0 ? "rw" : "r")
                .append(" cmd=")
                .append(command.isEmpty() ? "NULL" : command)
                .append(" user=")
                .append(user)
                .append(" redir=")
                .append(redirect)
                .append(" resp=")
                .append(protocol);
        if (!library.equals(Library.UNKNOWN)) {
            line.append(" lib-name=").append(library.name).append(" lib-ver=").append(library.version);
        }
        return line.toString();
    }
}
