#include "models/cli/interactivejob.h"

#include "core/io/projectfile.h"
#include "core/jobs/base64.h"
#include "models/cli/jobarguments.h"
#include "models/interactivelifter.h"
#include "models/pipeline/liftproject.h"

#include <algorithm>
#include <optional>
#include <type_traits>

namespace poselift {

namespace {

using nlohmann::json;

Error badInput(const char *name, const char *expected, const json &found)
{
    return Error(ErrorCode::BadArgument,
                 {{"name", name}, {"expected", expected}, {"found", found.is_null() ? "none" : found.dump()}});
}

/// The fields of one object of an input; the first that is wrong is kept as the error.
class Fields
{
public:
    explicit Fields(const json &object) : m_object(object)
    {
        if (!object.is_object())
            m_error = badInput("input", "an object", object);
    }

    std::int64_t integer(const char *name)
    {
        const json value = get(name);
        if (value.is_number_integer())
            return value.get<std::int64_t>();
        fail(name, "a whole number", value);
        return 0;
    }
    template <typename T>
    std::vector<T> numbers(const char *name, std::size_t count)
    {
        const json value = get(name);
        const auto isNumber = [](const json &number) {
            return std::is_integral_v<T> ? number.is_number_integer() : number.is_number();
        };
        if (value.is_array() && (count == 0 || value.size() == count) && std::ranges::all_of(value, isNumber))
            return value.get<std::vector<T>>();
        fail(name, "a list of numbers, as many as joints", value);
        return std::vector<T>(count);
    }
    /// Nothing when the field is not there.
    std::optional<std::string> text(const char *name)
    {
        const json value = get(name);
        if (value.is_string())
            return value.get<std::string>();
        if (!value.is_null())
            fail(name, "a text", value);
        return std::nullopt;
    }
    /// Empty when the field is not there.
    json list(const char *name)
    {
        json value = get(name);
        if (!value.is_null() && !value.is_array())
            fail(name, "a list", value);
        return value.is_array() ? value : json::array();
    }

    const std::optional<Error> &error() const { return m_error; }

private:
    json get(const char *name) const { return m_object.is_object() ? m_object.value(name, json()) : json(); }
    void fail(const char *name, const char *expected, const json &found)
    {
        if (!m_error)
            m_error = badInput(name, expected, found);
    }

    const json &m_object;
    std::optional<Error> m_error;
};

class InteractiveSession
{
public:
    InteractiveSession(InteractiveLifter &lifter, JobDialogue &dialogue) : m_lifter(lifter), m_dialogue(dialogue) {}

    void introduce() const
    {
        m_dialogue.send(
            {{"what", "ready"}, {"layer", liftedLayerName(m_lifter.name())}, {"joints", m_lifter.skeleton().joints}});
    }
    Result<void> take(const json &input);
    Result<void> liftCurrentFrame();
    /// Cancelled when newer input came.
    Result<void> liftTheRest(const std::stop_token &stop);

private:
    Result<void> holdProject(const std::string &path);
    Result<void> takeEdit(const json &edit);
    void send(const JointTrack &poses, bool exact) const;

