package io.slotless.sidecar.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SeenScriptsTest {

    private final List<String> told = new ArrayList<>();
    private final SeenScripts scripts = new SeenScripts(100, new ScriptNews() {
        @Override
        public void seen(byte[] script) {
            told.add(text(script));
        }

        @Override
        public void flushed() {
            told.add("flushed");
        }
    });

    @Test
    void aScriptIsCalledByTheSha1OfItsText() {
        // Redis documentation, SCRIPT LOAD.
        ScriptId id = id("e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
        assertThat(id).isEqualTo(ScriptId.of("return 1".getBytes(StandardCharsets.UTF_8)));
        assertThat(ScriptId.of(CommandFrame.of("EVALSHA", "E0E1F9FABFC9D4800C877A703B823AC0578FF8DB"), 1))
                .isEqualTo(id);
        assertThat(ScriptId.of(CommandFrame.of("EVALSHA", "x0e1f9fabfc9d4800c877a703b823ac0578ff8db"), 1))
                .isNull();
        assertThat(ScriptId.of(CommandFrame.of("EVALSHA", "e0e1"), 1)).isNull();
    }

    @Test
    void whatWasSeenIsFoundByItsNameAndToldOnce() {
        see("return 1");
        see("return 1");
        see("return 2");
        assertThat(found("return 1")).isEqualTo("return 1");
        assertThat(found("return 2")).isEqualTo("return 2");
        assertThat(found("return 3")).isNull();
        see("return 1");
        assertThat(told).containsExactly("return 1", "return 2");
    }

    @Test
    void whatOthersToldIsNotToldAgain() {
        scripts.learn("return 1".getBytes(StandardCharsets.UTF_8));
        see("return 1");
        assertThat(found("return 1")).isEqualTo("return 1");
        assertThat(told).isEmpty();
    }

    @Test
    void thoseNotUsedForLongestAreForgottenFirst() {
        String a = "a".repeat(40);
        String b = "b".repeat(40);
        String c = "c".repeat(40);
        see(a);
        see(b);
        found(a);
        see(a);
        see(c);
        assertThat(found(a)).isEqualTo(a);
        assertThat(found(b)).isNull();
        assertThat(found(c)).isEqualTo(c);
    }

    @Test
    void whatIsTooLargeIsNotKept() {
        see("a".repeat(40));
        see("b".repeat(101));
        assertThat(found("b".repeat(101))).isNull();
        assertThat(found("a".repeat(40))).isNotNull();
    }

    @Test
    void manyScriptsDoNotTakeMoreRoom() {
        for (int i = 0; i < 1_000; i++) {
            see("return " + i);
            if (i % 7 == 0) {
                scripts.learn(("return " + i).getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(found("return 999")).isEqualTo("return 999");
        assertThat(found("return 1")).isNull();
        for (int i = 0; i < 10; i++) {
            see("x".repeat(i));
        }
        assertThat(found("x".repeat(9))).isNotNull();
    }

    @Test
    void afterAFlushNothingIsKnown() {
        see("return 1");
        scripts.flush();
        see("return 2");
        assertThat(found("return 1")).isNull();
        assertThat(found("return 2")).isNotNull();
        assertThat(told).containsExactly("return 1", "flushed", "return 2");
    }

    private void see(String script) {
        scripts.see(CommandFrame.of("EVAL", script, "0"), 1);
    }

    private String found(String script) {
        byte[] text = scripts.text(ScriptId.of(script.getBytes(StandardCharsets.UTF_8)));
        return text == null ? null : text(text);
    }

    private static ScriptId id(String hex) {
        assertThat(HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT))).hasSize(20);
        return Objects.requireNonNull(ScriptId.of(CommandFrame.of("EVALSHA", hex), 1));
    }

    private static String text(byte[] script) {
        return new String(script, StandardCharsets.UTF_8);
    }
}
