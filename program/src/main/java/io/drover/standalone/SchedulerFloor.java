package io.drover.standalone;

import io.drover.core.error.StorageException;
import io.drover.core.jobs.RecurringJobRules;
import io.drover.core.time.Pause;
import io.drover.snapshotter.operations.GrpcJobBoard;
import io.drover.snapshotter.schedule.Planner;
import io.drover.snapshotter.schedule.Scheduler;
import io.drover.snapshotter.schedule.ThreadWorkers;
import io.grpc.Channel;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What looks at the recurring jobs and runs them. It reaches the volumes through the channel only.
 *
 * @param scheduler for figures
 */
public record SchedulerFloor(Scheduler scheduler, Thread thread, ThreadWorkers workers) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SchedulerFloor.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    /**
     * How times are read.
     *
     * @param zone of jobs that name none
     * @param jitter by up to which runs are delayed
     */
    public record Options(ZoneId zone, Duration jitter) {
        /** UTC, on time. */
        public static final Options DEFAULT = new Options(ZoneId.of("UTC"), Duration.ZERO);

        private static final Pattern JITTER = Pattern.compile("([0-9]{1,5})([smh])");

        /** Reads them from the command line, and tells what is wrong. */
        public static Options read(String zone, String jitterOption, String jitter, Consumer<String> problem) {
            ZoneId read = ZoneOffset.UTC;
            try {
                read = RecurringJobRules.zone(zone);
            } catch (StorageException e) {
                problem.accept("--time-zone: " + e.getMessage());
            }
            Matcher matcher = JITTER.matcher(jitter);
            if (!matcher.matches()) {
                problem.accept(jitterOption + " " + jitter + " is no time; write for example 30s, 5m or 1h");
                return new Options(read, Duration.ZERO);
            }
            long number = Long.parseLong(matcher.group(1));
            return new Options(
                    read,
                    switch (matcher.group(2)) {
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> Duration.ofHours(number);
                    });
        }
    }

    /** Begins to look. Whoever serves the channel need not be there yet. */
    public static SchedulerFloor start(Channel channel, Options options, Clock clock) {
        ThreadWorkers workers = new ThreadWorkers(Pause.SLEEP);
        Scheduler scheduler =
                new Scheduler(new GrpcJobBoard(channel), new Planner(options.zone(), options.jitter()), workers, clock);
        Thread thread = Thread.ofVirtual().name("scheduler").start(() -> look(scheduler));
        return new SchedulerFloor(scheduler, thread, workers);
    }

    private static void look(Scheduler scheduler) {
        while (!Thread.currentThread().isInterrupted()) {
            Duration wait = AFTER_TROUBLE;
            try {
                wait = scheduler.look();
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("looking at the jobs met something unexpected; it is tried again");
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Waits for no run: each is continued after the next start. */
    @Override
    public void close() {
        thread.interrupt();
        workers.close();
    }
}
