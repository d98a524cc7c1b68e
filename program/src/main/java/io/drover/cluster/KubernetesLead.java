package io.drover.cluster;

import io.drover.cli.ExitCode;
import io.drover.core.kubernetes.KubernetesConnection;
import io.drover.core.kubernetes.Lead;
import io.drover.core.kubernetes.LeaderElection;
import io.drover.core.time.Pause;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this process comes to lead on Kubernetes.
 *
 * @param identity its name, for people
 * @param stand whether to wait while another one leads
 */
record KubernetesLead(String identity, boolean stand) {
    private static final Logger log = LoggerFactory.getLogger(KubernetesLead.class);
    /** As the chart's Role allows it. */
    private static final String LEASE = "drover-controller";

    private static final Pattern UNIQUE = Pattern.compile("_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /**
     * Blocks until it leads.
     *
     * @param standing told what it waits for, with the leader's name as people know it
     */
    Lead acquire(KubernetesConnection connection, Clock clock, Pause pause, Consumer<String> standing) {
        // A pod's container that is started anew has the old one's name, and must not take its lead for its own.
        String unique = identity + "_" + UUID.randomUUID();
        return new LeaderElection(
                        connection, LEASE, unique, LeaderElection.Timing.DEFAULT, System::nanoTime, clock, pause)
                .acquire(
                        stand,
                        problem -> standing.accept(UNIQUE.matcher(problem).replaceAll("")),
                        KubernetesLead::end);
    }

    /** Another controller may begin at any moment: nothing is closed in order, which could take long. The records are safe for that. */
    private static void end(String why) {
        log.atError().log("{}; this process ends", why);
        Runtime.getRuntime().halt(ExitCode.FAILURE);
    }
}