    InteractiveLifter &m_lifter;
    JobDialogue &m_dialogue;
    std::int64_t m_revision = 0;
    std::int64_t m_frame = 0;
    std::vector<TrackId> m_tracks; ///< that the user looks at
};

Result<void> InteractiveSession::holdProject(const std::string &path)
{
    Result<Project> project = readProject(path);
    if (!project)
        return project.error();
    InteractiveClip clip{project->skeleton, project->media.seconds, project->camera, {}};
    m_tracks = project->trackIds();
    for (const TrackId id : m_tracks)
        clip.tracks.push_back(effectiveTrack(*project, id));
    return m_lifter.setClip(std::move(clip));
}

Result<void> InteractiveSession::takeEdit(const json &edit)
{
    Fields fields(edit);
    const auto track = static_cast<TrackId>(fields.integer("track"));
    const std::int64_t frame = fields.integer("frame");
    const std::vector<int> joints = fields.numbers<int>("joints", 0);
    const std::vector<float> xy = fields.numbers<float>("xy", 2 * joints.size());
    const std::vector<float> confidence = fields.numbers<float>("confidence", joints.size());
    const std::vector<std::uint8_t> state = fields.numbers<std::uint8_t>("state", joints.size());
    if (fields.error())
        return *fields.error();
    for (std::size_t i = 0; i < joints.size(); ++i) {
        const Keypoint2D keypoint = unpackedKeypoint(xy[2 * i], xy[2 * i + 1], confidence[i], state[i]);
        if (const Result<void> set = m_lifter.setKeypoint(track, frame, joints[i], keypoint); !set)
            return set.error();
    }
    if (std::ranges::find(m_tracks, track) == m_tracks.end())
        m_tracks.push_back(track);
    return {};
}

Result<void> InteractiveSession::take(const json &input)
{
    Fields fields(input);
    m_revision = fields.integer("revision");
    m_frame = fields.integer("frame");
    const std::optional<std::string> project = fields.text("project");
    const json invalid = fields.list("invalid");
    const json edits = fields.list("edits");
    if (fields.error())
        return *fields.error();
    if (project) {
        if (const Result<void> held = holdProject(*project); !held)
            return held.error();
    }
    for (const json &range : invalid) {
        Fields frames(range);
        m_lifter.invalidate(static_cast<TrackId>(frames.integer("track")),
                            {frames.integer("first"), frames.integer("last")});
        if (frames.error())
            return *frames.error();
    }
    for (const json &edit : edits) {
        if (const Result<void> taken = takeEdit(edit); !taken)
            return taken.error();
    }
    return {};
}

void InteractiveSession::send(const JointTrack &poses, bool exact) const
{
    std::string seen;
    for (std::int64_t frame = 0; frame < poses.frameCount(); ++frame)
        seen.push_back(poses.valid[static_cast<std::size_t>(frame * poses.jointCount)] != 0 ? '1' : '0');
    m_dialogue.send({{"what", "poses"},
                     {"revision", m_revision},
                     {"track", poses.id},
                     {"first", poses.firstFrame},
                     {"frames", poses.frameCount()},
                     {"exact", exact},
                     {"seen", seen},
                     {"xyz", toBase64(poses.xyz)}});
}

Result<void> InteractiveSession::liftCurrentFrame()
{
    for (const TrackId track : m_tracks) {
        const Result<std::optional<JointTrack>> lifted = m_lifter.liftFrame(track, m_frame);
        if (!lifted)
            return lifted.error();
        if (*lifted)
            send(**lifted, /*exact=*/false);
    }
    m_dialogue.send({{"what", "current"}, {"revision", m_revision}});
    return {};
}

Result<void> InteractiveSession::liftTheRest(const std::stop_token &stop)
{
    while (true) {
        const Result<std::optional<JointTrack>> lifted = m_lifter.liftNext(m_frame, stop);
        if (!lifted)
            return lifted.error();
        if (!*lifted)
            break;
        send(**lifted, /*exact=*/true);
        if (stop.stop_requested())
            return Error(ErrorCode::Cancelled);
    }
    m_dialogue.send({{"what", "done"}, {"revision", m_revision}});
    return {};
}

/// One round: everything that came in, then lifting until it is done or newer input comes.
Result<void> goRound(InteractiveSession &session, const JobContext &job, JobDialogue &dialogue)
{
    for (const json &input : dialogue.wait(job.stop)) {
        if (const Result<void> taken = session.take(input); !taken)
            return taken.error();
    }
    if (job.stop.stop_requested())
        return Error(ErrorCode::Cancelled);
    if (const Result<void> lifted = session.liftCurrentFrame(); !lifted)
        return lifted.error();
    const Result<void> rest = session.liftTheRest(dialogue.interruption(job.stop));
    return rest || !rest.error().isCancelled() ? rest : Result<void>();
}

} // namespace

Result<json> interactiveJob(const json &arguments, const JobContext &job, JobDialogue &dialogue)
{
    JobArguments reader(arguments);
    LifterOptions options;
    options.model = reader.text("lifter", "");
    options.flipAveraging = reader.flag("flip", true);
    options.threads = reader.integer("threads", 0);
    if (const auto error = reader.error())
        return *error;
    const Result<std::unique_ptr<InteractiveLifter>> lifter = createInteractiveLifter(options);
    if (!lifter)
        return lifter.error();
    InteractiveSession session(**lifter, dialogue);
    session.introduce();
    while (true) {
        if (const Result<void> round = goRound(session, job, dialogue); !round)
            return round.error();
    }
}

} // namespace poselift
