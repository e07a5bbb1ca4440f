package io.slotless.benchmark.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;

/**
 * The process that makes the load: for each line with a {@link Load} on standard input, one with an {@link Answer} on
 * standard output. It ends with its input.
 */
public final class Generator {

    private final ObjectMapper json = new ObjectMapper();
    private final EventLoopGroup group;
    private final Class<? extends Channel> socket;
    private long runs;

    private Generator() {
        boolean epoll = Epoll.isAvailable();
        group = epoll ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);
        socket = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    public static void main(String[] arguments) throws IOException {
        Generator generator = new Generator();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(generator.answer(line));
        }
        System.exit(0);
    }

    private String answer(String line) throws IOException {
        Load load = json.readValue(line, Load.class);
        return json.writeValueAsString(run(load));
    }

    private Answer run(Load load) {
        try {
            Bootstrap client = new Bootstrap().group(group).channel(socket);
            return Answer.of(new Run(load, group.next(), runs++).run(client));
        } catch (ExecutionException e) {
            return Answer.failed(e.getCause());
        } catch (Exception e) {
            return Answer.failed(e);
        }
    }
}
