package io.slotless.sidecar.routing.fanout;

import static io.slotless.sidecar.resp.RespValue.array;
import static io.slotless.sidecar.resp.RespValue.bulk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.sidecar.command.ResponsePolicy;
import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.resp.RespValue.MapValue;
import io.slotless.sidecar.resp.RespValue.NullValue;
import io.slotless.sidecar.resp.RespValue.SimpleError;
import io.slotless.sidecar.resp.RespValue.SimpleString;
import io.slotless.sidecar.resp.RespValue.VerbatimString;
import io.slotless.sidecar.routing.fanout.NodeReply.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FanOutMergesTest {

    private static final SimpleError NOPERM = new SimpleError("NOPERM no");

    @Test
    void whatAllDidIsDone() {
        assertThat(merged(Agreement.OF_NODES, SimpleString.OK, SimpleString.OK)).isEqualTo(SimpleString.OK);
    }

    @Test
    void whatAllRefuseIsRefusedInTheWordsOfTheFirst() {
        assertThat(merged(Agreement.OF_NODES, NOPERM, NOPERM)).isEqualTo(NOPERM);
    }

    @Test
    void whatSomeDidIsSaidSo() {
        assertThat(merged(Agreement.OF_NODES, SimpleString.OK, NOPERM, SimpleString.OK))
                .isEqualTo(new SimpleError("ERR slotless: done by 2 of 3 nodes, but not by node-1: NOPERM no"));
    }

    @Test
    void aReplicaCountsOnlyWhereAllNodesMustAgree() {
        List<NodeReply> replies =
                List.of(new NodeReply("p", Role.PRIMARY, SimpleString.OK), new NodeReply("r", Role.REPLICA, NOPERM));
        assertThat(Agreement.OF_PRIMARIES.merge(replies)).isEqualTo(SimpleString.OK);
        assertThat(Agreement.OF_NODES.merge(replies)).isInstanceOf(SimpleError.class);
    }

    @Test
    void oneThatDidItIsEnough() {
        SimpleError notBusy = new SimpleError("NOTBUSY No scripts in execution right now.");
        SimpleError unkillable = new SimpleError("UNKILLABLE Sorry the script already executed write commands");
        assertThat(merged(Agreement.OF_ONE, notBusy, SimpleString.OK)).isEqualTo(SimpleString.OK);
        assertThat(merged(Agreement.OF_ONE, notBusy, notBusy)).isEqualTo(notBusy);
        assertThat(merged(Agreement.OF_ONE, notBusy, unkillable)).isEqualTo(unkillable);
        assertThat(merged(Agreement.OF_ONE, unkillable, notBusy)).isEqualTo(unkillable);
    }

    @Test
    void numbersAreAggregatedAlsoWithinArrays() {
        assertThat(merged(Aggregates.SUM, number(2), number(3))).isEqualTo(number(5));
        assertThat(merged(
                        Aggregates.of(ResponsePolicy.AGG_LOGICAL_AND),
                        array(number(1), number(1)),
                        array(number(1), number(0))))
                .isEqualTo(array(number(1), number(0)));
        assertThat(merged(Aggregates.SUM, number(2), NOPERM)).isEqualTo(NOPERM);
    }

    @Test
    void whatIsNoNumberCannotBeAdded() {
        assertThatThrownBy(() -> merged(Aggregates.SUM, number(2), bulk("x"))).isInstanceOf(RespException.class);
        assertThatThrownBy(() -> merged(Aggregates.SUM, array(number(2)), array()))
                .isInstanceOf(RespException.class);
    }

    @Test
    void elementsArePutTogether() {
        assertThat(merged(Aggregates.CONCATENATION, array(bulk("a")), array(), array(bulk("b"), bulk("c"))))
                .isEqualTo(array(bulk("a"), bulk("b"), bulk("c")));
        assertThat(merged(Aggregates.CONCATENATION, map("a", number(1)), map("b", number(2))))
                .isEqualTo(map("a", number(1), "b", number(2)));
    }

    @Test
    void theNewestEntriesOfAllSlowLogsComeFirst() {
        RespValue one = array(entry(7, 300), entry(6, 100));
        RespValue other = array(entry(7, 200));
        assertThat(merged(Logs.slow(2), one, other)).isEqualTo(array(entry(7 * 1024, 300), entry(7 * 1024 + 1, 200)));
        assertThat(merged(Logs.slow(-1), one, other))
                .isEqualTo(array(entry(7 * 1024, 300), entry(7 * 1024 + 1, 200), entry(6 * 1024, 100)));
        assertThat(merged(Logs.slow(0), one, other)).isEqualTo(array());
        assertThatThrownBy(() -> merged(Logs.slow(1), array(bulk("x")), other)).isInstanceOf(RespException.class);
    }

    @Test
    void theYoungestEntriesOfAllAclLogsComeFirst() {
        RespValue young = array(bulk("age-seconds"), bulk("1.5"));
        RespValue old = array(bulk("age-seconds"), bulk("20.25"));
        assertThat(merged(Logs.acl(10), array(old), array(young))).isEqualTo(array(young, old));
        assertThat(merged(Logs.acl(1), array(old), array(young))).isEqualTo(array(young));
    }

    @Test
    void theLatestSpikeOfAnEventIsThatOfAnyNode() {
        assertThat(merged(
                        Latency.LATEST,
                        array(event("command", 100, 5, 90), event("fork", 50, 7, 7)),
                        array(event("command", 200, 6, 30))))
                .isEqualTo(array(event("command", 200, 6, 90), event("fork", 50, 7, 7)));
    }

    @Test
    void samplesAreInTheOrderOfTimeAndNoMoreThanOneServerKeeps() {
        List<RespValue> many = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            many.add(array(number(1000 + 2 * i), number(1)));
        }
        RespValue other = array(array(number(1), number(9)), array(number(1001), number(9)));
        RespValue merged = merged(Latency.HISTORY, new RespValue.ArrayValue(many), other);
        assertThat(((RespValue.ArrayValue) merged).elements())
                .hasSize(160)
                .startsWith(array(number(1001), number(9)), array(number(1002), number(1)));
    }

    @Test
    void histogramsCountWhatTookNoLonger() {
        RespValue one = map("set", map("calls", number(5), "histogram_usec", buckets(1, 2, 4, 5)));
        RespValue other = map("set", map("calls", number(3), "histogram_usec", buckets(2, 1, 8, 3)), "get", bulk("x"));
        assertThat(merged(Latency.HISTOGRAM, one, other))
                .isEqualTo(map(
                        "set",
                        map("calls", number(8), "histogram_usec", buckets(1, 2, 2, 3, 4, 6, 8, 8)),
                        "get",
                        bulk("x")));
    }

    @Test
    void histogramsOfResp2StayFlat() {
        RespValue one = array(
                bulk("set"), array(bulk("calls"), number(1), bulk("histogram_usec"), array(number(1), number(1))));
        assertThat(merged(Latency.HISTOGRAM, one, one))
                .isEqualTo(array(
                        bulk("set"),
                        array(bulk("calls"), number(2), bulk("histogram_usec"), array(number(1), number(2)))));
    }

    @Test
    void reportsThatAreTheSameAreOne() {
        RespValue fine = new VerbatimString("txt", "all is fine\n");
        assertThat(merged(Reports.OF_ALL, fine, fine)).isEqualTo(fine);
        assertThat(merged(Reports.OF_ALL, fine, new VerbatimString("txt", "not here")))
                .isEqualTo(new VerbatimString("txt", "node-0:\nall is fine\n\nnode-1:\nnot here\n"));
    }

    @Test
    void whoHasNothingToReportIsLeftOutUnlessNobodyHas() {
        SimpleError none = new SimpleError("ERR No samples");
        assertThat(merged(Reports.OF_SOME, none, bulk("x"))).isEqualTo(bulk("x"));
        assertThat(merged(Reports.OF_SOME, none, none)).isEqualTo(none);
    }

    @Test
    void memoryIsSummedAndItsRatiosAreThoseOfTheSums() {
        RespValue merged = merged(
                MemoryStats.MERGE,
                map(
                        "total.allocated",
                        number(100),
                        "startup.allocated",
                        number(20),
                        "keys.count",
                        number(4),
                        "keys.bytes-per-key",
                        number(20),
                        "peak.allocated",
                        number(100),
                        "peak.percentage",
                        bulk("100"),
                        "db.0",
                        map("overhead.hashtable.main", number(8))),
                map(
                        "total.allocated",
                        number(300),
                        "startup.allocated",
                        number(20),
                        "keys.count",
                        number(1),
                        "keys.bytes-per-key",
                        number(280),
                        "peak.allocated",
                        number(700),
                        "peak.percentage",
                        bulk("42.857"),
                        "db.0",
                        map("overhead.hashtable.main", number(2))));
        assertThat(merged)
                .isEqualTo(map(
                        "total.allocated",
                        number(400),
                        "startup.allocated",
                        number(40),
                        "keys.count",
                        number(5),
                        "keys.bytes-per-key",
                        number(72),
                        "peak.allocated",
                        number(800),
                        "peak.percentage",
                        bulk("50"),
                        "db.0",
                        map("overhead.hashtable.main", number(10))));
    }

    @Test
    void theRoleIsThatOfAMasterWithoutReplicas() {
        RespValue replica = array(bulk("10.0.0.2"), bulk("6379"), bulk("9"));
        assertThat(merged(
                        OneServer.ROLE,
                        array(bulk("master"), number(9), array(replica)),
                        array(bulk("master"), number(2), array())))
                .isEqualTo(array(bulk("master"), number(11), array()));
    }

    @Test
    void theScriptThatRunsIsThatOfTheShardItRunsOn() {
        RespValue idle = map("running_script", NullValue.BULK_STRING, "engines", map());
        RespValue busy = map("running_script", map("name", bulk("f")), "engines", map());
        assertThat(merged(OneServer.FUNCTION_STATS, idle, busy)).isEqualTo(busy);
        assertThat(merged(OneServer.FUNCTION_STATS, idle, idle)).isEqualTo(idle);
    }

    @Test
    void parametersDoNotTellOfTheCluster() {
        assertThat(merged(OneServer.config("no"), array(bulk("cluster-enabled"), bulk("yes"), bulk("port"), bulk("1"))))
                .isEqualTo(array(bulk("cluster-enabled"), bulk("no"), bulk("port"), bulk("1")));
        assertThat(merged(OneServer.config("no"), NOPERM, map("port", bulk("2"))))
                .isEqualTo(map("port", bulk("2")));
        assertThat(merged(OneServer.config("no"), NOPERM)).isEqualTo(NOPERM);
    }

    private static RespValue merged(ReplyMerge merge, RespValue... values) {
        List<NodeReply> replies = new ArrayList<>();
        for (RespValue value : values) {
            replies.add(new NodeReply("node-" + replies.size(), Role.PRIMARY, value));
        }
        return merge.merge(replies);
    }

    private static IntegerValue number(long value) {
        return new IntegerValue(value);
    }

    private static RespValue entry(long id, long time) {
        return array(number(id), number(time), number(12), array(bulk("GET"), bulk("k")));
    }

    private static RespValue event(String name, long time, long latest, long max) {
        return array(bulk(name), number(time), number(latest), number(max));
    }

    private static RespValue buckets(long... numbers) {
        List<Map.Entry<RespValue, RespValue>> entries = new ArrayList<>();
        for (int i = 0; i < numbers.length; i += 2) {
            entries.add(Map.entry(number(numbers[i]), number(numbers[i + 1])));
        }
        return new MapValue(entries);
    }

    private static RespValue map(Object... namesAndValues) {
        List<Map.Entry<RespValue, RespValue>> entries = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            entries.add(Map.entry(bulk((String) namesAndValues[i]), (RespValue) namesAndValues[i + 1]));
        }
        return new MapValue(entries);
    }
}
