package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host name means to the sidecar: what DNS says, with the search domains, and never what the hosts file says. */
class VertxFactoryIT {

    private static final AddressResolverOptions RESOLV_CONF = new AddressResolverOptions()
            .setSearchDomains(List.of("redis.svc.cluster.local", "svc.cluster.local", "cluster.local"))
            .setNdots(5);

    private final TestDnsServer dns = new TestDnsServer();
    private Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        dns.close();
    }

    @Test
    void aNameOfTheHostsFileIsLookedUpInDns(@TempDir Path folder) throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 redis-cluster\n");
        dns.addresses.put("redis-cluster.redis.svc.cluster.local.", "10.0.0.7");
        use(new AddressResolverOptions(RESOLV_CONF).setHostsPath(hosts.toString()));
        assertThat(resolve("redis-cluster")).isEqualTo("10.0.0.7");
    }

    @Test
    void aNameOfThisMachinesHostsFileIsLookedUpInDns() throws Exception {
        List<String> names = namesOfTheHostsFile();
        assumeThat(names).isNotEmpty();
        use(RESOLV_CONF);
        for (String name : names) {
            dns.addresses.put(name + ".", "10.0.0.8");
            assertThat(resolve(name)).as(name).isEqualTo("10.0.0.8");
        }
    }

    @Test
    void searchDomainsAreTriedInOrderAndFullNamesLast() throws Exception {
        dns.addresses.put("cache.other.svc.cluster.local.", "10.0.0.1");
        dns.addresses.put("cache.example.com.", "10.0.0.2");
        use(RESOLV_CONF);
        assertThat(resolve("cache.other")).isEqualTo("10.0.0.1");
        assertThat(resolve("cache.example.com")).isEqualTo("10.0.0.2");
        assertThat(dns.asked)
                .containsSubsequence(
                        "cache.other.redis.svc.cluster.local.", "cache.other.svc.cluster.local.", "cache.example.com.");
    }

    @Test
    void addressesAndLocalhostNeedNoDns() throws Exception {
        use(RESOLV_CONF);
        assertThat(resolve("10.1.2.3")).isEqualTo("10.1.2.3");
        assertThat(resolve("fd00::1")).isEqualTo("fd00:0:0:0:0:0:0:1");
        assertThat(resolve("localhost")).isEqualTo("127.0.0.1");
        assertThat(dns.asked).isEmpty();
    }

    @Test
    void anAddressIsForgottenAfterTheLongestTimeWhateverItsRecordSays() throws Exception {
        dns.addresses.put("cache.redis.svc.cluster.local.", "10.0.0.1");
        use(RESOLV_CONF);
        assertThat(resolve("cache")).isEqualTo("10.0.0.1");
        dns.addresses.put("cache.redis.svc.cluster.local.", "10.0.0.2");
        assertThat(resolve("cache")).isEqualTo("10.0.0.1");
        await().atMost(Duration.ofSeconds(5)).until(() -> resolve("cache").equals("10.0.0.2"));
    }

    @Test
    void aServerThatIsNoAddressIsRefusedInOneLine() {
        assertThatThrownBy(() -> VertxFactory.resolver(RESOLV_CONF, List.of("dns.example:53"), Duration.ofSeconds(1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'dns.example:53' is not an IPv4 address");
    }

    private void use(AddressResolverOptions base) throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(
                        VertxFactory.resolver(base, List.of(dns.hostAndPort()), Duration.ofSeconds(1))));
    }

    private String resolve(String name) throws Exception {
        Promise<InetAddress> address = Promise.promise();
        ((VertxInternal) vertx).resolveAddress(name, address);
        return address.future()
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS)
                .getHostAddress();
    }

    private static List<String> namesOfTheHostsFile() throws IOException {
        return Files.readAllLines(Path.of("/etc/hosts")).stream()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .flatMap(line -> Arrays.stream(line.split("\\s+")).skip(1))
                .filter(name -> !name.equals("localhost"))
                .distinct()
                .toList();
    }
}
