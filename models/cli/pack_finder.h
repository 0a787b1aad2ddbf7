#pragma once

namespace CLI {
class App;
}

namespace poselift {

/// `pack finder`: training pictures of the person finder.
void addPackFinderCommand(CLI::App &pack, int &exitCode);

} // namespace poselift
