package io.drover.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Switches the log on. Done in code: reading an XML file would cost a start more than everything else about logging. */
public final class Logging {
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0} %msg %kvp{DOUBLE}%n%ex";

    /** Libraries whose warnings say nothing that a user of Drover could act on. */
    private static final List<String> NOISY = List.of("io.netty", "io.grpc", "com.cronutils", "jnr");

    private Logging() {}

    /** Logs to standard error from now on. Calling again replaces the earlier choice. */
    public static void start(LogFormat format, boolean debug) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(format, context));
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(Level.INFO);
        context.getLogger("io.drover").setLevel(debug ? Level.DEBUG : Level.INFO);
        NOISY.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format, LoggerContext context) {
        if (format == LogFormat.json) {
            EncoderBase<ILoggingEvent> json = new JsonLineEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(PATTERN);
        text.start();
        return text;
    }
}
