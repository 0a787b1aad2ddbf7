#include "core/io/projectfile.h"
#include "models/cli/fileinfo.h"
#include "models/cli/finetunemodel.h"
#include "models/cli/interactivejob.h"
#include "models/cli/jobarguments.h"
#include "models/cli/jobkinds.h"
#include "models/installmodel.h"
#include "models/pipeline/liftproject.h"
#include "models/pipeline/outputcheck.h"
#include "models/pipeline/runpipeline.h"
#include "models/registry.h"

#include <sys/resource.h>
#include <unistd.h>

namespace poselift {

namespace {

using nlohmann::json;

/// "probe" {"path", "index": false} → what fileInfo() says of a video.
Result<json> probe(const json &arguments, const JobContext &)
{
    JobArguments reader(arguments);
    const std::string path = reader.text("path");
    const bool countFrames = reader.flag("index", false);
    if (const auto error = reader.error())
        return *error;
    return videoInfo(path, countFrames);
}

/// "run" {"video", "project", "overlay": "", "detector": "", "boxes": "", "lifter": "", "flip": true,
/// "threads": 0} → the summary of runpipeline.h. The project is written also when the job is
/// cancelled after detection began; `partial` in the summary says what ended a run early.
/// "detect": the same without lifting.
Result<json> runJob(const json &arguments, const JobContext &job, bool lift)
{
    JobArguments reader(arguments);
    RunOptions options;
    options.video = reader.text("video");
    options.project = reader.text("project");
    options.overlay = reader.text("overlay", "");
    options.detector.model = reader.text("detector", "");
    options.detector.boxModel = reader.text("boxes", "");
    options.lifter.model = reader.text("lifter", "");
    options.lifter.flipAveraging = reader.flag("flip", true);
    options.detector.threads = options.lifter.threads = reader.integer("threads", 0);
    options.lift = lift;
    if (const auto error = reader.error())
        return *error;
    const Result<RunSummary> summary = runPipeline(options, job);
    if (!summary)
        return summary.error();
    if (summary->problem && summary->problem->isCancelled())
        return *summary->problem;
    return toJson(*summary);
}

/// "lift" {"project", "output": the project itself, "lifter": "", "tracks": [] (all), "flip": true,
/// "threads": 0} → {"project", "layer", "tracks", "warnings"}. Nothing is written when it is cancelled.
Result<json> liftJob(const json &arguments, const JobContext &job)
{
    JobArguments reader(arguments);
    const std::string input = reader.text("project");
    const std::string output = reader.text("output", input);
    LifterOptions options;
    options.model = reader.text("lifter", "");
    options.flipAveraging = reader.flag("flip", true);
    options.threads = reader.integer("threads", 0);
    const std::vector<TrackId> tracks = reader.integers("tracks");
    if (const auto error = reader.error())
        return *error;
    Result<Project> project = readProject(input);
    if (!project)
        return project.error();
    const Result<std::unique_ptr<Lifter>> lifter = createLifter(options);
    if (!lifter)
        return lifter.error();
    if (const Result<void> writable = checkCanWrite(output); !writable)
        return writable.error();
    const LiftedProject lifted = liftProject(*project, **lifter, job, tracks);
    if (lifted.cancelled)
        return Error(ErrorCode::Cancelled);
    ++project->saveGeneration;
    if (const Result<void> written = writeProject(*project, output); !written)
        return written.error();
    json warnings = json::array();
    for (const Error &warning : lifted.warnings)
        warnings.push_back(warning.sentence());
    return json{{"project", output}, {"layer", liftedLayerName((*lifter)->name())}, {"tracks", lifted.tracks}, {"warnings", warnings}};
}

/// "install" {"folder", "name"} → {"name"}: copies a trained model to the user's models.
Result<json> installJob(const json &arguments, const JobContext &)
{
    JobArguments reader(arguments);
    const std::string folder = reader.text("folder");
    const std::string name = reader.text("name");
    if (const auto error = reader.error())
        return *error;
    const Result<InstalledModel> model = installModelAs(folder, name);
    if (!model)
        return model.error();
    return json{{"name", model->name}};
}

/// "models" {} → {"models": [{"name","kind","title","licence","bundled","folder"}], "problems": [error]}
Result<json> modelsJob(const json &arguments, const JobContext &)
{
    if (const auto error = JobArguments(arguments).error())
        return *error;
    std::vector<Error> problems;
    json result{{"models", json::array()}, {"problems", json::array()}};
    for (const InstalledModel &model : installedModels(&problems))
        result["models"].push_back({{"name", model.name}, {"kind", model.kind}, {"title", model.title},
                                    {"licence", model.licence}, {"bundled", model.bundled}, {"folder", model.folder.string()}});
    for (const Error &problem : problems)
        result["problems"].push_back(toJson(problem));
    return result;
}

/// "finetune" {the options of finetuneOptionsFrom(), "nice": 19} → the result of finetuneModel(). The
/// worker gives way to other programs: start one for this alone. The project is only read.
Result<json> finetuneJob(json arguments, const JobContext &job)
{
    const json nice = arguments.is_object() && arguments.contains("nice") ? arguments["nice"] : json(19);
    if (!nice.is_number_integer() || nice < 0 || nice > 19)
        return Error(ErrorCode::BadArgument, {{"name", "nice"}, {"expected", "a whole number from 0 to 19"}, {"found", nice.dump()}});
    if (arguments.is_object())
        arguments.erase("nice");
    const Result<FinetuneOptions> options = finetuneOptionsFrom(arguments);
    if (!options)
        return options.error();
    // Linux keeps a priority for each thread; those that this one starts inherit its own.
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::getpid()), nice.get<int>());
    ::setpriority(PRIO_PROCESS, 0, nice.get<int>());
    return finetuneModel(*options, job);
}

} // namespace

JobKinds jobKinds()
{
    return {
        {"probe", probe},
        {"run", [](const json &arguments, const JobContext &job) { return runJob(arguments, job, true); }},
        {"detect", [](const json &arguments, const JobContext &job) { return runJob(arguments, job, false); }},
        {"finetune", finetuneJob},
        {"lift", liftJob},
        {"models", modelsJob},
        {"install", installJob},
    };
}

InteractiveKinds interactiveKinds()
{
    return {{"interactive", interactiveJob}};
}

} // namespace poselift
