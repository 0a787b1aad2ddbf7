#include "core/document/commands.h"

#include "core/document/valuearchive.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace poselift {

template <typename A, typename Layer>
void describe(A &a, AcceptLayersCommand::Slot<Layer> &v)
{
    a(v.name, v.layer);
}
template <typename A>
void describe(A &a, AcceptLayersCommand::Value &v)
{
    a(v.keypointLayers, v.jointLayers, v.skeleton);
}

namespace {

constexpr int kDragCommand = 1; ///< QUndoCommand::id() of commands that may merge

quint64 nextSerial()
{
    static std::atomic<quint64> last = 0;
    return ++last;
}

template <typename T>
void insertOnce(std::vector<T> &values, const T &value)
{
    if (std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(value);
}

PoseChange changeOf(const KeypointPatch &patch)
{
    PoseChange change;
    for (const KeypointBlock &block : patch.blocks) {
        const FrameRange frames = block.frames();
        const bool isFirst = change.tracks.empty();
        change.firstFrame =
            isFirst ? frames.first : std::min<qint64>(change.firstFrame, frames.first);
        change.lastFrame = isFirst ? frames.last : std::max<qint64>(change.lastFrame, frames.last);
        insertOnce(change.tracks, block.track);
        for (const int joint : block.joints)
            insertOnce(change.joints, joint);
    }
    return change;
}

/// Same keypoints, whatever their values.
bool isOfSameKeypoints(const KeypointPatch &a, const KeypointPatch &b)
{
    return std::equal(a.blocks.begin(), a.blocks.end(), b.blocks.begin(), b.blocks.end(),
                      [](const KeypointBlock &x, const KeypointBlock &y) {
                          return x.track == y.track && x.frames() == y.frames() &&
                                 x.joints == y.joints;
                      });
}

std::vector<Keypoint2D> effectiveKeypoints(const Project &project, const KeypointPatch &patch)
{
    std::vector<Keypoint2D> keypoints;
    for (const KeypointBlock &block : patch.blocks) {
        for (qint64 frame = block.frames().first; frame <= block.frames().last; ++frame) {
            const Pose2D pose = project.effectivePose(block.track, frame);
            for (const int joint : block.joints)
                keypoints.push_back(pose[static_cast<std::size_t>(joint)]);
        }
    }
    return keypoints;
}

template <typename Command, typename Value>
std::unique_ptr<DocumentCommand> made(PoseDocument *document, const QString &text,
                                      const QByteArray &bytes)
{
    std::optional<Value> value = fromBytes<Value>(bytes);
    return value ? std::make_unique<Command>(document, text, std::move(*value)) : nullptr;
}

} // namespace

DocumentCommand::DocumentCommand(PoseDocument *document, const QString &text)
    : QUndoCommand(text), m_document(document), m_serial(nextSerial())
{
}

void DocumentCommand::announce(bool revisited)
{
    PoseChange change = this->change();
    change.revisited = revisited;
    Q_EMIT m_document->changed(change);
}

void DocumentCommand::undo()
{
    m_wasUndone = true;
    exchange();
    announce(true);
}

void DocumentCommand::redo()
{
    if (std::exchange(m_done, false))
        return;
    exchange();
    announce(m_wasUndone);
}

CommandRecord DocumentCommand::record()
{
    CommandRecord record{kind(), text(), value(), {}};
    exchange();
    record.after = value();
    exchange();
    return record;
}

AcceptLayersCommand::AcceptLayersCommand(PoseDocument *document, const QString &text,
                                         std::vector<KeypointLayer> keypointLayers,
                                         std::vector<JointLayer> jointLayers,
                                         const Skeleton &skeleton)
    : DocumentCommand(document, text)
{
    for (KeypointLayer &layer : keypointLayers)
        m_value.keypointLayers.push_back({layer.name, std::move(layer)});
    for (JointLayer &layer : jointLayers)
        m_value.jointLayers.push_back({layer.name, std::move(layer)});
    m_value.skeleton = skeleton;
}

AcceptLayersCommand::AcceptLayersCommand(PoseDocument *document, const QString &text, Value value)
    : DocumentCommand(document, text), m_value(std::move(value))
{
}

QByteArray AcceptLayersCommand::value() const
{
    return toBytes(m_value);
}

template <typename Layer>
void AcceptLayersCommand::exchangeLayer(std::vector<Layer> &layers, Slot<Layer> &slot)
{
    const auto found = std::find_if(layers.begin(), layers.end(), [&slot](const Layer &layer) {
        return layer.name == slot.name;
    });
    if (found == layers.end()) {
        if (slot.layer)
            layers.push_back(*std::exchange(slot.layer, std::nullopt));
    } else if (slot.layer) {
        std::swap(*found, *slot.layer);
    } else {
        slot.layer = std::move(*found);
        layers.erase(found);
    }
}

void AcceptLayersCommand::exchange()
{
    for (auto &slot : m_value.keypointLayers)
        exchangeLayer(project().keypointLayers, slot);
    for (auto &slot : m_value.jointLayers)
        exchangeLayer(project().jointLayers, slot);
    std::swap(project().skeleton, m_value.skeleton);
}

PoseChange AcceptLayersCommand::change() const
{
    PoseChange change;
    change.layersChanged = true;
    return change;
}

SetCameraCommand::SetCameraCommand(PoseDocument *document, const QString &text,
                                   const CameraIntrinsics &camera)
    : DocumentCommand(document, text), m_camera(camera)
{
}

QByteArray SetCameraCommand::value() const
{
    return toBytes(m_camera);
}

void SetCameraCommand::exchange()
{
    std::swap(project().camera, m_camera);
}

PoseChange SetCameraCommand::change() const
{
    PoseChange change;
    change.cameraChanged = true;
    return change;
}

EditKeypointsCommand::EditKeypointsCommand(PoseDocument *document, const QString &text,
                                           KeypointPatch patch, int drag)
    : DocumentCommand(document, text), m_patch(std::move(patch)), m_drag(drag)
{
    if (m_drag != 0)
        m_begin = effectiveKeypoints(project(), m_patch);
}

QByteArray EditKeypointsCommand::value() const
{
    return toBytes(m_patch);
}

int EditKeypointsCommand::id() const
{
    return m_drag != 0 ? kDragCommand : -1;
}

bool EditKeypointsCommand::seesWhatItBeganWith() const
{
    const std::vector<Keypoint2D> now = effectiveKeypoints(project(), m_patch);
    return std::equal(
        now.begin(), now.end(), m_begin.begin(), m_begin.end(),
        [](const Keypoint2D &a, const Keypoint2D &b) { return a.x == b.x && a.y == b.y; });
}

bool EditKeypointsCommand::mergeWith(const QUndoCommand *other)
{
    const auto *later = static_cast<const EditKeypointsCommand *>(other);
    if (isSealed() || later->m_drag != m_drag || !isOfSameKeypoints(m_patch, later->m_patch))
        return false;
    // The later command is done already, and what was there before the drag is here.
    raiseRevision();
    if (seesWhatItBeganWith()) {
        exchange(); // QUndoStack only forgets an obsolete command
        announce();
        setObsolete(true);
    }
    return true;
}

void EditKeypointsCommand::exchange()
{
    poselift::exchange(project().tracks, project().skeleton.jointCount(), m_patch);
}

PoseChange EditKeypointsCommand::change() const
{
    return changeOf(m_patch);
}

EditTracksCommand::EditTracksCommand(PoseDocument *document, const QString &text, TracksPatch patch)
    : DocumentCommand(document, text), m_patch(std::move(patch))
{
}

QByteArray EditTracksCommand::value() const
{
    return toBytes(m_patch);
}

void EditTracksCommand::exchange()
{
    poselift::exchange(project(), m_patch);
}

PoseChange EditTracksCommand::change() const
{
    PoseChange change;
    for (const auto &slot : m_patch.keypointTracks)
        insertOnce(change.tracks, slot.id);
    for (const auto &slot : m_patch.jointTracks)
        insertOnce(change.tracks, slot.id);
    change.layersChanged = !change.tracks.empty() || m_patch.skeleton.has_value();
    change.notesChanged = !change.layersChanged;
    return change;
}

SwapIdentitiesCommand::SwapIdentitiesCommand(PoseDocument *document, const QString &text,
                                             IdentitySwap swap)
    : DocumentCommand(document, text), m_swap(std::move(swap))
{
}

QByteArray SwapIdentitiesCommand::value() const
{
    return toBytes(m_swap);
}

void SwapIdentitiesCommand::exchange()
{
    poselift::exchange(project(), m_swap);
}

PoseChange SwapIdentitiesCommand::change() const
{
    PoseChange change;
    change.firstFrame = m_swap.frame;
    change.lastFrame = std::max<qint64>(m_swap.frame, project().media.frameCount - 1);
    change.tracks = {m_swap.a, m_swap.b};
    change.layersChanged = true;
    return change;
}

std::unique_ptr<DocumentCommand> makeCommand(PoseDocument *document, const QByteArray &kind,
                                             const QString &text, const QByteArray &value)
{
    if (kind == EditKeypointsCommand::kKind)
        return made<EditKeypointsCommand, KeypointPatch>(document, text, value);
    if (kind == AcceptLayersCommand::kKind)
        return made<AcceptLayersCommand, AcceptLayersCommand::Value>(document, text, value);
    if (kind == EditTracksCommand::kKind)
        return made<EditTracksCommand, TracksPatch>(document, text, value);
    if (kind == SwapIdentitiesCommand::kKind)
        return made<SwapIdentitiesCommand, IdentitySwap>(document, text, value);
    if (kind == SetCameraCommand::kKind)
        return made<SetCameraCommand, CameraIntrinsics>(document, text, value);
    return nullptr;
}

} // namespace poselift
