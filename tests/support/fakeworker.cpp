// A worker that misbehaves on request: `fakeworker MODE`. Speaks the protocol of core/jobs by hand,
// so that the client is not tested against its own parser's mirror image.
//
// polite        every job: started, progress 1 … 3, finished {"kind": KIND, "pid": PID}
// slow          every job: started, then progress every 50 ms; obeys cancel
// stubborn      like slow, but deaf to cancel, quit, end of input and SIGTERM
// fails         every job: started, then failed with FileNotFound
// floods        every job: started, 200,000 progress lines, finished
// twice         every job: started twice, finished, finished, failed, cancelled
// late          on cancel: finished instead of cancelled
// dies          every job: started, then abort()
// diesatonce    exits with 3 before hello
// otherversion  hello with protocol 999
// garbage       prints no JSON at all
// chatty        like polite, with a library's chatter between the lines
// damaged       every job: started, then half a message
// mute          never says hello
// live          interactive jobs: every edit puts all joints of h36m17 of that frame at (x, y, 3) of its
//               first keypoint, two metres to a picture of 1000 px; all of it is written to the file
//               that FAKE_WORKER_LOG names
// liveslow      like live, 500 ms a request
// livegarbage   answers requests with nonsense
// livedies      ready, then abort() at the first request
// livemute      ready, then never another word
// serve         does what the application asks: "models" names one detector and one lifter (none with
//               FAKE_WORKER_EMPTY in the environment); "run", "detect" and "lift" add layers to the
//               project they are given; with FAKE_WORKER_DIES they abort instead; "interactive" fails;
//               "install" adds a lifter to "models"; "finetune" fills the run's folder with a made-up
//               training of 40 steps. FAKE_TRAINING in the environment: "long" goes on until it is
//               cancelled, "dies" aborts after step 20, "nothing" finds nothing to learn from

#include "core/io/projectfile.h"
#include "core/jobs/base64.h"
#include "tests/support/trainingfiles.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <poll.h>

