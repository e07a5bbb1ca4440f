package io.slotless.sidecar.clients;

import io.netty.util.AsciiString;
import io.slotless.sidecar.resp.CommandFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which clients CLIENT KILL means (Redis 7.0, {@code clientCommand}).
 *
 * @param form how it was said, which decides the reply
 * @param sparesItself whether who says it is never meant
 * @param user whose clients are meant; null: anybody's
 * @param conditions a client is meant when all of them hold
 */
public record KillRequest(
        Form form, boolean sparesItself, @Nullable String user, List<Predicate<ClientView>> conditions) {

    private static final AsciiString ID = AsciiString.cached("id");
    private static final AsciiString TYPE = AsciiString.cached("type");
    private static final AsciiString ADDR = AsciiString.cached("addr");
    private static final AsciiString LADDR = AsciiString.cached("laddr");
    private static final AsciiString USER = AsciiString.cached("user");
    private static final AsciiString SKIPME = AsciiString.cached("skipme");
    private static final AsciiString YES = AsciiString.cached("yes");
    private static final AsciiString NO = AsciiString.cached("no");

    /** How it was said. */
    public enum Form {
        /** {@code CLIENT KILL address}: OK, or an error when there is none. */
        OLD,
        /** With filters: how many there were. */
        NEW
    }

    public KillRequest {
        conditions = List.copyOf(conditions);
    }

    /** @throws ClientRequestException with Redis's own text */
    public static KillRequest of(CommandFrame frame) throws ClientRequestException {
        if (frame.argumentCount() == 3) {
            return new KillRequest(Form.OLD, false, null, List.of(byAddress(frame.argument(2))));
        }
        boolean sparesItself = true;
        String user = null;
        List<Predicate<ClientView>> conditions = new ArrayList<>();
        for (int at = 2; at < frame.argumentCount(); at += 2) {
            if (at + 1 == frame.argumentCount()) {
                throw new ClientRequestException("ERR syntax error");
            }
            if (frame.argumentEqualsIgnoreCase(at, SKIPME)) {
                sparesItself = skipMe(frame, at + 1);
            } else if (frame.argumentEqualsIgnoreCase(at, USER)) {
                user = frame.argument(at + 1);
            } else {
                conditions.add(condition(frame, at));
            }
        }
        return new KillRequest(Form.NEW, sparesItself, user, conditions);
    }

    private static boolean skipMe(CommandFrame frame, int at) throws ClientRequestException {
        if (frame.argumentEqualsIgnoreCase(at, YES)) {
            return true;
        }
        if (frame.argumentEqualsIgnoreCase(at, NO)) {
            return false;
        }
        throw new ClientRequestException("ERR syntax error");
    }

    private static Predicate<ClientView> condition(CommandFrame frame, int at) throws ClientRequestException {
        String value = frame.argument(at + 1);
        if (frame.argumentEqualsIgnoreCase(at, ID)) {
            long id = frame.argumentAsLong(at + 1, 0);
            if (id < 1) {
                throw new ClientRequestException("ERR client-id should be greater than 0");
            }
            return client -> client.connection().id() == id;
        }
        if (frame.argumentEqualsIgnoreCase(at, TYPE)) {
            ClientType type = ClientType.named(value);
            if (type == null) {
                throw new ClientRequestException("ERR Unknown client type '" + value + "'");
            }
            return client -> ClientType.of(client) == type;
        }
        if (frame.argumentEqualsIgnoreCase(at, ADDR)) {
            return byAddress(value);
        }
        if (frame.argumentEqualsIgnoreCase(at, LADDR)) {
            return client -> client.connection().localAddress().toString().equals(value);
        }
        throw new ClientRequestException("ERR syntax error");
    }

    private static Predicate<ClientView> byAddress(String address) {
        return client -> client.connection().address().toString().equals(address);
    }

    /** Whether it means this client. */
    public boolean means(ClientView client, long idOfKiller) {
        return !(sparesItself && client.connection().id() == idOfKiller)
                && (user == null || client.user().equals(user))
                && conditions.stream().allMatch(condition -> condition.test(client));
    }
}
