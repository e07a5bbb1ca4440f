package io.slotless.sidecar.resp;

import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.BigNumber;
import io.slotless.sidecar.resp.RespValue.BooleanValue;
import io.slotless.sidecar.resp.RespValue.BulkError;
import io.slotless.sidecar.resp.RespValue.BulkString;
import io.slotless.sidecar.resp.RespValue.DoubleValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.resp.RespValue.MapValue;
import io.slotless.sidecar.resp.RespValue.NullValue;
import io.slotless.sidecar.resp.RespValue.Push;
import io.slotless.sidecar.resp.RespValue.SetValue;
import io.slotless.sidecar.resp.RespValue.SimpleError;
import io.slotless.sidecar.resp.RespValue.SimpleString;
import io.slotless.sidecar.resp.RespValue.VerbatimString;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Replies of every kind. */
final class RespValues {

    private RespValues() {}

    static Arbitrary<RespValue> any() {
        return Arbitraries.lazyOf(RespValues::scalar, RespValues::scalar, RespValues::aggregate);
    }

    private static Arbitrary<RespValue> scalar() {
        Arbitrary<String> line =
                Arbitraries.strings().withCharRange(' ', '\u00ff').ofMaxLength(12);
        Arbitrary<String> text =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(12);
        return Arbitraries.oneOf(
                line.map(SimpleString::new),
                line.map(SimpleError::new),
                Arbitraries.longs().map(IntegerValue::new),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(BulkString::new),
                Arbitraries.of(true, false).map(BooleanValue::new),
                Arbitraries.of("3.1", "inf", "-inf", "nan", "0", "-1e+20").map(DoubleValue::new),
                Arbitraries.bigIntegers().map(number -> new BigNumber(number.toString())),
                text.map(BulkError::new),
                text.map(body -> new VerbatimString("txt", body)),
                Arbitraries.just(NullValue.BULK_STRING));
    }

    private static Arbitrary<RespValue> aggregate() {
        Arbitrary<List<RespValue>> values = any().list().ofMaxSize(3);
        Arbitrary<Map.Entry<RespValue, RespValue>> entry =
                Combinators.combine(any(), any()).as(Map::entry);
        return Arbitraries.oneOf(
                values.map(ArrayValue::new),
                values.map(SetValue::new),
                values.map(Push::new),
                entry.list().ofMaxSize(2).map(MapValue::new));
    }
}