namespace {

using nlohmann::json;

void say(const json &message)
{
    std::cout << message.dump() << '\n' << std::flush;
}

void sayProgress(std::int64_t job, int done, int total)
{
    say({{"type", "progress"}, {"job", job}, {"stage", "detect"}, {"done", done}, {"total", total}, {"note", ""}});
}

void sayFinished(std::int64_t job, const std::string &kind)
{
    say({{"type", "finished"}, {"job", job}, {"result", {{"kind", kind}, {"pid", getpid()}}}});
}

void sayFailed(std::int64_t job)
{
    say({{"type", "failed"}, {"job", job},
         {"error", {{"code", "FileNotFound"}, {"arguments", {{"path", "/no/such/file"}}}, {"sentence", ""}}}});
}

bool inputWithin(int milliseconds)
{
    if (std::cin.rdbuf()->in_avail() > 0)
        return true;
    pollfd input{STDIN_FILENO, POLLIN, 0};
    return poll(&input, 1, milliseconds) > 0;
}

/// Reports until the job is cancelled; false at the end of input.
bool runSlowly(std::int64_t job, bool late, const std::string &kind)
{
    for (int done = 0;; ++done) {
        sayProgress(job, done, 0);
        if (!inputWithin(50))
            continue;
        std::string line;
        if (!std::getline(std::cin, line))
            return false;
        const json message = json::parse(line);
        if (message.at("type") == "quit")
            return false;
        if (message.at("type") != "cancel" || message.at("job") != job)
            continue;
        if (late)
            sayFinished(job, kind);
        else
            say({{"type", "cancelled"}, {"job", job}});
        return true;
    }
}

[[noreturn]] void runStubbornly(std::int64_t job)
{
    std::signal(SIGTERM, SIG_IGN);
    for (int done = 0;; ++done) {
        sayProgress(job, done, 0);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

void sayEverythingTwice(std::int64_t job, const std::string &kind)
{
    say({{"type", "started"}, {"job", job}});
    sayFinished(job, kind);
    sayFinished(job, kind);
    sayFailed(job);
    say({{"type", "cancelled"}, {"job", job}});
}

std::vector<std::string> &installedLifters()
{
    static std::vector<std::string> names;
    return names;
}

json modelList()
{
    json models = json::array();
    if (std::getenv("FAKE_WORKER_EMPTY") == nullptr) {
        models.push_back({{"name", "fakepose"}, {"kind", "keypoints"}, {"title", "Fake Pose"}, {"licence", "none"}});
        models.push_back({{"name", "fakelift"}, {"kind", "lifter"}, {"title", "Fake Lifter"}, {"licence", "none"}});
    }
    for (const std::string &name : installedLifters())
        models.push_back({{"name", name}, {"kind", "lifter"}, {"title", "Trained " + name}, {"licence", "none"}});
    return {{"models", models}, {"problems", json::array()}};
}

/// One person with one joint, in frames 2 … 11.
void addLayers(poselift::Project &project, bool keypoints, bool joints, const std::string &lifter)
{
    poselift::Skeleton skeleton;
    skeleton.name = "one";
    skeleton.joints = {"nose"};
    skeleton.root = "nose";
    if (keypoints) {
        poselift::KeypointLayer layer{"detected", skeleton, "fakepose", {}};
        layer.tracks.emplace_back();
        layer.tracks[0].id = 1;
        layer.tracks[0].jointCount = 1;
        for (int frame = 2; frame < 12; ++frame)
            layer.tracks[0].setKeypoint(frame, 0, {20.5, 30.5, 0.5F, poselift::KeypointState::Visible});
        project.keypointLayers = {layer};
        project.skeleton = skeleton;
    }
    if (joints) {
        poselift::JointLayer layer{"lifted/" + lifter, skeleton, lifter, {}};
        layer.tracks.emplace_back();
        layer.tracks[0].id = 1;
        layer.tracks[0].jointCount = 1;
        for (int frame = 2; frame < 12; ++frame)
            layer.tracks[0].setPose(frame, {{lifter == "fakelift" ? 0.0 : 0.1, 0.0, 3.0, true}});
        project.jointLayers = {layer};
    }
}

void setStatus(const std::filesystem::path &run, const char *state)
{
    poselift::test::writeText(run / "status.json", json{{"state", state}}.dump());
}

/// True when @p job was asked to stop.
bool isCancelAsked(std::int64_t job)
{
    if (!inputWithin(20))
        return false;
    std::string line;
    if (!std::getline(std::cin, line))
        std::exit(0);
    const json message = json::parse(line);
    return message.at("type") == "quit" || (message.at("type") == "cancel" && message.at("job") == job);
}

void finishTraining(std::int64_t job, const std::filesystem::path &run)
{
    using poselift::test::writeText;
    writeText(run / "weights.h5", "weights");
    writeText(run / "model.json", "{}");
    writeText(run / "report.json", poselift::test::trainingReport(/*isTruth3d=*/false).dump());
    setStatus(run, "finished");
    say({{"type", "finished"}, {"job", job}, {"result", {{"run", run.string()}, {"model", run.string()}}}});
}

void trainFake(std::int64_t job, const json &arguments)
{
    const std::string mode = std::getenv("FAKE_TRAINING") != nullptr ? std::getenv("FAKE_TRAINING") : "";
    if (mode == "nothing" || !poselift::readProject(std::string(arguments.at("project"))))
        return sayFailed(job);
    if (arguments.at("trial"))
        return say({{"type", "finished"}, {"job", job},
                    {"result", {{"seconds_per_step", 0.25}, {"steps", 400}, {"estimated_s", 100.0}}}});
    constexpr int kSteps = 40;
    const std::filesystem::path run = std::string(arguments.at("run"));
    setStatus(run, "running");
    for (int step = arguments.at("resume") ? 21 : 1; step <= kSteps || mode == "long"; ++step) {
        poselift::test::writeText(run / "log.jsonl", poselift::test::trainingStepLine(step, mode == "long" ? 100000 : kSteps), std::ios::app);
        if (step % 10 == 0) {
            poselift::test::writeText(run / "log.jsonl", poselift::test::trainingValidationLine(step, 1.0 / step, true), std::ios::app);
            poselift::test::writeText(run / "checkpoint.h5", "checkpoint");
        }
        say({{"type", "progress"}, {"job", job}, {"stage", "train"}, {"done", step}, {"total", kSteps}, {"note", ""}});
        if (mode == "dies" && step == 20)
            std::abort();
        if (isCancelAsked(job)) {
            setStatus(run, "cancelled");
            return say({{"type", "cancelled"}, {"job", job}});
        }
    }
    finishTraining(job, run);
}

void serveJob(std::int64_t job, const std::string &kind, const json &arguments)
{
    if (kind == "finetune")
        return trainFake(job, arguments);
    if (kind == "install") {
        installedLifters().push_back(arguments.at("name"));
        return say({{"type", "finished"}, {"job", job}, {"result", {{"name", arguments.at("name")}}}});
    }
    if (kind == "models")
        return say({{"type", "finished"}, {"job", job}, {"result", modelList()}});
    if (kind == "interactive")
        return sayFailed(job);
    if (std::getenv("FAKE_WORKER_DIES") != nullptr)
        std::abort();
    const std::string path = arguments.at("project");
    auto project = poselift::readProject(path);
    if (!project)
        return sayFailed(job);
    sayProgress(job, 1, 2);
    const std::string lifter = arguments.value("lifter", std::string());
    addLayers(*project, kind != "lift", kind != "detect", lifter.empty() ? "fakelift" : lifter);
    if (!poselift::writeProject(*project, path))
        return sayFailed(job);
    say({{"type", "finished"}, {"job", job}, {"result", {{"project", path}}}});
}

void sayOutput(std::int64_t job, const json &data)
{
    say({{"type", "output"}, {"job", job}, {"data", data}});
}

void answerLive(std::int64_t job, const json &request)
{
    const json revision = request.at("revision");
    for (const json &edit : request.at("edits")) {
        const std::vector<float> xy = edit.at("xy");
        std::vector<float> xyz;
        for (int joint = 0; joint < 17; ++joint)
            xyz.insert(xyz.end(), {xy.at(0) / 500, xy.at(1) / 500, 3});
        sayOutput(job, {{"what", "poses"}, {"revision", revision}, {"track", edit.at("track")}, {"first", edit.at("frame")},
                        {"frames", 1}, {"exact", true}, {"seen", "1"}, {"xyz", poselift::toBase64(xyz)}});
    }
    sayOutput(job, {{"what", "current"}, {"revision", revision}});
    sayOutput(job, {{"what", "done"}, {"revision", revision}});
}

void logRequest(const json &request)
{
    const char *path = std::getenv("FAKE_WORKER_LOG");
    if (path != nullptr)
        std::ofstream(path, std::ios::app) << request.dump() << '\n';
}

/// False when the worker has to end.
bool runLive(const std::string &mode, std::int64_t job)
{
    sayOutput(job, {{"what", "ready"}, {"layer", "lifted/fake"}, {"joints", poselift::findSkeleton("h36m17")->joints}});
    for (std::string line; std::getline(std::cin, line);) {
        const json message = json::parse(line);
        if (message.at("type") == "quit")
            return false;
        if (message.at("type") == "cancel") {
            say({{"type", "cancelled"}, {"job", job}});
            return true;
        }
        if (message.at("type") != "input" || mode == "livemute")
            continue;
        if (mode == "livedies")
            std::abort();
        if (mode == "liveslow")
            std::this_thread::sleep_for(std::chrono::milliseconds(500));
        logRequest(message.at("data"));
        if (mode == "livegarbage")
            sayOutput(job, {{"what", "poses"}, {"revision", 1}, {"track", "somebody"}, {"xyz", "?"}});
        else
            answerLive(job, message.at("data"));
    }
    return false;
}

/// False when the worker has to end.
bool runJob(const std::string &mode, std::int64_t job, const std::string &kind)
{
    say({{"type", "started"}, {"job", job}});
    if (mode.starts_with("live"))
        return runLive(mode, job);
    if (mode == "slow" || mode == "late")
        return runSlowly(job, mode == "late", kind);
    if (mode == "stubborn")
        runStubbornly(job);
    if (mode == "dies") {
        std::cerr << "about to die" << std::endl;
        std::abort();
    }
    if (mode == "damaged") {
        std::cout << R"({"type":"finished","job":)" << job << ",\"resu\n" << std::flush;
    } else if (mode == "fails") {
        sayFailed(job);
    } else if (mode == "twice") {
        sayEverythingTwice(job, kind);
    } else {
        const int steps = mode == "floods" ? 200000 : 3;
        for (int done = 1; done <= steps; ++done)
            sayProgress(job, done, steps);
        if (mode == "chatty")
            std::cout << "[ INFO:0] some library was loaded\n" << std::flush;
        sayFinished(job, kind);
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string mode = argc > 1 ? argv[1] : "polite";
    if (mode == "diesatonce") {
        std::cerr << "no such library" << std::endl;
        return 3;
    }
    if (mode == "garbage")
        std::cout << "Usage: something else entirely\n" << std::flush;
    else if (mode != "mute")
        say({{"type", "hello"}, {"protocol", mode == "otherversion" ? 999 : 2}, {"version", "fake"}});

    for (std::string line; std::getline(std::cin, line);) {
        const json message = json::parse(line);
        if (message.at("type") == "quit")
            return 0;
        if (message.at("type") == "start" && mode == "serve") {
            say({{"type", "started"}, {"job", message.at("job")}});
            serveJob(message.at("job"), message.at("kind"), message.at("arguments"));
            continue;
        }
        if (message.at("type") == "start" && !runJob(mode, message.at("job"), message.at("kind")))
            return 0;
    }
    return 0;
}
