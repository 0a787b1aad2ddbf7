#pragma once

namespace CLI {
class App;
}

namespace poselift {

/// Adds `pack synthetic` below @p packCommand.
void addPackSyntheticCommand(CLI::App &packCommand, int &exitCode);

} // namespace poselift
