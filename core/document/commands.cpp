#include "core/document/commands.h"

#include "core/document/insertonce.h"
#include "core/document/valuearchive.h"
#include "core/io/projectsnapshot.h"

#include <algorithm>
#include <atomic>
#include <map>
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

// QUndoCommand::id() of commands that may merge with their like
constexpr int kDragCommand = 1;
constexpr int kDrag3dCommand = 2;

quint64 nextSerial()
{
    static std::atomic<quint64> last = 0;
    return ++last;
}

/// The block's frames and person.
template <typename Block>
void addBlock(PoseChange &change, const Block &block)
{
    const FrameRange frames = block.frames();
    const bool isFirst = change.tracks.empty();
    change.firstFrame = isFirst ? frames.first : std::min<qint64>(change.firstFrame, frames.first);
    change.lastFrame = isFirst ? frames.last : std::max<qint64>(change.lastFrame, frames.last);
    insertOnce(change.tracks, block.track);
}

PoseChange changeOf(const PosePatch &patch)
{
    PoseChange change;
    for (const KeypointBlock &block : patch.keypoints.blocks) {
        addBlock(change, block);
        for (const int joint : block.joints)
            insertOnce(change.joints, joint);
    }
    for (const JointBlock &block : patch.corrections.blocks)
        addBlock(change, block);
    change.correctionsChanged = !patch.corrections.isEmpty();
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
    exchangeNow();
    announce(true);
}

void DocumentCommand::redo()
{
    if (std::exchange(m_done, false))
        return;
    exchangeNow();
    announce(m_wasUndone);
}

CommandRecord DocumentCommand::record()
{
    return {kind(), text(), value(), otherValue()};
}

QByteArray DocumentCommand::otherValue()
{
    exchangeNow();
    QByteArray other = value();
    exchangeNow();
    return other;
}

void DocumentCommand::exchangeNow()
{
    m_document->keepForSnapshots(changedTracks());
    exchange();
}

std::optional<std::vector<TrackInLayer>> DocumentCommand::changedTracks() const
{
    return std::nullopt;
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

std::optional<std::vector<TrackInLayer>> SetCameraCommand::changedTracks() const
{
    return std::vector<TrackInLayer>();
}

EditKeypointsCommand::EditKeypointsCommand(PoseDocument *document, const QString &text,
                                           PosePatch patch, int drag)
    : DocumentCommand(document, text), m_patch(std::move(patch)), m_drag(drag)
{
    if (m_drag != 0)
        m_begin = effectiveKeypoints(project(), m_patch.keypoints);
}

QByteArray EditKeypointsCommand::value() const
{
    return toBytes(m_patch);
}

void EditKeypointsCommand::forgetExtents()
{
    m_patch.keypoints.extents.clear();
    m_patch.corrections.extents.clear();
    m_patch.corrections.removesLayer = false;
}

int EditKeypointsCommand::id() const
{
    return m_drag != 0 ? kDragCommand : -1;
}

bool EditKeypointsCommand::canTakeIn(const EditKeypointsCommand &later) const
{
    return isOfSameKeypoints(m_patch.keypoints, later.m_patch.keypoints);
}

bool EditKeypointsCommand::endsWhereItBegan() const
{
    const std::vector<Keypoint2D> now = effectiveKeypoints(project(), m_patch.keypoints);
    return std::equal(
        now.begin(), now.end(), m_begin.begin(), m_begin.end(),
        [](const Keypoint2D &a, const Keypoint2D &b) { return a.x == b.x && a.y == b.y; });
}

bool EditKeypointsCommand::mergeWith(const QUndoCommand *other)
{
    const auto *later = static_cast<const EditKeypointsCommand *>(other);
    if (isSealed() || later->m_drag != m_drag || !canTakeIn(*later))
        return false;
    // The later command is done already, and what was there before the drag is here.
    absorb(m_patch, later->m_patch);
    raiseRevision();
    if (endsWhereItBegan()) {
        exchangeNow(); // QUndoStack only forgets an obsolete command
        announce();
        setObsolete(true);
    }
    return true;
}

void EditKeypointsCommand::exchange()
{
    poselift::exchange(project(), m_patch);
}

PoseChange EditKeypointsCommand::change() const
{
    return changeOf(m_patch);
}

std::optional<std::vector<TrackInLayer>> EditKeypointsCommand::changedTracks() const
{
    if (!m_patch.corrections.isEmpty())
        return std::nullopt;
    std::vector<TrackInLayer> tracks;
    for (const KeypointBlock &block : m_patch.keypoints.blocks) {
        const TrackExtent now = extentOf(project().tracks, block.track);
        const bool isInside = block.firstFrame >= now.firstFrame
            && block.firstFrame + block.frameCount() <= now.firstFrame + now.frameCount;
        const bool staysAsLong = std::all_of(
            m_patch.keypoints.extents.begin(), m_patch.keypoints.extents.end(),
            [&now](const TrackExtent &extent) { return extent.track != now.track || extent == now; });
        const bool isInPlace = now.exists && isInside && staysAsLong;
        insertOnce(tracks, {{}, block.track, isInPlace ? std::optional(block.frames()) : std::nullopt});
    }
    return tracks;
}

/// Without exchanging, which may move all frames of a long track.
QByteArray EditKeypointsCommand::otherValue()
{
    if (!m_patch.corrections.isEmpty())
        return DocumentCommand::otherValue();
    return toBytes(PosePatch(exchanged(project().tracks, m_patch.keypoints)));
}

int CorrectPoseCommand::id() const
{
    return EditKeypointsCommand::id() < 0 ? -1 : kDrag3dCommand;
}

bool CorrectPoseCommand::endsWhereItBegan() const
{
    PosePatch changed = patch();
    dropUnchanged(project().tracks, changed.keypoints);
    dropUnchanged(project(), changed.corrections);
    return changed.isEmpty();
}

namespace {

using Maker = std::unique_ptr<DocumentCommand> (*)(PoseDocument *document, const QString &text, const QByteArray &bytes);

const std::map<QByteArray, Maker> &makers()
{
    static const std::map<QByteArray, Maker> byKind{
        {EditKeypointsCommand::kKind, made<EditKeypointsCommand, PosePatch>},
        {EditKeypointsCommand::kKindWithout3d, made<EditKeypointsCommand, KeypointPatch>},
        {AcceptLayersCommand::kKind, made<AcceptLayersCommand, AcceptLayersCommand::Value>},
        {EditTracksCommand::kKind, made<EditTracksCommand, TracksPatch>},
        {SwapIdentitiesCommand::kKind, made<SwapIdentitiesCommand, IdentitySwap>},
        {ReassignCommand::kKind, made<ReassignCommand, Reassignment>},
        {RenamePersonCommand::kKind, made<RenamePersonCommand, PersonLabel>},
        {SetCameraCommand::kKind, made<SetCameraCommand, CameraIntrinsics>},
    };
    return byKind;
}

} // namespace

std::unique_ptr<DocumentCommand> makeCommand(PoseDocument *document, const QByteArray &kind,
                                             const QString &text, const QByteArray &value)
{
    const auto maker = makers().find(kind);
    return maker != makers().end() ? maker->second(document, text, value) : nullptr;
}

std::vector<QByteArray> commandKinds()
{
    std::vector<QByteArray> kinds;
    for (const auto &[kind, maker] : makers()) {
        if (kind != EditKeypointsCommand::kKindWithout3d) // is read, never written
            kinds.push_back(kind);
    }
    return kinds;
}

} // namespace poselift
