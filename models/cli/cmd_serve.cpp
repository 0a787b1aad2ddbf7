#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/cli/jobkinds.h"

#include <CLI/CLI.hpp>

#include <signal.h>
#include <unistd.h>

#include <cstdlib>

namespace poselift {

namespace {

int serve()
{
    // Ctrl+C in the terminal that the application was started from reaches this process too; the
    // application decides what becomes of its worker.
    const StopOnSignals signals;
    ::signal(SIGINT, SIG_IGN);
    ProtocolOutput output;
    JobServer server(jobKinds(), output, interactiveKinds());
    if (!server.serve(STDIN_FILENO, signals.token()))
        std::_Exit(kExitFailed); // a job hangs; leaving normally would wait for it
    return kExitOk;
}

} // namespace

void addServeCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("serve", "Work for the desktop application: JSON lines on stdin and stdout (core/jobs/protocol.h)");
    command->callback([&exitCode] { exitCode = serve(); });
}

} // namespace poselift
