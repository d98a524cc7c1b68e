package io.drover.bench;

import io.drover.core.exec.Command;
import io.drover.output.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** On what the figures were measured; without it they say nothing. */
final class BenchEnvironment {
    private BenchEnvironment() {}

    static Map<String, String> describe(BenchPlace place) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put(
                "kernel",
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        facts.put(
                "processor",
                value("/proc/cpuinfo", "model name") + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores");
        facts.put(
                "memory",
                Figures.bytes(
                        1024 * Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", ""))));
        facts.put("load", Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
        facts.put(
                "pool below",
                place.directory() + " (" + Files.getFileStore(place.directory()).type() + "), loop-mounted image");
        facts.put("java", Runtime.version().toString());
        facts.put(
                "fio",
                place.commands()
                        .run(Command.of("ask fio for its version", Duration.ofSeconds(20), "fio", "--version"))
                        .output()
                        .strip());
        return facts;
    }

    private static String value(String file, String key) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(file));
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0");
    }
}
