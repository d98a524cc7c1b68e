package io.drover.controller.volume;

import io.drover.controller.host.HostSurvey;
import io.drover.controller.host.ReplicaState;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works a volume's condition out of its record and what the hosts say. Pure. */
public final class VolumeConditions {
    private VolumeConditions() {}

    /**
     * By the state of the disks and of the replicas themselves.
     *
     * @param replicas none for lists: the state of the disks is enough there
     * @param troubles what else is to be said
     */
    public static VolumeCondition of(
            Volume volume, HostSurvey survey, List<ReplicaState> replicas, List<String> troubles) {
        List<String> problems = problems(volume, survey, replicas);
        problems.addAll(troubles);
        int wanted = volume.parameters().numberOfReplicas();
        String count = volume.placements().size() + " of " + wanted + (wanted == 1 ? " replica" : " replicas");
        if (isDegraded(volume)) {
            problems.addFirst(
                    "this version keeps one replica only, so the volume does not survive the loss of its disk");
        }
        return problems.isEmpty()
                ? new VolumeCondition(false, count + ": healthy")
                : new VolumeCondition(true, count + ": " + String.join("; ", problems));
    }

    /** Whether it has fewer replicas than it was asked for. */
    public static boolean isDegraded(Volume volume) {
        return volume.placements().size() < volume.parameters().numberOfReplicas();
    }

    /** What is wrong beside that; a list of the caller's own. */
    public static List<String> problems(Volume volume, HostSurvey survey, List<ReplicaState> replicas) {
        List<String> problems = new ArrayList<>();
        if (volume.state() == VolumeState.CREATING) {
            problems.add("its creation is not finished; repeat the request, or delete the volume");
        }
        if (volume.state() == VolumeState.DELETING) {
            problems.add("its deletion is not finished; repeat the request");
        }
        volume.placements().forEach(place -> problemOf(place, survey).ifPresent(problems::add));
        replicas.stream()
                .filter(replica -> !replica.problem().isEmpty())
                .forEach(replica -> problems.add("replica " + replica.address() + ": " + replica.problem()));
        return problems;
    }

    private static Optional<String> problemOf(ReplicaPlacement place, HostSurvey survey) {
        if (survey.silent().get(place.node()) instanceof Exception silent) {
            String why = String.valueOf(silent.getMessage());
            String node = "node " + place.node();
            return Optional.of(why.startsWith(node + " ") ? why : node + " gives no answer: " + why);
        }
        return survey.disk(place.disk())
                .map(disk -> disk.problem().isEmpty()
                        ? Optional.<String>empty()
                        : Optional.of("disk " + disk.path() + " of node " + place.node() + ": " + disk.problem()))
                .orElseGet(() -> Optional.of("disk " + place.disk() + " of node " + place.node()
                        + " is missing or refused; attach it again, or see the list of disks"));
    }
}
