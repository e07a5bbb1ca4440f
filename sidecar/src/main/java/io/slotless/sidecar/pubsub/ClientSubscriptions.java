package io.slotless.sidecar.pubsub;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.pubsub.SubscriptionRequest.Direction;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.BulkString;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.resp.RespValue.NullValue;
import io.slotless.sidecar.resp.RespValue.Push;
import io.slotless.sidecar.resp.RespWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one client is subscribed to, and the confirmations it gets: as Redis 7.0 makes them (pubsub.c). Pure. */
public final class ClientSubscriptions {

    private final Map<SubscriptionKind, Set<BulkString>> names = new EnumMap<>(SubscriptionKind.class);

    public ClientSubscriptions() {
        for (SubscriptionKind kind : SubscriptionKind.values()) {
            names.put(kind, new LinkedHashSet<>());
        }
    }

    public boolean isEmpty() {
        return names.values().stream().allMatch(Set::isEmpty);
    }

    /** All of them. */
    public List<Subscription> all() {
        List<Subscription> all = new ArrayList<>();
        names.forEach((kind, set) -> set.forEach(name -> all.add(new Subscription(kind, name))));
        return all;
    }

    /** How many of a kind. */
    public int size(SubscriptionKind kind) {
        return names(kind).size();
    }

    /** What a request would add, or take away, each once. */
    public List<Subscription> changes(SubscriptionRequest request) {
        Set<BulkString> present = names(request.kind());
        boolean adds = request.direction() == Direction.SUBSCRIBE;
        Set<BulkString> changed = new LinkedHashSet<>(namedBy(request));
        changed.removeIf(name -> present.contains(name) == adds);
        return changed.stream()
                .map(name -> new Subscription(request.kind(), name))
                .toList();
    }

    /** Does what a request says and writes one confirmation for each of its names. */
    public void apply(SubscriptionRequest request, ByteBuf out, ProtocolVersion protocol) {
        Set<BulkString> present = names(request.kind());
        List<BulkString> named = namedBy(request);
        for (BulkString name : named) {
            if (request.direction() == Direction.SUBSCRIBE) {
                present.add(name);
                confirm(request.kind().subscribe(), name, request.kind(), out, protocol);
            } else {
                present.remove(name);
                confirm(request.kind().unsubscribe(), name, request.kind(), out, protocol);
            }
        }
        if (named.isEmpty()) {
            confirm(request.kind().unsubscribe(), NullValue.BULK_STRING, request.kind(), out, protocol);
        }
    }

    /** The server has ended a subscription of itself: writes what tells the client. */
    public void revoke(Subscription revoked, ByteBuf out, ProtocolVersion protocol) {
        names(revoked.kind()).remove(revoked.name());
        confirm(revoked.kind().unsubscribe(), revoked.name(), revoked.kind(), out, protocol);
    }

    /** Forgets everything. */
    public void clear() {
        names.values().forEach(Set::clear);
    }

    private List<BulkString> namedBy(SubscriptionRequest request) {
        return request.names().isEmpty() ? List.copyOf(names(request.kind())) : request.names();
    }

    private void confirm(String word, RespValue name, SubscriptionKind kind, ByteBuf out, ProtocolVersion protocol) {
        new RespWriter(protocol)
                .write(out, new Push(List.of(RespValue.bulk(word), name, new IntegerValue(count(kind)))));
    }

    /** Channels and patterns are counted together, shard channels for themselves. */
    private long count(SubscriptionKind kind) {
        return kind == SubscriptionKind.SHARD
                ? names(SubscriptionKind.SHARD).size()
                : (long) names(SubscriptionKind.CHANNEL).size()
                        + names(SubscriptionKind.PATTERN).size();
    }

    private Set<BulkString> names(SubscriptionKind kind) {
        Set<BulkString> set = names.get(kind);
        if (set == null) {
            throw new IllegalStateException("every kind has its set");
        }
        return set;
    }
}
