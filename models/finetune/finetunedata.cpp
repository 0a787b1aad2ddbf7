#include "models/finetune/finetunedata_torch.h"

#include "core/io/projectfile.h"
#include "models/finetune/correctedtrack.h"
#include "models/finetune/poserefinement_torch.h"
#include "models/finetune/sceneestimate.h"
#include "models/finetune/seenlosses_torch.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace poselift {

using nlohmann::json;

namespace {

constexpr int kClipBeyondWindow = 60;       // frames of a rehearsal clip beyond the receptive field
constexpr std::size_t kMostExamples = 1200; // per person and kind of input
constexpr int64_t kChunk = 512;

double medianRate(const std::vector<double> &seconds)
{
    std::vector<double> steps;
    for (std::size_t i = 1; i < seconds.size(); ++i) {
        if (seconds[i] > seconds[i - 1])
            steps.push_back(seconds[i] - seconds[i - 1]);
    }
    if (steps.empty())
        return 30.0;
    std::ranges::nth_element(steps, steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2));
    return 1.0 / steps[steps.size() / 2];
}

bool learnsFrom3d(FinetuneObjective objective)
{
    return objective == FinetuneObjective::Supervised || objective == FinetuneObjective::Semi;
}

bool learnsFrom2d(FinetuneObjective objective)
{
    return objective != FinetuneObjective::Supervised;
}

Error nothingToLearn(const FinetuneOptions &options, const std::string &expected, const std::string &found)
{
    return Error(ErrorCode::NothingToLearn,
                 {{"path", options.project.string()}, {"expected", expected}, {"found", found}});
}

/// [N, 3, 3] rotations out of the examples' virtual cameras into the camera.
torch::Tensor cameraFromVirtual(const std::vector<WindowExample> &examples)
{
    torch::Tensor rotations = torch::empty({static_cast<int64_t>(examples.size()), 3, 3});
    float *to = rotations.data_ptr<float>();
    for (const WindowExample &example : examples) {
        const Eigen::Matrix<float, 3, 3, Eigen::RowMajor> rotation =
            example.virtualFromCamera.transpose().cast<float>();
        to = std::copy(rotation.data(), rotation.data() + 9, to);
    }
    return rotations;
}

/// Joints [N, J, 3] turned by rotations [N, 3, 3].
torch::Tensor turned(const torch::Tensor &joints, const torch::Tensor &rotations)
{
    return torch::matmul(joints, rotations.transpose(1, 2));
}

std::vector<PlacedPose> placedPoses(const std::vector<WindowExample> &examples, const torch::Tensor &inCamera)
{
    std::vector<PlacedPose> poses;
    const torch::Tensor joints = inCamera.contiguous();
    const auto count = static_cast<std::size_t>(joints.size(1));
    const float *from = joints.data_ptr<float>();
    for (const WindowExample &example : examples) {
        PlacedPose pose{example.frame, {}};
        for (std::size_t joint = 0; joint < count; ++joint, from += 3)
            pose.joints.emplace_back(from[0], from[1], from[2]);
        // A pose behind or in the camera is none.
        if (std::ranges::all_of(pose.joints, [](const Eigen::Vector3d &at) { return at.z() > 0.3; }))
            poses.push_back(std::move(pose));
    }
    return poses;
}

} // namespace

torch::Tensor predicted(LifterNetwork &network, const torch::Tensor &windows, const Skeleton &output)
{
    const torch::NoGradGuard noGrad;
    network.module().eval();
    const auto parameters = network.module().parameters();
    const torch::Device device = parameters.empty() ? torch::Device(torch::kCPU) : parameters.front().device();
    std::vector<torch::Tensor> parts;
    for (int64_t first = 0; first < windows.size(0); first += kChunk) {
        const torch::Tensor part = windows.slice(0, first, std::min(first + kChunk, windows.size(0)));
        const torch::Tensor plain = network.forward(part.to(device)).to(torch::kCPU);
        const torch::Tensor other = network.forward(mirroredWindows(part).to(device)).to(torch::kCPU);
        parts.push_back((plain + mirroredJoints(other, output)) / 2);
    }
    return torch::cat(parts);
}

