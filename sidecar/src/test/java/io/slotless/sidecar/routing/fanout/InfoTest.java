package io.slotless.sidecar.routing.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InfoTest {

    @Test
    void whatOneServerSaysStaysAsItIs() {
        String info = lines(
                "# Server",
                "redis_version:7.0.15",
                "executable:/a:b",
                "",
                "# Modules",
                "module:name=a,ver=1",
                "module:name=b,ver=2",
                "",
                "# Keyspace",
                "db0:keys=1,expires=0,avg_ttl=0");
        assertThat(Info.merge(List.of(info))).isEqualTo(info);
        assertThat(Info.merge(List.of(""))).isEmpty();
    }

    @Test
    void keysAreSummedAndTheirLifetimeIsWeighted() {
        assertThat(merged(
                        lines("# Keyspace", "db0:keys=10,expires=1,avg_ttl=1000"),
                        lines("# Keyspace", "db0:keys=5,expires=3,avg_ttl=3000")))
                .isEqualTo(lines("# Keyspace", "db0:keys=15,expires=4,avg_ttl=2500"));
        assertThat(merged(lines("# Keyspace"), lines("# Keyspace", "db0:keys=5,expires=0,avg_ttl=0")))
                .isEqualTo(lines("# Keyspace", "db0:keys=5,expires=0,avg_ttl=0"));
    }

    @Test
    void memoryIsSummedAndWhatIsMadeOfItIsMadeAnew() {
        assertThat(merged(
                        lines(
                                "# Memory",
                                "used_memory:1048576",
                                "used_memory_human:1.00M",
                                "used_memory_rss:2097152",
                                "used_memory_peak:2097152",
                                "used_memory_peak_perc:50.00%",
                                "maxmemory:100",
                                "maxmemory_human:100B",
                                "maxmemory_policy:noeviction",
                                "mem_fragmentation_ratio:2.00"),
                        lines(
                                "# Memory",
                                "used_memory:2097152",
                                "used_memory_human:2.00M",
                                "used_memory_rss:2097152",
                                "used_memory_peak:2097152",
                                "used_memory_peak_perc:100.00%",
                                "maxmemory:200",
                                "maxmemory_human:200B",
                                "maxmemory_policy:noeviction",
                                "mem_fragmentation_ratio:1.00")))
                .isEqualTo(lines(
                        "# Memory",
                        "used_memory:3145728",
                        "used_memory_human:3.00M",
                        "used_memory_rss:4194304",
                        "used_memory_peak:4194304",
                        "used_memory_peak_perc:75.00%",
                        "maxmemory:300",
                        "maxmemory_human:300B",
                        "maxmemory_policy:noeviction",
                        "mem_fragmentation_ratio:1.33"));
    }

    @Test
    void aNodeWithoutALimitMakesTheWholeUnlimited() {
        assertThat(merged(lines("# Memory", "maxmemory:100"), lines("# Memory", "maxmemory:0")))
                .isEqualTo(lines("# Memory", "maxmemory:0"));
    }

    @Test
    void countersAreSummedAndTimesAreNot() {
        assertThat(merged(
                        lines(
                                "# Stats",
                                "total_commands_processed:10",
                                "instantaneous_input_kbps:0.05",
                                "latest_fork_usec:7",
                                "",
                                "# CPU",
                                "used_cpu_sys:1.234567"),
                        lines(
                                "# Stats",
                                "total_commands_processed:5",
                                "instantaneous_input_kbps:1.20",
                                "latest_fork_usec:9",
                                "",
                                "# CPU",
                                "used_cpu_sys:2.000001")))
                .isEqualTo(lines(
                        "# Stats",
                        "total_commands_processed:15",
                        "instantaneous_input_kbps:1.25",
                        "latest_fork_usec:9",
                        "",
                        "# CPU",
                        "used_cpu_sys:3.234568"));
    }

    @Test
    void persistenceIsAsGoodAsTheWorst() {
        assertThat(merged(
                        lines("# Persistence", "loading:0", "rdb_last_save_time:500", "rdb_last_bgsave_status:ok"),
                        lines("# Persistence", "loading:1", "rdb_last_save_time:400", "rdb_last_bgsave_status:err")))
                .isEqualTo(lines("# Persistence", "loading:1", "rdb_last_save_time:400", "rdb_last_bgsave_status:err"));
    }

    @Test
    void replicasAreCountedButNotNamed() {
        assertThat(merged(
                        lines(
                                "# Replication",
                                "role:master",
                                "connected_slaves:2",
                                "slave0:ip=10.0.0.1,port=6379,state=online",
                                "slave1:ip=10.0.0.2,port=6379,state=online",
                                "master_replid:a"),
                        lines(
                                "# Replication",
                                "role:master",
                                "connected_slaves:1",
                                "slave0:ip=10.0.0.3,port=6379,state=online",
                                "master_replid:b")))
                .isEqualTo(lines("# Replication", "role:master", "connected_slaves:1", "master_replid:a"));
    }

    @Test
    void statisticsOfCommandsAreSummedAlsoOfThoseThatOneNodeNeverRan() {
        assertThat(merged(
                        lines(
                                "# Commandstats",
                                "cmdstat_get:calls=2,usec=10,usec_per_call=5.00,rejected_calls=0,failed_calls=1"),
                        lines(
                                "# Commandstats",
                                "cmdstat_get:calls=6,usec=6,usec_per_call=1.00,rejected_calls=2,failed_calls=0",
                                "cmdstat_set:calls=1,usec=1,usec_per_call=1.00,rejected_calls=0,failed_calls=0")))
                .isEqualTo(lines(
                        "# Commandstats",
                        "cmdstat_get:calls=8,usec=16,usec_per_call=2.00,rejected_calls=2,failed_calls=1",
                        "cmdstat_set:calls=1,usec=1,usec_per_call=1.00,rejected_calls=0,failed_calls=0"));
        assertThat(merged(
                        lines("# Errorstats", "errorstat_ERR:count=1"), lines("# Errorstats", "errorstat_ERR:count=2")))
                .isEqualTo(lines("# Errorstats", "errorstat_ERR:count=3"));
        assertThat(merged(
                        lines("# Latencystats", "latency_percentiles_usec_get:p50=1.003,p99=9.023"),
                        lines("# Latencystats", "latency_percentiles_usec_get:p50=2.007,p99=4.015")))
                .isEqualTo(lines("# Latencystats", "latency_percentiles_usec_get:p50=2.007,p99=9.023"));
    }

    @Test
    void nonsenseIsPassedOnRatherThanAnError() {
        assertThat(merged(lines("# Stats", "total:x", "nocolon", "="), lines("# Stats", "total:1", "db0:=,=")))
                .startsWith("# Stats\r\ntotal:x\r\n");
        assertThat(merged(lines("# Keyspace", "db0:keys=x,avg_ttl=1"), lines("# Keyspace", "db0:what")))
                .contains("keys=x");
    }

    private static String merged(String... infos) {
        return Info.merge(List.of(infos));
    }

    private static String lines(String... lines) {
        return lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
    }
}
