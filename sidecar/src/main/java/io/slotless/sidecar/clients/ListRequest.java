package io.slotless.sidecar.clients;

import io.netty.util.AsciiString;
import io.slotless.sidecar.resp.CommandFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which clients CLIENT LIST shows (Redis 7.0, {@code clientCommand}).
 *
 * @param type null: any
 * @param ids in the order to show them; null: all
 */
public record ListRequest(
        @Nullable ClientType type, @Nullable List<Long> ids) {

    private static final AsciiString TYPE = AsciiString.cached("type");
    private static final AsciiString ID = AsciiString.cached("id");

    /** @throws ClientRequestException with Redis's own text */
    public static ListRequest of(CommandFrame frame) throws ClientRequestException {
        int arguments = frame.argumentCount();
        if (arguments == 2) {
            return new ListRequest(null, null);
        }
        if (arguments == 4 && frame.argumentEqualsIgnoreCase(2, TYPE)) {
            ClientType type = ClientType.named(frame.argument(3));
            if (type == null) {
                throw new ClientRequestException("ERR Unknown client type '" + frame.argument(3) + "'");
            }
            return new ListRequest(type, null);
        }
        if (arguments > 3 && frame.argumentEqualsIgnoreCase(2, ID)) {
            List<Long> ids = new ArrayList<>(arguments - 3);
            for (int i = 3; i < arguments; i++) {
                long id = frame.argumentAsLong(i, Long.MIN_VALUE);
                if (id == Long.MIN_VALUE) {
                    throw new ClientRequestException("ERR Invalid client ID");
                }
                ids.add(id);
            }
            return new ListRequest(null, ids);
        }
        throw new ClientRequestException("ERR syntax error");
    }

    /** A line for each of the clients that it shows. */
    public String lines(List<ClientView> clients) {
        return chosen(clients).map(client -> client.line() + "\n").collect(Collectors.joining());
    }

    private Stream<ClientView> chosen(List<ClientView> clients) {
        if (ids != null) {
            Map<Long, ClientView> byId = clients.stream()
                    .collect(Collectors.toMap(client -> client.connection().id(), Function.identity()));
            return ids.stream().map(byId::get).filter(Objects::nonNull);
        }
        return clients.stream()
                .filter(client -> type == null || ClientType.of(client) == type)
                .sorted(Comparator.comparing(client -> client.connection().id()));
    }
}