FinetuneData::FinetuneData(const FinetuneOptions &options, const LifterDescription &lifter, const LimbJoints &limbs)
    : m_options(options), m_lifter(lifter), m_limbs(limbs), m_body(lifter.outputSkeleton)
{
}

Result<std::unique_ptr<FinetuneData>> FinetuneData::create(const FinetuneOptions &options,
                                                           const LifterDescription &lifter, LifterNetwork &network,
                                                           const JobContext &job)
{
    if (lifter.normalisation != LifterNormalisation::HipRay)
        return Error(ErrorCode::BadArgument,
                     {{"name", "model"},
                      {"expected", std::string("a lifter whose input is '") + kLifterNormalisation + "'"},
                      {"found", lifter.name}});
    const Result<LimbJoints> limbs = LimbJoints::of(lifter.outputSkeleton);
    if (!limbs)
        return limbs.error();
    std::unique_ptr<FinetuneData> data(new FinetuneData(options, lifter, *limbs));
    if (Result<void> read = data->readPeople("lifted/" + lifter.name); !read)
        return read.error();
    if (Result<void> chosen = data->chooseBlocks(network.receptiveField()); !chosen)
        return chosen.error();
    if (Result<void> read = data->readRehearsal(network); !read)
        return read.error();
    for (const PersonLabels &person : data->m_people) {
        if (Result<void> added = data->addPerson(person, network, job); !added)
            return added.error();
    }
    if (data->m_labelled.empty())
        return nothingToLearn(options, "labelled frames in which the detector sees the person", "none");
    return data;
}

bool FinetuneData::isLabelledFrame(const PersonLabels &person, std::int64_t frame) const
{
    return (learnsFrom3d(m_objective) && person.hasTruth(frame))
           || (learnsFrom2d(m_objective) && person.isCorrected(frame));
}

std::vector<std::int64_t> FinetuneData::labelledFrames() const
{
    std::set<std::int64_t> frames;
    for (const PersonLabels &person : m_people) {
        for (std::int64_t frame = person.detected.firstFrame; frame < person.detected.endFrame(); ++frame) {
            if ((m_options.frames.empty() || contains(m_options.frames, frame)) && isLabelledFrame(person, frame))
                frames.insert(frame);
        }
    }
    return {frames.begin(), frames.end()};
}

Result<void> FinetuneData::readPeople(const std::string &liftedLayer)
{
    Result<Project> project = readProject(m_options.project);
    if (!project)
        return project.error();
    m_project = *std::move(project);
    m_projectRate = medianRate(m_project.media.seconds);
    if (m_lifter.framesPerSecond <= 0)
        m_lifter.framesPerSecond = m_projectRate;
    if (!m_project.camera.isValid())
        return nothingToLearn(m_options, "a camera", "none");
    Result<std::vector<PersonLabels>> people =
        personLabels(m_project, m_options.tracks, m_lifter.outputSkeleton, liftedLayer);
    if (!people)
        return people.error();
    m_people = *std::move(people);
    if (m_people.empty())
        return nothingToLearn(m_options, "people that a detector has seen", "none");
    m_objective = m_options.objective;
    if (m_objective == FinetuneObjective::Auto) {
        const bool hasTruth =
            std::ranges::any_of(m_people, [](const PersonLabels &person) { return person.truth.frameCount() > 0; });
        m_objective = hasTruth ? FinetuneObjective::Supervised : FinetuneObjective::Reprojection;
    }
    return {};
}

