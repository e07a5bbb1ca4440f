package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import java.util.List;

/** Short replies in which a server tells of itself, made those of one server without a cluster. */
public final class OneServer {

    /** ROLE: a master. Replicas are not told: they are some shard's, and a client could go there, past the others. */
    public static final ReplyMerge ROLE = ReplyMerge.ofAll(values -> new ArrayValue(List.of(
            RespValue.bulk("master"),
            new IntegerValue(values.stream().mapToLong(OneServer::offset).sum()),
            new ArrayValue(List.of()))));

    /** FUNCTION STATS: libraries are the same everywhere; what runs, runs somewhere. */
    public static final ReplyMerge FUNCTION_STATS = ReplyMerge.ofAll(values -> {
        for (RespValue value : values) {
            if (!(Fields.of(value).get("running_script") instanceof RespValue.NullValue)) {
                return value;
            }
        }
        return values.get(0);
    });

    private OneServer() {}

    /**
     * CONFIG GET of nodes that are meant to be configured alike: the first one's.
     *
     * @param clusterEnabled what is said of that parameter
     */
    public static ReplyMerge config(String clusterEnabled) {
        return ReplyMerge.ofThoseThatAnswer(values -> {
            Fields parameters = Fields.of(values.get(0));
            if (!(parameters.get("cluster-enabled") instanceof RespValue.NullValue)) {
                parameters.put("cluster-enabled", RespValue.bulk(clusterEnabled));
            }
            return parameters.value();
        });
    }

    private static long offset(RespValue role) {
        return role instanceof ArrayValue array
                        && array.elements().size() > 1
                        && array.elements().get(1) instanceof IntegerValue offset
                ? offset.value()
                : 0;
    }
}
