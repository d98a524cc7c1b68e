package io.drover.cli;

import io.drover.proto.operations.v1.ListSettingsRequest;
import io.drover.proto.operations.v1.SetSettingRequest;
import io.drover.proto.operations.v1.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drover setting …}. */
@Command(
        name = "setting",
        description = "Shows and changes what holds for all volumes.",
        footer = {"", "Examples:", "  drover setting list", "  drover setting set <name> <value>"})
public final class SettingCommand {
    @Command(
            name = "list",
            description = "Lists all settings with their values, defaults and meanings.",
            footer = {"", "Examples:", "  drover setting list -o yaml"})
    void list(@Mixin ServerOptions server, @Mixin OutputOptions output) {
        try (Client client = server.connect()) {
            output.list(
                    Listings.SETTINGS,
                    client.operations()
                            .listSettings(ListSettingsRequest.getDefaultInstance())
                            .getSettingsList(),
                    "There are no settings.");
        }
    }

    @Command(
            name = "set",
            description = "Changes a setting. An empty value brings the default back.",
            footer = {"", "Examples:", "  drover setting set over-provisioning-percentage 150"})
    void set(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(index = "0", paramLabel = "<name>") String name,
            @Parameters(index = "1", paramLabel = "<value>") String value) {
        try (Client client = server.connect()) {
            Setting setting = client.operations()
                    .setSetting(SetSettingRequest.newBuilder()
                            .setName(name)
                            .setValue(value)
                            .build());
            output.one(Listings.SETTINGS, setting, () -> setting.getName() + " is " + setting.getValue() + " now\n");
        }
    }
}