Result<void> FinetuneData::chooseBlocks(std::int64_t receptiveField)
{
    const std::vector<std::int64_t> frames = labelledFrames();
    if (frames.size() < kLeastLabelledFrames) {
        const std::string what = !learnsFrom2d(m_objective)  ? "with 3D truth"
                                 : learnsFrom3d(m_objective) ? "corrected by hand or with 3D truth"
                                                             : "corrected by hand";
        return nothingToLearn(m_options, "at least " + std::to_string(kLeastLabelledFrames) + " frames " + what,
                              std::to_string(frames.size()));
    }
    const double gap = static_cast<double>(receptiveField) * m_projectRate / m_lifter.framesPerSecond;
    m_blocks = chooseLearningBlocks(frames, m_options.heldOutShare, std::llround(gap));
    if (!m_options.frames.empty()) {
        for (std::vector<FrameSpan> *spans : {&m_blocks.train, &m_blocks.validation, &m_blocks.report})
            *spans = intersected(*spans, m_options.frames);
    }
    return {};
}

Result<void> FinetuneData::readRehearsal(LifterNetwork &network)
{
    if (m_options.rehearsal.empty())
        return {};
    const int64_t field = network.receptiveField();
    if (2 * network.paddingBefore() != field - 1)
        return Error(ErrorCode::BadArgument, {{"name", "rehearsal"},
                                              {"expected", "a lifter that sees as much of the past as of the future"},
                                              {"found", m_lifter.name}});
    for (const char *group : {"train", "val"}) {
        Result<MocapData> read = readMocap(m_options.rehearsal, group);
        if (!read)
            return read.error();
        if (read->skeleton.joints != m_lifter.outputSkeleton.joints)
            return Error(ErrorCode::BadArgument,
                         {{"name", "rehearsal"},
                          {"expected", "motion capture of the skeleton " + m_lifter.outputSkeleton.name},
                          {"found", read->skeleton.name}});
        (std::string(group) == "train" ? m_mocap : m_mocapVal) = *std::move(read);
    }
    m_exampleOptions.windowFrames = static_cast<int>(field);
    m_exampleOptions.clipFrames = std::max(m_exampleOptions.clipFrames, static_cast<int>(field) + kClipBeyondWindow);
    m_exampleOptions.framesPerSecond = m_lifter.framesPerSecond;
    Result<LiftingExamples> general = LiftingExamples::create(m_mocap, m_exampleOptions);
    if (!general)
        return general.error();
    m_general.emplace(*std::move(general));
    Result<LiftingExamples> unseen = LiftingExamples::create(m_mocapVal, m_exampleOptions);
    if (!unseen)
        return unseen.error();
    m_unseen.emplace(*std::move(unseen));
    return {};
}

FinetuneData::PersonWindows FinetuneData::windowsOf(const PersonLabels &person, const LifterNetwork &network) const
{
    const CameraIntrinsics &camera = m_project.camera;
    const KeypointTrack corrected = correctedEverywhere(person, m_blocks.train);
    const SampledTrack asDetected(person.detected, m_project.media.seconds, camera, m_lifter.framesPerSecond);
    const SampledTrack asCorrected(corrected, m_project.media.seconds, camera, m_lifter.framesPerSecond);
    WindowOptions options;
    options.before = static_cast<int>(network.paddingBefore());
    options.after = static_cast<int>(network.receptiveField() - 1 - network.paddingBefore());
    options.outputJoints = m_lifter.outputSkeleton.jointCount();
    options.most = kMostExamples;
    PersonWindows windows;
    windows.corrected = windowExamples(person, m_blocks.train, asCorrected, corrected, camera, options);
    windows.detected = windowExamples(person, m_blocks.train, asDetected, corrected, camera, options);
    options.unlabelledWeight = 0;
    windows.validation = windowExamples(person, m_blocks.validation, asDetected, person.corrected, camera, options);

    std::set<std::int64_t> frames;
    for (const WindowExample &example : windows.corrected)
        frames.insert(example.frame);
    std::erase_if(windows.detected, [&](const WindowExample &example) { return !frames.contains(example.frame); });
    return windows;
}

Result<void> FinetuneData::addPerson(const PersonLabels &person, LifterNetwork &network, const JobContext &job)
{
    const Skeleton &output = m_lifter.outputSkeleton;
    const PersonWindows windows = windowsOf(person, network);
    m_validation = joined({m_validation, toTensors(windows.validation, output.jointCount())});
    if (windows.corrected.empty())
        return {};
    const WindowTensors corrected = toTensors(windows.corrected, output.jointCount());
    const torch::Tensor lifted = predicted(network, corrected.windows, output);
    const Result<RefinedPoses> refined = refinePoses(lifted, corrected, m_body, m_limbs, job);
    if (!refined)
        return refined.error();
    addTraining(person, windows, corrected, *refined);
    return m_general ? addImitation(person, windows.corrected, corrected, *refined) : Result<void>();
}

