package io.drover.controller.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.World;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.AccessMode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import io.drover.core.model.Volume;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttachmentsTest {
    private final World world = new World();

    @BeforeEach
    void aVolume() {
        world.create("v");
    }

    private Volume publish(String node, AccessMode mode, boolean block) {
        return world.services()
                .attachments()
                .publish(new AttachmentRequest(World.volume("v"), new NodeId(node), mode, block));
    }

    private Volume publish() {
        return publish(World.NODE, AccessMode.SINGLE_NODE_WRITER, false);
    }

    @Test
    void publishedVolumeNamesItsDiskAndEpoch() {
        // When
        Volume published = publish();

        // Then
        assertThat(PublishContext.of(published, published.attachment().orElseThrow()))
                .containsEntry("drover.io/leg.0", "local:disk-1")
                .containsEntry("drover.io/epoch", "1")
                .hasSize(2);
    }

    @Test
    void publishingAgainKeepsTheEpochAndAnotherTimeRaisesIt() {
        // Given
        Volume first = publish();

        // When, Then
        assertThat(publish()).isEqualTo(first);

        // Given
        world.services().attachments().unpublish(World.volume("v"), Optional.of(new NodeId(World.NODE)));

        // When, Then
        assertThat(publish().epoch()).isEqualTo(2);
    }

    @Test
    void oneHostAtATime() {
        // Given
        world.hosts.disk("node-2", "disk-2", ByteSize.ofGibi(1));
        publish();

        // When, Then
        Expect.code(ErrorCode.IN_USE, () -> publish("node-2", AccessMode.SINGLE_NODE_WRITER, false), World.NODE);
    }

    @Test
    void aHostWithoutTheDataOrThatNobodyKnowsIsRefused() {
        // Given
        world.hosts.disk("node-2", "disk-2", ByteSize.ofGibi(1));

        // When, Then
        Expect.code(ErrorCode.IN_USE, () -> publish("node-2", AccessMode.SINGLE_NODE_WRITER, false), World.NODE);
        Expect.code(ErrorCode.NOT_FOUND, () -> publish("node-9", AccessMode.SINGLE_NODE_WRITER, false), "node-9");
    }

    @Test
    void publishingInAnotherWayIsRefused() {
        // Given
        publish();

        // When, Then
        Expect.code(ErrorCode.EXISTS_DIFFERENT, () -> publish(World.NODE, AccessMode.SINGLE_NODE_READER_ONLY, false));
        Expect.code(ErrorCode.INVALID, () -> publish(World.NODE, AccessMode.SINGLE_NODE_WRITER, true), "block");
    }

    @Test
    void unpublishingWhatIsNotPublishedIsSuccess() {
        // Given
        publish();

        // When
        world.services().attachments().unpublish(World.volume("none"), Optional.empty());
        world.services().attachments().unpublish(World.volume("v"), Optional.of(new NodeId("node-2")));

        // Then
        assertThat(world.services().records().visible(World.volume("v")).attachment())
                .isPresent();

        // When
        world.services().attachments().unpublish(World.volume("v"), Optional.empty());
        world.services().attachments().unpublish(World.volume("v"), Optional.empty());

        // Then
        assertThat(world.services().records().visible(World.volume("v")).attachment())
                .isEmpty();
    }

    @Test
    void publishAndUnpublishSurviveACrashAnywhere() {
        World.crashEverywhere(
                world -> world.create("v"),
                world -> world.services()
                        .attachments()
                        .publish(new AttachmentRequest(
                                World.volume("v"), new NodeId(World.NODE), AccessMode.SINGLE_NODE_WRITER, false)),
                world -> assertThat(world.services()
                                .records()
                                .visible(World.volume("v"))
                                .epoch())
                        .isEqualTo(1));
    }
}
