package io.slotless.sidecar.proxy.subscription;

import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.TestClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client with subscriptions gets for each of its commands, and while another speaks: {@code > PUBLISH …} is said by the
 * other.
 */
final class SubscriptionConversation {

    private static final String MARK = "until";
    private static final Pattern CHANGE = Pattern.compile("unsubscribe\r\n\\$[0-9]+\r\n(.*)\r\n:([0-9]+)");

    private SubscriptionConversation() {}

    /** With a plain server: what comes up to the answer to a PING behind a command is all that comes of it. */
    static List<List<String>> plainly(int port, List<String> commands, int protocol) {
        try (TestClient client = new TestClient(port);
                TestClient other = new TestClient(port)) {
            begin(client, protocol);
            List<List<String>> steps = new ArrayList<>();
            for (String command : commands) {
                List<String> frames = new ArrayList<>();
                say(client, other, command, frames);
                client.add("PING " + MARK).send();
                frames.addAll(untilMark(client));
                steps.add(step(command, frames));
            }
            return steps;
        }
    }

    /** Through the proxy messages come on their own way: as many are waited for as came from the plain server. */
    static List<List<String>> through(
            RunningProxy proxy, List<String> commands, int protocol, List<List<String>> expected) {
        try (TestClient client = proxy.client();
                TestClient other = proxy.client()) {
            begin(client, protocol);
            List<List<String>> steps = new ArrayList<>();
            for (String command : commands) {
                List<String> frames = new ArrayList<>();
                say(client, other, command, frames);
                if (isOthers(command)) {
                    int messages = expected.get(steps.size()).size() - 2;
                    for (int i = 0; i < messages; i++) {
                        frames.add(client.wireReply());
                    }
                }
                client.add("PING " + MARK).send();
                frames.addAll(untilMark(client));
                steps.add(step(command, frames));
            }
            return steps;
        }
    }

    /** All commands in one go. */
    static List<String> atOnce(TestClient client, List<String> commands, int protocol) {
        try (client) {
            begin(client, protocol);
            commands.forEach(client::add);
            client.add("PING " + MARK).send();
            return untilMark(client);
        }
    }

    private static void begin(TestClient client, int protocol) {
        client.call("FLUSHALL");
        client.call("HELLO " + protocol);
    }

    private static boolean isOthers(String command) {
        return command.startsWith(">");
    }

    private static void say(TestClient client, TestClient other, String command, List<String> frames) {
        if (isOthers(command)) {
            other.add(command.substring(2)).send();
            frames.add(other.wireReply());
        } else {
            client.add(command).send();
        }
    }

    private static List<String> untilMark(TestClient client) {
        List<String> frames = new ArrayList<>();
        for (String frame = client.wireReply(); !frame.contains(MARK); frame = client.wireReply()) {
            // Each server counts its connections for itself.
            frames.add(frame.replaceAll("id\r\n:[0-9]+", "id\r\n:n"));
        }
        return frames;
    }

    private static List<String> step(String command, List<String> frames) {
        List<String> step = new ArrayList<>();
        step.add(command);
        if (isOthers(command)) {
            // One message to several patterns comes in an order that differs from server to server.
            Collections.sort(frames.subList(1, frames.size()));
        }
        step.addAll(command.endsWith("UNSUBSCRIBE") ? inAnyOrder(frames) : frames);
        return step;
    }

    /** Of all that end in one go it is only sure that each does, and what is counted after each. */
    private static List<String> inAnyOrder(List<String> frames) {
        List<String> names = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (String frame : frames) {
            Matcher change = CHANGE.matcher(frame);
            if (change.find()) {
                names.add(change.group(1));
                rest.add(frame.substring(0, change.start()) + change.group(2));
            } else {
                rest.add(frame);
            }
        }
        Collections.sort(names);
        rest.addAll(names);
        return rest;
    }
}
