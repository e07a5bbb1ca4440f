package io.slotless.sidecar.upstream;

import io.slotless.sidecar.resp.RespValue;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns replies of the Vert.x client into our values, as far as control replies need: RESP2. */
final class ResponseValues {

    private ResponseValues() {}

    static RespValue of(@Nullable Response response) {
        if (response == null) {
            return RespValue.NullValue.BULK_STRING;
        }
        ResponseType type = response.type();
        return switch (type) {
            case SIMPLE -> new RespValue.SimpleString(response.toString());
            case ERROR -> new RespValue.SimpleError(response.toString());
            case NUMBER -> new RespValue.IntegerValue(response.toLong());
            case BULK -> new RespValue.BulkString(response.toBytes());
            case MULTI, PUSH, ATTRIBUTE -> elements(response);
            case BOOLEAN -> new RespValue.BooleanValue(response.toBoolean());
        };
    }

    private static RespValue elements(Response response) {
        List<RespValue> elements = new ArrayList<>(response.size());
        for (int i = 0; i < response.size(); i++) {
            elements.add(of(response.get(i)));
        }
        return new RespValue.ArrayValue(elements);
    }
}