void FinetuneData::addTraining(const PersonLabels &person, const PersonWindows &windows, WindowTensors corrected,
                               const RefinedPoses &refined)
{
    const torch::Tensor lengths = torch::tensor(refined.lengths).unsqueeze(0);
    corrected.prior = refined.joints;
    corrected.lengths = lengths.expand({corrected.count(), -1});
    WindowTensors detected = toTensors(windows.detected, m_lifter.outputSkeleton.jointCount());
    if (!windows.detected.empty()) {
        // The same poses for the windows of the detector's keypoints, whose virtual cameras differ a little.
        std::map<std::int64_t, int64_t> rowOf;
        for (std::size_t i = 0; i < windows.corrected.size(); ++i)
            rowOf[windows.corrected[i].frame] = static_cast<int64_t>(i);
        std::vector<int64_t> rows;
        for (const WindowExample &example : windows.detected)
            rows.push_back(rowOf.at(example.frame));
        const torch::Tensor inCamera = turned(refined.joints, cameraFromVirtual(windows.corrected));
        detected.prior =
            turned(inCamera.index_select(0, torch::tensor(rows)), cameraFromVirtual(windows.detected).transpose(1, 2));
        detected.lengths = lengths.expand({detected.count(), -1});
    }
    int64_t index = m_train.count();
    m_train = joined({m_train, corrected, detected});
    for (const std::vector<WindowExample> *examples : {&windows.corrected, &windows.detected}) {
        for (const WindowExample &example : *examples) {
            if (isLabelledFrame(person, example.frame))
                m_labelled.push_back(index);
            ++index;
        }
    }
}

Result<void> FinetuneData::addImitation(const PersonLabels &person, const std::vector<WindowExample> &examples,
                                        const WindowTensors &seen, const RefinedPoses &refined)
{
    const torch::Tensor limbIndex = torch::tensor(std::vector<int64_t>(m_limbs.index.begin(), m_limbs.index.end()));
    const torch::Tensor roots = placedRoots(refined.joints.index_select(1, limbIndex), seen.rays, seen.weight);
    const torch::Tensor placed = turned(refined.joints + roots.unsqueeze(1), cameraFromVirtual(examples));
    const std::vector<PlacedPose> poses = placedPoses(examples, placed);
    if (poses.empty())
        return {};
    const auto scene = std::make_shared<const SceneEstimate>(
        estimateScene(person, m_blocks.train, poses, m_limbs, m_project.camera, refined.lengths));
    Result<LiftingExamples> imitation =
        LiftingExamples::create(m_mocap, imitating(scene, m_mocap.skeleton, m_limbs, m_exampleOptions));
    if (!imitation)
        return imitation.error();
    m_imitations.push_back(*std::move(imitation));
    return {};
}

json FinetuneData::trainedOn() const
{
    std::set<std::int64_t> frames;
    std::int64_t joints = 0;
    json people = json::array();
    for (const PersonLabels &person : m_people) {
        const std::int64_t before = joints;
        for (std::int64_t frame = person.detected.firstFrame; frame < person.detected.endFrame(); ++frame) {
            if (!isLabelledFrame(person, frame) || !contains(m_blocks.train, frame))
                continue;
            frames.insert(frame);
            if (learnsFrom2d(m_objective))
                joints += std::ranges::count_if(person.corrected.pose(frame), &Keypoint2D::isKnown);
            else
                joints += std::ranges::count_if(person.truth.pose(frame), &Joint3D::valid);
        }
        if (joints > before)
            people.push_back(person.id);
    }
    return {{"frames", frames.size()}, {"joints", joints}, {"people", people}};
}

} // namespace poselift
